"""The boxes of an open document: how large, how far they may go, and how the page area shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.workflow.blanks import PlacedBlank
from app.workflow.documents import PageMark
from app.workplace.records import IssueProposal, PlacedBox
from pdf.geometry import BoxMm, PageGeometry
from signing.terms import SignatureKind
from ui.sheets import BoxLook, PageBox, Placing
from ui.viewmodels.document_state import BLANKS, DocumentState

MOVABLE = "mine"
"""The key of the one box that the person may move."""
BLANK_SIZES_MM: Mapping[str, tuple[float, float]] = {
    "number": (12.0, 5.65),
    "day": (7.6, 5.65),
    "month": (7.5, 5.65),
}
"""One line of 13 points, as wide as what will stand in it."""
LEAST_MM = 5.0
_BLANK = "blank:"
"""The keys of blanks begin so; a person may move those that they placed."""


def is_resizable(kind: SignatureKind) -> bool:
    """Whether a person may choose the size: a seal measures what it measures (Decree 30/2020, Annex I, II.8 a)."""
    return kind is not SignatureKind.SEAL


def within(box: BoxMm, page: PageGeometry) -> BoxMm:
    """Return the box pushed onto the page, and no larger than it."""
    width_mm = min(max(box.width_mm, LEAST_MM), page.width_mm)
    height_mm = min(max(box.height_mm, LEAST_MM), page.height_mm)
    left_mm = min(max(box.left_mm, 0.0), page.width_mm - width_mm)
    top_mm = min(max(box.top_mm, 0.0), page.height_mm - height_mm)
    return BoxMm(left_mm, top_mm, left_mm + width_mm, top_mm + height_mm)


def moved_box(state: DocumentState, page_index: int, box_mm: BoxMm) -> PlacedBox | None:
    """Return the one box where the person wants it, on a page; a seal keeps its real size.

    None where it stands there already, or where nothing is to be placed.
    """
    if state.paper is None or state.proposal is None:
        return None
    now = state.box
    if now is not None and not is_resizable(now.kind):
        box_mm = _sized(box_mm, now.box_mm.width_mm, now.box_mm.height_mm)
    page_index, box_mm = _on_a_page(state.paper.main.pages, page_index, box_mm)
    if now is not None and (now.page_index, now.box_mm) == (page_index, box_mm):
        return None
    return PlacedBox(state.kind, page_index, box_mm)


def moved_blanks(
    state: DocumentState, which: str, page_index: int, box_mm: BoxMm
) -> tuple[PlacedBlank, ...]:
    """Return the blanks that a person placed, with one of them in another place."""
    if state.paper is None or which not in state.blanks_to_place:
        return state.blanks
    sized = _sized(box_mm, *BLANK_SIZES_MM[which])
    moved = PlacedBlank(which, *_on_a_page(state.paper.main.pages, page_index, sized))
    others = (blank for blank in state.blanks if blank.which != which)
    return tuple(sorted((*others, moved), key=lambda blank: BLANKS.index(blank.which)))


def which_of(key: str) -> str | None:
    """Return which blank a box is, by its key; None where it is none."""
    return key.removeprefix(_BLANK) if key.startswith(_BLANK) else None


def shown_boxes(state: DocumentState) -> tuple[PlacedBox, ...]:
    """Return what will be signed on the file that is shown: the one box, or an attachment's corner."""
    if state.paper is None or state.shown_file is None:
        return ()
    if state.shown_file == state.paper.main:
        return () if state.box is None else (state.box,)
    return tuple(
        corner.box
        for corner in state.corners
        if corner.file.ref == state.shown_file.ref and corner.box is not None
    )


def page_boxes(state: DocumentState) -> tuple[PageBox, ...]:
    """Return the boxes on the pages of the file that is shown."""
    return (
        *_blanks(state),
        *_opinion(state),
        *_marks(state),
        *(_signature(state, it) for it in shown_boxes(state)),
    )


def placing(state: DocumentState) -> Placing | None:
    """Return what the person has to place: a blank, or the box where a proposal was made and found no place."""
    is_asked = state.proposal is not None and not state.is_proposing
    is_shown = state.paper is not None and state.shown_file == state.paper.main
    if not is_asked or not is_shown or state.is_busy:
        return None
    if state.asked_blank in state.blanks_to_place:
        return Placing("field", *BLANK_SIZES_MM[state.asked_blank])
    if state.box is not None or state.size_mm is None:
        return None
    return Placing(_look(state.kind), *state.size_mm)


def _signature(state: DocumentState, box: PlacedBox) -> PageBox:
    is_mine, proposed = state.box is box, state.proposed_box
    snap = proposed if is_mine else None
    return PageBox(
        key=MOVABLE if is_mine else "corner",
        page_index=box.page_index,
        box_mm=box.box_mm,
        look=_look(box.kind),
        label="kind." + box.kind.value,
        name=state.signing.signer if state.signing is not None else "",
        is_movable=is_mine and not state.is_busy,
        preview=state.pictures.get(box.kind),
        confidence=box.confidence,
        is_resizable=is_resizable(box.kind),
        snap=snap.box_mm if snap is not None else None,
        snap_page_index=snap.page_index if snap is not None else 0,
    )


def _look(kind: SignatureKind) -> BoxLook:
    return "blue" if kind in (SignatureKind.PERSONAL, SignatureKind.INITIAL) else "red"


def _sized(box_mm: BoxMm, width_mm: float, height_mm: float) -> BoxMm:
    left_mm, top_mm = box_mm.left_mm, box_mm.top_mm
    return BoxMm(left_mm, top_mm, left_mm + width_mm, top_mm + height_mm)


def _on_a_page(pages: Sequence[PageGeometry], page_index: int, box_mm: BoxMm) -> tuple[int, BoxMm]:
    page_index = min(max(page_index, 0), len(pages) - 1)
    return page_index, within(box_mm, pages[page_index])


def _blanks(state: DocumentState) -> Iterator[PageBox]:
    if state.paper is None or state.shown_file != state.paper.main:
        return
    if state.issue is not None:
        yield from _numbered_apart(state.issue)
        for index, there in enumerate(state.issue.blanks):
            label = "kind." + there.kind.value
            yield PageBox(f"blank {index}", there.page_index, there.box_mm, "field", label)
    for blank in state.signing.blanks if state.signing is not None else ():
        yield _blank(blank)
    for blank in state.blanks if state.blanks_to_place else ():
        yield replace(_blank(blank), is_movable=not state.is_busy, is_resizable=False)


def _numbered_apart(issue: IssueProposal) -> Iterator[PageBox]:
    """Show the one signature around all blanks that number and date will get on what other software signed."""
    if not issue.is_numbered_apart or not issue.blanks:
        return
    boxes = [blank.box_mm for blank in issue.blanks]
    around = BoxMm(
        min(box.left_mm for box in boxes),
        min(box.top_mm for box in boxes),
        max(box.right_mm for box in boxes),
        max(box.bottom_mm for box in boxes),
    )
    page_index = issue.blanks[0].page_index
    yield PageBox("number", page_index, around, "red", "kind." + SignatureKind.NUMBER.value)


def _blank(blank: PlacedBlank) -> PageBox:
    label = "blank." + blank.which
    return PageBox(_BLANK + blank.which, blank.page_index, blank.box_mm, "field", label)


def _opinion(state: DocumentState) -> Iterator[PageBox]:
    """Show where the person's opinion will stand, and how."""
    asked = state.signing.opinion if state.signing is not None else None
    is_main = state.paper is not None and state.shown_file == state.paper.main
    if asked is not None and asked.box_mm is not None and is_main:
        shown = state.opinion_shown
        yield PageBox(
            "opinion",
            asked.page_index,
            asked.box_mm,
            "field",
            "place.opinion",
            preview=None if shown is None else shown.picture,
        )


def _marks(state: DocumentState) -> Iterator[PageBox]:
    """Show what somebody who returned the document pointed at."""
    for index, mark in enumerate(_marks_of(state)):
        if mark.box_mm is not None:
            yield PageBox(
                key=f"mark {index}",
                page_index=mark.page_index,
                box_mm=BoxMm(*mark.box_mm),
                look="mark",
                label="place.mark",
                name=mark.note,
            )


def _marks_of(state: DocumentState) -> list[PageMark]:
    """Return the marks of the last return on the file that is shown; older ones are of older drafts."""
    if state.paper is None or state.shown_file is None:
        return []
    file_id = state.shown_file.ref.file_id
    steps = reversed(state.paper.document.history)
    last = next((step.marks for step in steps if step.marks), ())
    return [mark for mark in last if mark.file_id == file_id]

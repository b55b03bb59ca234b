"""From proposed places in millimetres to the boxes that are signed."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from math import hypot
from pathlib import Path

from app.errors import AppError
from app.rules import RuleProfile
from app.workflow.blanks import FIELD_NAMES, PlacedBlank
from app.workflow.ports import DocumentLook, Eyes
from app.workflow.wish import Wish
from pdf.geometry import (
    POINTS_PER_MM,
    BoxMm,
    BoxPt,
    PageGeometry,
    box_to_user_space,
    box_to_view_space,
)
from pdf.places import PlaceKind, Proposal
from signing.facts import FileFacts
from signing.request import DESCENT, TextFieldSpec, UserBox
from signing.terms import FIELD_STEMS, SignatureKind

GIVEN = "sent by the document server"
"""Why a place is proposed that the server sent."""
_MOST_SHIFT_MM = 20.0
_SIZE_OFF_MM = 0.2
_OVERLAP_OFF = 0.033
"""So far from a third a seal may be: 0.30 to 0.36 of the signature's width."""


@dataclass(frozen=True, slots=True)
class Place:
    """A box on a page of one file, as a person sees it. `confidence` is 1 where a person chose it."""

    page: PageGeometry
    box_mm: BoxMm
    confidence: float = 1.0
    reason: str = ""

    @property
    def user_box(self) -> UserBox:
        """The box in PDF user space."""
        return user_box(self.box_mm, self.page)


def propose_place(
    eyes: Eyes,
    path: Path,
    kind: SignatureKind,
    *,
    profile: RuleProfile,
    facts: FileFacts,
    signer: str | None = None,
    beside: str | None = None,
) -> Place:
    """Return the best place for a signature.

    The seal goes by the leader's signature where the file shows one, as near to it as the author's words allow; else
    by the text.

    Raises:
        AppError: `workflow.no_place` where nothing was found and a person must place it.
    """
    pages = pages_of(eyes, path)
    found = eyes.propose(path, PlaceKind(kind.value), profile.placement(), signer).result()
    exact: Place | None = None
    # Left of a signature is where the words are read from, not where the page happens to be shown.
    if kind is SignatureKind.SEAL and not (found and found[0].is_turned):
        exact = seal_beside_personal(pages, facts, profile, beside)
    if exact is not None:
        if not _covers_text(eyes, path, exact):
            return exact
        found = tuple(proposal for proposal in found if _is_near(proposal, exact))
        if not found:
            return exact
    if not found:
        raise AppError("workflow.no_place", kind="kind." + kind.value)
    best = found[0]
    return Place(pages[best.page_index], best.box_mm, best.confidence, best.reason)


def _covers_text(eyes: Eyes, path: Path, place: Place) -> bool:
    box = box_to_user_space(place.box_mm, place.page)
    return eyes.covers_text(path, ((place.page.page_index, box),)).result()[0]


def _is_near(proposal: Proposal, exact: Place) -> bool:
    """Whether a proposed seal still belongs to the signature over which the exact one would stand."""
    apart_mm = hypot(
        proposal.box_mm.centre_x_mm - exact.box_mm.centre_x_mm,
        proposal.box_mm.centre_y_mm - exact.box_mm.centre_y_mm,
    )
    return proposal.page_index == exact.page.page_index and apart_mm <= _MOST_SHIFT_MM


def place_at(eyes: Eyes, path: Path, page_index: int, box_mm: BoxMm) -> Place:
    """Return the place that a person chose.

    Raises:
        AppError: `workflow.outside_page`.
    """
    pages = pages_of(eyes, path)
    if not 0 <= page_index < len(pages):
        raise AppError("workflow.outside_page", page=page_index + 1)
    page = pages[page_index]
    if not BoxMm(0, 0, page.width_mm, page.height_mm).contains(box_mm):
        raise AppError("workflow.outside_page", page=page_index + 1)
    return Place(page, box_mm)


def seal_beside_personal(
    pages: tuple[PageGeometry, ...],
    facts: FileFacts,
    profile: RuleProfile,
    beside: str | None = None,
) -> Place | None:
    """Return the seal's place over the left third of a personal signature shown, in its real size.

    `beside` names the signature; without it the first one shown counts: the issuing agency's own leader.

    Source: Decree 30/2020, Annex I, II.8 a; Article 33.
    """
    shown = _personal_shown(pages, facts, beside)
    if shown is None:
        return None
    page, name, personal = shown
    diameter_mm = profile.seal.diameter_mm
    right_mm = personal.left_mm + personal.width_mm * profile.seal.overlap
    box = BoxMm.around(right_mm - diameter_mm / 2, personal.centre_y_mm, diameter_mm, diameter_mm)
    if not BoxMm(0, 0, page.width_mm, page.height_mm).contains(box):
        return None
    return Place(page, box, reason=f"left third of {name}")


def is_where_the_seal_belongs(
    place: Place,
    pages: tuple[PageGeometry, ...],
    facts: FileFacts,
    profile: RuleProfile,
    beside: str | None = None,
) -> bool:
    """Say whether a seal has its real size and covers the left third of the personal signature, where one is shown.

    `beside` and source as `seal_beside_personal`.
    """
    box, diameter_mm = place.box_mm, profile.seal.diameter_mm
    if max(abs(box.width_mm - diameter_mm), abs(box.height_mm - diameter_mm)) > _SIZE_OFF_MM:
        return False
    shown = _personal_shown(pages, facts, beside)
    if shown is None:
        return True
    page, _, personal = shown
    covered = (box.right_mm - personal.left_mm) / personal.width_mm
    return (
        page.page_index == place.page.page_index
        and abs(covered - profile.seal.overlap) <= _OVERLAP_OFF
        and box.left_mm < personal.left_mm
        and box.top_mm < personal.centre_y_mm < box.bottom_mm
    )


def _personal_shown(
    pages: tuple[PageGeometry, ...], facts: FileFacts, beside: str | None
) -> tuple[PageGeometry, str, BoxMm] | None:
    """Return page, field and place of the personal signature that a seal goes by."""
    stem = FIELD_STEMS[SignatureKind.PERSONAL]
    shown = [
        item
        for item in facts.signatures
        if item.box is not None and item.name.split("_")[0] == stem
    ]
    if not shown:
        return None
    widget = next((item for item in shown if item.name == beside), shown[0])
    if widget.box is None or widget.page_index is None:
        return None
    page = pages[widget.page_index]
    return page, widget.name, box_to_view_space(as_box(widget.box), page)


def blanks(eyes: Eyes, path: Path, profile: RuleProfile) -> tuple[TextFieldSpec, ...]:
    """Return the empty text fields over a draft's blanks of number and date: none where none is found."""
    asked: list[Future[tuple[Proposal, ...]]] = [
        eyes.propose(path, kind, profile.placement()) for kind in (PlaceKind.NUMBER, PlaceKind.DATE)
    ]
    pages = pages_of(eyes, path)
    specs: dict[str, TextFieldSpec] = {}
    for proposal in (item for answer in asked for item in answer.result()):
        name = FIELD_NAMES[proposal.which or "number"]
        if name not in specs:
            specs[name] = _field_over(proposal, pages[proposal.page_index], name)
    return tuple(specs.values())


def blanks_of(
    eyes: Eyes, path: Path, profile: RuleProfile, wish: Wish
) -> tuple[TextFieldSpec, ...]:
    """Return the fields of number and date: those that a person placed, else the server's before those that are found.

    Raises:
        AppError: `workflow.outside_page` for a person's.
    """
    placed = blanks_at(eyes, path, wish.blanks)
    if placed:
        return placed
    specs = {spec.name: spec for spec in blanks(eyes, path, profile)}
    return tuple((specs | {spec.name: spec for spec in given_blanks_of(eyes, path, wish)}).values())


def given_blanks_of(eyes: Eyes, path: Path, wish: Wish) -> tuple[TextFieldSpec, ...]:
    """Return the fields over the server's blanks that can be used: those on the page and over no words."""
    usable = []
    for blank in wish.given_blanks:
        with suppress(AppError):
            (spec,) = blanks_at(eyes, path, (blank,))
            if not eyes.covers_text(path, ((spec.page_index, as_box(spec.box)),)).result()[0]:
                usable.append(spec)
    return tuple(usable)


def blanks_at(eyes: Eyes, path: Path, placed: Sequence[PlacedBlank]) -> tuple[TextFieldSpec, ...]:
    """Return the empty text fields that a person placed; the date stands in italics (Decree 30/2020, Annex I).

    Raises:
        AppError: `workflow.outside_page`.
    """
    specs = []
    for blank in placed:
        place = place_at(eyes, path, blank.page_index, blank.box_mm)
        specs.append(
            TextFieldSpec(
                FIELD_NAMES[blank.which],
                blank.page_index,
                place.user_box,
                round(blank.font_size_pt / place.page.user_unit, 2),
                italic=blank.which != "number",
            )
        )
    return tuple(specs)


def _field_over(proposal: Proposal, page: PageGeometry, name: str) -> TextFieldSpec:
    box, size_pt = proposal.box_mm, proposal.font_size_pt or 13.0
    if proposal.baseline_mm is not None:
        box = replace(box, bottom_mm=proposal.baseline_mm + DESCENT * size_pt / POINTS_PER_MM)
    in_units = round(size_pt / page.user_unit, 2)
    return TextFieldSpec(
        name, page.page_index, user_box(box, page), in_units, italic=proposal.italic
    )


def as_box(box: UserBox) -> BoxPt:
    """Return a signature's box as the geometry of pages takes it; both are PDF user space."""
    return BoxPt(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)


def user_box(box_mm: BoxMm, page: PageGeometry) -> UserBox:
    """Return a box on a page as shown as a signature's or field's box."""
    box = box_to_user_space(box_mm, page)
    return UserBox(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)


def pages_of(eyes: Eyes, path: Path) -> tuple[PageGeometry, ...]:
    """Return a file's pages."""
    look: DocumentLook = eyes.facts(path).result()
    return look.pages

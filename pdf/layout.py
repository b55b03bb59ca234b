"""Finds the signer's block of an official letter: position, gap, name; and nơi nhận beside it.

Decree 30/2020, Annex I, II.7: quyền hạn, chức vụ in upper case bold on one or more lines; the
signature; họ và tên in bold. Everything is judged by how lines stand to each other, nothing by
fixed positions: blocks stand on pages of their own, on turned and on cropped pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdf.geometry import BoxMm
from pdf.rows import segments, size_mm
from pdf.text import PageText, TextLine
from pdf.words import (
    closes_note,
    ends_with_name,
    is_name,
    is_name_part,
    is_recipients_heading,
    is_role_text,
    is_signing_note,
    is_title,
    names_a_role,
    opens_note,
)

_LEAST_GAP_MM = 7.0
_MOST_GAP_MM = 80.0
_OPEN_GAP_MM = 28.0
_MOST_TITLE_LINES = 7
_MOST_NOTE_LINES = 4
_LONGEST_SIGNATURE = 60
_LINE_STEP_EM = 2.1
_PAGE_FOOT_MM = 12.0


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """Where one person signs.

    `gap_mm` runs from the last line of the position to the name, as wide as both together.
    `name` is None where the position stands alone. `note_box_mm` is the remark that tells the
    signer what to do there, `(Ký, ghi rõ họ tên)`. `confidence` runs from 0 to 1.
    """

    page_index: int
    titles: tuple[str, ...]
    name: str | None
    title_box_mm: BoxMm
    name_box_mm: BoxMm | None
    gap_mm: BoxMm
    centre_x_mm: float
    confidence: float
    has_recipients: bool
    note_box_mm: BoxMm | None = None

    @property
    def boxes_mm(self) -> tuple[BoxMm, ...]:
        """What the seal may cover: position, name, and the remark between them."""
        boxes = (self.title_box_mm, self.name_box_mm, self.note_box_mm)
        return tuple(box for box in boxes if box is not None)


@dataclass(frozen=True, slots=True)
class Recipients:
    """The list of recipients (nơi nhận), and its last line."""

    box_mm: BoxMm
    last_line_mm: BoxMm


def signer_blocks(page: PageText, signer: str | None = None) -> tuple[SignerBlock, ...]:
    """Find the places where people sign on a page, from left to right."""
    lines = sorted(segments(page.lines), key=lambda line: line.box_mm.top_mm)
    recipients = find_recipients(page)
    blocks: list[SignerBlock] = []
    for line in lines:
        is_asked_for = signer is not None and _is_signature(line, signer)
        if not (is_asked_for or is_name(line)):
            continue
        block = _block_above(line, lines, page, recipients, is_asked_for=is_asked_for)
        if block and not any(block.title_box_mm == known.title_box_mm for known in blocks):
            blocks.append(block)
    if not blocks:
        blocks = _blocks_without_name(lines, page, recipients)
    return tuple(sorted(blocks, key=lambda block: block.centre_x_mm))


def find_recipients(page: PageText) -> Recipients | None:
    """Find nơi nhận: its heading and the lines below that begin where it begins."""
    lines = sorted(segments(page.lines), key=lambda line: line.box_mm.top_mm)
    heading = next((line for line in reversed(lines) if is_recipients_heading(line)), None)
    if heading is None:
        return None
    box, last = heading.box_mm, heading
    for line in lines[lines.index(heading) + 1 :]:
        starts_alike = abs(line.box_mm.left_mm - heading.box_mm.left_mm) < 12
        step_mm = line.baseline_mm - last.baseline_mm
        if starts_alike and 0 < step_mm < _LINE_STEP_EM * size_mm(heading):
            box, last = box.united_with(line.box_mm), line
    return Recipients(box, last.box_mm)


def matches_signer(block: SignerBlock, signer: str) -> bool:
    """Whether a block is this person's."""
    return block.name is not None and ends_with_name(block.name, signer)


def _block_above(
    name: TextLine,
    lines: Sequence[TextLine],
    page: PageText,
    recipients: Recipients | None,
    *,
    is_asked_for: bool,
) -> SignerBlock | None:
    above = _nearest_above(name, lines)
    gap_top_mm = above.box_mm.bottom_mm if above else 0.0
    above, notes = _past_notes(above, lines)
    if above is None or not (is_title(above) or (is_asked_for and is_role_text(above.text))):
        return None
    gap_height_mm = name.box_mm.top_mm - gap_top_mm
    if not _LEAST_GAP_MM <= gap_height_mm <= _MOST_GAP_MM:
        return None
    titles = _stack(above, lines)
    name_lines = _name_lines(name, lines)
    title_box, name_box = _united(titles), _united(name_lines)
    centre_x_mm = (above.box_mm.centre_x_mm + name.box_mm.centre_x_mm) / 2
    apart_mm = abs(above.box_mm.centre_x_mm - name.box_mm.centre_x_mm)
    if apart_mm > max(12.0, title_box.width_mm / 2):
        return None
    evidence = (
        0.52
        + 0.10 * above.style.is_bold
        + 0.08 * name.style.is_bold
        + 0.10 * any(names_a_role(line.text) for line in titles)
        + 0.05 * (centre_x_mm > page.geometry.width_mm / 2)
        + 0.12 * _is_beside(title_box, recipients)
        - 0.01 * apart_mm
    )
    return SignerBlock(
        page_index=page.geometry.page_index,
        titles=tuple(line.text.strip() for line in titles),
        name=" ".join(line.text.strip() for line in name_lines),
        title_box_mm=title_box,
        name_box_mm=name_box,
        gap_mm=BoxMm(
            min(title_box.left_mm, name_box.left_mm),
            gap_top_mm,
            max(title_box.right_mm, name_box.right_mm),
            name_box.top_mm,
        ),
        centre_x_mm=centre_x_mm,
        confidence=min(0.97, max(0.1, evidence)),
        has_recipients=_is_beside(title_box, recipients),
        note_box_mm=_united(notes) if notes and is_signing_note(notes) else None,
    )


def _is_signature(line: TextLine, signer: str) -> bool:
    text = line.text.strip()
    return len(text) <= _LONGEST_SIGNATURE and ends_with_name(text, signer)


def _past_notes(
    line: TextLine | None, lines: Sequence[TextLine]
) -> tuple[TextLine | None, list[TextLine]]:
    """The lowest line above the remark under a position, and the remark's lines."""
    notes: list[TextLine] = []
    current = line
    while current is not None and len(notes) < _MOST_NOTE_LINES:
        if not notes and not closes_note(current):
            break
        notes.append(current)
        current = _nearest_above(current, lines)
        if opens_note(notes[-1]):
            return current, notes[::-1]
    return line, []


def _blocks_without_name(
    lines: Sequence[TextLine], page: PageText, recipients: Recipients | None
) -> list[SignerBlock]:
    """Positions with nothing but space below them: the author left the name out."""
    blocks = []
    for line in lines:
        below = [
            other.box_mm.top_mm
            for other in lines
            if other.box_mm.overlaps_columns_of(line.box_mm)
            and other.box_mm.top_mm >= line.box_mm.bottom_mm - 1
        ]
        foot_mm = page.geometry.height_mm - _PAGE_FOOT_MM
        end_mm = min([foot_mm, line.box_mm.bottom_mm + _OPEN_GAP_MM, *below])
        titles = _stack(line, lines)
        beside = _is_beside(_united(titles), recipients)
        on_the_right = line.box_mm.centre_x_mm > page.geometry.width_mm / 2
        if (
            is_title(line)
            and any(names_a_role(title.text) for title in titles)
            and end_mm - line.box_mm.bottom_mm >= 2 * _LEAST_GAP_MM
            and (beside or on_the_right)
        ):
            box = _united(titles)
            blocks.append(
                SignerBlock(
                    page_index=page.geometry.page_index,
                    titles=tuple(title.text.strip() for title in titles),
                    name=None,
                    title_box_mm=box,
                    name_box_mm=None,
                    gap_mm=BoxMm(box.left_mm, line.box_mm.bottom_mm, box.right_mm, end_mm),
                    centre_x_mm=line.box_mm.centre_x_mm,
                    confidence=0.45 if beside else 0.3,
                    has_recipients=beside,
                )
            )
    return blocks


def _nearest_above(line: TextLine, lines: Iterable[TextLine]) -> TextLine | None:
    """The lowest line above this one that stands in its column."""
    above = (
        other
        for other in lines
        if other is not line
        and other.box_mm.overlaps_columns_of(line.box_mm)
        and other.baseline_mm < line.baseline_mm - 0.5 * size_mm(line)
    )
    return max(above, key=lambda other: other.baseline_mm, default=None)


def _stack(lowest: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a position, upwards from its last one; returned from top to bottom."""
    stack = [lowest]
    while len(stack) < _MOST_TITLE_LINES:
        above = _nearest_above(stack[-1], lines)
        if above is None or not is_title(above) or not _belong_together(above, stack[-1]):
            break
        stack.append(above)
    return stack[::-1]


def _name_lines(first: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    found = [first]
    for line in lines:
        if (
            line.baseline_mm > found[-1].baseline_mm + 0.5 * size_mm(first)
            and is_name_part(line)
            and line.text.isupper() == first.text.isupper()
            and line.style.is_bold == first.style.is_bold
            and _belong_together(found[-1], line)
        ):
            found.append(line)
    return found


def _belong_together(upper: TextLine, lower: TextLine) -> bool:
    """Whether two lines follow each other closely in one centred or aligned column."""
    step_mm = lower.baseline_mm - upper.baseline_mm
    if step_mm > _LINE_STEP_EM * max(size_mm(upper), size_mm(lower)):
        return False
    apart_mm = abs(upper.box_mm.centre_x_mm - lower.box_mm.centre_x_mm)
    return apart_mm < 8 or abs(upper.box_mm.left_mm - lower.box_mm.left_mm) < 2


def _united(lines: Sequence[TextLine]) -> BoxMm:
    box = lines[0].box_mm
    for line in lines[1:]:
        box = box.united_with(line.box_mm)
    return box


def _is_beside(title: BoxMm, recipients: Recipients | None) -> bool:
    return (
        recipients is not None
        and title.left_mm > recipients.box_mm.left_mm
        and recipients.box_mm.top_mm - 20 < title.top_mm < recipients.box_mm.bottom_mm + 5
    )

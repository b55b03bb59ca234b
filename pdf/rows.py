"""Lines regrouped the two ways that an official letter needs.

A row is everything on one baseline across the page: blanks may tear a line in two. A segment is a
piece of a line between wide gaps: two signers may share a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.text import PageText, TextChar, TextLine

GAP = "\t"
"""Stands in a row's text where two lines were joined."""

_SEGMENT_GAP_EM = 2.0


def size_mm(line: TextLine) -> float:
    """A line's font size on the page as shown."""
    return line.style.size_pt / POINTS_PER_MM


def rows(page: PageText) -> tuple[TextLine, ...]:
    """Join upright lines that share a baseline, from top to bottom, with `GAP` between them."""
    groups: list[list[TextLine]] = []
    upright = (line for line in page.lines if line.is_upright)
    for line in sorted(upright, key=lambda line: line.baseline_mm):
        last = groups[-1] if groups else None
        if last and line.baseline_mm - last[0].baseline_mm < 0.3 * size_mm(last[0]):
            last.append(line)
        else:
            groups.append([line])
    return tuple(_joined(group) for group in groups)


def segments(lines: Iterable[TextLine]) -> tuple[TextLine, ...]:
    """Cut upright lines at gaps wider than two letters, and trim them."""
    return tuple(
        piece for line in lines if line.is_upright for piece in pieces(line, _SEGMENT_GAP_EM)
    )


def pieces(line: TextLine, gap_em: float) -> Iterator[TextLine]:
    """Cut a line at blanks wider than so many font sizes."""
    wide_mm = gap_em * size_mm(line)
    current: list[TextChar] = []
    for char in line.chars:
        if char.char.isspace():
            continue
        if current and char.box_mm.left_mm - current[-1].box_mm.right_mm > wide_mm:
            yield _between(line, current)
            current = []
        current.append(char)
    if current:
        yield _between(line, current)


def _between(line: TextLine, inked: list[TextChar]) -> TextLine:
    """The part of a line from its first to its last of these characters, spaces included."""
    first = next(i for i, char in enumerate(line.chars) if char is inked[0])
    last = next(i for i, char in enumerate(line.chars) if char is inked[-1])
    return TextLine(line.page_index, line.chars[first : last + 1], line.is_upright)


def _joined(group: list[TextLine]) -> TextLine:
    group.sort(key=lambda line: line.box_mm.left_mm)
    chars = list(group[0].chars)
    for line in group[1:]:
        before, after = chars[-1], line.chars[0]
        gap = BoxMm(
            before.box_mm.right_mm,
            after.box_mm.top_mm,
            max(before.box_mm.right_mm, after.box_mm.left_mm),
            after.box_mm.bottom_mm,
        )
        chars.append(TextChar(GAP, gap, after.baseline_mm, after.style))
        chars.extend(line.chars)
    return TextLine(group[0].page_index, tuple(chars), is_upright=True)

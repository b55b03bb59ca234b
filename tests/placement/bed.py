"""Makes a bed: letters drawn, written, laid out, turned, and their truth beside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.placement.cases import Case
from tests.placement.drawing_lots import draw_cases
from tests.placement.layout_engine import to_pdf
from tests.placement.poppler import read_pages
from tests.placement.truth import Truth, find_truth
from tests.placement.turning import moved, turn
from tests.placement.writing import Letter


@dataclass(frozen=True)
class Sheet:
    """A letter of the bed: its file, what it was made of, what is right."""

    path: Path
    case: Case
    truth: Truth


def make_bed(folder: Path, count: int, seed: int, font: str = "Times New Roman") -> list[Sheet]:
    """Make so many letters in an empty folder."""
    cases = draw_cases(count, seed, font)
    drafts = [folder / f"{index:03}.docx" for index in range(count)]
    for case, draft in zip(cases, drafts, strict=True):
        Letter(case).write(draft)
    to_pdf(drafts, folder)
    return [
        _sheet(case, draft.with_suffix(".pdf")) for case, draft in zip(cases, drafts, strict=True)
    ]


def _sheet(case: Case, path: Path) -> Sheet:
    pages = read_pages(path)
    truth = find_truth(case, pages).placed(moved(case, pages.sizes_mm[0][0]))
    turn(path, case)
    if case.is_scan:
        truth = Truth(None, {}, ())
    return Sheet(path, case, truth)

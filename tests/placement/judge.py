"""Judges what the program proposes for a letter of the bed; every fault is a sentence."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import hypot
from multiprocessing import get_context

from pdf.geometry import BoxMm
from pdf.placement import propose
from pdf.places import BlankName, PlaceKind, PlacementRules, Proposal
from tests.placement.bed import Sheet
from tests.placement.poppler import Word, compact
from tests.placement.truth import BlankTruth, SigningTruth, covered

RULES = PlacementRules()
ASPECTS = ("page", "gap", "number", "date", "overlap", "third", "unnamed", "confidence")
_TOLERANCE_MM = 0.3
_CENTRE_MM = 5.0
_CORNERS = (PlaceKind.ATTACHMENT, PlaceKind.INCOMING, PlaceKind.COPY)
_INK_DPI = 60
_INK_SHARE = 0.004
_DARK = 150

Fault = tuple[str, str]
"""The aspect it belongs to, and what is wrong."""


def judge(sheet: Sheet) -> list[Fault]:
    """Propose all kinds of places for a letter, and find what is wrong with them."""
    found = {kind: propose(sheet.path, kind, RULES, sheet.case.signer.name) for kind in PlaceKind}
    faults = [
        *_number_faults(sheet, found[PlaceKind.NUMBER]),
        *_date_faults(sheet, found[PlaceKind.DATE]),
    ]
    faults.extend(_corner_faults(sheet, [found[kind][0] for kind in _CORNERS]))
    signing = sheet.truth.signing
    if signing is None:
        guesses = [*found[PlaceKind.PERSONAL], *found[PlaceKind.SEAL]]
        faults.extend(_guess_faults(guesses, needs_zone=sheet.case.is_scan))
        return faults
    faults.extend(_personal_faults(sheet, signing, found[PlaceKind.PERSONAL]))
    faults.extend(_seal_faults(sheet, signing, found[PlaceKind.SEAL]))
    for proposal in found[PlaceKind.INITIAL]:
        faults.extend(_text_faults(sheet, proposal))
    if len(sheet.case.signers) == 1:
        unnamed = propose(sheet.path, PlaceKind.PERSONAL, RULES)
        faults.extend(("unnamed", text) for _, text in _personal_faults(sheet, signing, unnamed))
    return faults


def judge_all(sheets: Sequence[Sheet]) -> list[list[Fault]]:
    """Judge a bed on all processors."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as workers:
        return list(workers.map(judge, sheets, chunksize=8))


def _personal_faults(
    sheet: Sheet, truth: SigningTruth, found: tuple[Proposal, ...]
) -> Iterator[Fault]:
    if not found:
        yield "page", "personal: nothing proposed"
        return
    best = found[0]
    if best.page_index != truth.page_index:
        yield "page", f"personal: page {best.page_index}, not {truth.page_index}: {best.reason}"
        return
    if not _is_within(best.box_mm, truth.gap):
        yield "gap", f"personal: {_said(best.box_mm)} not in {_said(truth.gap)}: {best.reason}"
    elif not sheet.case.is_lying and abs(best.box_mm.centre_x_mm - truth.centre_x_mm) > _CENTRE_MM:
        yield "gap", f"personal: {best.box_mm.centre_x_mm:.1f}, not {truth.centre_x_mm:.1f}"
    # On a page that lies on its side a person is asked to look, however right the place is.
    if best.confidence < 0.5 and not best.is_turned:
        yield "confidence", f"personal: {best.confidence:.2f}: {best.reason}"
    yield from _text_faults(sheet, best)


def _seal_faults(sheet: Sheet, truth: SigningTruth, found: tuple[Proposal, ...]) -> Iterator[Fault]:
    if not found or found[0].page_index != truth.page_index:
        yield "page", "seal: nothing or another page"
        return
    seal = found[0].box_mm
    if "moved" in found[0].reason:
        yield "third", found[0].reason
    touched = [
        word
        for word in sheet.truth.words
        if word.page_index == truth.page_index
        and word not in truth.coverable
        and compact(word.text)
        and _circle_reaches(seal, word.box)
    ]
    if touched:
        yield "overlap", f"seal over {_texts(touched)} ({found[0].confidence:.2f})"


def _guess_faults(found: Sequence[Proposal], *, needs_zone: bool) -> Iterator[Fault]:
    """A scan gets the usual zone, for a person to correct; nowhere is anything sure."""
    if needs_zone and {proposal.kind for proposal in found} != {PlaceKind.PERSONAL, PlaceKind.SEAL}:
        yield "page", "scan: no zone for image or seal"
    for proposal in found:
        if proposal.confidence >= 0.5:
            yield "confidence", f"sure where nobody signs: {proposal.reason}"


def _number_faults(sheet: Sheet, found: tuple[Proposal, ...]) -> Iterator[Fault]:
    blank = sheet.truth.blanks.get("number")
    if blank is None:
        if found:
            yield "number", f"number proposed where none is blank: {found[0].reason}"
        return
    if len(found) != 1:
        yield "number", f"{len(found)} numbers for {sheet.case.number}"
        return
    if not _fills(found[0], blank):
        yield "number", f"number: {_said(found[0].box_mm)} not in {_said(blank.box)}"
    yield from _text_faults(sheet, found[0])


def _date_faults(sheet: Sheet, found: tuple[Proposal, ...]) -> Iterator[Fault]:
    wanted: list[BlankName] = [w for w in sheet.truth.blanks if w != "number"]
    got = [proposal.which for proposal in found]
    if got != wanted:
        yield "date", f"date: {got}, not {wanted} in «{sheet.case.date.text}»"
        return
    for proposal, which in zip(found, wanted, strict=True):
        if not _fills(proposal, sheet.truth.blanks[which]):
            box = sheet.truth.blanks[which].box
            yield "date", f"{which}: {_said(proposal.box_mm)} not in {_said(box)}"
        yield from _text_faults(sheet, proposal)


def _text_faults(sheet: Sheet, proposal: Proposal) -> Iterator[Fault]:
    touched = covered(proposal.box_mm, sheet.truth.words, proposal.page_index)
    filled = proposal.kind in {PlaceKind.NUMBER, PlaceKind.DATE}
    if filled:
        # A word of dots that runs into its neighbours is one word: the blank was measured already.
        touched = [word for word in touched if compact(word.text) == word.text]
    if touched and proposal.confidence >= 0.5:
        yield "overlap", f"{proposal.kind.value} over {_texts(touched)}"


def _corner_faults(sheet: Sheet, corners: Iterable[Proposal]) -> Iterator[Fault]:
    picture = _Picture(sheet)
    for proposal in corners:
        if proposal.confidence >= 0.5 and picture.has_ink(proposal.box_mm):
            yield "overlap", f"{proposal.kind.value} over ink at {_said(proposal.box_mm)}"


def _fills(proposal: Proposal, blank: BlankTruth) -> bool:
    return proposal.page_index == blank.page_index and _is_within(proposal.box_mm, blank.box)


def _is_within(inner: BoxMm, outer: BoxMm) -> bool:
    return outer.grown_by(_TOLERANCE_MM).contains(inner)


def _circle_reaches(seal: BoxMm, box: BoxMm) -> bool:
    across_mm = max(box.left_mm - seal.centre_x_mm, 0, seal.centre_x_mm - box.right_mm)
    along_mm = max(box.top_mm - seal.centre_y_mm, 0, seal.centre_y_mm - box.bottom_mm)
    return hypot(across_mm, along_mm) < seal.width_mm / 2


def _said(box: BoxMm) -> str:
    return f"[{box.left_mm:.1f} {box.top_mm:.1f} {box.right_mm:.1f} {box.bottom_mm:.1f}]"


def _texts(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


class _Picture:
    """Page 1 as poppler draws it."""

    def __init__(self, sheet: Sheet) -> None:
        done = subprocess.run(
            ["pdftoppm", "-r", str(_INK_DPI), "-gray", "-cropbox", "-l", "1", str(sheet.path)],
            check=True,
            capture_output=True,
        )
        _, size, _, pixels = done.stdout.split(b"\n", 3)
        self._width, self._height = map(int, size.split())
        self._dark = bytes(pixel < _DARK for pixel in pixels)

    def has_ink(self, box: BoxMm) -> bool:
        left, right = self._span(box.left_mm, box.right_mm, self._width)
        top, bottom = self._span(box.top_mm, box.bottom_mm, self._height)
        starts = (row * self._width for row in range(top, bottom))
        dark = sum(self._dark[start + left : start + right].count(1) for start in starts)
        return dark > _INK_SHARE * (right - left) * (bottom - top)

    @staticmethod
    def _span(start_mm: float, end_mm: float, limit: int) -> tuple[int, int]:
        pixels_per_mm = _INK_DPI / 25.4
        return (
            max(0, min(int(start_mm * pixels_per_mm), limit)),
            max(0, min(int(end_mm * pixels_per_mm) + 1, limit)),
        )

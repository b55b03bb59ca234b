"""What is right for a letter of the bed: read by poppler from what LibreOffice laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pdf.geometry import BoxMm
from pdf.places import BlankName
from tests.placement.cases import Case
from tests.placement.poppler import Letter, Pages, Word, compact, letters
from tests.placement.word_file import BLOCK_MM, HEADER_MM, LEFT_MM, TEXT_MM

_BEYOND_MM = 30.0
_HEIGHT_EM, _ABOVE_INK_EM, _BELOW_INK_EM = 1.3, 0.05, 0.13


@dataclass(frozen=True)
class SigningTruth:
    """Where the signer signs: `gap` from the last line before it to the name, as wide as its column."""

    page_index: int
    gap: BoxMm
    centre_x_mm: float
    coverable: frozenset[Word]


@dataclass(frozen=True)
class BlankTruth:
    """A blank to be filled in. It ends in the open where its line breaks right behind it."""

    page_index: int
    box: BoxMm


@dataclass(frozen=True)
class Truth:
    """All that the judge knows of a letter; None where nothing is right but a guess (scans)."""

    signing: SigningTruth | None
    blanks: dict[BlankName, BlankTruth]
    words: tuple[Word, ...]

    def inked(self) -> Truth:
        """The same with what words can cover with ink, not all that their font could."""
        return self._changed({word: replace(word, box=ink(word)) for word in self.words})

    def placed(self, move: Callable[[BoxMm], BoxMm]) -> Truth:
        """The same after its pages were cropped or turned."""
        moved = self._changed({word: replace(word, box=move(word.box)) for word in self.words})
        signing = moved.signing
        if signing is not None:
            point = move(BoxMm(signing.centre_x_mm, 0, signing.centre_x_mm, 0))
            signing = replace(signing, gap=move(signing.gap), centre_x_mm=point.left_mm)
        blanks = {which: replace(b, box=move(b.box)) for which, b in self.blanks.items()}
        return replace(moved, signing=signing, blanks=blanks)

    def _changed(self, words: dict[Word, Word]) -> Truth:
        signing = self.signing
        if signing is not None:
            coverable = frozenset(words[word] for word in signing.coverable)
            signing = replace(signing, coverable=coverable)
        return Truth(signing, self.blanks, tuple(words.values()))


def ink(word: Word) -> BoxMm:
    """What a word can really cover with ink: poppler's boxes are as high as the font's tallest letter."""
    box = word.box
    em_mm = box.height_mm / _HEIGHT_EM
    return BoxMm(
        box.left_mm,
        box.top_mm + _ABOVE_INK_EM * em_mm,
        box.right_mm,
        box.bottom_mm - _BELOW_INK_EM * em_mm,
    )


def find_truth(case: Case, pages: Pages) -> Truth:
    """Find what the case says in what was laid out.

    Raises:
        LookupError: the letter does not hold what the case says; the bed is wrong.
    """
    truth = Truth(_signing(case, pages), _blanks(case, pages), pages.words)
    return truth.inked()


def _signing(case: Case, pages: Pages) -> SigningTruth | None:
    if not case.has_block:
        return None
    for index in reversed(range(_main_pages(case, pages))):
        blocks = [_block(case, pages, index, at) for at in range(len(case.signers))]
        own = blocks[case.signer_index]
        if own is None:
            continue
        before, name = own
        last = [x for x in before if x.box.bottom_mm > before[-1].box.bottom_mm - 1]
        coverable = {x.word for block in blocks if block for part in block for x in part}
        top_mm = max(ink(letter.word).bottom_mm for letter in last)
        bottom_mm = min(ink(letter.word).top_mm for letter in name)
        left_mm, right_mm = _column(case, case.signer_index)
        return SigningTruth(
            page_index=index,
            gap=BoxMm(left_mm, top_mm, right_mm, bottom_mm),
            centre_x_mm=(left_mm + right_mm) / 2,
            coverable=frozenset(coverable),
        )
    raise LookupError(f"{case.label}: no block of {case.signer}")


def _main_pages(case: Case, pages: Pages) -> int:
    """How many pages come before the appendix: it opens with its bracket, on a page of its own."""
    if case.appendix == "none":
        return len(pages.sizes_mm)
    sign = "CỘNG" if case.appendix == "enclosed" else "(Kèm"
    return min(w.page_index for w in pages.words if w.text == sign and w.page_index > 0)


def _block(
    case: Case, pages: Pages, index: int, at: int
) -> tuple[list[Letter], list[Letter]] | None:
    signer = case.signers[at]
    before = compact("".join((*signer.titles, signer.note)))
    found = _find(
        letters(pages.words, index, _column(case, at), case.font),
        before + compact(signer.signature),
    )
    return (found[: len(before)], found[len(before) :]) if found else None


def _column(case: Case, at: int) -> tuple[float, float]:
    if case.arrangement in {"side", "grid"}:
        columns = 2 if case.arrangement == "grid" else len(case.signers)
        width_mm = TEXT_MM / columns
        left_mm = LEFT_MM + (at % columns) * width_mm
        return left_mm, left_mm + width_mm
    return LEFT_MM + BLOCK_MM[0], LEFT_MM + sum(BLOCK_MM)


def _blanks(case: Case, pages: Pages) -> dict[BlankName, BlankTruth]:
    left = right = (0.0, pages.sizes_mm[0][0])
    if not case.one_line_header:
        edge_mm = LEFT_MM + HEADER_MM[0]
        left, right = (0.0, edge_mm), (edge_mm, pages.sizes_mm[0][0])
    found: dict[BlankName, BlankTruth] = {}
    number = case.number
    if number.label and not compact(number.blank):
        run = _need(letters(pages.words, 0, left, case.font), number.label + number.rest, case)
        found["number"] = _between(run, len(compact(number.label)))
    date = case.date
    run = _need(letters(pages.words, 0, right, case.font), date.text, case)
    at = 0
    steps: tuple[tuple[str, BlankName, str], ...] = (
        (f"{date.place}ngày", "day", date.day),
        ("tháng", "month", date.month),
        ("năm", "year", date.year),
    )
    for label, which, typed in steps:
        at += len(compact(label))
        if not compact(typed):
            found[which] = _between(run, at)
        at += len(compact(typed))
    return found


def _between(run: Sequence[Letter], at: int) -> BlankTruth:
    before = run[at - 1]
    right_mm = before.box.right_mm + _BEYOND_MM
    if at < len(run) and abs(run[at].box.bottom_mm - before.box.bottom_mm) < 1:
        right_mm = run[at].box.left_mm
    box = BoxMm(before.box.right_mm, before.box.top_mm, right_mm, before.box.bottom_mm)
    return BlankTruth(before.page_index, box)


def _need(where: Sequence[Letter], text: str, case: Case) -> list[Letter]:
    found = _find(where, compact(text))
    if found is None:
        raise LookupError(f"{case.label} ({case.seed}): no «{text}»")
    return found


def _find(where: Sequence[Letter], wanted: str) -> list[Letter] | None:
    """The last place of a text."""
    at = "".join(letter.char for letter in where).rfind(wanted)
    return None if at < 0 else list(where[at : at + len(wanted)])


def covered(box: BoxMm, words: Iterable[Word], page_index: int) -> list[Word]:
    """The words that a box lies over, dots and rules left out."""
    return [
        word
        for word in words
        if word.page_index == page_index and compact(word.text) and word.box.intersects(box)
    ]

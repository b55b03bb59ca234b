"""Facts about later signatures over what a seal may lie over, and beside what they may stand beside."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.sign import fields
from pyhanko.stamp import StaticStampStyle

from app.demo.people import CHIEF
from app.workflow.checking import check_file
from app.workflow.office import Workbench
from app.workflow.placing import as_box
from pdf.document import inspect
from pdf.geometry import BoxMm, box_to_user_space, box_to_view_space
from pdf.text import TextChar, read_page
from signing.fields import look
from signing.report import FileReport
from signing.terms import Verdict
from tests.integration.signing.conftest import Letter
from tests.integration.signing.forging import sign_edited
from tests.integration.signing.office import SigningOffice

WHITE = b"1 g 0 0 999 999 re f"
BLACK = b"0 g 0 0 999 999 re f"
RED = b"0.84 0.09 0.13 rg 0 0 999 999 re f"
_MIDDLE = AxisAlignment.ALIGN_MID
_NO_MARGINS = SimpleBoxLayoutRule(_MIDDLE, _MIDDLE, margins=Margins.uniform(0))


@dataclass(frozen=True)
class Scene:
    """A letter that its leader signed, and an insider whose signature draws anything anywhere."""

    letter: Path
    office: SigningOffice
    bench: Workbench
    folder: Path

    def printed(self, words: str, line: str = "") -> tuple[TextChar, ...]:
        """The characters of some words, in the line that holds `line`."""
        found = next(
            item for item in read_page(self.letter, 0).lines if (line or words) in item.text
        )
        at = found.text.index(words)
        return found.chars[at : at + len(words)]

    def around(self, words: str, line: str = "") -> BoxMm:
        box = (chars := self.printed(words, line))[0].box_mm
        for char in chars:
            box = box.united_with(char.box_mm)
        return box.grown_by(0.3)

    def beside(self, words: str, line: str = "", *, gap_mm: float = 0.0) -> BoxMm:
        """The room for three digits right behind some words."""
        last = self.printed(words, line)[-1]
        left_mm = last.box_mm.right_mm + gap_mm
        return BoxMm(left_mm, last.baseline_mm - 3.4, left_mm + 8, last.baseline_mm)

    def signature(self) -> BoxMm:
        """Where the leader's shows."""
        (widget,) = look(self.letter).signatures
        assert widget.box is not None
        return box_to_view_space(as_box(widget.box), inspect(self.letter).pages[0])

    def attacked(self, box: BoxMm, drawing: bytes) -> FileReport:
        """Sign with a widget that draws this, and check the file as a recipient would."""
        place = box_to_user_space(box, inspect(self.letter).pages[0])
        sides = (place.left_pt, place.bottom_pt, place.right_pt, place.top_pt)
        spec = fields.SigFieldSpec("ConDau2", on_page=0, box=sides)  # type: ignore[arg-type]  # parts of points

        def draw(widget: Any) -> None:
            shown = widget["/AP"]["/N"]
            shown._data, shown._encoded_data = drawing, None

        path = self.folder / "attacked.pdf"
        writer = IncrementalPdfFileWriter(BytesIO(self.letter.read_bytes()))
        style = StaticStampStyle(
            background=PdfImage(Image.new("L", (2, 2))),
            border_width=0,
            background_layout=_NO_MARGINS,
        )
        who = self.office.pki.issue_with_key(CHIEF)
        path.write_bytes(sign_edited(writer, ("ConDau2", spec), style, who, draw))
        return check_file(self.bench.judge, self.bench.eyes, path)


@pytest.fixture
def scene(letter: Letter, signing_office: SigningOffice, bench: Workbench, tmp_path: Path) -> Scene:
    return Scene(letter.approved.file.path, signing_office, bench, tmp_path)


def _details(report: FileReport) -> set[str | None]:
    return {change.detail for change in report.signatures[0].authentication.changes_after}


@pytest.mark.parametrize("words", ["GIÁM ĐỐC", "Nguyễn Văn An"])
@pytest.mark.parametrize("paint", [WHITE, BLACK, RED], ids=["white", "black", "red"])
def test_paint_over_a_line_of_the_signer_is_invalid(scene: Scene, words: str, paint: bytes) -> None:
    """The field calls itself a seal, which may lie there; a seal lets the line be seen."""
    report = scene.attacked(scene.around(words), paint)
    assert report.verdict is Verdict.INVALID
    assert "signer_hidden" in _details(report)


@pytest.mark.parametrize("words", ["GIÁM", "Đ"])
def test_white_over_a_part_of_the_position_is_never_valid(scene: Scene, words: str) -> None:
    """Half of a position is another one; but an image with white ground hides it as well."""
    report = scene.attacked(scene.around(words, "GIÁM ĐỐC"), WHITE)
    assert (report.verdict, report.reason) == (Verdict.UNDETERMINED, "verify.words_hidden")


def test_red_strokes_over_a_position_hide_nothing(scene: Scene) -> None:
    """As the ring and the letters of a seal do."""
    strokes = b"0.84 0.09 0.13 RG 2.5 w 0 6 m 99 12 l S 20 0 m 24 40 l S 50 0 m 44 40 l S"
    assert scene.attacked(scene.around("GIÁM ĐỐC"), strokes).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("part", "verdict"),
    [((0, 1), Verdict.INVALID), ((0, 0.5), Verdict.UNDETERMINED)],
    ids=["all", "half"],
)
def test_white_over_the_leaders_signature_is_never_valid(
    scene: Scene, part: tuple[float, float], *, verdict: Verdict
) -> None:
    """A seal lies over it, and lets it be seen."""
    box = scene.signature()
    width_mm = box.width_mm
    left_mm, right_mm = (box.left_mm + width_mm * share for share in part)
    report = scene.attacked(BoxMm(left_mm, box.top_mm, right_mm, box.bottom_mm), WHITE)
    assert report.verdict is verdict


def test_white_over_the_sign_that_ends_the_text_is_never_valid(scene: Scene) -> None:
    """What is written behind it then would belong to the text."""
    report = scene.attacked(scene.around("./.").grown_by(-0.2), WHITE)
    assert (report.verdict, report.reason) == (Verdict.UNDETERMINED, "verify.words_hidden")


def test_an_initial_right_behind_the_sign_that_ends_the_text_is_no_offence(scene: Scene) -> None:
    report = scene.attacked(scene.beside("./."), b"0 0 1 RG 0 2 m 20 9 l S")
    assert report.verdict is Verdict.VALID
    assert "beside_words" not in _details(report)


@pytest.mark.parametrize(
    ("number", "line"), [("2026", "năm 2026"), ("25", "trước ngày 25")], ids=["year", "day"]
)
def test_a_digit_right_behind_a_number_is_invalid(scene: Scene, number: str, line: str) -> None:
    box = scene.beside(number, line, gap_mm=0.1)
    report = scene.attacked(
        BoxMm(box.left_mm, box.top_mm, box.left_mm + 0.55, box.bottom_mm), BLACK
    )
    assert report.verdict is Verdict.INVALID
    assert "number_continued" in _details(report)


def test_a_digit_right_before_a_number_is_invalid(scene: Scene) -> None:
    first = scene.printed("25", "trước ngày 25")[0]
    right_mm = first.box_mm.left_mm - 0.1
    box = BoxMm(right_mm - 0.55, first.baseline_mm - 3.4, right_mm, first.baseline_mm)
    report = scene.attacked(box, BLACK)
    assert report.verdict is Verdict.INVALID
    assert "number_continued" in _details(report)


@pytest.mark.parametrize("words", ["người có thẩm quyền.", "- Các đơn vị sự nghiệp thuộc Sở."])
def test_words_right_behind_a_line_are_told(scene: Scene, words: str) -> None:
    """Nothing is covered, and the document says more than was signed."""
    report = scene.attacked(scene.beside(words, gap_mm=0.8), BLACK)
    assert "beside_words" in _details(report)


def test_a_word_right_before_a_position_is_told(scene: Scene) -> None:
    """`PHÓ` before it makes another person of the signer."""
    first = scene.printed("GIÁM ĐỐC")[0]
    right_mm = first.box_mm.left_mm - 0.8
    box = BoxMm(right_mm - 9, first.baseline_mm - 3.4, right_mm, first.baseline_mm)
    assert "beside_words" in _details(scene.attacked(box, BLACK))


def test_a_letter_as_it_was_issued_has_nothing_beside_its_words(
    letter: Letter, bench: Workbench
) -> None:
    report = check_file(bench.judge, bench.eyes, letter.issued.file.path)
    assert report.verdict is Verdict.VALID
    assert not _details(report) & {"beside_words", "signer_hidden", "number_continued"}

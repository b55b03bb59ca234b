"""Facts about what is seen: measured on rendered pages and told by poppler, not by the library that drew them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFont

from pdf.geometry import BoxMm, BoxPt, PageGeometry, box_to_user_space, box_to_view_space
from signing.fields import look
from signing.fonts import serif_font
from signing.request import DESCENT, TextFieldSpec, UserBox
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import told
from tests.unit.signing.signing_world import blank, numbered, shown, signed, turned

DPI = 300
PX_PER_MM = DPI / 25.4
BLUE, RED, GREEN, YELLOW = (24, 54, 160), (214, 24, 32), (20, 140, 60), (240, 200, 20)


@dataclass(frozen=True)
class Word:
    """A word as poppler finds it, in points from the top left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


_WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
)


def _words(path: Path, page: int = 1) -> list[Word]:
    listed = told("pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-")
    return [
        Word(text, float(left), float(top), float(right), float(bottom))
        for left, top, right, bottom, text in _WORD.findall(listed)
    ]


def _page(path: Path, folder: Path, page: int = 1, dpi: int = DPI) -> Image.Image:
    stem = folder / f"{path.stem}-{page}-{dpi}"
    told("pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", path, stem)
    with Image.open(stem.with_suffix(".ppm")) as opened:
        return opened.convert("RGB")


def _width_pt(text: str, size_pt: float) -> float:
    font = ImageFont.truetype(serif_font(), 1000, layout_engine=ImageFont.Layout.BASIC)
    return font.getlength(text) * size_pt / 1000


def _redness(page: Image.Image) -> Image.Image:
    red, _, blue = page.split()
    return ImageChops.subtract(red, blue)


@dataclass(frozen=True)
class Seen:
    """The issued letter's signing page, and what the seal added to it, in pixels."""

    personal: BoxMm
    seal: tuple[int, int, int, int]


@pytest.fixture(scope="module")
def seen(letter: Letter, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("pages")
    _, approved, issued = letter.revisions
    personal, _ = look(issued).signatures
    assert personal.page_index is not None
    assert personal.box is not None
    sides = personal.box
    before, after = (_page(path, folder, personal.page_index + 1) for path in (approved, issued))
    added = ImageChops.subtract(_redness(after), _redness(before))
    bounds = added.point(lambda value: 255 if value > 24 else 0).getbbox()
    assert bounds is not None
    a4 = BoxPt(0, 0, 595.276, 841.89)
    geometry = PageGeometry(personal.page_index, a4, a4, 0, 1.0)
    box = BoxPt(sides.left_pt, sides.bottom_pt, sides.right_pt, sides.top_pt)
    return Seen(box_to_view_space(box, geometry), bounds)


def test_the_seal_measures_36_mm_on_the_page(seen: Seen) -> None:
    left, top, right, bottom = seen.seal
    assert (right - left) / PX_PER_MM == pytest.approx(36, abs=0.2)
    assert (bottom - top) / PX_PER_MM == pytest.approx(36, abs=0.2)


def test_the_seal_covers_a_third_of_the_signature_on_its_left(seen: Seen) -> None:
    left, _, right, _ = (side / PX_PER_MM for side in seen.seal)
    covered = (right - seen.personal.left_mm) / seen.personal.width_mm
    assert 0.30 <= covered <= 0.36
    assert left < seen.personal.left_mm


def test_the_seal_is_level_with_the_signature(seen: Seen) -> None:
    middle_mm = (seen.seal[1] + seen.seal[3]) / 2 / PX_PER_MM
    assert middle_mm == pytest.approx(seen.personal.centre_y_mm, abs=0.3)


def test_number_and_date_are_read_in_their_line(letter: Letter) -> None:
    text = told("pdftotext", "-layout", "-l", "1", letter.revisions[-1], "-")
    assert re.search(r"Số: +05 +/STP-VP", text)
    assert re.search(r"ngày +22 +tháng +11 +năm 2026", text)


def _head(letter: Letter) -> dict[str, Word]:
    """The words of the lines of number and date, which stand above all others of their text."""
    found: dict[str, Word] = {}
    for word in sorted(_words(letter.revisions[-1]), key=lambda word: word.top):
        found.setdefault(word.text, word)
    return found


def test_the_number_is_as_wide_as_its_digits(letter: Letter) -> None:
    assert _head(letter)["05"].width == pytest.approx(_width_pt("05", 13), abs=0.1)


def test_number_and_day_stand_on_the_baseline_of_their_line(letter: Letter, tmp_path: Path) -> None:
    """Their lowest ink is level with that of letters beside them that have no descenders."""
    page = _page(letter.revisions[-1], tmp_path)
    head = _head(letter)
    capitals_px = _lowest_ink(page, head["/STP-VP"], 0.45, 1.0)
    letters_px = _lowest_ink(page, head["tháng"], 0.0, 0.75)
    assert abs(_lowest_ink(page, head["05"]) - capitals_px) <= 3
    assert abs(_lowest_ink(page, head["22"]) - letters_px) <= 3


def _lowest_ink(page: Image.Image, word: Word, start: float = 0.0, end: float = 1.0) -> int:
    """The lowest row with ink in a word, or between two shares of its width."""
    scale = DPI / 72
    left, right = word.left + word.width * start, word.left + word.width * end
    top = round(word.top * scale)
    part = page.crop(
        (round(left * scale), top, round(right * scale), round(word.bottom * scale))
    ).convert("L")
    bounds = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert bounds is not None
    return top + bounds[3]


def _quarters(folder: Path) -> Path:
    """An image whose quarters tell which way it stands."""
    image = Image.new("RGBA", (200, 100))
    for corner, colour in zip(
        ((0, 0), (100, 0), (0, 50), (100, 50)), (BLUE, RED, GREEN, YELLOW), strict=True
    ):
        image.paste((*colour, 255), (*corner, corner[0] + 100, corner[1] + 50))
    path = folder / "quarters.png"
    image.save(path)
    return path


_VIEW = BoxMm(60, 80, 100, 100)


def _user_box(rotation_deg: int) -> UserBox:
    """The box of `_VIEW` on a page of 595 by 842 points, shown turned."""
    paper = BoxPt(0, 0, 595, 842)
    box = box_to_user_space(_VIEW, PageGeometry(0, paper, paper, rotation_deg, 1.0))
    return UserBox(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_an_image_stands_upright_on_a_page_shown_turned(tmp_path: Path, rotation_deg: int) -> None:
    base = blank(tmp_path, edit=turned(rotation_deg))
    file = signed(base, **shown(_quarters(tmp_path), box=_user_box(rotation_deg)))
    page = _page(file.path, tmp_path, dpi=72)
    scale = 72 / 25.4
    seen = [
        page.getpixel((round(x_mm * scale), round(y_mm * scale)))
        for x_mm, y_mm in ((70, 85), (90, 85), (70, 95), (90, 95))
    ]
    for found, expected in zip(seen, (BLUE, RED, GREEN, YELLOW), strict=True):
        assert isinstance(found, tuple)
        assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) < 12
    outside = [page.getpixel((round(x * scale), round(90 * scale))) for x in (58, 102)]
    assert outside == [(255, 255, 255)] * 2


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_text_reads_from_left_to_right_on_a_page_shown_turned(
    tmp_path: Path, rotation_deg: int
) -> None:
    base = blank(tmp_path, edit=turned(rotation_deg))
    line = "Ký bởi: Nguyễn Văn Đặng"
    file = signed(base, **shown(None, line, box=_user_box(rotation_deg)))
    ink = _ink(_page(file.path, tmp_path, dpi=144))
    assert ink[2] - ink[0] > 3 * (ink[3] - ink[1])


def _ink(page: Image.Image) -> tuple[int, int, int, int]:
    """What is dark within `_VIEW` on a page at 144 dpi, in pixels from its corner."""
    scale = 144 / 25.4
    sides = (_VIEW.left_mm, _VIEW.top_mm, _VIEW.right_mm, _VIEW.bottom_mm)
    left, top, right, bottom = (round(side * scale) for side in sides)
    part = page.convert("L").crop((left, top, right, bottom))
    found = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert found is not None
    return found


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_a_filled_number_stands_upright_in_its_blank_on_a_page_shown_turned(
    tmp_path: Path, rotation_deg: int
) -> None:
    base = blank(tmp_path, edit=turned(rotation_deg))
    field = TextFieldSpec("VT_SO", 0, _user_box(rotation_deg), 13)
    file = signed(base, prepare=(field,))
    ink = _ink(_page(numbered(file.path, VT_SO="01111111").path, tmp_path, dpi=144))
    assert ink[2] - ink[0] > 3 * (ink[3] - ink[1])
    lowest_mm = ink[3] / 144 * 25.4
    baseline_mm = _VIEW.height_mm - DESCENT * 13 / 72 * 25.4
    assert lowest_mm == pytest.approx(baseline_mm, abs=0.3)


def test_vietnamese_lines_are_read_and_set_without_gaps(tmp_path: Path) -> None:
    lines = ("Ký bởi: Nguyễn Thị Ngọc Ánh", "ỦY BAN NHÂN DÂN HUYỆN ĐẮK R’LẤP, ẵẫẩ ợữ ỷỹ")
    path = signed(blank(tmp_path), **shown(None, *lines, box=UserBox(60, 300, 560, 360))).path
    text = told("pdftotext", "-layout", path, "-")
    assert all(line in text for line in lines)
    widths = [word.width for word in _words(path) if word.text in lines]
    assert widths == pytest.approx([_width_pt(line, 10) for line in lines], abs=0.2)


def test_a_long_line_goes_on_below_and_stays_within_its_box(tmp_path: Path) -> None:
    parts = ("SAO Y; Sở Tư pháp tỉnh Thử Nghiệm; 22/11/2026;", "14:05:06 +07:00")
    box = UserBox(100, 300, 329.6, 325.5)
    path = signed(blank(tmp_path), **shown(None, " ".join(parts), box=box)).path
    drawn = [word for word in _words(path) if word.text in parts]
    assert [word.text for word in drawn] == list(parts)
    assert all(100 <= word.left < word.right <= 329.7 for word in drawn)


def test_an_invisible_signature_shows_nothing(tmp_path: Path) -> None:
    base = blank(tmp_path)
    file = signed(base)
    before, after = _page(base, tmp_path, dpi=72), _page(file.path, tmp_path, dpi=72)
    assert ImageChops.difference(before, after).getbbox() is None

"""Facts about what signatures and filled fields show, told from their streams."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import PdfFileWriter

from signing import fonts
from signing.appearance import BoxContent, FieldText, Fonts, upright
from signing.errors import SigningError
from signing.fonts import has_vietnamese, serif_font
from signing.request import DESCENT, Appearance, UserBox
from tests.unit.signing.signing_world import (
    NUMBER,
    blank,
    numbered,
    shown,
    signed,
    structure,
)

VIETNAMESE = "Nguyễn Văn Đặng, ủy quyền: KÝ DUYỆT ngày 05"


def _box(lines: tuple[str, ...], width_pt: float, height_pt: float, **more: Any) -> bytes:
    writer = PdfFileWriter()
    box = BoxConstraints(width=width_pt, height=height_pt)
    rotation_deg = more.pop("rotation_deg", 0)
    content = BoxContent(writer, box, Appearance(lines=lines, **more), Fonts(writer), rotation_deg)
    return content.render()


def _field(text: str, width_pt: float, *, size_pt: float = 13.0) -> tuple[bytes, float]:
    """The stream of a filled field, and the width of its text."""
    writer = PdfFileWriter()
    content = FieldText(
        writer,
        BoxConstraints(width=width_pt, height=16),
        fonts=Fonts(writer),
        text=text,
        font_size_pt=size_pt,
        italic=False,
        rotation_deg=0,
    )
    return content.render(), content.text_width_pt


def _sizes(stream: bytes) -> list[float]:
    return [float(size) for size in re.findall(rb"/Serif ([\d.]+) Tf", stream)]


def _starts(stream: bytes) -> list[tuple[float, float]]:
    found = re.findall(rb"Tf ([-\d.]+) ([-\d.]+) Td", stream)
    return [(float(left), float(baseline)) for left, baseline in found]


def _width_pt(text: str, size_pt: float) -> float:
    """The text's width by another engine's reading of the same font."""
    font = ImageFont.truetype(serif_font(), 1000, layout_engine=ImageFont.Layout.BASIC)
    return sum(font.getlength(letter) for letter in text) * size_pt / 1000


def _embedded(path: Path, name: str) -> Any:
    fields = structure(path).root["/AcroForm"]["/Fields"]
    field = next(item for item in (raw.get_object() for raw in fields) if item["/T"] == name)
    resources = field["/AP"]["/N"]["/Resources"]
    return resources["/Font"]["/Serif"]["/DescendantFonts"][0]


def test_letters_stand_as_far_apart_as_the_font_says(tmp_path: Path) -> None:
    path = signed(blank(tmp_path), **shown(None, "Đặng 05")).path
    widths = [
        float(width)
        for group in _embedded(path, "LanhDao")["/W"]
        if isinstance(group, list)
        for width in group
    ]
    expected = {round(_width_pt(letter, 1000)) for letter in "Đặng 05"}
    assert {round(width) for width in widths} >= expected
    assert max(widths) < 1100


def test_a_fonts_metrics_are_in_thousandths_of_an_em(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    descriptor = _embedded(numbered(file.path, VT_SO="05").path, "VT_SO")["/FontDescriptor"]
    assert 600 < descriptor["/Ascent"] < 1000
    assert -400 < descriptor["/Descent"] < -100
    assert all(abs(side) < 2100 for side in descriptor["/FontBBox"])


def test_a_filled_text_is_centred_on_its_baseline() -> None:
    ((left_pt, baseline_pt),) = _starts(_field("05", 60)[0])
    assert left_pt == pytest.approx((60 - _width_pt("05", 13)) / 2, abs=0.02)
    assert baseline_pt == pytest.approx(DESCENT * 13)


def test_the_width_of_a_filled_text_is_that_of_its_letters() -> None:
    _, width_pt = _field("1234567", 60)
    assert width_pt == pytest.approx(_width_pt("1234567", 13), rel=1e-3)


def test_text_in_combining_letters_is_drawn_as_whole_ones() -> None:
    assert _field(normalize("NFD", "ộ"), 60)[1] == _field("ộ", 60)[1]


def test_a_text_that_fits_keeps_its_size() -> None:
    stream = _box(("Ký bởi: Nguyễn Văn An", "22/11/2026"), 200, 60, font_size_pt=11)
    assert _sizes(stream) == [11, 11]


def _texts(stream: bytes) -> list[str]:
    """What each line says, by the text that a reader may copy."""
    texts = []
    for found in re.findall(rb"/ActualText \((.*?)\)\n>>", stream, re.DOTALL):
        plain = re.sub(rb"\\(\d{3})", lambda octal: bytes([int(octal[1], 8)]), found)
        is_wide = plain.startswith(b"\xfe\xff")
        texts.append(plain[2:].decode("utf-16-be") if is_wide else plain.decode("ascii"))
    return texts


COPY_LINE = "SAO Y; Sở Tư pháp tỉnh Thử Nghiệm; 28/11/2026; 00:18:57 +07:00"


def test_a_line_too_long_for_its_box_is_broken_behind_a_semicolon_and_keeps_its_size() -> None:
    stream = _box((COPY_LINE,), 229, 25, is_right_aligned=True)
    assert _sizes(stream) == [10, 10]
    first, second = "SAO Y; Sở Tư pháp tỉnh Thử Nghiệm; 28/11/2026;", "00:18:57 +07:00"
    assert _texts(stream) == [first, second]
    for line, (left_pt, _) in zip((first, second), _starts(stream), strict=True):
        assert left_pt + _width_pt(line, 10) == pytest.approx(229, abs=0.1)


def test_a_time_stays_whole_where_a_part_before_it_is_broken_between_words() -> None:
    line = "SAO Y; Ủy ban nhân dân thành phố Thử Nghiệm trực thuộc trung ương; 00:18:57 +07:00"
    drawn = _texts(_box((line,), 175, 70))
    assert " ".join(drawn) == line
    assert any("00:18:57 +07:00" in text for text in drawn)


def test_a_line_without_semicolons_is_broken_between_words() -> None:
    line = "Ủy ban nhân dân thành phố Thử Nghiệm Phòng Tư pháp"
    stream = _box((line,), 130, 40)
    assert _sizes(stream) == [10, 10]
    assert " ".join(_texts(stream)) == line


def test_where_more_lines_have_no_room_the_text_is_drawn_smaller() -> None:
    stream = _box((COPY_LINE,), 229.6, 14)
    assert _texts(stream) == [COPY_LINE]
    assert _sizes(stream)[0] < 10


@pytest.mark.parametrize(
    ("width_pt", "height_pt"), [(127.6, 62.4), (229.6, 25.5), (60, 60), (400, 12)]
)
def test_a_text_is_never_cut_off_by_its_box(width_pt: float, height_pt: float) -> None:
    lines = ("Ký bởi: Nguyễn Văn An", "Thời gian ký: 22/11/2026 14:05:06 +07:00")
    stream = _box(lines, width_pt, height_pt)
    size_pt, drawn = _sizes(stream)[0], _texts(stream)
    assert " ".join(drawn) == " ".join(lines)
    for line, (left_pt, baseline_pt) in zip(drawn, _starts(stream), strict=True):
        assert left_pt + _width_pt(line, size_pt) <= width_pt + 0.05
        assert baseline_pt - DESCENT * size_pt >= -0.01
        assert baseline_pt + 0.9 * size_pt <= height_pt + 0.01


def test_lines_stand_below_each_other_in_the_middle_of_the_box() -> None:
    starts = _starts(_box(("Một", "Hai", "Ba"), 200, 100))
    baselines = [baseline for _, baseline in starts]
    assert baselines == sorted(baselines, reverse=True)
    assert 50 > baselines[1] > 40


def test_empty_lines_draw_nothing_and_harm_nothing() -> None:
    assert _sizes(_box(("", "Hai"), 200, 100)) == [10, 10]


def test_what_is_drawn_is_not_stretched_into_its_place(tmp_path: Path) -> None:
    """A viewer scales the appearance's box to the field's rectangle (ISO 32000-2, 12.5.5)."""
    number = replace(NUMBER, box=UserBox(100, 700, 140.55, 713.65))
    file = signed(blank(tmp_path), prepare=(number,))
    for raw in structure(numbered(file.path, VT_SO="05").path).root["/AcroForm"]["/Fields"]:
        field = raw.get_object()
        if "/AP" in field and float(field["/Rect"][2]) > 0:
            left, bottom, right, top = (float(side) for side in field["/Rect"])
            sides = [float(side) for side in field["/AP"]["/N"]["/BBox"]]
            assert (max(sides[::2]), max(sides[1::2])) == pytest.approx(
                (right - left, top - bottom)
            )


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_content_turned_upright_fills_the_box_exactly(rotation_deg: int) -> None:
    a, b, c, d, e, f = (float(part) for part in upright(30, 10, rotation_deg).split()[:6])
    width, height = (10, 30) if rotation_deg in (90, 270) else (30, 10)
    corners = {(a * x + c * y + e, b * x + d * y + f) for x in (0, width) for y in (0, height)}
    assert corners == {(0, 0), (30, 0), (0, 10), (30, 10)}


def _png(folder: Path, size: tuple[int, int]) -> Path:
    path = folder / "image.png"
    Image.new("RGBA", size, (24, 54, 160, 255)).save(path)
    return path


def _image_matrix(image: Path, box: UserBox, *lines: str) -> list[float]:
    writer = PdfFileWriter()
    width_pt, height_pt = box.right_pt - box.left_pt, box.top_pt - box.bottom_pt
    content = BoxContent(
        writer,
        BoxConstraints(width=width_pt, height=height_pt),
        Appearance(image, lines),
        Fonts(writer),
        0,
    )
    found = re.search(rb"q ([-\d. ]+) cm /Image Do", content.render())
    assert found is not None
    return [float(part) for part in found.group(1).split()]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((100, 100), [50, 0, 0, 50, 25, 0]),
        ((400, 100), [100, 0, 0, 25, 0, 12.5]),
        ((200, 100), [100, 0, 0, 50, 0, 0]),
    ],
)
def test_an_image_is_fitted_into_the_box_with_its_own_proportions(
    tmp_path: Path, size: tuple[int, int], expected: list[float]
) -> None:
    assert _image_matrix(_png(tmp_path, size), UserBox(0, 0, 100, 50)) == expected


def test_an_image_beside_text_stands_on_the_left(tmp_path: Path) -> None:
    found = _image_matrix(_png(tmp_path, (100, 100)), UserBox(0, 0, 150, 50), "Ký bởi")
    assert found == [50, 0, 0, 50, 0, 0]


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "LA", "P", "1", "CMYK"])
def test_images_of_all_kinds_are_taken(tmp_path: Path, mode: str) -> None:
    path = tmp_path / ("image.jpg" if mode == "CMYK" else "image.png")
    Image.new(mode, (40, 20)).save(path)
    assert signed(blank(tmp_path), **shown(path)).path.exists()


def test_a_transparent_image_keeps_what_lies_below_visible(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    Image.new("RGBA", (2, 1), (24, 54, 160, 0)).save(path)
    file = structure(signed(blank(tmp_path), **shown(path)).path)
    field = file.root["/AcroForm"]["/Fields"][0]
    image = field["/AP"]["/N"]["/Resources"]["/XObject"]["/Image"]
    assert image["/SMask"].data == b"\0\0"
    assert image.data == bytes((24, 54, 160)) * 2


def _chunk(kind: bytes, data: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + crc


def _huge_png() -> bytes:
    """A few bytes that promise 900 million pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no image",
        b"\x89PNG\r\n\x1a\n",
        _huge_png(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["empty", "text", "cut", "huge", "svg"],
)
def test_an_image_that_cannot_be_drawn_is_told_by_its_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(data)
    base = blank(tmp_path)
    with pytest.raises(SigningError, match=r"sign\.image_unreadable") as refusal:
        signed(base, **shown(path))
    assert refusal.value.params == {"image": str(path)}
    assert not (tmp_path / "signed.pdf").exists()


def test_the_font_in_use_has_the_letters_of_vietnamese() -> None:
    assert has_vietnamese(serif_font())
    assert has_vietnamese(serif_font(italic=True))


@pytest.fixture
def latin_font(tmp_path: Path) -> Path:
    """The office's font as Liberation Serif 1.07 was: without the letters of Vietnamese."""
    path = tmp_path / "LiberationSerif-Regular.ttf"
    options = subset.Options(notdef_outline=True, glyph_names=False)
    chooser = subset.Subsetter(options)
    chooser.populate(unicodes=range(0x20, 0x17F))
    with TTFont(serif_font()) as font:
        chooser.subset(font)
        font.save(path)
    return path


def test_a_font_without_vietnamese_is_passed_over_whatever_its_name(
    latin_font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = serif_font().parent
    assert not has_vietnamese(latin_font)
    monkeypatch.setattr(fonts, "FOLDERS", (str(latin_font.parent), str(good)))
    serif_font.cache_clear()
    try:
        assert serif_font().parent == good
    finally:
        serif_font.cache_clear()


def test_no_font_with_vietnamese_is_told_before_anything_is_drawn(
    latin_font: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", (str(latin_font.parent),))
    serif_font.cache_clear()
    try:
        with pytest.raises(SigningError, match=r"sign\.font_missing"):
            signed(blank(tmp_path), **shown(None, VIETNAMESE))
    finally:
        serif_font.cache_clear()
    assert not (tmp_path / "signed.pdf").exists()

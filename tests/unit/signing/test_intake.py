"""Facts about pictures of ink that are taken in from photos and scans."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from signing.errors import SigningError
from signing.intake.opened import MOST_BYTES
from signing.intake.records import InkRule, TakenImage
from signing.intake.taking import take_image
from tests.unit.signing.drawn_ink import (
    BLACK,
    BLUE,
    GREY,
    RED,
    YELLOWISH,
    Colour,
    Sheet,
    dusty,
    on_paper,
    seal_cover,
    signature_cover,
)

PERSONAL = InkRule("blue", 45.0, 22.0)
SEAL = InkRule("red", 36.0, 36.0, is_round=True)
SHEETS = {
    "white": Sheet(),
    "yellowish with a gradient": Sheet(YELLOWISH, 0.35, 10),
    "grey and grainy": Sheet(GREY, 0.25, 16),
    "in weak light": Sheet(GREY, 0.55, 12),
}
SIGNATURE_MM = (39.29, 17.18)
"""What the leader's ink measures, from where half of a point is covered."""


def taken(folder: Path, image: Image.Image, rule: InkRule = PERSONAL, **how: Any) -> TakenImage:
    """Save a picture as it comes from a scanner and take it in; a quality makes it a JPEG."""
    quality, dpi, width_mm = how.get("quality"), how.get("dpi", 300), how.get("width_mm")
    source = folder / ("photo.jpg" if quality else "scan.png")
    options: dict[str, Any] = {"compress_level": 1} | ({"dpi": (dpi, dpi)} if dpi else {})
    image.save(source, **(options | ({"quality": quality} if quality else {})))
    return take_image(source, folder / "taken.png", rule, width_mm=width_mm)


def refused(folder: Path, image: Image.Image, rule: InkRule = PERSONAL, **how: Any) -> str:
    with pytest.raises(SigningError) as caught:
        taken(folder, image, rule, **how)
    assert not (folder / "taken.png").exists()
    return caught.value.code


@pytest.mark.parametrize("quality", [None, 40], ids=["png", "jpeg noise"])
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_a_signature_is_taken_off_its_paper_in_its_real_size(
    tmp_path: Path, sheet: Sheet, quality: int | None
) -> None:
    picture = on_paper(signature_cover(), BLUE, sheet)
    found = taken(tmp_path, picture, quality=quality)
    # The margin is 2 % of the longer side.
    margin_mm = 2 * 0.02 * SIGNATURE_MM[0]
    wanted = (SIGNATURE_MM[0] + margin_mm, SIGNATURE_MM[1] + margin_mm)
    assert (found.width_mm, found.height_mm) == pytest.approx(wanted, abs=0.5)
    assert (found.ink_share > 0.95, found.is_size_known, found.notes) == (True, True, ())


@pytest.mark.parametrize("quality", [None, 40], ids=["png", "jpeg noise"])
@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_a_seal_fills_its_picture_and_measures_its_diameter(
    tmp_path: Path, sheet: Sheet, quality: int | None
) -> None:
    found = taken(tmp_path, on_paper(seal_cover(), RED, sheet), SEAL, quality=quality)
    assert found.width_px == found.height_px
    assert found.diameter_mm == pytest.approx(36.0, abs=0.2)
    assert (found.roundness or 0) > 0.97
    assert found.notes == ()


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_between_the_strokes_there_is_nothing_and_in_them_full_ink(
    tmp_path: Path, sheet: Sheet
) -> None:
    cover = seal_cover()
    found = taken(tmp_path, on_paper(cover, RED, sheet), SEAL)
    with Image.open(found.path) as opened:
        assert opened.mode == "RGBA"
        alpha = opened.getchannel("A")
    truth = cover.resize(alpha.size, Image.Resampling.BOX)
    clear = [got for got, true in zip(alpha.tobytes(), truth.tobytes(), strict=True) if true == 0]
    inked = [got for got, true in zip(alpha.tobytes(), truth.tobytes(), strict=True) if true == 255]
    assert sum(got > 40 for got in clear) < 0.02 * len(clear)
    assert sum(got < 200 for got in inked) < 0.03 * len(inked)


def test_edges_are_smooth(tmp_path: Path) -> None:
    found = taken(tmp_path, on_paper(signature_cover(), BLUE, Sheet(YELLOWISH, 0.3, 8)))
    with Image.open(found.path) as opened:
        levels = opened.getchannel("A").histogram()
    assert sum(1 for count in levels[20:235] if count) > 100


@pytest.mark.parametrize(
    ("ink", "rule"),
    [(BLACK, PERSONAL), (RED, PERSONAL), (BLUE, SEAL), (BLACK, SEAL)],
    ids=["black signature", "red signature", "blue seal", "black seal"],
)
@pytest.mark.parametrize("quality", [None, 60], ids=["png", "jpeg noise"])
def test_ink_of_another_colour_is_refused(
    tmp_path: Path, ink: Colour, rule: InkRule, quality: int | None
) -> None:
    cover = seal_cover() if rule.is_round else signature_cover()
    picture = on_paper(cover, ink, Sheet(YELLOWISH, 0.25, 8))
    assert refused(tmp_path, picture, rule, quality=quality) == "image.wrong_ink"


def test_an_office_may_take_any_ink(tmp_path: Path) -> None:
    found = taken(tmp_path, on_paper(signature_cover(), BLACK), InkRule("any", 45, 22))
    assert found.ink_share == 1.0


def test_a_signature_half_in_another_ink_is_told(tmp_path: Path) -> None:
    cover = signature_cover()
    picture = on_paper(cover, BLUE)
    other = on_paper(cover, BLACK)
    part = (0, 0, round(picture.width * 0.42), picture.height)
    picture.paste(other.crop(part), part)
    assert taken(tmp_path, picture).notes == ("image.ink_doubtful",)


def test_specks_of_dust_do_not_widen_the_picture(tmp_path: Path) -> None:
    clean = taken(tmp_path, on_paper(signature_cover(), BLUE))
    clean.path.unlink()
    with_dust = taken(tmp_path, dusty(on_paper(signature_cover(), BLUE)))
    assert (with_dust.width_px, with_dust.height_px) == (clean.width_px, clean.height_px)


def test_a_mark_over_a_letter_belongs_to_the_signature(tmp_path: Path) -> None:
    cover = signature_cover()
    ImageDraw.Draw(cover).ellipse((200, 2, 210, 12), fill=255)
    found = taken(tmp_path, on_paper(cover, BLUE))
    assert found.height_mm == pytest.approx(SIGNATURE_MM[1] + 2.1 + 1.6, abs=0.6)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_paper_without_ink_is_no_picture(tmp_path: Path, sheet: Sheet) -> None:
    blank = Image.new("L", (700, 300))
    assert refused(tmp_path, on_paper(blank, BLUE, sheet)) == "image.empty"


def test_a_picture_that_is_mostly_no_paper_is_refused(tmp_path: Path) -> None:
    picture = on_paper(signature_cover(), BLUE)
    ImageDraw.Draw(picture).rectangle(
        (0, 0, picture.width, picture.height * 3 // 4), fill=(90, 60, 40)
    )
    assert refused(tmp_path, picture) in {"image.no_paper", "image.wrong_ink"}


def test_a_seal_photographed_at_a_slant_is_refused(tmp_path: Path) -> None:
    cover = seal_cover()
    slanted = cover.resize((cover.width, round(cover.height * 0.8)))
    assert refused(tmp_path, on_paper(slanted, RED), SEAL) == "image.not_round"


def test_a_square_is_no_seal(tmp_path: Path) -> None:
    square = Image.new("L", (425, 425))
    ImageDraw.Draw(square).rectangle((2, 2, 422, 422), outline=255, width=14)
    assert refused(tmp_path, on_paper(square, RED), SEAL) == "image.not_round"


def test_a_seal_of_another_diameter_than_the_rules_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, on_paper(seal_cover(330), RED), SEAL)
    assert found.diameter_mm == pytest.approx(39.6, abs=0.3)
    assert found.notes == ("image.diameter_differs",)


@pytest.mark.parametrize("dpi", [None, 72], ids=["says nothing", "a telephone's 72"])
def test_a_photo_does_not_know_its_size_and_is_told_so(tmp_path: Path, dpi: int | None) -> None:
    found = taken(tmp_path, on_paper(seal_cover(), RED), SEAL, dpi=dpi)
    assert (found.is_size_known, found.notes) == (False, ("image.size_unknown",))
    assert found.diameter_mm == pytest.approx(36.0, abs=0.1)


def test_a_person_may_say_how_wide_the_ink_is(tmp_path: Path) -> None:
    picture = on_paper(signature_cover(), BLUE)
    found = taken(tmp_path, picture, dpi=None, width_mm=30.0)
    assert found.is_size_known
    assert found.width_mm == pytest.approx(30 * 1.04, abs=0.3)


def test_the_png_says_its_resolution(tmp_path: Path) -> None:
    found = taken(tmp_path, on_paper(signature_cover(), BLUE))
    with Image.open(found.path) as opened:
        assert opened.info["dpi"][0] == pytest.approx(300, abs=0.1)
        assert set(opened.info) <= {"dpi"}


def test_a_picture_of_few_points_is_refused(tmp_path: Path) -> None:
    small = on_paper(signature_cover(), BLUE).resize((180, 100))
    assert refused(tmp_path, small) == "image.too_small"


def test_a_picture_with_transparency_is_taken_as_it_looks_on_paper(tmp_path: Path) -> None:
    cover = signature_cover()
    picture = Image.merge("RGBA", (*Image.new("RGB", cover.size, BLUE).split(), cover))
    assert taken(tmp_path, picture).width_mm == pytest.approx(SIGNATURE_MM[0] * 1.04, abs=0.5)


def test_a_photo_taken_upright_is_turned(tmp_path: Path) -> None:
    picture = on_paper(signature_cover(), BLUE).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    source = tmp_path / "turned.jpg"
    picture.save(source, exif=exif, dpi=(300, 300))
    found = take_image(source, tmp_path / "taken.png", PERSONAL)
    assert found.width_mm > found.height_mm


def test_a_decompression_bomb_is_not_opened(tmp_path: Path) -> None:
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000))), (b"IEND", b"")]
    written = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(written)
    with pytest.raises(SigningError, match=r"image\.too_large"):
        take_image(bomb, tmp_path / "taken.png", PERSONAL)


def test_a_file_of_many_bytes_is_not_opened(tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(SigningError, match=r"image\.too_large"):
        take_image(large, tmp_path / "taken.png", PERSONAL)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + bytes(60)])
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "odd.png"
    source.write_bytes(content)
    with pytest.raises(SigningError, match=r"image\.unreadable"):
        take_image(source, tmp_path / "taken.png", PERSONAL)


def test_half_a_picture_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.png"
    on_paper(signature_cover(), BLUE).save(whole)
    half = tmp_path / "half.png"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(SigningError, match=r"image\.unreadable"):
        take_image(half, tmp_path / "taken.png", PERSONAL)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "taken.png").write_bytes(b"mine")
    with pytest.raises(SigningError, match=r"image\.not_written"):
        taken(tmp_path, on_paper(signature_cover(), BLUE))
    assert (tmp_path / "taken.png").read_bytes() == b"mine"

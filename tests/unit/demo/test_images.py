from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.demo.images import INITIAL_MM, SEAL_MM, SIGNATURE_MM, draw_all
from app.demo.people import AGENCY_SEAL, CLERK, INITIALLERS, TOKEN_HOLDERS

PEOPLE = (*(holder.key for holder in TOKEN_HOLDERS if holder is not AGENCY_SEAL), CLERK.key)
MARKS = tuple(f"initial-{holder.key}" for holder in INITIALLERS)


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return draw_all(tmp_path_factory.mktemp("images"))


def _size_mm(path: Path) -> tuple[float, float]:
    with Image.open(path) as image:
        dpi = image.info["dpi"]
        return image.width / dpi[0] * 25.4, image.height / dpi[1] * 25.4


def _ink(path: Path) -> list[bytes]:
    """Return the colours of what is not transparent, four bytes each."""
    with Image.open(path) as image:
        assert image.mode == "RGBA"
        pixels = image.tobytes()
    colours = {pixels[start : start + 4] for start in range(0, len(pixels), 4)}
    return [colour for colour in colours if colour[3] > 60]


def _clear_corners(path: Path) -> bool:
    with Image.open(path) as image:
        right, bottom = image.width - 1, image.height - 1
        corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)]
        alpha = image.getchannel("A")
        return all(alpha.getpixel(corner) == 0 for corner in corners)


def test_everybody_and_the_agency_have_an_image(images: dict[str, Path]) -> None:
    assert set(images) == {*PEOPLE, *MARKS, AGENCY_SEAL.key}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_initials_has_its_size_in_millimetres(images: dict[str, Path], mark: str) -> None:
    assert _size_mm(images[mark]) == pytest.approx(INITIAL_MM, abs=0.1)


@pytest.mark.parametrize("person", [*PEOPLE, *MARKS])
def test_a_signature_is_blue_on_nothing(images: dict[str, Path], person: str) -> None:
    ink = _ink(images[person])
    assert ink
    assert all(blue > red and blue > green for red, green, blue, _ in ink)
    assert _clear_corners(images[person])


@pytest.mark.parametrize("person", PEOPLE)
def test_a_signature_has_its_size_in_millimetres(images: dict[str, Path], person: str) -> None:
    assert _size_mm(images[person]) == pytest.approx(SIGNATURE_MM, abs=0.1)


def test_people_sign_differently(images: dict[str, Path]) -> None:
    assert len({images[person].read_bytes() for person in PEOPLE}) == len(PEOPLE)


def test_the_seal_is_red_on_nothing(images: dict[str, Path]) -> None:
    ink = _ink(images[AGENCY_SEAL.key])
    assert ink
    assert all(red > 2 * green and red > 2 * blue for red, green, blue, _ in ink)
    assert _clear_corners(images[AGENCY_SEAL.key])


def test_the_seal_is_36_mm_across_at_300_dpi_or_more(images: dict[str, Path]) -> None:
    path = images[AGENCY_SEAL.key]
    assert _size_mm(path) == pytest.approx((SEAL_MM, SEAL_MM), abs=0.1)
    with Image.open(path) as image:
        assert image.getchannel("A").point(lambda alpha: 255 * (alpha > 60)).getbbox() == (
            pytest.approx((0, 0, image.width, image.height), abs=3)
        )
        assert image.info["dpi"][0] >= 300


def test_images_are_the_same_every_time(images: dict[str, Path], tmp_path: Path) -> None:
    again = draw_all(tmp_path)
    assert all(again[key].read_bytes() == path.read_bytes() for key, path in images.items())

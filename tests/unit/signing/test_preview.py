"""Facts about the page that shows what a signature will show."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from signing.errors import SigningError
from signing.preview import appearance_page
from signing.request import Appearance
from tests.unit.signing.signing_world import blank, shown, signed, structure

LINES = ("Ký bởi: Nguyễn Văn Đặng", "22/11/2026")


def test_the_page_has_exactly_the_boxs_size(tmp_path: Path) -> None:
    appearance_page(Appearance(lines=LINES), 127.56, 62.4, tmp_path / "box.pdf")
    (page,) = structure(tmp_path / "box.pdf").root["/Pages"]["/Kids"]
    sides = [float(side) for side in page.get_object()["/MediaBox"]]
    assert sides == pytest.approx([0, 0, 127.56, 62.4])


def test_the_page_draws_the_very_content_of_the_signature(tmp_path: Path) -> None:
    request = shown(None, *LINES)
    box = request["box"]
    width_pt, height_pt = box.right_pt - box.left_pt, box.top_pt - box.bottom_pt
    appearance_page(request["appearance"], width_pt, height_pt, tmp_path / "box.pdf")
    page = structure(tmp_path / "box.pdf").root["/Pages"]["/Kids"][0]
    signature = structure(signed(blank(tmp_path), **request).path).root["/AcroForm"]["/Fields"][0]
    assert page["/Resources"]["/XObject"]["/Box"].data == signature["/AP"]["/N"].data


def test_an_image_that_cannot_be_drawn_is_told_as_when_signing(tmp_path: Path) -> None:
    (tmp_path / "image.png").write_bytes(b"no image")
    with pytest.raises(SigningError, match=r"sign\.image_unreadable"):
        appearance_page(Appearance(tmp_path / "image.png"), 100, 50, tmp_path / "box.pdf")


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4)).save(tmp_path / "image.png")
    with pytest.raises(SigningError, match=r"sign\.not_written"):
        appearance_page(Appearance(tmp_path / "image.png"), 100, 50, tmp_path / "none" / "box.pdf")

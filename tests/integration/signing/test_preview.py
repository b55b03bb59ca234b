"""The promise that the preview of a box is the appearance that is signed, measured on pages drawn by PyMuPDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from pdf.geometry import BoxMm, BoxPt, PageGeometry, box_to_user_space, box_to_view_space
from pdf.render import RenderedPage, render_page
from signing.fields import look
from signing.preview import appearance_page
from signing.request import Appearance, UserBox
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice
from tests.unit.signing.signing_world import blank, signed, turned

DPI = 288
PX_PER_PT = DPI / 72
LINES = ("Ký bởi: Nguyễn Thị Ngọc Ánh", "Ngày ký: 22/11/2026 14:05:06 +07:00")
HARDLY = 0.2
"""Mean difference of a channel, of 255: what anti-aliasing at other offsets makes."""


def _paper(path: Path, page_index: int = 0) -> Image.Image:
    drawn = render_page(path, page_index, DPI)
    return _image(drawn, "RGB")


def _image(drawn: RenderedPage, mode: str) -> Image.Image:
    size = (drawn.width_px, drawn.height_px)
    raw = "RGBa" if mode == "RGBA" else mode  # the small a: premultiplied
    return Image.frombytes(raw, size, drawn.pixels, "raw", raw, drawn.stride_bytes).convert(mode)


def _preview(appearance: Appearance, box: BoxPt, folder: Path) -> Image.Image:
    appearance_page(appearance, box.width_pt, box.height_pt, folder / "box.pdf")
    return _image(render_page(folder / "box.pdf", 0, DPI, transparent=True), "RGBA")


def _laid(paper: Image.Image, preview: Image.Image, left_px: int, top_px: int) -> Image.Image:
    laid = paper.convert("RGBA")
    laid.alpha_composite(preview, (left_px, top_px))
    return laid.convert("RGB")


def _difference(one: Image.Image, other: Image.Image, area: tuple[int, int, int, int]) -> float:
    seen = ImageChops.difference(one.crop(area), other.crop(area))
    return max(ImageStat.Stat(seen).mean)


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
@pytest.mark.parametrize("what", ["image", "lines", "both"])
def test_the_preview_of_a_box_is_the_appearance_that_is_signed(
    signing_office: SigningOffice, tmp_path: Path, what: str, rotation_deg: int
) -> None:
    image = signing_office.signature_image if what != "lines" else None
    appearance = Appearance(image, LINES if what != "image" else ())
    a4 = BoxPt(0, 0, 595, 842)
    geometry = PageGeometry(0, a4, a4, rotation_deg, 1.0)
    shown = BoxPt(120, 200, 320, 270)  # points as shown, from the top left
    view = BoxMm(*(side / 72 * 25.4 for side in (120, 200, 320, 270)))
    box = box_to_user_space(view, geometry)
    wanted = UserBox(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)
    base = blank(tmp_path, edit=turned(rotation_deg))
    file = signed(base, page_index=0, box=wanted, appearance=appearance)
    signed_page, paper = _paper(file.path), _paper(base)
    corner_px = round(120 * PX_PER_PT), round(200 * PX_PER_PT)
    laid = _laid(paper, _preview(appearance, shown, tmp_path), *corner_px)
    area = (*corner_px, round(320 * PX_PER_PT), round(270 * PX_PER_PT))
    assert _difference(signed_page, paper, area) > 20 * HARDLY
    assert _difference(signed_page, laid, area) < HARDLY


def test_laid_on_the_draft_the_preview_shows_the_letter_as_the_leader_signed_it(
    signing_office: SigningOffice, letter: Letter, tmp_path: Path
) -> None:
    draft, approved, _ = letter.revisions
    (signature,) = look(approved).signatures
    box, page_index = signature.box, signature.page_index
    assert box is not None
    assert page_index is not None
    sides = BoxPt(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)
    a4 = BoxPt(0, 0, 595.276, 841.89)
    view = box_to_view_space(sides, PageGeometry(page_index, a4, a4, 0, 1.0))
    px_per_mm = DPI / 25.4
    area = (
        round(view.left_mm * px_per_mm),
        round(view.top_mm * px_per_mm),
        round(view.right_mm * px_per_mm),
        round(view.bottom_mm * px_per_mm),
    )
    preview = _preview(Appearance(signing_office.signature_image), sides, tmp_path)
    signed_page, paper = _paper(approved, page_index), _paper(draft, page_index)
    assert _difference(signed_page, paper, area) > 20 * HARDLY
    assert _difference(signed_page, _laid(paper, preview, *area[:2]), area) < HARDLY

"""Where signatures stand on the pages of a file, measured by other programs than the one that put them there."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

from pdf.geometry import BoxMm
from signing.fields import look
from tests.integration.signing.office import told

MM_PER_INCH = 25.4
PT_PER_MM = 72 / MM_PER_INCH
BLUE = 60


def page_picture(path: Path, page: int, folder: Path, dpi: int) -> Image.Image:
    """Draw a page (from 1) with poppler."""
    stem = folder / f"{path.stem}-{page}"
    told("pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", path, stem)
    with Image.open(stem.with_suffix(".ppm")) as opened:
        return opened.convert("RGB")


def box_of(path: Path, name: str) -> tuple[int, BoxMm]:
    """Return the page (from 1) and the place of a signature, in millimetres from the page's top left."""
    widget = next(item for item in look(path).signatures if item.name == name)
    assert widget.box is not None
    assert widget.page_index is not None
    page = str(widget.page_index + 1)
    size = told("pdfinfo", "-f", page, "-l", page, path).split("size:")[1]
    height_pt = float(size.split("x")[1].split()[0])
    box = widget.box
    sides = (box.left_pt, height_pt - box.top_pt, box.right_pt, height_pt - box.bottom_pt)
    return widget.page_index + 1, BoxMm(*(side / PT_PER_MM for side in sides))


def blue_ink(picture: Image.Image, dpi: int) -> BoxMm:
    """Return what of a drawn page a personal signature has made blue."""
    red, _, blue = picture.split()
    sides = ImageChops.subtract(blue, red).point([0] * BLUE + [255] * (256 - BLUE)).getbbox()
    assert sides is not None
    return BoxMm(*(side / dpi * MM_PER_INCH for side in sides))


def overlap(seal: BoxMm, signature: BoxMm) -> float:
    """Return how much of a signature's width lies under a seal, from the signature's left."""
    if not seal.intersects(signature):
        return 0.0
    return (seal.right_mm - signature.left_mm) / signature.width_mm

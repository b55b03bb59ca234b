"""Turns, crops and scans a letter after it was laid out, and says where a box of it went."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from pdf.geometry import POINTS_PER_MM, BoxMm
from tests.placement.cases import Case

_SCAN_DPI = 75
_MATRICES: dict[int, Callable[[float, float], tuple[float, ...]]] = {
    0: lambda _w, _h: (1, 0, 0, 1, 0, 0),
    90: lambda w, _h: (0, 1, -1, 0, w, 0),
    180: lambda w, h: (-1, 0, 0, -1, w, h),
    270: lambda _w, h: (0, -1, 1, 0, 0, h),
}
"""What turns a page's content against its `/Rotate`; by the sides of the new media box."""


def turn(path: Path, case: Case) -> None:
    """Change a file in place as its case asks."""
    if case.is_scan:
        _scan(path)
    match case.overlay:
        case "watermark":
            _stamp(path, "q .7 g BT /TK 80 Tf .7 .7 -.7 .7 150 250 Tm (DU THAO LAN 2) Tj ET Q")
        case "scanner":
            _stamp(path, "q .5 g BT /TK 9 Tf 20 12 Td (Scanned with CamScanner) Tj ET Q")
        case "field":
            _add_fields(path)
        case "none":
            pass
    if not case.is_scan and (case.rotation_deg or case.crop_mm):
        _turn_pages(path, case)


def moved(case: Case, width_mm: float) -> Callable[[BoxMm], BoxMm]:
    """Where boxes of the letter as laid out stand on the page as shown; every page is as wide."""
    if case.is_lying:
        return lambda box: _quarter(box, case.rotation_deg, width_mm)
    return lambda box: box.moved_by(-case.crop_mm, -case.crop_mm)


def _quarter(box: BoxMm, rotation_deg: int, width_mm: float) -> BoxMm:
    height_mm = 297.0
    if rotation_deg == 90:
        return BoxMm(height_mm - box.bottom_mm, box.left_mm, height_mm - box.top_mm, box.right_mm)
    return BoxMm(box.top_mm, width_mm - box.right_mm, box.bottom_mm, width_mm - box.left_mm)


def _turn_pages(path: Path, case: Case) -> None:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(path.read_bytes()), strict=False)
    for index in range(int(writer.root["/Pages"]["/Count"])):
        page_reference, _ = writer.find_page_for_modification(index)
        page = page_reference.get_object()
        left, bottom, right, top = (float(side) for side in page["/MediaBox"])
        width, height = right - left, top - bottom
        if case.rotation_deg and not case.is_lying:
            if case.rotation_deg in {90, 270}:
                width, height = height, width
            _wrap(writer, page, _MATRICES[case.rotation_deg](width, height))
        page["/MediaBox"] = _array(0, 0, width, height)
        page["/Rotate"] = generic.NumberObject(case.rotation_deg)
        margin = case.crop_mm * POINTS_PER_MM
        page["/CropBox"] = _array(margin, margin, width - margin, height - margin)
        writer.update_container(page)
    with path.open("wb") as out:
        writer.write(out)


def _stamp(path: Path, operators: str) -> None:
    """Draw over every page, as scanners and drafting programs do."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(path.read_bytes()), strict=False)
    font = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Font"),
            generic.NameObject("/Subtype"): generic.NameObject("/Type1"),
            generic.NameObject("/BaseFont"): generic.NameObject("/Helvetica"),
        }
    )
    reference = writer.add_object(font)
    for index in range(int(writer.root["/Pages"]["/Count"])):
        # LibreOffice's pages share their resources: the name must be this page's own.
        name = f"/TK{index}"
        drawn = operators.replace("/TK", name).encode()
        stream = writer.add_object(generic.StreamObject(stream_data=drawn))
        fonts = generic.DictionaryObject({generic.NameObject(name): reference})
        resources = generic.DictionaryObject({generic.NameObject("/Font"): fonts})
        writer.add_stream_to_page(index, stream, resources=resources)
    with path.open("wb") as out:
        writer.write(out)


def _add_fields(path: Path) -> None:
    """Empty signature fields where nobody should sign: on every page's top and left."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(path.read_bytes()), strict=False)
    for index in range(int(writer.root["/Pages"]["/Count"])):
        for number, box in enumerate(((20, 780, 90, 830), (30, 300, 80, 340))):
            append_signature_field(
                writer, SigFieldSpec(f"Field{index}{number}", on_page=index, box=box)
            )
    with path.open("wb") as out:
        writer.write(out)


def _wrap(writer: Any, page: Any, matrix: tuple[float, ...]) -> None:
    numbers = " ".join(f"{number:.4f}" for number in matrix)
    before = writer.add_object(generic.StreamObject(stream_data=f"q {numbers} cm\n".encode()))
    after = writer.add_object(generic.StreamObject(stream_data=b"\nQ"))
    contents = page.raw_get("/Contents")
    page["/Contents"] = generic.ArrayObject([before, contents, after])


def _array(*numbers: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(number) for number in numbers])


def _scan(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["pdftoppm", "-r", str(_SCAN_DPI), "-gray", str(path), f"{folder}/page"], check=True
        )
        pictures = [Image.open(picture) for picture in sorted(Path(folder).glob("page*"))]
        first, *others = pictures
        first.save(path, "PDF", resolution=_SCAN_DPI, save_all=True, append_images=others)

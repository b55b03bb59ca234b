"""Facts about every kind of signature on pages of every shape: measured on the page as mutool draws it, in mm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf
import pytest
from PIL import Image, ImageChops, ImageFont, ImageOps

from app.demo.images import draw_seal
from app.demo.people import AGENCY_SEAL, LEADER
from app.rules import RuleProfile, load_profile
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.showing import corner_wish
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.fonts import serif_font
from signing.terms import OF_THE_AGENCY_ALONE, SignatureKind
from signing.token.records import CertificateInfo
from tests.integration.signing.office import told

DPI = 200
PX_PER_MM = DPI / 25.4
PT_PER_MM = 72 / 25.4
AT_MM = (42.0, 61.0)
"""Where the marks are put that have no corner of their own."""


@dataclass(frozen=True)
class Shape:
    """A page as its author made it, in points before it is turned."""

    width_pt: float = 595.276
    height_pt: float = 841.89
    rotation_deg: int = 0
    crop_pt: tuple[float, float, float, float] | None = None
    user_unit: float = 1.0


SHAPES = {
    "A4": Shape(),
    "A3 landscape": Shape(1190.55, 841.89),
    "turned by 90": Shape(rotation_deg=90),
    "turned by 180": Shape(rotation_deg=180),
    "turned by 270": Shape(rotation_deg=270),
    "cropped": Shape(700, 950, crop_pt=(40, 50, 640, 900)),
    "cropped and turned": Shape(700, 950, 270, crop_pt=(40, 50, 640, 900)),
    "in larger units": Shape(297.638, 420.945, user_unit=2.0),
    "in larger units and turned": Shape(297.638, 420.945, 90, user_unit=2.0),
}
KINDS = tuple(
    kind
    for kind in SignatureKind
    if kind not in (SignatureKind.DOCUMENT_TIMESTAMP, SignatureKind.UNKNOWN, SignatureKind.NUMBER)
)
EVERYWHERE = (SignatureKind.PERSONAL, SignatureKind.ATTACHMENT)
"""A mark that is put somewhere and one with a corner of its own: the others go to the page as one of them does."""
HARDEST = ("A4", "cropped and turned", "in larger units and turned")
"""The page as usual, and those on which all that can be wrong is wrong together."""
MEASURED = [
    pytest.param(
        kind,
        shape,
        id=f"{kind}-{name}",
        marks=() if kind in EVERYWHERE or name in HARDEST else pytest.mark.soak,
    )
    for kind in KINDS
    for name, shape in SHAPES.items()
]


def sheet(path: Path, shape: Shape) -> Path:
    document = pymupdf.open()
    page = document.new_page(width=shape.width_pt, height=shape.height_pt)
    if shape.crop_pt:
        page.set_cropbox(pymupdf.Rect(shape.crop_pt))
    page.set_rotation(shape.rotation_deg)
    if shape.user_unit != 1.0:
        document.xref_set_key(page.xref, "UserUnit", str(shape.user_unit))
    document.save(path)
    document.close()
    return path


def drawn(path: Path, folder: Path) -> Image.Image:
    picture = folder / f"{path.stem}.ppm"
    told("mutool", "draw", "-q", "-r", str(DPI), "-o", picture, path, "1")
    with Image.open(picture) as opened:
        return opened.convert("RGB")


def added_mm(before: Path, after: Path, folder: Path) -> BoxMm:
    """Measure what a signature added to a page."""
    difference = ImageChops.difference(drawn(before, folder), drawn(after, folder))
    bounds = (
        ImageOps.grayscale(difference).point([255 if at > 40 else 0 for at in range(256)]).getbbox()
    )
    assert bounds is not None
    return BoxMm(*(side / PX_PER_MM for side in bounds))


@cache
def drawn_seal() -> bytes:
    with TemporaryDirectory() as folder:
        draw_seal(path := Path(folder) / "seal.png")
        return path.read_bytes()


def wish_for(kind: SignatureKind, rules: RuleProfile, bench: Workbench, folder: Path) -> Wish:
    """A mark that fills its place, so that its edges can be measured; text where the rules have text."""
    if kind in OF_THE_AGENCY_ALONE:
        seal = folder / "seal.png"
        seal.write_bytes(drawn_seal())
        return corner_wish(
            bench, kind, "Sở Tư pháp tỉnh Thử Nghiệm", image=seal, number="05", symbol="QĐ-STP"
        )
    sizes = {
        SignatureKind.PERSONAL: (rules.personal.width_mm, rules.personal.height_mm),
        SignatureKind.INITIAL: (rules.initial.width_mm, rules.initial.height_mm),
        SignatureKind.SEAL: (rules.seal.diameter_mm, rules.seal.diameter_mm),
    }
    width_mm, height_mm = sizes[kind]
    image = folder / "mark.png"
    if kind is SignatureKind.SEAL:
        image.write_bytes(drawn_seal())
    else:
        Image.new("RGBA", (round(width_mm * 20), round(height_mm * 20)), (24, 54, 160, 255)).save(
            image
        )
    left_mm, top_mm = AT_MM
    box = BoxMm(left_mm, top_mm, left_mm + width_mm, top_mm + height_mm)
    return Wish(kind, image=image, page_index=0, box=box)


@pytest.mark.parametrize(("kind", "shape"), MEASURED)
def test_a_mark_stands_where_it_was_put_in_its_real_size(
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
    kind: SignatureKind,
    shape: Shape,
) -> None:
    rules = load_profile("bhxh-599-2018")
    rules = rules.model_copy(update={"initial": rules.initial.model_copy(update={"used": True})})
    desk = replace(bench, profile=rules, tsa_urls=())
    base = sheet(tmp_path / "sheet.pdf", shape)
    is_persons = kind in (SignatureKind.PERSONAL, SignatureKind.INITIAL)
    certificate = certificates[(LEADER if is_persons else AGENCY_SEAL).key]
    planned = plan_signature(desk, base, wish_for(kind, rules, desk, tmp_path), certificate)
    out = tmp_path / "signed.pdf"
    make_signature(desk, base, out, planned.request)
    wanted, found = planned.place.box_mm, added_mm(base, out, tmp_path)
    if planned.wish.image is not None:
        sides = (wanted.left_mm, wanted.top_mm, wanted.right_mm, wanted.bottom_mm)
        seen = (found.left_mm, found.top_mm, found.right_mm, found.bottom_mm)
        assert seen == pytest.approx(sides, abs=0.5)
        assert (found.width_mm, found.height_mm) == pytest.approx(
            (wanted.width_mm, wanted.height_mm), abs=0.2
        )
    else:
        assert wanted.grown_by(0.5).contains(found)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_line_of_an_attachment_is_set_in_ten_points_on_every_page(
    bench: Workbench, certificates: dict[str, CertificateInfo], tmp_path: Path, shape: Shape
) -> None:
    rules = load_profile("nd30-2020")
    desk = replace(bench, profile=rules, tsa_urls=())
    base = sheet(tmp_path / "sheet.pdf", shape)
    wish = wish_for(SignatureKind.ATTACHMENT, rules, desk, tmp_path)
    planned = plan_signature(desk, base, wish, certificates[AGENCY_SEAL.key])
    out = tmp_path / "signed.pdf"
    make_signature(desk, base, out, planned.request)
    (line,) = planned.request.appearance.lines
    font = ImageFont.truetype(str(serif_font()), 1000)
    width_mm = font.getlength(line, features=["-kern"]) / 1000 * 10 / PT_PER_MM
    found = added_mm(base, out, tmp_path)
    assert found.width_mm == pytest.approx(width_mm, abs=0.5)
    assert found.right_mm == pytest.approx(planned.place.box_mm.right_mm, abs=0.5)

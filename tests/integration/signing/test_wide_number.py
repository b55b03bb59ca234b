"""Facts about attacks with the one signature that may lie over words: it draws text in blanks, or it is an offence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.ttProgram import Program
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from app.demo.certificates import Identity
from app.demo.people import CHIEF, LEADER
from app.workflow.checking import check_file
from app.workflow.number_signature import plan_number
from app.workflow.office import Workbench
from app.workflow.wish import Wish
from signing.appearance import ExactBox
from signing.placed_text import LookStyle
from signing.report import FileReport
from signing.request import Appearance, PlacedText, UserBox
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.conftest import DAY
from tests.integration.signing.forging import sign_edited
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice

Edit = Callable[[IncrementalPdfFileWriter, Any], None]
"""Changes a number signature's widget before it is signed."""


@dataclass(frozen=True)
class Scene:
    """A letter that its leader signed elsewhere, an attacker, and what an honest number signature draws."""

    letter: Path
    attacker: Identity
    box: UserBox
    placed: tuple[PlacedText, ...]
    bench: Workbench
    folder: Path

    def attacked(self, edit: Edit, box: UserBox | None = None) -> FileReport:
        """Sign with a wide number widget that was edited, and check the file as a recipient would."""
        path = self.folder / "attacked.pdf"
        path.write_bytes(self._signed(edit, box or self.box))
        return check_file(self.bench.judge, self.bench.eyes, path)

    def _signed(self, edit: Edit, box: UserBox) -> bytes:
        writer = IncrementalPdfFileWriter(BytesIO(self.letter.read_bytes()), strict=False)
        sides = (box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)
        spec = fields.SigFieldSpec("SoVanBan", on_page=0, box=sides)  # type: ignore[arg-type]  # parts of points
        size = ExactBox(box.right_pt - box.left_pt, box.top_pt - box.bottom_pt)
        look = LookStyle(border_width=0, size=size, appearance=Appearance(placed=self.placed))
        return sign_edited(
            writer, ("SoVanBan", spec), look, self.attacker, lambda widget: edit(writer, widget)
        )


@pytest.fixture(scope="module")
def written(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path_factory: pytest.TempPathFactory,
) -> Scene:
    office = signing_office
    folder = tmp_path_factory.mktemp("wide-number")
    letter = sign_as_incumbent(
        office.draft,
        folder / "letter.pdf",
        Mark("Signature1", office.pki.issue_with_key(LEADER), box=(300, 200, 480, 290)),
    )
    wish = Wish(SignatureKind.NUMBER, number="05", issue_date=DAY)
    planned = plan_number(bench, letter, wish, certificates["agency"])
    assert planned.request.box is not None
    placed = planned.request.appearance.placed
    attacker = office.pki.issue_with_key(CHIEF)
    return Scene(letter, attacker, planned.request.box, placed, bench, folder)


@pytest.fixture
def scene(written: Scene, tmp_path: Path) -> Scene:
    """The one letter, attacked in a folder of the test's own."""
    return replace(written, folder=tmp_path)


def _look(widget: Any) -> Any:
    return widget["/AP"]["/N"]


def _drawing(operators: bytes, *, alone: bool = False) -> Edit:
    def edit(writer: IncrementalPdfFileWriter, widget: Any) -> None:
        del writer
        look = _look(widget)
        look._data = operators if alone else look.data + b"\n" + operators
        look._encoded_data = None

    return edit


def _nothing(writer: IncrementalPdfFileWriter, widget: Any) -> None:
    del writer, widget


def test_a_number_signature_that_draws_in_its_blanks_is_no_offence(scene: Scene) -> None:
    report = scene.attacked(_nothing)
    assert report.verdict is Verdict.VALID


def test_a_font_of_boxes_that_stay_in_the_blank_is_no_offence(scene: Scene) -> None:
    assert scene.attacked(_instead(lambda: _boxes_for_glyphs(100))).verdict is Verdict.VALID


def test_one_more_glyph_in_the_blank_is_no_offence(scene: Scene) -> None:
    more = _drawing(b"BT 0 g /Serif 13 Tf 2 3 Td [<0013>] TJ ET")
    assert scene.attacked(more).verdict is Verdict.VALID


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "over one digit alone"])
def test_a_glyph_over_a_digit_of_the_typed_year_is_invalid(scene: Scene, *, narrow: bool) -> None:
    with pymupdf.open(scene.letter) as document:
        page: Any = document[0]
        year = page.search_for("2026")[0]
        height_pt = page.rect.height
    left_pt = year.x1 - year.width / 4 if narrow else scene.box.left_pt
    box = UserBox(left_pt, height_pt - year.y1, year.x1 + 1, height_pt - year.y0)
    at = year.x1 - year.width / 4 - left_pt
    glyph = b"BT 0 g /SerifItalic 13.5 Tf %.2f 3 Td [<0015>] TJ ET" % at
    assert scene.attacked(_drawing(glyph, alone=True), box).verdict is Verdict.INVALID


def _stream(writer: Any, content: bytes, **more: Any) -> Any:
    entries = {
        pdf_name("/Type"): pdf_name("/XObject"),
        pdf_name("/Subtype"): pdf_name("/Form"),
        pdf_name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 400, 20))),
        **{pdf_name("/" + key): value for key, value in more.items()},
    }
    return writer.add_object(generic.StreamObject(entries, stream_data=content))


def _numbers(*values: float) -> Any:
    return generic.ArrayObject(map(generic.FloatObject, values))


def _with_image(writer: Any, widget: Any) -> None:
    picture = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Image"),
            pdf_name("/Width"): generic.NumberObject(1),
            pdf_name("/Height"): generic.NumberObject(1),
            pdf_name("/ColorSpace"): pdf_name("/DeviceGray"),
            pdf_name("/BitsPerComponent"): generic.NumberObject(8),
        },
        stream_data=b"\xff",
    )
    named = generic.DictionaryObject({pdf_name("/Im"): writer.add_object(picture)})
    _look(widget)["/Resources"][pdf_name("/XObject")] = named
    _drawing(b"q 300 0 0 20 20 0 cm /Im Do Q")(writer, widget)


def _with_form(writer: Any, widget: Any) -> None:
    form = _stream(writer, b"1 g 20 0 300 20 re f")
    named = generic.DictionaryObject({pdf_name("/Fm"): form})
    _look(widget)["/Resources"][pdf_name("/XObject")] = named
    _drawing(b"/Fm Do")(writer, widget)


def _with_group(writer: Any, widget: Any) -> None:
    del writer
    group = generic.DictionaryObject({pdf_name("/S"): pdf_name("/Transparency")})
    _look(widget)[pdf_name("/Group")] = group


def _optional(writer: Any) -> Any:
    group = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/OCG"), pdf_name("/Name"): generic.pdf_string("x")}
    )
    return writer.add_object(group)


def _optional_widget(writer: Any, widget: Any) -> None:
    widget[pdf_name("/OC")] = _optional(writer)


def _optional_look(writer: Any, widget: Any) -> None:
    _look(widget)[pdf_name("/OC")] = _optional(writer)


def _optional_content(writer: Any, widget: Any) -> None:
    named = generic.DictionaryObject({pdf_name("/Hidden"): _optional(writer)})
    _look(widget)["/Resources"][pdf_name("/Properties")] = named
    _drawing(b"/OC /Hidden BDC 1 g 20 0 300 20 re f EMC")(writer, widget)


def _look_when(state: str) -> Edit:
    def edit(writer: Any, widget: Any) -> None:
        widget["/AP"][pdf_name(state)] = _stream(writer, b"1 g 20 0 300 20 re f")

    return edit


def _look_by_state(writer: Any, widget: Any) -> None:
    states = {
        pdf_name("/On"): widget["/AP"].raw_get("/N"),
        pdf_name("/Off"): _stream(writer, b"1 g 20 0 300 20 re f"),
    }
    widget["/AP"][pdf_name("/N")] = generic.DictionaryObject(states)
    widget[pdf_name("/AS")] = pdf_name("/On")


def _state_alone(writer: Any, widget: Any) -> None:
    del writer
    widget[pdf_name("/AS")] = pdf_name("/N")


def _with_background(writer: Any, widget: Any) -> None:
    del writer
    widget[pdf_name("/MK")] = generic.DictionaryObject({pdf_name("/BG"): _numbers(1)})


def _with_border(writer: Any, widget: Any) -> None:
    del writer
    widget[pdf_name("/BS")] = generic.DictionaryObject({pdf_name("/W"): generic.NumberObject(9)})


def _unscaled_no_more(writer: Any, widget: Any) -> None:
    del writer
    _look(widget)[pdf_name("/BBox")] = _numbers(0, 0, 40, 5)


def _turned(writer: Any, widget: Any) -> None:
    del writer
    _look(widget)[pdf_name("/Matrix")] = _numbers(2, 0, 0, 2, 0, 0)


def _with_flags(flags: int) -> Edit:
    def edit(writer: Any, widget: Any) -> None:
        del writer
        widget[pdf_name("/F")] = generic.NumberObject(flags)

    return edit


def _with_state_dictionary(writer: Any, widget: Any) -> None:
    del writer
    state = generic.DictionaryObject({pdf_name("/ca"): generic.FloatObject(0.5)})
    named = generic.DictionaryObject({pdf_name("/Gs"): state})
    _look(widget)["/Resources"][pdf_name("/ExtGState")] = named


def _font(widget: Any) -> Any:
    return _look(widget)["/Resources"]["/Font"]["/Serif"]


def _descendant(widget: Any) -> Any:
    return _font(widget)["/DescendantFonts"][0]


def _boxes_for_glyphs(reach: int) -> bytes:
    """A font whose every glyph is a box that reaches far."""
    pen: Any = TTGlyphPen(None)
    pen.moveTo((-reach, -reach))
    for corner in ((-reach, reach), (reach, reach), (reach, -reach)):
        pen.lineTo(corner)
    pen.closePath()
    glyph = pen.glyph()
    names = [".notdef", *(f"g{index}" for index in range(1, 40))]
    builder = FontBuilder(1024)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (512, -reach)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = BytesIO()
    builder.font.save(out)
    return out.getvalue()


def _instead(program: Callable[[], bytes]) -> Edit:
    """Put another font program in the place of the one that is embedded when the file is written."""

    def edit(writer: Any, widget: Any) -> None:
        # The subset is written late: a font of the attacker's own is named instead.
        number: Any = generic.NumberObject
        file = writer.add_object(generic.StreamObject(stream_data=program()))
        descriptor = {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): pdf_name("/ABCDEF+Serif"),
            pdf_name("/Flags"): number(4),
            pdf_name("/FontBBox"): _numbers(0, 0, 500, 700),
            pdf_name("/FontFile2"): file,
        }
        descendant = {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/CIDFontType2"),
            pdf_name("/BaseFont"): pdf_name("/ABCDEF+Serif"),
            pdf_name("/CIDToGIDMap"): pdf_name("/Identity"),
            pdf_name("/FontDescriptor"): writer.add_object(generic.DictionaryObject(descriptor)),
            pdf_name("/DW"): number(500),
        }
        font = {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name("/Type0"),
            pdf_name("/BaseFont"): pdf_name("/ABCDEF+Serif"),
            pdf_name("/Encoding"): pdf_name("/Identity-H"),
            pdf_name("/DescendantFonts"): generic.ArrayObject(
                [writer.add_object(generic.DictionaryObject(descendant))]
            ),
        }
        fonts = _look(widget)["/Resources"]["/Font"]
        for name in list(fonts):
            fonts[name] = writer.add_object(generic.DictionaryObject(font))

    return edit


def _hinted() -> bytes:
    font = TTFont(BytesIO(_boxes_for_glyphs(100)))
    program: Any = Program()
    program.fromBytecode(bytes([0xB0, 0x00]))
    for name in font.getGlyphOrder():
        font["glyf"][name].program = program
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _twice() -> bytes:
    """A font with two outline tables: one reader takes the first, another the last."""
    plain, far = _boxes_for_glyphs(100), _boxes_for_glyphs(9000)
    count = int.from_bytes(plain[4:6], "big")
    entries = [plain[at : at + 16] for at in range(12, 12 + 16 * count, 16)]
    shift = 16
    moved = [
        entry[:8] + (int.from_bytes(entry[8:12], "big") + shift).to_bytes(4, "big") + entry[12:]
        for entry in entries
    ]
    start = far.index(b"glyf", 12)
    place = int.from_bytes(far[start + 8 : start + 12], "big")
    length = int.from_bytes(far[start + 12 : start + 16], "big")
    body = plain[12 + 16 * count :]
    end = 12 + 16 * (count + 1) + len(body)
    second = b"glyf" + bytes(4) + end.to_bytes(4, "big") + length.to_bytes(4, "big")
    head = plain[:4] + (count + 1).to_bytes(2, "big") + plain[6:12]
    return head + second + b"".join(moved) + body + far[place : place + length]


ATTACKS: dict[str, Edit] = {
    "white box": _drawing(b"q 1 g 20 0 300 20 re f Q"),
    "white text": _drawing(b"BT 1 g /Serif 13 Tf 30 3 Td [<0013>] TJ ET"),
    "text as a clip": _drawing(b"BT 7 Tr 0 g /Serif 13 Tf 30 3 Td [<0013>] TJ ET"),
    "shading": _drawing(b"/Sh sh"),
    "inline image": _drawing(b"q 300 0 0 20 20 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"),
    "glyph over a letter": _drawing(b"BT 0 g /Serif 13 Tf 45 3 Td [<0013>] TJ ET"),
    "glyph by a long way back": _drawing(b"BT 0 g /Serif 13 Tf 0 3 Td [-3600 <0013>] TJ ET"),
    "unbalanced": _drawing(b"q"),
    "comment": _drawing(b"% 1 g\n"),
    "byte that only some take for space": _drawing(b"q\x0bQ"),
    "image": _with_image,
    "nested form": _with_form,
    "transparency group": _with_group,
    "graphics state": _with_state_dictionary,
    "optional widget": _optional_widget,
    "optional look": _optional_look,
    "optional content": _optional_content,
    "look when pressed": _look_when("/D"),
    "look when pointed at": _look_when("/R"),
    "look by state": _look_by_state,
    "state alone": _state_alone,
    "background": _with_background,
    "border": _with_border,
    "stretched": _unscaled_no_more,
    "matrix": _turned,
    "hidden": _with_flags(2),
    "seen on paper alone": _with_flags(4 | 32),
    "toggled": _with_flags(4 | 256),
    "glyphs that are boxes": _instead(lambda: _boxes_for_glyphs(9000)),
    "font with programs": _instead(_hinted),
    "font with two outlines": _instead(_twice),
    "font that is none": _instead(lambda: b"\x00\x01\x00\x00" + bytes(60)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_wide_widget_that_draws_more_than_its_texts_is_invalid(scene: Scene, name: str) -> None:
    report = scene.attacked(ATTACKS[name])
    assert report.verdict is Verdict.INVALID
    details = {change.detail for change in report.signatures[0].authentication.changes_after}
    # What hangs on the annotation itself is seen before anybody looks at the page.
    wanted = "unexplained_objects" if name == "optional widget" else "text_covered"
    assert wanted in details

"""Attacks on the tables, the tree and the form of a signed file: none is ever called valid."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from signing.terms import Verdict
from tests.unit.signing.raw_updates import (
    Numbers,
    hybrid,
    last_table,
    packed,
    stream,
    trailer,
    updated,
    written,
)
from tests.unit.signing.verification_world import NAME, agency, draft, fill, judge, sign, update

FORGED = b"BT /F1 12 Tf 72 700 Td (Quyet dinh khac) Tj ET"
SYMBOLS = b"<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
Trick = Callable[[bytes, Numbers], bytes]


def _elsewhere(of: Numbers) -> dict[int, bytes]:
    """The page, pointing at other contents."""
    page = written(of.first_page).replace(b"/Contents %d" % of.contents, b"/Contents 90")
    return {of.page: page, 90: stream(FORGED)}


def _old_row(data: bytes, of: Numbers) -> bytes:
    """A table's row that points at the contents that were signed."""
    offset = data.index(b"\n%d 0 obj" % of.contents) + 1
    return b"%d 1\n%010d 00000 n \n" % (of.contents, offset)


def _looped(data: bytes, of: Numbers) -> bytes:
    del of
    start = len(data) + 1
    table = b"\nxref\n0 0\ntrailer\n<< " + trailer(data, previous=start) + b" >>\n"
    return data + table + b"startxref\n%d\n%%%%EOF\n" % start


def _other_root(data: bytes, of: Numbers) -> bytes:
    pages = b"<< /Type /Pages /Count 1 /Kids [92 0 R] >>"
    page = _elsewhere(of)[of.page].replace(b"/Parent %d" % of.pages, b"/Parent 91")
    root = written(of.root).replace(b"/Pages %d" % of.pages, b"/Pages 91")
    forged = updated(data, {93: root, 91: pages, 92: page, 90: stream(FORGED)})
    at = forged.rindex(b"/Root")
    return forged[:at] + re.sub(rb"/Root \d+", b"/Root 93", forged[at:], count=1)


def _with(entry: bytes) -> Trick:
    return lambda data, of: updated(data, {of.catalog: written(of.root, entry)})


def _form_with(entry: bytes) -> Trick:
    return lambda data, of: updated(data, {of.form: written(of.root["/AcroForm"], entry)})


def _field_with(entry: bytes) -> Trick:
    def trick(data: bytes, of: Numbers) -> bytes:
        return updated(data, {of.field: written(of.root["/AcroForm"]["/Fields"][0], entry)})

    return trick


TRICKS: dict[str, Trick] = {
    "contents": lambda data, of: updated(data, {of.contents: stream(FORGED)}),
    "contents, stream table": lambda data, of: packed(data, {of.contents: stream(FORGED)}, {}),
    "contents of a later generation": lambda data, of: updated(
        data, {of.contents: stream(FORGED)}, generation=1
    ),
    "contents, row twice": lambda data, of: updated(
        data, {of.contents: stream(FORGED)}, rows=_old_row(data, of)
    ),
    "contents beside a table": lambda data, of: hybrid(data, {of.contents: stream(FORGED)}),
    "contents beside a table that frees them": lambda data, of: hybrid(
        data, {of.contents: stream(FORGED)}, rows=b"%d 1\n0000000000 00001 f \n" % of.contents
    ),
    "page": lambda data, of: updated(data, _elsewhere(of)),
    "page of a later generation": lambda data, of: updated(data, _elsewhere(of), generation=1),
    "page in an object stream": lambda data, of: packed(
        data, {90: _elsewhere(of)[90]}, {of.page: _elsewhere(of)[of.page]}
    ),
    "font": lambda data, of: updated(data, {of.font: SYMBOLS}),
    "font in an object stream": lambda data, of: packed(data, {}, {of.font: SYMBOLS}),
    "resources in an object stream": lambda data, of: packed(
        data, {}, {of.resources: b"<< /Font << /F1 " + SYMBOLS + b" >> >>"}
    ),
    "another catalog": _other_root,
    "tree turned": lambda data, of: updated(
        data, {of.pages: written(of.root["/Pages"], b"/Rotate 90")}
    ),
    "table that points at itself": _looped,
    "table that skips the signature": lambda data, of: updated(
        data,
        {of.contents: stream(FORGED)},
        previous=int(re.findall(rb"startxref\s+(\d+)", data)[0]),
    ),
    "end of the signed file once more": lambda data, of: (
        updated(data, {of.contents: stream(FORGED)})
        + b"startxref\n%d\n%%%%EOF\n" % last_table(data)
    ),
    "end of the signed file in a string": lambda data, of: updated(
        data, {90: b"(startxref\n%d\n%%%%EOF\n)" % last_table(data), of.contents: stream(FORGED)}
    ),
    "opening action": _with(b"/OpenAction " + SCRIPT),
    "names with a script": _with(b"/Names << /JavaScript << /Names [(a) " + SCRIPT + b"] >> >>"),
    "viewers draw anew": _form_with(b"/NeedAppearances true"),
    "form draws otherwise": _form_with(b"/DA (/F1 99 Tf 1 g)"),
    "form aligns otherwise": _form_with(b"/Q 2"),
    "form calculates": lambda data, of: _form_with(b"/CO [%d 0 R]" % of.field)(data, of),
    "form of another kind": _form_with(b"/XFA (<xdp/>)"),
    "field draws otherwise": _field_with(b"/DA (/F1 99 Tf 1 g)"),
    "field aligns otherwise": _field_with(b"/Q 2"),
    "field with an action": _field_with(b"/AA << /F " + SCRIPT + b" >>"),
    "field with a background": _field_with(b"/MK << /BG [1] >>"),
    "locked with a password": lambda data, of: updated(
        data, {of.contents: stream(FORGED)}, entries=b"/Encrypt << /Filter /Standard >>"
    ),
}


@pytest.mark.parametrize("trick", TRICKS.values(), ids=TRICKS)
def test_no_trick_with_the_structure_is_called_valid(tmp_path: Path, trick: Trick) -> None:
    signed = sign(draft(), "LanhDao")
    report = judge(tmp_path, trick(signed, Numbers(signed)))
    assert report.verdict in {Verdict.INVALID, Verdict.UNREADABLE}


def test_a_font_that_fields_are_drawn_in_is_not_replaced(tmp_path: Path) -> None:
    def fonts(writer: Any) -> None:
        font = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"].raw_get("/F1")
        named = generic.DictionaryObject({NAME("/F1"): font})
        entries = generic.DictionaryObject({NAME("/Font"): named})
        writer.root["/AcroForm"][NAME("/DR")] = entries
        writer.update_container(writer.root["/AcroForm"])

    signed = sign(draft(), "LanhDao", edit=fonts)
    of = Numbers(signed)
    form = written(of.root["/AcroForm"])
    kept = b"/F1 %d 0 R" % of.font
    more = updated(signed, {of.form: form.replace(kept, kept + b" /F2 " + SYMBOLS)})
    other = updated(signed, {of.form: form.replace(kept, b"/F1 " + SYMBOLS)})
    assert judge(tmp_path, more).verdict is Verdict.VALID
    assert judge(tmp_path, other).verdict is Verdict.INVALID


def _layers(writer: Any) -> None:
    """Two layers, the second one hidden; each part of the switch is an object of its own."""
    groups = [
        writer.add_object(
            generic.DictionaryObject(
                {NAME("/Type"): NAME("/OCG"), NAME("/Name"): generic.pdf_string(name)}
            )
        )
        for name in ("a", "b")
    ]
    hidden = writer.add_object(generic.ArrayObject(groups[1:]))
    shown = writer.add_object(generic.DictionaryObject({NAME("/OFF"): hidden}))
    writer.root[NAME("/OCProperties")] = writer.add_object(
        generic.DictionaryObject({NAME("/OCGs"): generic.ArrayObject(groups), NAME("/D"): shown})
    )
    writer.update_root()


def _switch(of: Numbers) -> dict[str, int]:
    layers = of.root["/OCProperties"]
    return {
        "layers": of.root.raw_get("/OCProperties").idnum,
        "setting": layers.raw_get("/D").idnum,
        "list": layers["/D"].raw_get("/OFF").idnum,
        "layer": layers["/OCGs"].raw_get(0).idnum,
    }


@pytest.mark.parametrize("part", ["layers", "setting", "list", "layer"])
@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "in an object stream"])
def test_a_hidden_layer_that_is_shown_later_is_a_disallowed_change(
    tmp_path: Path, part: str, *, is_packed: bool
) -> None:
    signed = sign(draft(), "LanhDao", edit=_layers)
    numbers = _switch(Numbers(signed))
    off = b"[%d 0 R]" % numbers["layer"]
    new = {
        "layers": b"<< /OCGs %s /D << /OFF %s >> >>" % (off, off),
        "setting": b"<< /OFF %s >>" % off,
        "list": off,
        "layer": b"<< /Type /OCG /Name (a) /Usage << /View << /ViewState /OFF >> >> >>",
    }[part]
    changed = {numbers[part]: new}
    data = packed(signed, {}, changed) if is_packed else updated(signed, changed)
    assert judge(tmp_path, signed).verdict is Verdict.VALID
    assert judge(tmp_path, data).verdict is Verdict.INVALID


COMING = range(60, 70)
"""Numbers that a page names before anything is there."""


def _awaiting(writer: Any) -> None:
    """The page draws, three times as large, whatever objects come under these numbers."""
    page = writer.root["/Pages"]["/Kids"][0]
    names = {NAME(f"/X{number}"): generic.IndirectObject(number, 0, writer) for number in COMING}
    page["/Resources"][NAME("/XObject")] = generic.DictionaryObject(names)
    writer.update_container(page["/Resources"])
    drawing = b" ".join(b"q 3 0 0 3 0 0 cm /X%d Do Q" % number for number in COMING)
    contents = [
        page.raw_get("/Contents"),
        writer.add_object(generic.StreamObject(stream_data=drawing)),
    ]
    page[NAME("/Contents")] = generic.ArrayObject(contents)
    writer.update_container(page)


def _from_there(writer: Any) -> None:
    writer._lastobj_id = COMING[0] - 1


def _filled_from_there(writer: Any) -> None:
    _from_there(writer)
    fill("99")(writer)


def test_a_later_signatures_look_drawn_by_the_signed_page_is_a_disallowed_change(
    tmp_path: Path,
) -> None:
    signed = sign(draft(), "LanhDao", edit=_awaiting)
    assert judge(tmp_path, signed).verdict is Verdict.VALID
    report = judge(tmp_path, sign(signed, "ConDau", agency(), edit=_from_there))
    assert report.verdict is Verdict.INVALID


def test_a_filled_fields_look_drawn_by_the_signed_page_is_a_disallowed_change(
    tmp_path: Path,
) -> None:
    signed = sign(draft(), "LanhDao", edit=_awaiting)
    assert judge(tmp_path, update(signed, _filled_from_there)).verdict is Verdict.INVALID


@pytest.mark.parametrize("kind", ["object stream", "what lies behind its objects"])
def test_an_object_stream_that_a_page_draws_is_a_disallowed_change(
    tmp_path: Path, kind: str
) -> None:
    def prepare(writer: Any) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        page[NAME("/Contents")] = generic.ArrayObject(
            [page.raw_get("/Contents"), generic.IndirectObject(COMING[0], 0, writer)]
        )
        writer.update_container(page)

    signed = sign(draft(), "LanhDao", edit=prepare)
    behind = FORGED if kind != "object stream" else b""
    data = packed(signed, {}, {91: b"<< /A 1 >>"}, number=COMING[0], behind=behind)
    assert judge(tmp_path, data).verdict is Verdict.INVALID


def test_which_choices_are_marked_changes_with_the_value_alone(tmp_path: Path) -> None:
    def choices(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[NAME("/FT")] = NAME("/Ch")
        field[NAME("/Opt")] = generic.ArrayObject(map(generic.pdf_string, ("co", "khong")))
        field[NAME("/I")] = generic.ArrayObject([generic.NumberObject(0)])
        writer.update_container(field)

    def choose(writer: Any) -> None:
        fill("khong")(writer)
        mark(writer)

    def mark(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[NAME("/I")] = generic.ArrayObject([generic.NumberObject(1)])
        writer.update_container(field)

    signed = sign(draft(), "LanhDao", edit=choices)
    assert judge(tmp_path, update(signed, choose)).verdict is Verdict.VALID
    assert judge(tmp_path, update(signed, mark)).verdict is Verdict.INVALID


def test_a_check_box_whose_looks_are_listed_by_state_is_compared(tmp_path: Path) -> None:
    def box(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[NAME("/FT")] = NAME("/Btn")
        field[NAME("/V")] = field[NAME("/AS")] = NAME("/Off")
        look = field["/AP"].raw_get("/N")
        states = generic.DictionaryObject({NAME("/Off"): look})
        field[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): states})
        writer.update_container(field)

    def other_look(data: bytes) -> bytes:
        states = Numbers(data).root["/AcroForm"]["/Fields"][0]["/AP"]["/N"]
        form = b"/Type /XObject /Subtype /Form /BBox [0 0 60 15]"
        return updated(data, {states.raw_get("/Off").idnum: stream(b"0 0 60 15 re f", form)})

    signed = sign(draft(), "LanhDao", edit=box)
    assert judge(tmp_path, sign(signed, "ConDau", agency())).verdict is Verdict.VALID
    assert judge(tmp_path, other_look(signed)).verdict is Verdict.INVALID


@pytest.mark.parametrize("index", [0, 1])
def test_an_object_stream_with_two_objects_of_one_number_cannot_be_checked(
    tmp_path: Path, index: int
) -> None:
    """Filled in for the verifier, moved over the words for a viewer that takes the other one."""
    signed = sign(draft(), "LanhDao")
    of = Numbers(signed)
    filled = written(of.root["/AcroForm"]["/Fields"][0]).replace(b"/V ()", b"/V (99)")
    moved = re.sub(rb"/Rect \[[^]]*\]", b"/Rect [70 690 200 720]", filled)
    head = b"%d 0 %d %d " % (of.field, of.field, len(filled) + 1)
    kind = b"/Type /ObjStm /N 2 /First %d" % len(head)
    double = stream(head + filled + b" " + moved, kind)
    data = packed(signed, {99: double}, {}, rows={of.field: (2, 99, index)})
    assert judge(tmp_path, data).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("rows", [b"/Size 300000000000000", b"/Index [0 99999999999] /Size 200"])
def test_a_table_without_end_is_refused_at_once(tmp_path: Path, rows: bytes) -> None:
    """The engine would count its rows until somebody ends it."""
    signed = sign(draft(), "LanhDao")
    endless = packed(signed, {90: b"<< /A 1 >>"}, {})
    at = endless.rindex(b"/Size 200")
    data = endless[:at] + rows + endless[at + len(b"/Size 200") :]
    report = judge(tmp_path, data)
    assert (report.verdict, report.reason) == (Verdict.UNREADABLE, "verify.signed_but_unreadable")

"""Empty text fields over the blanks of number and date, and for opinions: there before the first signature.

Only a field that was already there when the leader signed can be filled afterwards without breaking the
leader's signature (ISO 32000-2, 12.8.2.2). The seal fills number and date, each level its own opinion.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.appearance import ExactBox, FieldText, Fonts
from signing.errors import SigningError
from signing.facts import refuse_unsignable
from signing.field_fonts import ITALIC, UPRIGHT, add_field_fonts
from signing.fields import DEFAULT_APPEARANCE, MULTILINE, facts, text_fields
from signing.groundwork import put_in_order
from signing.opening import entry, file_sha256, writer
from signing.opinion_text import OpinionText, tidied
from signing.opinions import OPINION_NAMES, level_of
from signing.request import FieldValue, TextFieldSpec

TOOLTIPS = {
    "VT_SO": "Số văn bản",
    "VT_NGAY": "Ngày",
    "VT_THANG": "Tháng",
    "VT_NAM": "Năm",
}


def prepare_file(path: Path, specs: tuple[TextFieldSpec, ...]) -> None:
    """Add empty fields to an unsigned file, in place, as one incremental update.

    Raises:
        SigningError: `prepare.already_signed`, `prepare.already_prepared`, and those of `signing.fields`.
    """
    sha256 = file_sha256(path)
    with path.open("r+b") as stream, writer(stream) as update:
        found = facts(update.prev, sha256)
        refuse_unsignable(found)
        if found.signed:
            raise SigningError("prepare.already_signed")
        if found.open_fields or found.filled_fields or found.opinions:
            raise SigningError("prepare.already_prepared")
        put_in_order(update)
        add_fields(update, specs)
        update.write_in_place()


def add_fields(update: IncrementalPdfFileWriter, specs: tuple[TextFieldSpec, ...]) -> None:
    """Add empty text fields to an open update: own appearance streams, never NeedAppearances."""
    if not specs:
        return
    form = _form(update)
    for spec in specs:
        page_reference = update.find_page_for_modification(spec.page_index)[0]
        rotation_deg = page_rotation_deg(page_reference.get_object())
        box = spec.box
        size = ExactBox(box.right_pt - box.left_pt, box.top_pt - box.bottom_pt)
        empty = RawContent(b"/Tx BMC EMC", box=size)
        widget = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string(spec.name),
                pdf_name("/TU"): pdf_string(_tooltip(spec.name)),
                pdf_name("/F"): generic.NumberObject(4),
                pdf_name("/Ff"): generic.NumberObject(MULTILINE if spec.is_multiline else 0),
                pdf_name("/Q"): generic.NumberObject(0 if spec.is_multiline else 1),
                pdf_name("/DA"): pdf_string(_default_appearance(spec)),
                pdf_name("/Rect"): generic.ArrayObject(
                    generic.FloatObject(round(value, 3))
                    for value in (box.left_pt, box.bottom_pt, box.right_pt, box.top_pt)
                ),
                pdf_name("/P"): page_reference,
                pdf_name("/AP"): generic.DictionaryObject(
                    {pdf_name("/N"): update.add_object(empty.as_form_xobject())}
                ),
            }
        )
        if rotation_deg:
            widget[pdf_name("/MK")] = generic.DictionaryObject(
                {pdf_name("/R"): generic.NumberObject(rotation_deg)}
            )
        reference = update.add_object(widget)
        form["/Fields"].append(reference)
        update.register_annotation(page_reference, reference)
    update.update_container(form["/Fields"])


def _tooltip(name: str) -> str:
    return f"Ý kiến {level_of(name)}" if name in OPINION_NAMES else TOOLTIPS.get(name, name)


def _default_appearance(spec: TextFieldSpec) -> str:
    font_name = ITALIC if spec.italic else UPRIGHT
    leading = f" {spec.leading_pt:g} TL" if spec.leading_pt else ""
    return f"{font_name} {spec.font_size_pt:g} Tf{leading} 0 g"


def fill_fields(
    update: IncrementalPdfFileWriter, values: tuple[FieldValue, ...], fonts: Fonts
) -> None:
    """Put texts into prepared fields, each with an appearance stream of its own; no text leaves a field empty.

    Raises:
        SigningError: `prepare.field_missing`, `prepare.field_filled`, `prepare.text_too_wide` (the blank
            is narrower than the text); as `signing.opinion_text`.
    """
    fields = text_fields(update)
    for value in values:
        widget = fields.get(value.name)
        if widget is None:
            raise SigningError("prepare.field_missing", field=value.name)
        if str(entry(widget, "/V", "")):
            raise SigningError("prepare.field_filled", field=value.name)
        if value.text:
            _fill(update, widget, value, fonts)
        else:
            _renew_look(update, widget)


def _renew_look(update: IncrementalPdfFileWriter, widget: Any) -> None:
    """Give a field that is locked empty its empty look anew.

    Quirk(pyHanko 0.38): a locked field whose look is older than the lock counts as changed by any later update.
    """
    # A field that this very update adds is in no file yet.
    if widget.container_ref is None:
        return
    look = widget["/AP"]["/N"]
    copy = generic.StreamObject(dict(look), stream_data=look.data)
    widget["/AP"][pdf_name("/N")] = update.add_object(copy)
    update.update_container(widget["/AP"])
    update.update_container(widget)


def _fill(update: IncrementalPdfFileWriter, widget: Any, value: FieldValue, fonts: Fonts) -> None:
    style = DEFAULT_APPEARANCE.search(str(widget["/DA"]))
    if style is None:
        raise SigningError("prepare.field_missing", field=value.name)
    left_pt, bottom_pt, right_pt, top_pt = (float(side) for side in widget["/Rect"])
    size = ExactBox(right_pt - left_pt, top_pt - bottom_pt)
    rotation_deg = int(entry(entry(widget, "/MK", {}), "/R", 0))
    text = value.text
    if value.name in OPINION_NAMES:
        text = tidied(value.text)
        opinion = OpinionText(
            update,
            size,
            fonts=fonts,
            text=text,
            size_pt=float(style["size"]),
            leading_pt=float(style["leading"]) if style["leading"] else None,
            rotation_deg=rotation_deg,
        )
        opinion.apply_appearance(widget)
    else:
        line = FieldText(
            update,
            size,
            fonts=fonts,
            text=text,
            font_size_pt=float(style["size"]),
            italic=style["font"] == ITALIC,
            rotation_deg=rotation_deg,
        )
        line.apply_appearance(widget)
        if line.text_width_pt > line.room_pt:
            raise SigningError("prepare.text_too_wide", field=value.name, text=text)
    widget[pdf_name("/V")] = pdf_string(text)
    update.update_container(widget)


def page_rotation_deg(page: Any) -> int:
    """Return a page's /Rotate, inherited through the page tree, as 0, 90, 180 or 270."""
    node = page
    for _ in range(64):
        if "/Rotate" in node:
            return int(node["/Rotate"]) % 360
        if "/Parent" not in node:
            return 0
        node = node["/Parent"]
    return 0


def _form(update: IncrementalPdfFileWriter) -> Any:
    form = entry(update.root, "/AcroForm")
    if form is None:
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        update.root[pdf_name("/AcroForm")] = update.add_object(form)
        update.update_root()
    # A viewer that redraws the fields would change what was signed (ISO 32000-2, 12.7.3).
    form.pop(pdf_name("/NeedAppearances"), None)
    form.setdefault(pdf_name("/Fields"), generic.ArrayObject())
    resources = form.setdefault(pdf_name("/DR"), generic.DictionaryObject())
    fonts = resources.setdefault(pdf_name("/Font"), generic.DictionaryObject())
    add_field_fonts(update, fonts)
    for container in (fonts, resources, form):
        update.update_container(container)
    return form

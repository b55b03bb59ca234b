"""Facts about prints: they look like the document, and are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from pdf.errors import PdfError
from pdf.printing import write_print
from pdf.render import render_page
from tests.unit.pdf.drafts import Draft

ENGINE: Any = pymupdf


def _with_fields(folder: Path) -> Path:
    """A letter with two filled fields, a script and an attachment."""
    draft = Draft()
    draft.header()
    draft.body(80)
    document = draft.document
    for name, left in (("VT_SO", 130), ("ConDau", 300)):
        field = ENGINE.Widget()
        field.field_type = ENGINE.PDF_WIDGET_TYPE_TEXT
        field.field_name, field.field_value = name, name
        field.rect = ENGINE.Rect(left, 400, left + 100, 420)
        document[0].add_widget(field)
    document.embfile_add("ma.txt", b"x")
    path = folder / "a.pdf"
    document.save(str(path))
    return path


def _words(path: Path) -> str:
    with ENGINE.open(str(path)) as document:
        return str(document[0].get_text())


def _is_there(document: Any, xref: int, key: str) -> bool:
    """A key whose value is null is not there (ISO 32000-2, 7.3.9)."""
    return bool(document.xref_get_key(xref, key)[0] != "null")


def test_a_print_looks_like_the_document(tmp_path: Path) -> None:
    path, out = _with_fields(tmp_path), tmp_path / "print.pdf"
    write_print(path, out)
    one, other = render_page(path, 0, 72).pixels, render_page(out, 0, 72).pixels
    assert len(one) == len(other)
    assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 3


def test_a_print_has_nothing_that_could_be_filled_signed_or_run(tmp_path: Path) -> None:
    path, out = _with_fields(tmp_path), tmp_path / "print.pdf"
    write_print(path, out)
    with ENGINE.open(str(out)) as document:
        assert not document.is_form_pdf
        assert document.embfile_count() == 0
        catalog, page = document.pdf_catalog(), document.page_xref(0)
        there = {
            key for key in document.xref_get_keys(catalog) if _is_there(document, catalog, key)
        }
        assert there == {"Type", "Pages"}
        assert not _is_there(document, page, "Annots")


def test_a_field_that_is_left_out_is_not_on_the_print(tmp_path: Path) -> None:
    path, out = _with_fields(tmp_path), tmp_path / "print.pdf"
    write_print(path, out, without=("ConDau",))
    assert "VT_SO" in _words(out)
    assert "ConDau" not in _words(out)


def test_a_print_says_what_it_is_in_its_properties(tmp_path: Path) -> None:
    path, out = _with_fields(tmp_path), tmp_path / "print.pdf"
    before = path.read_bytes()
    write_print(path, out, subject="print, numbered")
    with ENGINE.open(str(out)) as document:
        assert document.metadata["subject"] == "print, numbered"
    assert path.read_bytes() == before


def test_a_print_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(PdfError, match=r"pdf\.print_failed"):
        write_print(_with_fields(tmp_path), tmp_path / "none" / "print.pdf")

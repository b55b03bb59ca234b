"""A new unsigned base: what is rewritten, and what never is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest

from pdf import rewriting
from pdf.compare import VisibleChange
from pdf.errors import PdfError
from pdf.geometry import BoxMm
from pdf.rewriting import rewrite


def _form(path: Path) -> Path:
    """A page with a filled field, a note and a script."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "Phieu trinh")
        widget: Any = pymupdf.Widget()
        widget.field_name, widget.field_value = "HoTen", "Nguyen Van A"
        widget.field_type = 7  # text
        widget.rect = pymupdf.Rect(72, 100, 300, 120)
        page.add_widget(widget)
        page.add_text_annot((400, 100), "ghi chu")
        document.xref_set_key(
            document.pdf_catalog(), "OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>"
        )
        document.save(str(path))
    return path


def _code(path: Path, out: Path, *, flatten: bool = True) -> str:
    with pytest.raises(PdfError) as refused:
        rewrite(path, out, flatten=flatten)
    assert not out.exists()
    return refused.value.code


def test_fields_and_notes_become_part_of_the_page_and_scripts_go(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"

    done = rewrite(_form(tmp_path / "form.pdf"), out, flatten=True)

    assert done.removed == ("form_fields", "javascript")
    with pymupdf.open(out) as document:
        page = document[0]
        assert "Nguyen Van A" in page.get_text()
        assert (list(page.widgets()), list(page.annots())) == ([], [])
        assert document.xref_get_key(document.pdf_catalog(), "AcroForm")[0] == "null"


def test_without_flattening_the_fields_stay(tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"

    rewrite(_form(tmp_path / "form.pdf"), out, flatten=False)

    with pymupdf.open(out) as document:
        assert [item.field_name for item in document[0].widgets()] == ["HoTen"]


def test_a_damaged_file_is_written_as_it_is_shown(tmp_path: Path) -> None:
    path, out = tmp_path / "form.pdf", tmp_path / "out.pdf"
    data = _form(path).read_bytes()
    path.write_bytes(data[: data.rindex(b"xref")])

    assert rewrite(path, out, flatten=False).was_repaired
    with pymupdf.open(out) as document:
        assert not document.is_repaired


@pytest.mark.parametrize("name", ["/ByteRange", "/Byte#52ange"])
@pytest.mark.parametrize("packed", [False, True])
def test_what_holds_a_signature_is_never_rewritten(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / "signed.pdf"
    with pymupdf.open(_form(tmp_path / "form.pdf")) as document:
        xref = document.get_new_xref()
        document.update_object(xref, f"<</Type/Sig {name}[0 1 2 3]>>")
        document.xref_set_key(document.pdf_catalog(), "Kept", f"{xref} 0 R")
        document.save(str(path), use_objstms=int(packed))

    assert _code(path, tmp_path / "out.pdf") == "pdf.rewrite_signed"


def test_a_signature_that_the_tables_no_longer_reach_counts_too(tmp_path: Path) -> None:
    path = _form(tmp_path / "form.pdf")
    path.write_bytes(path.read_bytes() + b"\n9 0 obj<</ByteRange[0 1 2 3]>>")

    assert _code(path, tmp_path / "out.pdf") == "pdf.rewrite_signed"


def test_an_encrypted_file_is_not_rewritten(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with pymupdf.open(_form(tmp_path / "form.pdf")) as document:
        document.save(str(path), encryption=5, owner_pw="chu")  # AES-256

    assert _code(path, tmp_path / "out.pdf") == "pdf.rewrite_encrypted"


def test_what_would_look_different_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = VisibleChange(0, BoxMm(0, 0, 10, 10))
    monkeypatch.setattr(rewriting, "compare", lambda *_: (change,))

    code = _code(_form(tmp_path / "form.pdf"), tmp_path / "out.pdf")

    assert code == "pdf.rewrite_looks_different"


def test_a_file_too_long_to_be_compared_is_not_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "MOST_PAGES", 0)

    assert _code(_form(tmp_path / "form.pdf"), tmp_path / "out.pdf") == "pdf.rewrite_too_long"

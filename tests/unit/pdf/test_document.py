from __future__ import annotations

from pathlib import Path

import pytest

from pdf.document import inspect
from pdf.errors import PdfError
from pdf.render import render_page
from pdf.text import read_page
from tests.unit.pdf.drafts import ENGINE, Draft, letter


def _code(error: pytest.ExceptionInfo[PdfError]) -> str:
    return error.value.code


def test_a_letter_shows_its_pages(tmp_path: Path) -> None:
    draft = letter()
    draft.add_page(420, 297)
    info = inspect(draft.save(tmp_path / "a.pdf"))
    assert [round(page.width_mm) for page in info.pages] == [210, 420]
    assert not info.is_repaired
    assert not info.is_encrypted
    assert not info.has_form_fields


def test_a_page_takes_its_boxes_from_the_page_tree(tmp_path: Path) -> None:
    document = ENGINE.open()
    document.new_page()
    page, tree = document[0].xref, document.pdf_catalog()
    parent = int(document.xref_get_key(tree, "Pages")[1].split()[0])
    document.xref_set_key(page, "MediaBox", "null")
    document.xref_set_key(page, "Rotate", "null")
    document.xref_set_key(parent, "MediaBox", "[300 500 10 20]")
    document.xref_set_key(parent, "Rotate", "-90")
    document.save(tmp_path / "a.pdf")
    (geometry,) = inspect(tmp_path / "a.pdf").pages
    assert geometry.media_box_pt.left_pt == 10
    assert geometry.media_box_pt.top_pt == 500
    assert geometry.rotation_deg == 270


def test_a_crop_box_larger_than_the_paper_is_cut_to_it(tmp_path: Path) -> None:
    document = ENGINE.open()
    page = document.new_page(width=200, height=300)
    document.xref_set_key(page.xref, "CropBox", "[-50 20 900 900]")
    document.save(tmp_path / "a.pdf")
    (geometry,) = inspect(tmp_path / "a.pdf").pages
    crop = geometry.crop_box_pt
    assert (crop.left_pt, crop.bottom_pt, crop.right_pt, crop.top_pt) == (0, 20, 200, 300)


@pytest.mark.parametrize("content", [b"", b"xin chao", b"<html><p>x</p></html>"])
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(PdfError) as error:
        inspect(path)
    assert _code(error) == "pdf.unreadable"


def test_a_picture_under_the_name_of_a_pdf_is_refused(tmp_path: Path) -> None:
    picture = ENGINE.Pixmap(ENGINE.csRGB, ENGINE.IRect(0, 0, 8, 8))
    picture.clear_with(255)
    path = tmp_path / "a.pdf"
    path.write_bytes(picture.tobytes("png"))
    with pytest.raises(PdfError) as error:
        inspect(path)
    assert _code(error) == "pdf.unreadable"


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(PdfError) as error:
        inspect(tmp_path / "none.pdf")
    assert _code(error) == "pdf.unreadable"


def test_a_damaged_file_says_that_it_was_repaired(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf")
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"startxref")])
    assert inspect(path).is_repaired


def test_a_file_with_an_opening_password_tells_so_and_shows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    letter().document.save(path, encryption=ENGINE.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    info = inspect(path)
    assert info.needs_password
    assert info.is_encrypted
    assert info.pages == ()
    with pytest.raises(PdfError) as error:
        render_page(path, 0, 72)
    assert _code(error) == "pdf.password_required"


def test_a_file_with_an_owner_password_only_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    letter().document.save(path, encryption=ENGINE.PDF_ENCRYPT_AES_256, owner_pw="y")
    info = inspect(path)
    assert info.is_encrypted
    assert not info.needs_password
    assert len(info.pages) == 1


def test_form_fields_are_told(tmp_path: Path) -> None:
    draft = Draft()
    widget = ENGINE.Widget()
    widget.field_name, widget.field_type = "a", ENGINE.PDF_WIDGET_TYPE_TEXT
    widget.rect = ENGINE.Rect(10, 10, 100, 30)
    draft.page.add_widget(widget)
    assert inspect(draft.save(tmp_path / "a.pdf")).has_form_fields


@pytest.mark.parametrize("page_index", [-1, 1, 10**9])
def test_a_page_that_does_not_exist_is_named(tmp_path: Path, page_index: int) -> None:
    path = letter().save(tmp_path / "a.pdf")
    with pytest.raises(PdfError) as error:
        read_page(path, page_index)
    assert _code(error) == "pdf.no_such_page"
    assert error.value.params["pages"] == 1

from __future__ import annotations

from pathlib import Path

import pytest

from pdf.errors import PdfError
from pdf.render import render_page, write_png
from tests.unit.pdf.drafts import ENGINE, Draft, letter


def test_a_page_is_drawn_at_the_asked_resolution(tmp_path: Path) -> None:
    picture = render_page(letter().save(tmp_path / "a.pdf"), 0, 144)
    assert (picture.width_px, picture.height_px) == (1191, 1684)
    assert picture.stride_bytes >= 3 * picture.width_px
    assert len(picture.pixels) == picture.stride_bytes * picture.height_px
    assert min(picture.pixels) < 50


def test_a_turned_page_is_drawn_upright(tmp_path: Path) -> None:
    picture = render_page(letter().save(tmp_path / "a.pdf", rotation_deg=90), 0, 72)
    assert picture.height_px > picture.width_px


def test_a_page_drawn_transparent_has_no_paper(tmp_path: Path) -> None:
    picture = render_page(letter().save(tmp_path / "a.pdf"), 0, 72, transparent=True)
    assert picture.has_alpha
    assert picture.stride_bytes >= 4 * picture.width_px
    assert picture.pixels[:4] == bytes(4)
    assert max(picture.pixels[3::4]) == 255


def test_the_colours_of_a_transparent_page_are_multiplied_by_its_alpha(tmp_path: Path) -> None:
    pixels = render_page(letter().save(tmp_path / "a.pdf"), 0, 72, transparent=True).pixels
    alpha = pixels[3::4]
    assert any(0 < share < 255 for share in alpha)
    for channel in range(3):
        assert all(colour <= share for colour, share in zip(pixels[channel::4], alpha, strict=True))


def test_what_a_field_shows_is_drawn(tmp_path: Path) -> None:
    draft = Draft()
    widget = ENGINE.Widget()
    widget.field_name, widget.field_type = "a", ENGINE.PDF_WIDGET_TYPE_TEXT
    widget.rect, widget.field_value = ENGINE.Rect(10, 10, 100, 30), "218"
    draft.page.add_widget(widget)
    picture = render_page(draft.save(tmp_path / "a.pdf"), 0, 72)
    assert min(picture.pixels) < 100


def test_an_absurdly_large_page_is_refused(tmp_path: Path) -> None:
    path = Draft(14_000, 14_000).save(tmp_path / "a.pdf")
    with pytest.raises(PdfError) as error:
        render_page(path, 0, 300)
    assert error.value.code == "pdf.render_failed"
    assert error.value.params["page"] == 1


def test_no_resolution_is_no_picture(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf")
    with pytest.raises(PdfError) as error:
        render_page(path, 0, 0)
    assert error.value.code == "pdf.render_failed"


def test_a_page_becomes_a_png_file(tmp_path: Path) -> None:
    write_png(letter().save(tmp_path / "a.pdf"), 0, 36, tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_a_png_that_cannot_be_written_is_an_error_of_this_room(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf")
    with pytest.raises(PdfError) as error:
        write_png(path, 0, 36, tmp_path / "none" / "a.png")
    assert error.value.code == "pdf.render_failed"

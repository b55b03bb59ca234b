"""What a verify process runs to make a sheet for the printer; imported in the child alone."""

from __future__ import annotations

from pathlib import Path

from pdf.sheet import Sheet
from pdf.sheet_pages import write_sheet as lay_out
from signing.fonts import serif_font


def write_sheet(sheet: Sheet, out: Path) -> None:
    """Write a sheet as a PDF; raises as `pdf.sheet_pages.write_sheet` and `signing.fonts.serif_font`."""
    lay_out(sheet, out, serif_font(), serif_font(bold=True))

"""Finds the fonts that the demo office writes with: Liberation 2, the release with Vietnamese letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFontFile

# Debian 12 has release 1.07 under the first name, without Vietnamese, and release 2 under the
# second; later Debians have release 2 under the first.
_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-serif-fonts",
    "/usr/share/fonts/liberation-sans-fonts",
    "/usr/share/fonts/liberation",
    "/usr/share/fonts/TTF",
)
_RARE_LETTER = ord("ộ")


@cache
def font_path(name: str) -> Path:
    """Return the file of a font that has the Vietnamese letters.

    Args:
        name: stem of the file, `LiberationSerif-Bold` say.

    Raises:
        FileNotFoundError: no such font is installed, or only one without the letters.
    """
    for folder in _FOLDERS:
        path = Path(folder, f"{name}.ttf")
        if path.exists() and _RARE_LETTER in TTFontFile(str(path)).charToGlyph:
            return path
    message = f"{name}.ttf with Vietnamese letters (Debian: fonts-liberation2)"
    raise FileNotFoundError(message)

"""The font of official letters: Times New Roman, or a twin with its metrics and all Vietnamese letters."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from signing.errors import SigningError

FOLDERS = {
    "win32": (r"C:\Windows\Fonts",),
    "darwin": ("/System/Library/Fonts/Supplemental", "/Library/Fonts"),
}.get(
    sys.platform,
    (
        "/usr/share/fonts/truetype/msttcorefonts",
        "/usr/share/fonts/truetype/liberation2",
        "/usr/share/fonts/truetype/liberation",
        "/usr/share/fonts/liberation",
        "/usr/share/fonts/liberation-serif",
        "/usr/share/fonts/TTF",
        "/usr/share/fonts/truetype/croscore",
    ),
)
PROBES = "ơƯạỘẫỹĐặ"
"""Letters that fonts without full Vietnamese lack."""
UPRIGHT = (
    "times.ttf",
    "Times_New_Roman.ttf",
    "Times New Roman.ttf",
    "LiberationSerif-Regular.ttf",
    "Tinos-Regular.ttf",
)
ITALIC = (
    "timesi.ttf",
    "Times_New_Roman_Italic.ttf",
    "Times New Roman Italic.ttf",
    "LiberationSerif-Italic.ttf",
    "Tinos-Italic.ttf",
)
BOLD = (
    "timesbd.ttf",
    "Times_New_Roman_Bold.ttf",
    "Times New Roman Bold.ttf",
    "LiberationSerif-Bold.ttf",
    "Tinos-Bold.ttf",
)


@cache
def serif_font(*, italic: bool = False, bold: bool = False) -> Path:
    """Return the font file for the office's text, in one of its three styles.

    Raises:
        SigningError: `sign.font_missing` where none is installed; PDF's built-in Times has no Vietnamese letters.

    Source: Decree 30/2020/NĐ-CP, Annex I (Times New Roman, TCVN 6909:2001).
    """
    for name in BOLD if bold else ITALIC if italic else UPRIGHT:
        for folder in FOLDERS:
            path = Path(folder, name)
            if path.is_file() and has_vietnamese(path):
                return path
    raise SigningError("sign.font_missing")


def has_vietnamese(path: Path) -> bool:
    """Say whether a font file has the letters of Vietnamese.

    The name alone does not tell: Liberation Serif 1.07 (Debian 12, `fonts-liberation`) lacks 93 of them.
    """
    return not unknown_letters(path, PROBES)


def unknown_letters(path: Path, text: str) -> frozenset[str]:
    """Return the letters of a text that a font file has no shape for."""
    known = _known_letters(path)
    return frozenset(letter for letter in text if ord(letter) not in known)


@cache
def _known_letters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def family_of(path: Path) -> str:
    """Return the family's name as a font file says it."""
    with TTFont(path, lazy=True) as font:
        return str(font["name"].getBestFamilyName())

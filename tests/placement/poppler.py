"""Reads the words of a PDF with poppler, an engine that the program does not use, as placed letters."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from re import compile as pattern
from typing import Any

from fontTools.ttLib import TTFont

from app.demo.fonts import font_path
from pdf.geometry import POINTS_PER_MM, BoxMm

_PAGE = pattern(r'<page width="([\d.]+)" height="([\d.]+)">')
_WORD = pattern(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)
_TWINS = {"Times New Roman": "LiberationSerif-Regular", "Arial": "LiberationSans-Regular"}
"""What LibreOffice sets instead, with the same widths."""
FONTS = tuple(_TWINS)
_LEADERS = set(".…_․‥·⋯")


@dataclass(frozen=True)
class Word:
    """A word on a page, millimetres from the top left corner of the page as shown."""

    page_index: int
    text: str
    box: BoxMm


@dataclass(frozen=True)
class Letter:
    """One letter; where it stands within its word is reckoned from a font's widths."""

    page_index: int
    char: str
    box: BoxMm
    word: Word


@dataclass(frozen=True)
class Pages:
    """All words of a file, and the pages' sizes (width, height)."""

    words: tuple[Word, ...]
    sizes_mm: tuple[tuple[float, float], ...]


def read_pages(path: Path) -> Pages:
    """Read a file as it is shown."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-cropbox", str(path), "-"], check=True, capture_output=True
    )
    words: list[Word] = []
    sizes: list[tuple[float, float]] = []
    for line in done.stdout.decode("utf-8").splitlines():
        if page := _PAGE.search(line):
            sizes.append((float(page[1]) / POINTS_PER_MM, float(page[2]) / POINTS_PER_MM))
        elif word := _WORD.search(line):
            sides = (float(word[index]) / POINTS_PER_MM for index in range(1, 5))
            text = unicodedata.normalize("NFC", unescape(word[5]))
            words.append(Word(len(sizes) - 1, text, BoxMm(*sides)))
    return Pages(tuple(words), tuple(sizes))


def letters(
    words: Iterable[Word], page_index: int, column_mm: tuple[float, float], font: str
) -> list[Letter]:
    """The letters of a column in reading order, without spaces and leaders."""
    chosen = [
        word
        for word in words
        if word.page_index == page_index and column_mm[0] <= word.box.centre_x_mm <= column_mm[1]
    ]
    return [
        letter for line in _in_lines(chosen) for word in line for letter in _spelled(word, font)
    ]


def compact(text: str) -> str:
    """A text without what blanks are made of."""
    plain = unicodedata.normalize("NFC", text)
    return "".join(char for char in plain if not char.isspace() and char not in _LEADERS)


def _in_lines(words: Sequence[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.bottom_mm):
        last = lines[-1][0].box if lines else None
        if last and word.box.bottom_mm - last.bottom_mm < 0.35 * last.height_mm:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.left_mm) for line in lines]


def _spelled(word: Word, font: str) -> Iterable[Letter]:
    widths = [_width(char, font) for char in word.text]
    scale = word.box.width_mm / (sum(widths) or 1.0)
    left_mm = word.box.left_mm
    for char, width in zip(word.text, widths, strict=True):
        right_mm = left_mm + width * scale
        if compact(char):
            box = BoxMm(left_mm, word.box.top_mm, right_mm, word.box.bottom_mm)
            yield Letter(word.page_index, char, box, word)
        left_mm = right_mm


@lru_cache(maxsize=2048)
def _width(char: str, font: str) -> float:
    face: Any = _face(font)
    glyph = face.getBestCmap().get(ord(char), ".notdef")
    return float(face["hmtx"][glyph][0])


@lru_cache(maxsize=4)
def _face(font: str) -> Any:
    return TTFont(font_path(_TWINS[font]))

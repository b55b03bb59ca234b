"""Breaks the words of a sheet into lines: nothing is cut, a word that is too long goes on in the next line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LEADING = 1.32
"""Of the letters' size, from one line to the next."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size."""

    font: Any
    size_pt: float
    _widths_pt: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    @property
    def leading_pt(self) -> float:
        """From one line to the next."""
        return self.size_pt * LEADING

    def width_pt(self, text: str) -> float:
        """How wide a text is."""
        return sum(map(self._letter_pt, text))

    def _letter_pt(self, letter: str) -> float:
        if letter not in self._widths_pt:
            width = self.font.text_length(letter, fontsize=self.size_pt)
            self._widths_pt[letter] = float(width)
        return self._widths_pt[letter]


def lines_of(text: str, face: Face, width_pt: float) -> tuple[str, ...]:
    """Return a text in lines of at most this width; at least one."""
    composed = unicodedata.normalize("NFC", text)
    lines = [""]
    for piece in _pieces(composed, face, width_pt):
        tried = f"{lines[-1]}{piece}"
        if face.width_pt(tried.rstrip()) <= width_pt:
            lines[-1] = tried
        else:
            lines.append(piece)
    return tuple(line.strip() for line in lines if line.strip()) or ("",)


def _pieces(text: str, face: Face, width_pt: float) -> Iterator[str]:
    """Give words, each with the space behind it; one wider than a line in parts."""
    for word in text.split():
        if face.width_pt(word) <= width_pt:
            yield f"{word} "
            continue
        part = ""
        for letter in word:
            if part and face.width_pt(part + letter) > width_pt:
                yield part
                part = ""
            part += letter
        yield f"{part} "

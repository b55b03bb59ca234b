"""Texts that come out of a file, say a certificate's names: made so that they can be read and do nothing else."""

from __future__ import annotations

import unicodedata

_LONGEST = 160
_UNBROKEN = 12
_BETWEEN = {"Cc", "Cs", "Zl", "Zp"}
"""These stand for a space: controls, halves of letters, line ends. What steers how a text runs (Cf) is left out."""


def plain(text: str | None, longest: int = _LONGEST) -> str:
    """Return what a file says of itself so that it can only be read: one line, left to right, of a sane length."""
    shown = "".join(
        " " if unicodedata.category(letter) in _BETWEEN else letter
        for letter in text or ""
        if unicodedata.category(letter) != "Cf"
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def breakable(text: str) -> str:
    """Let a long word go on in the next line of a narrow label."""
    return " ".join(
        word
        if len(word) <= _UNBROKEN
        else "\u200b".join(word[at : at + _UNBROKEN] for at in range(0, len(word), _UNBROKEN))
        for word in text.split(" ")
    )

"""Problem types: complete, stable, and each with words for the person who meets it."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from app.errors import AppError
from app.messages import LANGUAGES, PARTS, catalogue, message
from app.server.problems import KINDS, ProblemType

SERVER = Path(__file__).parents[3] / "app" / "server"
_CODE = re.compile(r"server\.[a-z_0-9]+")


def _codes() -> set[str]:
    found = set()
    for path in SERVER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} if _CODE.fullmatch(node.value) else set()
    return found


def test_every_type_has_a_status_two_titles_and_a_code() -> None:
    assert set(KINDS) == set(ProblemType)
    assert all(kind.title != kind.title_en for kind in KINDS.values())


def test_types_are_names_that_never_change() -> None:
    assert all(re.fullmatch(r"urn:trinhky:problem:[a-z-]+", item.value) for item in ProblemType)


@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_code_has_words_in_both_languages(code: str) -> None:
    for language in LANGUAGES:
        words = catalogue()[code][language]
        assert not isinstance(words, str)
        assert all(words[part].strip() for part in PARTS)


@pytest.mark.parametrize("code", sorted(_codes()))
def test_both_languages_name_the_same_particulars(code: str) -> None:
    named = []
    for words in catalogue()[code].values():
        assert not isinstance(words, str)
        text = " ".join(words.values())
        named.append({name for _, name, _, _ in string.Formatter().parse(text) if name})
    assert named[0] == named[1]


def test_the_words_say_when_to_come_back() -> None:
    error = AppError("server.busy", server="vanban.example", retry_after_s=7)
    assert "7" in message(error.code, "vi", error.params).do

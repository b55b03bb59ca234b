"""Facts about the catalogue: every code that is raised or told has words, in both languages, with its parameters."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest

from app.diagnosis.records import NAMES
from app.errors import AppError
from app.messages import LANGUAGES, PARTS, Language, Words, catalogue, message, of_error
from app.rules import CopyForm
from app.workflow.blanks import FIELD_NAMES
from app.workflow.documents import DeadlineState, Queue, Secrecy, Urgency
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.intake.records import Ink
from signing.terms import ChangeKind, Coverage, PinState, SignatureKind, Verdict

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"[a-z]+\.[a-z0-9_]+")
ERRORS = {"AppError", "SigningError", "PdfError"}
LOGGING = {"debug", "info", "warning", "error", "exception", "_kill"}
"""What these are called with goes to the log, which has codes alone."""
DETAILS = (
    *("looks_different", "text_covered", "page_added", "resource_replaced", "annotation_added"),
    *("annotation_changed", "annotation_removed", "field_added", "field_removed", "field_twice"),
    *("field_flags", "widget_elsewhere", "need_appearances", "opinions_of_others"),
    *("unsigned_opinion", "action_added", "unsigned_field_added", "signature_replaced"),
    *("permission_widened", "unexplained_objects", "not_comparable", "not_covered", "byte_range"),
    *("forbidden_by_certification", "unreadable_revision", "bytes_after_last_revision"),
    *(
        "objects_outside_revisions",
        "signer_hidden",
        "number_continued",
        "beside_words",
        "form_look",
    ),
)
ACTIVE = (
    *("javascript", "launch_action", "submit_form", "import_data", "external_reference"),
    *("multimedia", "additional_actions", "embedded_file", "xfa_form", "open_action"),
    "search_limit_reached",
)
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "verdict.": tuple(Verdict),
    "demo.": (
        *Verdict,
        *("signed", "initialled", "passed_on", "converted", "resumed"),
        *("issued", "copied", "registered"),
    ),
    "copy.": get_args(CopyForm),
    "ink.": get_args(Ink),
    "kind.": tuple(SignatureKind),
    "blank.": tuple(FIELD_NAMES),
    "coverage.": tuple(Coverage),
    "change.": (*ChangeKind, "allowed", "not_allowed"),
    "pin.": tuple(PinState),
    "queue.": tuple(Queue),
    "secrecy.": tuple(item for item in Secrecy if item is not Secrecy.NONE),
    "urgency.": tuple(Urgency),
    "integrity.": ("intact", "broken", "unknown"),
    "trusted.": ("yes", "no"),
    "status.": ("file", "store", "online"),
    "revocation.": ("good", "revoked", "unknown"),
    "deadline.": tuple(DeadlineState),
    "print.": ("numbered", "issued"),
    "report.": ("online", "offline", "nothing_after", "unknown"),
    "return.": tuple(item for item in Verdict if item is not Verdict.VALID),
    "detail.": DETAILS,
    "active.": ACTIVE,
    "doctor.": ("ok", "warning", "error"),
    "check.": NAMES,
    "label.": ("signature_info", "authentication", "timestamp", "signer", "issuer", "validity"),
}
"""Codes that are put together from a prefix and a value, by the prefix."""
AT_THE_COMMAND_LINE = ("usage.", "demo.")
"""Told by commands alone."""
VIETNAMESE = re.compile("[À-ỹ]")
ENGLISH_WORDS = re.compile(
    r"\b(the|is|are|was|not|file|document|signature|server|certificate)\b", re.IGNORECASE
)


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple(_parsed())


def _parsed() -> Iterator[tuple[Path, ast.Module]]:
    for room in ("app", "signing", "pdf", "ui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def calls_in(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


def literals(tree: ast.Module) -> Iterator[str]:
    logged = {
        argument for name, call in calls_in(tree) if name in LOGGING for argument in call.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in logged:
            yield node.value


def is_code(text: str) -> bool:
    """Tell a message code from the names of modules and files."""
    families = {code.split(".")[0] for code in catalogue() if "." in code}
    family, _, rest = text.partition(".")
    return (
        CODE.fullmatch(text) is not None
        and family in families
        and rest != "toml"
        and not (ROOT / family / f"{rest}.py").exists()
    )


@cache
def raised() -> dict[str, list[tuple[str, set[str] | None]]]:
    """Return where each code is raised and with which parameters; None where they are not all written there."""
    found: dict[str, list[tuple[str, set[str] | None]]] = {}
    for path, tree in sources():
        for name, call in calls_in(tree):
            if name not in ERRORS or not call.args:
                continue
            code = call.args[0]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                names = {item.arg for item in call.keywords if item.arg is not None}
                is_open = any(item.arg is None for item in call.keywords)
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                found.setdefault(code.value, []).append((place, None if is_open else names))
    return found


def placeholders(words: Words) -> set[str]:
    texts = (words,) if isinstance(words, str) else words.values()
    return {
        name
        for text in texts
        for _, name, _, _ in string.Formatter().parse(text)
        if name is not None
    }


def texts(code: str, language: Language) -> tuple[str, ...]:
    words = catalogue()[code][language]
    # A command is typed, not said: it may be the same in both.
    parts = {} if isinstance(words, str) else words
    said = tuple(text for part, text in parts.items() if part != "command")
    return said or (str(words),)


def test_every_code_that_is_raised_has_words() -> None:
    assert {code for code in raised() if code not in catalogue()} == set()
    assert len(raised()) > 80


def test_every_code_that_is_written_anywhere_has_words() -> None:
    missing = {
        f"{path.relative_to(ROOT)}: {text}"
        for path, tree in sources()
        for text in literals(tree)
        if is_code(text) and text not in catalogue()
    }
    assert missing == set()


def test_every_code_put_together_from_a_prefix_has_words() -> None:
    prefixes = {
        node.left.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.left, ast.Constant)
        and isinstance(node.left.value, str)
        and re.fullmatch(r"[a-z]+\.", node.left.value)
    }
    assert prefixes == set(FAMILIES)
    made = {prefix + value for prefix, values in FAMILIES.items() for value in values}
    assert made - set(catalogue()) == set()


@pytest.mark.parametrize("code", sorted(raised()))
def test_what_the_words_ask_for_is_given_where_the_code_is_raised(code: str) -> None:
    asked = placeholders(catalogue()[code]["en"])
    lacking = {
        place: asked - names
        for place, names in raised()[code]
        if names is not None and not asked <= names
    }
    assert lacking == {}


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_a_message_speaks_both_languages_and_says_the_same(code: str) -> None:
    words = catalogue()[code]
    assert set(words) == set(LANGUAGES) == set(get_args(Language))
    assert isinstance(words["vi"], str) == isinstance(words["en"], str)
    assert placeholders(words["vi"]) == placeholders(words["en"])
    for language in LANGUAGES:
        told = words[language]
        assert isinstance(told, str) or set(told) - {"command"} == set(PARTS)
        other = words["en"]
        assert isinstance(told, str) or isinstance(other, str) or set(told) == set(other)
        assert all(text.strip() == text and text for text in texts(code, language))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_nothing_is_left_untranslated(code: str) -> None:
    said = " ".join(texts(code, "vi"))
    assert VIETNAMESE.search(said) or len(said.split()) <= 2
    for vi, en in zip(texts(code, "vi"), texts(code, "en"), strict=True):
        assert vi != en
        assert not VIETNAMESE.search(re.sub(r"\([^)]*\)|«[^»]*»", "", en))
        assert not ENGLISH_WORDS.search(re.sub(r"`[^`]*`|\{[^}]*\}|\([^)]*\)", "", vi))


@pytest.mark.parametrize(
    "code", sorted(code for code in catalogue() if placeholders(catalogue()[code]["vi"]))
)
def test_a_message_never_fails_for_want_of_a_parameter(code: str) -> None:
    for language in LANGUAGES:
        assert "{" not in str(message(code, language))
        assert "–" in str(message(code, language))


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_what_the_window_may_show_names_no_command(code: str) -> None:
    if code.startswith(AT_THE_COMMAND_LINE):
        return
    for language in LANGUAGES:
        assert re.findall(r"`(?:-|trinhky|\./run)[^`]*`", str(message(code, language))) == []


def test_the_command_line_names_it() -> None:
    assert message("workflow.no_place", "en").command.startswith("`--box ")


def test_no_code_has_words_in_two_files() -> None:
    folder = resources.files("resources") / "messages"
    seen = [
        code
        for item in folder.iterdir()
        if item.name.endswith(".toml")
        for code in tomllib.loads(item.read_text(encoding="utf-8"))
    ]
    assert len(seen) == len(set(seen)) == len(catalogue())


def test_what_an_error_carries_stands_in_its_words() -> None:
    told = of_error(AppError("workflow.too_large", bytes=40, limit=30), "en")
    assert told.what == "The file has 40 bytes; the rule profile allows 30."
    assert (told.code, bool(told.means), bool(told.do)) == ("workflow.too_large", True, True)


@pytest.mark.parametrize("error", [PdfError("pdf.unreadable"), SigningError("token.none")])
def test_the_rooms_errors_are_put_into_words_alike(error: Exception) -> None:
    assert VIETNAMESE.search(of_error(error, "vi").what)


def test_a_parameter_with_braces_is_shown_as_it_is() -> None:
    told = of_error(AppError("rules.broken", file="{key}", key="a", why="{0}"), "en")
    assert "{key}" in told.what
    assert "{0}" in told.what


@pytest.mark.parametrize(
    ("language", "what"),
    [
        ("vi", "Không ký được bằng chứng thư «An»: chứng thư số đã hết hạn."),
        ("en", "The certificate «An» cannot sign: the certificate has expired."),
    ],
)
def test_a_parameter_that_is_a_code_is_put_into_words(language: Language, what: str) -> None:
    params = {"subject": "An", "reason": "certificate.expired"}
    assert message("workflow.certificate_unusable", language, params).what == what


def test_a_kind_goes_on_in_the_sentence() -> None:
    told = message("workflow.no_place", "vi", {"kind": "kind.seal"})
    assert told.what == "Không tìm thấy chỗ đặt con dấu của cơ quan."


def test_words_in_capitals_keep_them_within_a_sentence() -> None:
    told = message("workflow.incoming_invalid", "en", {"reason": "verdict.unreadable"})
    assert told.what == "The incoming document did not pass the check: UNREADABLE."


def test_a_name_that_is_no_code_is_left_as_it_is() -> None:
    told = message("workflow.no_corner", "en", {"name": "Bug. Kind.pdf"})
    assert "«Bug. Kind.pdf»" in told.what


def test_a_code_without_words_is_shown_rather_than_hidden() -> None:
    assert str(message("no.such_code", "vi")) == "no.such_code"

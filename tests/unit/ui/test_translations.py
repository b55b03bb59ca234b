"""Facts about the translations: complete, of the sources as they are, compiled as they stand."""

from __future__ import annotations

import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator

from ui.words import CATALOGUES

ROOT = Path(__file__).parents[3]
TOOLS = Path(PySide6.__file__).parent
FOLDER = Path(str(resources.files("resources") / "i18n"))
NAMES = sorted(name for names in CATALOGUES.values() for name in names)
OURS = ("trinhky_vi", "trinhky_en")
PLACE = re.compile(r"\{[a-z_]*\}|%n|%[0-9]")
VIETNAMESE = re.compile(r"[À-ỹđĐ]")
Source = tuple[str, str, str]
"""Context, text, what sets it apart from the same text elsewhere."""


def messages(path: Path) -> Iterator[tuple[Source, ET.Element]]:
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own file
        for message in context.iter("message"):
            said = (
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
            )
            yield said, message


def forms(message: ET.Element) -> list[str]:
    """What is said, for each count where it has one; nothing where it is not translated."""
    translation = message.find("translation")
    assert translation is not None
    counted = [form.text for form in translation.iter("numerusform")]
    return [form for form in counted or [translation.text] if form]


def catalogue(name: str) -> dict[Source, ET.Element]:
    return dict(messages(FOLDER / f"{name}.ts"))


def run(tool: str, *arguments: str) -> None:
    subprocess.run([TOOLS / tool, *arguments], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.parametrize("name", OURS)
def test_the_catalogue_has_what_the_sources_say_and_no_more(name: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    plural = ["-pluralonly"] if name.endswith("_en") else []
    run("lupdate", "-extensions", "py", *plural, "ui", "-ts", str(fresh))
    found, held = {said for said, _ in messages(fresh)}, set(catalogue(name))
    assert found - held == set(), "new in the sources: run lupdate, then translate"
    assert held - found == set(), "no longer in the sources: run lupdate"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_untranslated(name: str) -> None:
    lacking = {
        said
        for said, message in catalogue(name).items()
        if message.find("translation[@type]") is not None or not forms(message)
    }
    assert lacking == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_has_the_places_of_its_source(name: str) -> None:
    wrong = {
        said: forms(message)
        for said, message in catalogue(name).items()
        if any(
            sorted(PLACE.findall(form)) != sorted(PLACE.findall(said[1])) for form in forms(message)
        )
    }
    assert wrong == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_ends_as_its_source_does(name: str) -> None:
    wrong = {
        said: form
        for said, message in catalogue(name).items()
        for form in forms(message)
        if any(said[1].endswith(end) != form.endswith(end) for end in ("…", ":", " "))
    }
    assert wrong == {}


def test_vietnamese_is_vietnamese() -> None:
    foreign = {
        said: forms(message)
        for said, message in catalogue("trinhky_vi").items()
        if forms(message)
        and not any(VIETNAMESE.search(form) for form in forms(message))
        and len(re.findall(r"[A-Za-z]{3,}", PLACE.sub("", said[1]))) > 1
    }
    assert foreign == {}


def test_english_gives_the_plural_forms_alone() -> None:
    counted = catalogue("trinhky_en").values()
    assert {message.get("numerus") for message in counted} == {"yes"}
    assert {len(forms(message)) for message in counted} <= {0, 2}


@pytest.mark.parametrize("name", NAMES)
def test_the_compiled_catalogue_is_the_one_that_stands_beside_it(name: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    run("lrelease", str(FOLDER / f"{name}.ts"), "-qm", str(fresh))
    assert (FOLDER / f"{name}.qm").read_bytes() == fresh.read_bytes()


def test_what_we_say_for_qt_is_said_by_qt() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    known = [QTranslator() for _ in folder.glob("qtbase_*.qm")]
    for translator, path in zip(known, folder.glob("qtbase_*.qm"), strict=True):
        assert translator.load(str(path))
    strange = {
        said
        for said in catalogue("qtbase_vi")
        if not any(translator.translate(*said[:2]) for translator in known)
    }
    assert strange == set()

"""Facts about the sources that no linter holds."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("app", "pdf", "resources", "signing", "ui")
SOURCES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MAY_PRINT = ("app/cli", "app/demo", "tests/bench", "tests/placement/__main__.py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def called(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said
    assert said[0].isupper() or said[0] == "`"


def test_every_folder_of_sources_is_a_package() -> None:
    folders = {path.parent for path in SOURCES}
    assert {name(folder) for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_nothing_prints_but_the_command_line_the_demo_and_the_benchmarks() -> None:
    printing = {
        name(path)
        for path in (*SOURCES, *TESTS)
        if "print" in called(path) and not name(path).startswith(MAY_PRINT)
    }
    assert printing == set()


def test_no_label_takes_a_text_for_markup() -> None:
    interface = (path for path in SOURCES if name(path).startswith("ui/"))
    assert {name(path) for path in interface if called(path) & {"QLabel", "QMessageBox"}} == set()


def test_no_test_sleeps() -> None:
    sleeping = {name(path) for path in TESTS if called(path) & {"time.sleep", "sleep"}}
    assert sleeping == set()


def test_no_test_skips_without_a_reason() -> None:
    silent = {
        name(path)
        for path in TESTS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"pytest.skip", "pytest.mark.skipif", "pytest.mark.skip"}
        and not node.args + [item for item in node.keywords if item.arg == "reason"]
    }
    assert silent == set()

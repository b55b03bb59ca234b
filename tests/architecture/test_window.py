"""Facts about the window's sources: who knows whom, what is loaded before the first paint, nothing that waits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_imports import loaded_modules

ROOT = Path(__file__).parents[2]
UI = ROOT / "ui"
SOURCES = sorted(UI.rglob("*.py"))
ENGINES = ("pyhanko", "pymupdf", "fitz", "pkcs11", "asn1crypto")
HEAVY = (
    "requests",
    "pydantic",
    "keyring",
    "multiprocessing",
    "sqlite3",
    "tomllib",
    "app.server",
    "app.store",
    "app.rules",
    "app.bootstrap",
    "app.workplace.workplace",
    "app.workers.process",
)
FIRST = ("ui.application", "ui.main_window", "ui.views.queue_view", "ui.viewmodels.queue")
WINDOW = tuple(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in SOURCES
    if path.name != "__init__.py"
)
RECORDS = {
    "app.workplace.records",
    "app.workers.records",
    "app.workflow.blanks",
    "app.workflow.documents",
    "app.workflow.folders",
    "app.workflow.queues",
    "app.workflow.report_letter",
    "app.workflow.report_words",
    "app.messages",
    "app.clock",
    "app.errors",
    "app.diagnosis.records",
    "app.workplace.trust_records",
}
"""All that the window's sources may know of `app`: plain records, no use case."""
WAITING = {"QEventLoop", "processEvents", "sleep", "exec", "exec_", "waitForDone", "getText"}
MAY_RUN = {"ui/application.py"}
"""Runs the event loop itself."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """What is imported when the module runs, not for the type checker alone."""
    module = tree(path)
    unseen = {
        id(inner)
        for node in ast.walk(module)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (item.name for item in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", sorted((UI / "viewmodels").glob("*.py")), ids=name)
def test_a_view_model_knows_no_widget_and_no_picture(path: Path) -> None:
    qt = {module for module in imported(path) if module.startswith("PySide6")}
    assert qt <= {"PySide6.QtCore"}
    assert not any(
        module.startswith(("ui.views", "ui.widgets", "ui.theme")) for module in imported(path)
    )


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_the_window_knows_the_office_by_its_records_alone(path: Path) -> None:
    known = {module for module in imported(path) if module.split(".")[0] == "app"}
    assert known <= RECORDS


@pytest.mark.parametrize("path", sorted((UI / "widgets").glob("*.py")), ids=name)
def test_a_widget_knows_no_view_model_and_no_view(path: Path) -> None:
    assert not any(module.startswith(("ui.viewmodels", "ui.views")) for module in imported(path))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_nothing_in_the_windows_thread_waits(path: Path) -> None:
    asked = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    waiting = asked & WAITING
    assert waiting <= ({"exec"} if name(path) in MAY_RUN else set())


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_text_is_written_out_for_the_translators(path: Path) -> None:
    told = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "tr"
    ]
    unseen = [ast.unparse(call) for call in told if not isinstance(call.args[0], ast.Constant)]
    assert unseen == []


def test_the_first_paint_needs_nothing_heavy() -> None:
    loaded = loaded_modules(*FIRST)
    assert loaded & {*ENGINES, *HEAVY} == set()


def test_the_whole_window_needs_no_engine_and_no_network() -> None:
    loaded = loaded_modules(*WINDOW)
    assert (
        loaded & {*ENGINES, "requests", "pydantic", "keyring", "app.server", "app.rules"} == set()
    )


def test_the_windows_frame_stays_a_frame() -> None:
    lines = (UI / "main_window.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300

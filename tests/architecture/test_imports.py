"""Facts about what a module loads when it is imported, tried in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINES = ("pyhanko", "pyhanko_certvalidator", "asn1crypto", "pymupdf", "fitz", "pkcs11", "PySide6")
DEMO = ("fastapi", "uvicorn", "starlette", "reportlab")
WINDOWS = (
    "app.workflow",
    "app.workflow.issue",
    "app.workflow.incoming",
    "app.workflow.sign_draft",
    "app.workflow.routing",
    "app.server.client",
    "app.server.sign_in",
    "app.store",
    "app.workers.render",
    "app.workers.token",
    "app.workers.verify",
    "app.workplace.workplace",
    "app.cli.main",
    "app.cli.arguments",
    "app.bootstrap",
    "app.__main__",
    "app.messages",
    "app.rules",
    "app.settings",
)
"""What the window process imports."""


def loaded_by(*modules: str) -> set[str]:
    return {name.split(".")[0] for name in loaded_modules(*modules)}


def loaded_modules(*modules: str) -> set[str]:
    script = (
        f"import json, sys; import {', '.join(modules)}; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    return set(json.loads(done.stdout))


@pytest.fixture(scope="module")
def of_the_window() -> set[str]:
    return loaded_by(*WINDOWS)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_window_process_loads_no_engine(of_the_window: set[str], engine: str) -> None:
    assert engine not in of_the_window


@pytest.mark.parametrize("package", DEMO)
def test_the_product_loads_nothing_of_the_demo_office(
    of_the_window: set[str], package: str
) -> None:
    assert package not in of_the_window


def test_the_command_line_starts_without_what_its_command_may_not_need() -> None:
    found = loaded_by("app.cli.main")
    assert found.isdisjoint({"requests", "keyring", "sqlite3", "multiprocessing", *ENGINES, *DEMO})


def test_what_the_first_picture_needs_brings_no_http_and_no_model() -> None:
    found = loaded_by("app.store", "app.workflow.syncing", "app.workplace.records")
    assert found.isdisjoint({"requests", "pydantic", "keyring", "multiprocessing", *ENGINES})


@pytest.mark.parametrize("module", ["pdf.document", "pdf.placement", "pdf.render"])
def test_what_looks_loads_nothing_that_signs(module: str) -> None:
    found = loaded_by(module)
    assert "pymupdf" in found
    assert found.isdisjoint({"app", "ui", "signing", "pyhanko", "pkcs11", "PySide6", "requests"})


@pytest.mark.parametrize("module", ["signing.pades", "signing.verification"])
def test_what_signs_and_judges_loads_nothing_that_looks(module: str) -> None:
    found = loaded_by(module)
    assert "pyhanko" in found
    assert found.isdisjoint({"app", "ui", "pdf", "pymupdf", "PySide6"})

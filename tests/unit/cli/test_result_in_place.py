"""Facts about how a finished signature gets its name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from app.cli.outputs import put_in_place
from app.errors import AppError


def _refused(*_: object) -> NoReturn:
    raise PermissionError("no hard links here")


def _full(*_: object) -> NoReturn:
    raise OSError(28, "disk full")


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    path = tmp_path / ".signed.part"
    path.write_bytes(b"signed")
    return path


def test_where_there_are_no_hard_links_the_file_is_copied(
    aside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _refused)
    put_in_place(aside, tmp_path / "signed.pdf")
    assert (tmp_path / "signed.pdf").read_bytes() == b"signed"


def test_half_a_copy_never_keeps_the_results_name(
    aside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _refused)
    monkeypatch.setattr(shutil, "copyfileobj", _full)
    with pytest.raises(AppError):
        put_in_place(aside, tmp_path / "signed.pdf")
    assert not (tmp_path / "signed.pdf").exists()


def test_a_signature_that_cannot_get_its_name_is_not_lost(aside: Path, tmp_path: Path) -> None:
    (tmp_path / "signed.pdf").write_bytes(b"came meanwhile")
    with pytest.raises(AppError) as refused:
        put_in_place(aside, tmp_path / "signed.pdf")
    assert (refused.value.code, aside.read_bytes()) == ("usage.out_exists", b"signed")

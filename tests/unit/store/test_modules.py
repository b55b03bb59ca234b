"""Facts about the modules that a person has added: kept in order, once each, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.store.modules import ModuleList


def test_what_is_added_is_there_at_the_next_start_in_its_order(tmp_path: Path) -> None:
    for name in ("/opt/b.so", "/opt/a.so", "/opt/b.so"):
        ModuleList(tmp_path).add(Path(name))
    assert ModuleList(tmp_path).paths() == ("/opt/b.so", "/opt/a.so")


def test_what_is_removed_is_gone(tmp_path: Path) -> None:
    modules = ModuleList(tmp_path)
    modules.add(Path("/opt/a.so"))
    assert modules.remove(Path("/opt/a.so"))
    assert not modules.remove(Path("/opt/a.so"))
    assert modules.paths() == ()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"null", b'[1, "", "/a.so"]', b"7"])
def test_a_damaged_list_stops_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "modules.json").write_bytes(content)
    assert ModuleList(tmp_path).paths() in ((), ("/a.so",))
    ModuleList(tmp_path).add(Path("/b.so"))
    assert ModuleList(tmp_path).paths()[-1] == "/b.so"


def test_the_list_is_the_users_alone(tmp_path: Path) -> None:
    ModuleList(tmp_path).add(Path("/opt/a.so"))
    assert (tmp_path / "modules.json").stat().st_mode & 0o777 == 0o600

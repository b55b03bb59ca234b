"""Facts about what `trinhky rules` says of the offices' rules."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from app.cli import rules
from app.cli.terminal import Terminal
from app.errors import AppError
from app.rules import load_profile, profile_ids
from app.settings import Settings


def _run(capsys: pytest.CaptureFixture[str], *, profile: str | None = None, **more: object) -> str:
    folder = more.get("folder")
    settings = Settings(profiles_folder=folder if isinstance(folder, Path) else None)
    as_json = bool(more.get("as_json"))
    code = rules.run(Namespace(profile=profile), Terminal("vi", as_json=as_json), settings)
    assert code == more.get("code", 0)
    return capsys.readouterr().out


@pytest.mark.parametrize("profile_id", profile_ids())
def test_every_profile_is_told_with_its_legal_texts(
    profile_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = _run(capsys, profile=profile_id)
    profile = load_profile(profile_id)
    assert profile.title.vi in out
    assert all(text in out for text in (*profile.basis, *(note.vi for note in profile.notes)))


def test_the_profile_in_use_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    marked = [line for line in _run(capsys).splitlines() if "(đang dùng)" in line]
    assert [line.split(":")[0] for line in marked] == ["bhxh-599-2018"]


def test_a_script_gets_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(_run(capsys, as_json=True))
    assert [row["id"] for row in told["profiles"]] == list(profile_ids())
    first = next(row for row in told["profiles"] if row["chosen"])
    assert first["rules"]["seal"]["diameter_mm"] == 36.0


def test_a_broken_profile_of_the_administrator_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cua-toi.toml").write_text("id = 3", encoding="utf-8")
    told = json.loads(_run(capsys, as_json=True, folder=tmp_path, code=1))
    broken = {row["id"]: row["error"]["code"] for row in told["profiles"] if row["error"]}
    assert broken == {"cua-toi": "rules.broken"}
    assert len(told["profiles"]) == len(profile_ids()) + 1


def test_a_profile_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AppError, match=r"rules\.unknown"):
        _run(capsys, profile="khong-co")


def test_the_chain_and_the_exact_number_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    chain = _run(capsys, profile="thads-hau-giang-2025")
    assert "Lãnh đạo phòng phụ trách → Lãnh đạo Văn phòng" in chain
    assert "Đúng 1 chữ ký cá nhân" in _run(capsys, profile="stp-binh-phuoc-2019")

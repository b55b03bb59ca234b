"""Facts about rule profiles: those that ship load, a wrong one says file, key and why."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from app.errors import AppError
from app.rules import load_profile, parse_profile, profile_ids
from app.settings import DEFAULT_PROFILE

TEXT = (resources.files("resources") / "rules" / f"{DEFAULT_PROFILE}.toml").read_text("utf-8")


def refused(text: str) -> AppError:
    with pytest.raises(AppError) as caught:
        parse_profile(text, source="so.toml")
    assert caught.value.code == "rules.broken"
    assert caught.value.params["file"] == "so.toml"
    return caught.value


@pytest.mark.parametrize("profile_id", profile_ids())
def test_a_profile_that_ships_loads_under_its_own_name(profile_id: str) -> None:
    profile = load_profile(profile_id)
    assert profile.id == profile_id
    assert profile.basis
    assert profile.placement().seal_diameter_mm == profile.seal.diameter_mm


def test_both_offices_rules_ship_and_the_default_is_one_of_them() -> None:
    assert profile_ids() == ("bhxh-599-2018", "nd30-2020")
    assert DEFAULT_PROFILE in profile_ids()


def test_what_differs_between_the_offices_is_data() -> None:
    insurance, decree = load_profile("bhxh-599-2018"), load_profile("nd30-2020")
    assert (insurance.attachment.corner, decree.attachment.corner) == ("top_left", "top_right")
    assert (insurance.attachment.image, decree.attachment.image) == (True, False)
    assert (insurance.sign_incoming, decree.sign_incoming) == (True, False)
    assert insurance.limits.file_bytes == 30 * 2**20


def test_an_unknown_profile_is_said_with_those_that_are_known() -> None:
    with pytest.raises(AppError) as caught:
        load_profile("khong-co")
    assert caught.value.code == "rules.unknown"
    assert caught.value.params == {"profile": "khong-co", "known": "bhxh-599-2018, nd30-2020"}


@pytest.mark.parametrize("profile_id", ["../secret", "a/b", "", "..", "A"])
def test_a_profiles_name_is_never_a_path(tmp_path: Path, profile_id: str) -> None:
    folder = tmp_path / "rules"
    (folder / "a").mkdir(parents=True)
    for place in (tmp_path / "secret.toml", folder / "a" / "b.toml", folder / "A.toml"):
        place.write_text(TEXT, encoding="utf-8")
    with pytest.raises(AppError, match=r"rules\.unknown"):
        load_profile(profile_id, folder)


def test_the_administrators_profile_comes_first(tmp_path: Path) -> None:
    own = TEXT.replace("diameter_mm = 36.0", "diameter_mm = 34.0")
    (tmp_path / f"{DEFAULT_PROFILE}.toml").write_text(own, encoding="utf-8")
    assert load_profile(DEFAULT_PROFILE, tmp_path).seal.diameter_mm == 34
    assert load_profile("nd30-2020", tmp_path).seal.diameter_mm == 36


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("diameter_mm = 36.0", "diameter_mm = 3.0", "seal.diameter_mm"),
        ("diameter_mm = 36.0", 'diameter_mm = "x"', "seal.diameter_mm"),
        ("overlap = 0.3333333333", "overlap = 1.5", "seal.overlap"),
        ('corner = "top_left"', 'corner = "middle"', "attachment.corner"),
        ('date = "warn"', 'date = "sometimes"', "publish.date"),
        ("file_bytes = 31_457_280", "file_bytes = 0", "limits.file_bytes"),
        ("sign_incoming = true", "", "sign_incoming"),
        ("[initial]", "[initial]\nusd = true", "initial.usd"),
        ("Số đến: {number}", "Số đến: {nummer}", "incoming.lines"),
        ("Số đến: {number}", "Số đến: {number", "incoming.lines"),
        ("Số đến: {number}", "Số đến: {agency.__class__}", "incoming.lines"),
        ("Số đến: {number}", "Số đến: {}", "incoming.lines"),
    ],
)
def test_a_wrong_profile_names_the_key_and_why(old: str, new: str, key: str) -> None:
    assert old in TEXT
    error = refused(TEXT.replace(old, new, 1))
    assert error.params["key"] == key
    assert error.params["why"]


def test_a_profile_that_is_no_toml_says_where() -> None:
    error = refused("id = so\n")
    assert "line 1" in str(error.params["why"])


def test_a_profile_that_is_no_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "so.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(AppError) as caught:
        load_profile("so", tmp_path)
    assert caught.value.code == "rules.broken"
    assert str(caught.value.params["file"]).endswith("so.toml")

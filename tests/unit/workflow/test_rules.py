"""Facts about rule profiles: those that ship load, a wrong one says file, key and why."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from app.errors import AppError
from app.rules import load_profile, parse_profile, profile_ids
from app.settings import DEFAULT_PROFILE

SHIPPED = (
    "bhxh-599-2018",
    "mot-cua-tuyen-quang-2020",
    "nd30-2020",
    "snn-tuyen-quang-2019",
    "stp-binh-phuoc-2019",
    "thads-hau-giang-2025",
)
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


def test_the_six_offices_rules_ship_and_the_default_is_one_of_them() -> None:
    assert profile_ids() == SHIPPED
    assert DEFAULT_PROFILE in profile_ids()


def test_what_differs_between_the_offices_is_data() -> None:
    insurance, decree = load_profile("bhxh-599-2018"), load_profile("nd30-2020")
    assert (insurance.attachment.corner, decree.attachment.corner) == ("top_left", "top_right")
    assert (insurance.attachment.image, decree.attachment.image) == (True, False)
    assert (insurance.incoming.sign, decree.incoming.sign) == (True, False)
    assert insurance.limits.file_bytes == 30 * 2**20


def test_an_unknown_profile_is_said_with_those_that_are_known() -> None:
    with pytest.raises(AppError) as caught:
        load_profile("khong-co")
    assert caught.value.code == "rules.unknown"
    assert caught.value.params == {"profile": "khong-co", "known": ", ".join(SHIPPED)}


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
        ("sign = true", "", "incoming.sign"),
        ('forms = ["sao_y", "sao_luc", "trich_sao"]', 'forms = ["sao"]', "copies.forms.0"),
        ('level = "B-B"', 'level = "B-X"', "publish.level"),
        ("used = false", 'used = false\nchain = ["Lãnh đạo phòng"]', "initial"),
        ("[personal]", "[personal]\nimage = false", "personal"),
        ("[personal]", '[personal]\nlines = ["{agency}"]', "personal.lines"),
        ("[limits]", "[date]\ntwo_digit_months = [13]\n[limits]", "date.two_digit_months.0"),
        ("[limits]", "[number]\ndigits = 0\n[limits]", "number.digits"),
        ("[limits]", '[text]\nfont = "Arial"\n[limits]', "text.font"),
        (
            "[limits]",
            '[signatures]\nuntrusted_chain = "maybe"\n[limits]',
            "signatures.untrusted_chain",
        ),
        ("signed = false\nseal = false", "signed = false\nseal = true", "forms.6"),
        ("image = true\n", "image = false\n", "attachment"),
        ('heading = "Ý kiến của Tổng Giám đốc"', 'heading = ""', "forms.0.opinions.3.heading"),
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


def test_several_wrong_keys_are_told_at_once() -> None:
    wrong = TEXT.replace("diameter_mm = 36.0", "diameter_mm = 3.0").replace("sign = true", "")
    error = refused(wrong)
    assert error.params["key"] == "seal.diameter_mm"
    assert "incoming.sign" in str(error.params["why"])


def test_the_administrators_own_profile_is_listed_with_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "so-tu-phap.toml").write_text(TEXT, encoding="utf-8")
    assert profile_ids(tmp_path) == tuple(sorted((*SHIPPED, "so-tu-phap")))


@pytest.mark.parametrize("profile_id", SHIPPED)
def test_a_profile_says_in_both_languages_what_it_does(profile_id: str) -> None:
    assert all(note.vi and note.en for note in load_profile(profile_id).notes)
    assert load_profile(profile_id).notes


def test_each_office_has_what_its_own_rules_say() -> None:
    by_id = {profile_id: load_profile(profile_id) for profile_id in SHIPPED}
    assert by_id["thads-hau-giang-2025"].initial.least == 2
    assert not by_id["bhxh-599-2018"].initial.used
    exact = by_id["stp-binh-phuoc-2019"].signatures
    assert (exact.exact_personal, exact.exact_agency) == (1, 1)
    assert by_id["snn-tuyen-quang-2019"].publish.date == "strict"
    assert by_id["bhxh-599-2018"].publish.archive == "numbered"


@pytest.mark.parametrize("kind", ["Phiếu trình", "PHIẾU  TRÌNH", "Phiếu trình"])
def test_an_internal_form_is_told_by_its_kind(kind: str) -> None:
    form = load_profile("bhxh-599-2018").form_of(kind)
    assert form is not None
    assert len(form.opinions) == 4


def test_an_official_letter_is_no_internal_form() -> None:
    assert load_profile("bhxh-599-2018").form_of("Công văn") is None


def test_only_the_social_security_keeps_large_files_on_paper() -> None:
    limits = {profile_id: load_profile(profile_id).limits.file_bytes for profile_id in SHIPPED}
    assert limits.pop("bhxh-599-2018") == 30 * 2**20
    assert set(limits.values()) == {512 * 2**20}

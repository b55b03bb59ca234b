"""Facts about the trust profiles: published fingerprints to compare with, and who only claims to be published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.messages import message
from signing.trust_profiles import compare, trust_profiles
from signing.trust_records import Likeness, Published

KNOWN = [one for profile in trust_profiles() for one in profile.certificates]
G2 = "RootCA chuyên dùng Chính phủ G2"
FOLDER = Path(__file__).parents[3] / "resources" / "trust"


def test_there_are_two_profiles_with_names() -> None:
    assert [profile.id for profile in trust_profiles()] == ["chinh-phu", "quoc-gia"]
    named = {message(f"trust.profile.{it.id}", "vi").what for it in trust_profiles()}
    assert len(named) == 2


@pytest.mark.parametrize("one", KNOWN, ids=lambda one: one.name)
def test_each_fingerprint_is_whole_and_its_source_is_explained_in_the_file(one: Published) -> None:
    assert re.fullmatch("[0-9a-f]{64}", one.sha256)
    (text,) = (
        text
        for text in (path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
        if one.sha256 in text
    )
    assert one.sources
    assert all(f"#   {source} " in text for source in one.sources)


def test_no_certificate_ships() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".toml"}
    assert "BEGIN CERT" not in "".join(it.read_text(encoding="utf-8") for it in FOLDER.iterdir())


@pytest.mark.parametrize("one", KNOWN, ids=lambda one: one.name)
def test_a_published_one_is_the_same(one: Published) -> None:
    found = compare(one.sha256, [one.name])
    assert (found.likeness, found.name) == (Likeness.SAME, one.name)


@pytest.mark.parametrize(
    "name",
    [
        G2,
        "ROOTCA CHUYÊN DÙNG CHÍNH PHỦ G2",
        "RootCA chuyen dung Chinh phu G2",
        " RootCA  chuyên-dùng Chính phủ G2.",
        "RооtCА chuyên dùng Chính phủ G2",  # Cyrillic о, о, А
        "RootCA chuye\u0302n du\u0300ng Chi\u0301nh phu\u0309 G2",
        "Root\u200bCA chuyên dùng Chính phủ G2",
    ],
)
def test_whoever_bears_a_published_name_only_claims_it(name: str) -> None:
    found = compare("0" * 64, ["Ban Cơ yếu Chính phủ", name])
    assert (found.likeness, found.profile, found.name) == (Likeness.DIFFERS, "chinh-phu", G2)


def test_of_any_other_nothing_is_known() -> None:
    assert compare("0" * 64, ["CA của một cơ quan"]).likeness is Likeness.UNKNOWN

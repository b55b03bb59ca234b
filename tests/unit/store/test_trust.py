"""Facts about the folder of authorities that were agreed to."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store.trust import TrustFolder
from signing.trust import TrustAnchors
from signing.trust_records import TrustNote
from tests.unit.signing.verification_world import root, stranger_root

SHA256 = hashlib.sha256(root().der).hexdigest()
NOTE = TrustNote("gốc.cer", datetime(2026, 11, 22, 9, 0, tzinfo=UTC), "an", "ab" * 32)


@pytest.fixture
def folder(tmp_path: Path) -> TrustFolder:
    made = TrustFolder(tmp_path)
    made.keep(SHA256, root().der, NOTE)
    return made


def counted(folder: TrustFolder) -> tuple[bytes, ...]:
    return TrustAnchors.load(folder.places()).anchors


def test_what_is_kept_counts_with_how_it_came_in(folder: TrustFolder, tmp_path: Path) -> None:
    assert counted(folder) == (root().der,)
    assert TrustFolder(tmp_path).note(SHA256) == NOTE


def test_what_is_disabled_does_not_count_until_it_is_enabled(folder: TrustFolder) -> None:
    assert folder.disable(SHA256)
    assert counted(folder) == ()
    assert not folder.disable(SHA256)
    assert folder.enable(SHA256)
    assert counted(folder) == (root().der,)
    assert folder.note(SHA256) == NOTE


def test_what_is_disabled_can_be_removed(folder: TrustFolder) -> None:
    folder.disable(SHA256)
    assert folder.remove(SHA256)
    assert not folder.enable(SHA256)
    assert folder.note(SHA256) is None


def test_other_bytes_under_an_agreed_fingerprint_count_for_nothing(folder: TrustFolder) -> None:
    (kept,) = folder.places()[0].iterdir()
    kept.write_bytes(stranger_root().der)
    assert counted(folder) == ()


def test_other_bytes_are_not_enabled(folder: TrustFolder) -> None:
    folder.disable(SHA256)
    (kept,) = folder.disabled.iterdir()
    kept.write_bytes(stranger_root().der)
    folder.enable(SHA256)
    assert counted(folder) == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"file": 1}', b"\xff"])
def test_a_damaged_note_hides_nothing(folder: TrustFolder, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "trust-notes" / f"{SHA256}.json").write_bytes(content)
    assert folder.note(SHA256) is None
    assert counted(folder) == (root().der,)


@pytest.mark.parametrize("name", ["../trust/x", "..", "", "a/b"])
def test_a_fingerprint_that_is_none_leads_to_no_other_file(folder: TrustFolder, name: str) -> None:
    assert not folder.remove(name)
    assert counted(folder) == (root().der,)


def test_a_store_that_nobody_has_used_counts_nothing(tmp_path: Path) -> None:
    assert TrustAnchors.load(TrustFolder(tmp_path).places()) == TrustAnchors(
        cache=tmp_path / "trust-cache"
    )

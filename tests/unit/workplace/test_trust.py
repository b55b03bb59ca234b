"""Facts about the trust store: what is agreed to is kept, a false claim is not, a list proves itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from app.errors import AppError
from app.settings import Settings
from app.workplace.trust import TrustDesk
from app.workplace.trust_records import Origin, findings
from signing import trust_listing
from signing.trust_profiles import TrustProfile
from signing.trust_records import Likeness, Match, OfferedAuthority, Published
from tests.unit.signing.verification_world import (
    NOW,
    Person,
    revocation_list,
    root,
    stranger_root,
)

PUBLISHED = "ab" * 32
CLAIM = Match(Likeness.DIFFERS, "chinh-phu", "RootCA chuyên dùng Chính phủ G2", PUBLISHED)


class Desk:
    """A trust store in its own folder, the settings naming what they are told to."""

    def __init__(self, folder: Path, *named: Path) -> None:
        self.folder = folder
        self.changes = 0
        settings = Settings(data=folder / "data", trust=named)
        self.desk = TrustDesk(settings, trust_listing, self._changed, lambda: NOW)

    def _changed(self) -> None:
        self.changes += 1

    def file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def offered(self, person: Person) -> OfferedAuthority:
        (one,) = self.desk.read(self.file("gốc.cer", person.der)).authorities
        return one

    def keep(self, person: Person) -> str:
        one = self.offered(person)
        self.desk.keep(one, "gốc.cer", one.authority.sha256)
        return one.authority.sha256

    def import_list(self, der: bytes) -> int:
        return len(self.desk.keep_lists(self.desk.read(self.file("a.crl", der)).lists))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def later(*, hours: int) -> bytes:
    """A list of the root that was issued hours after the usual one."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root().certificate.subject)
        .last_update(NOW + timedelta(hours=hours))
        .next_update(NOW + timedelta(days=7))
    )
    return builder.sign(root().key, hashes.SHA256()).public_bytes(Encoding.DER)


def refused(work: object) -> str:
    assert callable(work)
    with pytest.raises(AppError) as told:
        work()
    return told.value.code


def test_what_is_kept_is_what_was_agreed_to_with_when_and_whence(desk: Desk) -> None:
    sha256 = desk.keep(root())
    (row,) = desk.desk.store().authorities
    assert (row.authority.sha256, row.origin, row.is_enabled) == (sha256, Origin.ADDED, True)
    assert row.note is not None
    assert (row.note.file, row.note.added_at) == ("gốc.cer", NOW)
    assert desk.changes == 1


@pytest.mark.parametrize("kind", ["sha256", "sha1"])
def test_a_fingerprint_is_agreed_to_however_it_was_copied(desk: Desk, kind: str) -> None:
    one = desk.offered(root())
    text = getattr(one.authority, kind).upper()
    spaced = ":".join(text[at : at + 2] for at in range(0, len(text), 2))
    desk.desk.keep(one, "gốc.cer", f" {spaced}\n")
    assert len(desk.desk.store().authorities) == 1


@pytest.mark.parametrize("agreed", ["", "yes", "0" * 64])
def test_any_other_fingerprint_keeps_nothing(desk: Desk, agreed: str) -> None:
    one = desk.offered(root())
    assert refused(lambda: desk.desk.keep(one, "gốc.cer", agreed)) == "trust.not_confirmed"
    assert desk.desk.store().authorities == ()


@pytest.mark.parametrize("yes", [None, "", "yes", "0" * 64])
def test_who_bears_a_published_name_and_is_not_it_is_not_taken(desk: Desk, yes: str | None) -> None:
    one = desk.offered(root())
    claiming = replace(one, authority=replace(one.authority, match=CLAIM))
    code = refused(lambda: desk.desk.keep(claiming, "gốc.cer", one.authority.sha256, yes))
    assert code == "trust.not_as_published"
    assert desk.desk.store().authorities == ()


def test_a_yes_that_names_the_difference_takes_it_and_is_remembered(desk: Desk) -> None:
    one = desk.offered(root())
    claiming = replace(one, authority=replace(one.authority, match=CLAIM))
    desk.desk.keep(claiming, "gốc.cer", one.authority.sha256, PUBLISHED.upper())
    (row,) = desk.desk.store().authorities
    assert row.note is not None
    assert row.note.differs_from == PUBLISHED


def test_an_authority_is_disabled_and_enabled_without_being_removed(desk: Desk) -> None:
    sha256 = desk.keep(root())
    desk.desk.disable(sha256)
    (row,) = desk.desk.store().authorities
    assert (row.is_enabled, row.note is not None) == (False, True)
    assert refused(lambda: desk.desk.disable(sha256)) == "trust.is_disabled"
    desk.desk.enable(sha256)
    assert desk.desk.store().authorities[0].is_enabled
    assert refused(lambda: desk.desk.enable(sha256)) == "trust.is_enabled"
    desk.desk.remove(sha256)
    assert desk.desk.store().authorities == ()
    assert refused(lambda: desk.desk.remove(sha256)) == "trust.not_there"


def test_what_the_settings_name_is_not_changed_here(tmp_path: Path) -> None:
    named = tmp_path / "ca.cer"
    named.write_bytes(root().der)
    desk = Desk(tmp_path, named, tmp_path / "away.cer")
    store = desk.desk.store()
    assert [row.origin for row in store.authorities] == [Origin.SETTINGS]
    assert store.missing == (str(tmp_path / "away.cer"),)
    sha256 = store.authorities[0].authority.sha256
    for change in (desk.desk.disable, desk.desk.enable, desk.desk.remove):
        assert refused(lambda change=change: change(sha256)) == "trust.of_settings"


def test_a_list_is_kept_once_its_issuer_is_believed(desk: Desk) -> None:
    assert desk.import_list(revocation_list()) == 0
    desk.keep(root())
    assert desk.import_list(revocation_list()) == 1
    (kept,) = desk.desk.store().lists
    assert (kept.origin, kept.crl.is_proven, kept.is_late) == ("imported", True, False)


def test_an_older_list_does_not_take_a_newer_ones_place(desk: Desk) -> None:
    desk.keep(root())
    assert desk.import_list(later(hours=1)) == 1
    assert desk.import_list(revocation_list()) == 0
    assert desk.import_list(later(hours=2)) == 1
    (kept,) = desk.desk.store().lists
    assert kept.crl.this_update == NOW + timedelta(hours=2)


def test_a_forged_list_is_not_kept(desk: Desk) -> None:
    desk.keep(root())
    forged = bytearray(later(hours=3))
    forged[-1] ^= 1
    assert desk.import_list(bytes(forged)) == 0


def test_what_should_be_known_of_a_store_is_found(desk: Desk) -> None:
    def codes(at: datetime) -> list[str]:
        return [one.code for one in findings(desk.desk.store(), at)]

    assert codes(NOW) == ["trust.no_anchor"]
    desk.keep(root())
    desk.keep(stranger_root())
    assert codes(NOW) == []
    assert codes(datetime(2100, 1, 1, tzinfo=UTC)) == ["trust.expired"] * 2


def test_the_published_authorities_are_told_with_whether_the_store_holds_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = desk.keep(root())
    assert not any(one.is_held for one in desk.desk.store().published)
    mine = Published("Gốc", "root", sha256, "", "ca.example.vn/root.crt", ("TEST",))
    monkeypatch.setattr(
        "app.workplace.trust.trust_profiles", lambda: (TrustProfile("quoc-gia", (mine,)),)
    )
    assert [one.is_held for one in desk.desk.store().published] == [True]
    desk.desk.disable(sha256)
    assert [one.is_held for one in desk.desk.store().published] == [False]


def test_a_list_past_its_time_is_a_finding(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.keep(root())
    desk.import_list(revocation_list())
    late = TrustDesk(
        Settings(data=tmp_path / "data"), trust_listing, clock=lambda: NOW + timedelta(days=8)
    )
    assert [one.code for one in findings(late.store(), NOW)] == ["trust.list_late"]

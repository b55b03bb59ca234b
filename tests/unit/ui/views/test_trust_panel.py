"""Facts about the trust store in the window: what is in it, and how something comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.workplace.trust import TrustDesk
from signing import trust_listing
from signing.trust_records import Bundle, Likeness, Match
from tests.fakes.bridge import FakeBridge
from tests.fakes.workplace import FakeWorkplace
from tests.unit.signing.verification_world import (
    NOW,
    revocation_list,
    root,
    stranger_root,
)
from ui.theme import Tone
from ui.viewmodels.trust import TrustVm
from ui.views.base import Look
from ui.views.trust_panel import TrustPanel
from ui.views.trust_rows import grouped

PUBLISHED = "ab" * 32
SAME = Match(Likeness.SAME, "quoc-gia", "Vietnam National Root CA", PUBLISHED)
CLAIM = replace(SAME, likeness=Likeness.DIFFERS)


class Bed:
    """The panel over a store of its own, as of `NOW` and some days."""

    def __init__(self, folder: Path, look: Look, qtbot: QtBot) -> None:
        self.folder = folder
        self.days = 0
        self.match = Match(Likeness.UNKNOWN)
        named = self.file("settings.cer", stranger_root().der)
        reader = SimpleNamespace(
            list_store=trust_listing.list_store,
            prove_lists=trust_listing.prove_lists,
            read_bundle=self._read,
        )
        settings = Settings(data=folder / "data", trust=(named,))
        self.desk = TrustDesk(settings, reader, clock=self._now)
        bridge = FakeBridge(FakeWorkplace(trust=self.desk))
        self.panel = TrustPanel(TrustVm(bridge, self._now), look)
        qtbot.addWidget(self.panel)
        self.vm = self.panel.vm

    def file(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def choose(self, data: bytes = b"", match: Match | None = None) -> None:
        self.match = match or self.match
        self.vm.choose(self.file("roots.pem", data or root().der))

    def believe(self) -> None:
        self.choose()
        self.type(self.sha256)
        self.panel.offer.keep.click()

    def type(self, text: str) -> None:
        self.panel.offer.typed.setText(text)
        self.panel.offer.typed.textEdited.emit(text)

    @property
    def sha256(self) -> str:
        (one,) = trust_listing.read_bundle(self.file("one.cer", root().der), ()).authorities
        return one.authority.sha256

    def said(self) -> dict[str, str]:
        return {it.row.authority.name: it.word.text() for it in self.panel.rows.authorities}

    def _now(self) -> datetime:
        return NOW + timedelta(days=self.days)

    def _read(self, path: Path, places: tuple[Path, ...]) -> Bundle:
        bundle = trust_listing.read_bundle(path, places)
        offers = (
            replace(one, authority=replace(one.authority, match=self.match))
            for one in bundle.authorities
        )
        return replace(bundle, authorities=tuple(offers))


@pytest.fixture
def bed(tmp_path: Path, look: Look, qtbot: QtBot) -> Bed:
    return Bed(tmp_path, look, qtbot)


def test_each_authority_says_its_state_and_only_what_was_added_here_can_be_changed(
    bed: Bed,
) -> None:
    bed.vm.begin()
    bed.believe()
    assert set(bed.said().values()) == {"Trusted"}
    changeable = {
        row.row.authority.name: row.remove.isVisibleTo(row) for row in bed.panel.rows.authorities
    }
    assert changeable == {
        "Tổ chức chứng thực lạ": False,
        "Tổ chức chứng thực thử nghiệm": True,
    }


@pytest.mark.parametrize("kind", ["sha256", "sha1"])
def test_a_certificate_is_kept_once_its_published_fingerprint_was_given(
    bed: Bed, kind: str
) -> None:
    bed.choose()
    offer = bed.vm.state.offer
    assert offer is not None
    assert grouped(bed.sha256) in bed.panel.offer.sha256.text()
    assert not bed.panel.offer.keep.isEnabled()
    bed.type("0" * 64)
    assert not bed.panel.offer.keep.isEnabled()
    assert bed.panel.offer.compared.text() == "It is not this certificate's fingerprint."
    bed.type(grouped(getattr(offer.offered.authority, kind)))
    assert bed.panel.offer.compared.text() == "It is this certificate's fingerprint."
    bed.panel.offer.keep.click()
    assert len(bed.said()) == 2
    assert bed.vm.state.offer is None


def test_one_that_is_the_same_as_published_needs_a_yes_alone(bed: Bed) -> None:
    bed.choose(match=SAME)
    assert not bed.panel.offer.typed.isVisibleTo(bed.panel)
    assert "Vietnam National Root CA" in bed.panel.offer.match.text()
    bed.panel.offer.keep.click()
    assert len(bed.said()) == 2


def test_one_that_only_claims_it_is_kept_after_a_yes_to_the_difference(bed: Bed) -> None:
    bed.choose(match=CLAIM)
    bed.type(bed.sha256)
    assert grouped(PUBLISHED) in bed.panel.offer.warning.means.text()
    assert not bed.panel.offer.keep.isEnabled()
    bed.panel.offer.accepts.click()
    bed.panel.offer.keep.click()
    (row,) = (row for row in bed.desk.store().authorities if row.note is not None)
    assert row.note is not None
    assert row.note.differs_from == PUBLISHED


def test_the_yes_to_one_difference_is_none_to_the_next(bed: Bed) -> None:
    bed.choose(root().pem + stranger_root().pem, CLAIM)
    bed.panel.offer.accepts.click()
    bed.panel.offer.skip.click()
    assert not bed.panel.offer.accepts.isChecked()
    assert bed.panel.offer.typed.text() == ""


def test_what_is_left_out_is_not_kept(bed: Bed) -> None:
    bed.choose()
    bed.panel.offer.skip.click()
    assert bed.vm.state.offer is None
    assert len(bed.said()) == 1


def test_a_file_that_holds_nothing_is_refused_in_words(bed: Bed) -> None:
    bed.choose(b"no certificate")
    assert "roots.pem" in bed.panel.problem.what.text()
    assert bed.panel.add.isEnabled()


def test_an_authority_is_disabled_enabled_and_removed(bed: Bed) -> None:
    bed.believe()
    name = "Tổ chức chứng thực thử nghiệm"

    def press(button: str) -> None:
        (row,) = (it for it in bed.panel.rows.authorities if it.row.authority.name == name)
        getattr(row, button).click()

    press("switch")
    assert bed.said()[name] == "Disabled"
    press("switch")
    assert bed.said()[name] == "Trusted"
    press("remove")
    assert name not in bed.said()


def test_a_list_comes_in_without_a_yes_and_says_its_age(bed: Bed) -> None:
    bed.believe()
    bed.choose(revocation_list())
    (row,) = bed.panel.rows.lists
    assert row.word.text() == "Current"
    assert "(0 days old)" in row.accessibleName()


def test_a_list_past_its_time_is_warned_of(bed: Bed) -> None:
    bed.believe()
    bed.choose(revocation_list())
    bed.days = 8
    bed.vm.begin()
    (row,) = bed.panel.rows.lists
    assert row.word.text() == "Past its time"
    assert row.word.property("tone") == Tone.WARN
    assert [one.code for one in bed.vm.state.findings] == ["trust.list_late"]


def test_a_list_of_a_stranger_is_not_kept_and_said(bed: Bed) -> None:
    bed.choose(revocation_list())
    assert bed.panel.rows.lists == []
    assert "Tổ chức chứng thực thử nghiệm" in bed.panel.problem.what.text()


def test_what_was_published_stands_below_with_its_address(bed: Bed) -> None:
    bed.vm.begin()
    told = {row.known.published.name: row for row in bed.panel.rows.published}
    assert len(told) == 6
    national = told["Vietnam National Root CA"]
    assert national.word.text() == "not in the store"
    assert "rootca.gov.vn" in national.accessibleName()


def test_it_speaks_the_language_that_is_chosen(bed: Bed, look: Look) -> None:
    bed.believe()
    look.words.choose("vi")
    bed.panel.retranslate()
    assert set(bed.said().values()) == {"Đang tin"}

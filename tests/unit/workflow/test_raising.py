"""Facts about raising a signature's level before it is sent: never twice signed, never other bytes under one key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.delivering import deliver, deliver_unfinished, send, sign_and_keep
from app.workflow.office import Office
from app.workflow.plan import Work, WorkState
from app.workflow.raising import wanted_level
from app.workflow.sign_draft import open_draft, plan_draft, sign_draft
from signing.errors import SigningError
from signing.terms import PadesLevel
from tests.fakes.desk import Desk, desk_of, profile
from tests.fakes.engines import DRAFT, FakeServices, levels_in, signatures_in
from tests.fakes.records import certificate


@dataclass
class Raising:
    """A desk whose office publishes at B-LT, and its services."""

    desk: Desk
    office: Office
    services: FakeServices

    def signed(self) -> Work:
        draft = open_draft(self.office, "d1")
        return sign_and_keep(self.office, plan_draft(self.office, draft, certificate())[0])[0]


@pytest.fixture
def raising(tmp_path: Path) -> Raising:
    rules = profile()
    publish = rules.publish.model_copy(update={"level": "B-LT"})
    desk = desk_of(tmp_path, rules=rules.model_copy(update={"publish": publish}))
    services = FakeServices()
    bench = replace(desk.bench, services=services)
    return Raising(desk, replace(desk.office, bench=bench), services)


def test_a_signature_is_uploaded_at_the_level_for_publishing(raising: Raising) -> None:
    draft = open_draft(raising.office, "d1")
    plan, _ = plan_draft(raising.office, draft, certificate())
    done = sign_draft(raising.office, draft, plan)
    assert levels_in(raising.desk.server.content) == [PadesLevel.B_LT]
    assert (done.level, len(raising.desk.server.uploads)) == ("B-LT", 1)
    assert raising.desk.server.content.startswith(DRAFT)
    assert len(raising.desk.token.made) == 1


def test_the_higher_of_the_machines_and_the_offices_level_is_wanted(raising: Raising) -> None:
    bench = raising.office.bench
    assert wanted_level(bench) is PadesLevel.B_LT
    assert wanted_level(replace(bench, level=PadesLevel.B_LTA)) is PadesLevel.B_LTA
    assert wanted_level(replace(bench, level=PadesLevel.B_T)) is PadesLevel.B_LT


def test_without_the_services_it_is_uploaded_as_it_is_and_that_is_told(raising: Raising) -> None:
    raising.services.refuse = SigningError("extend.no_services", reason="timestamp.unreachable")
    work, notes = send(raising.office, raising.signed())
    assert work.state is WorkState.ACCEPTED
    assert levels_in(raising.desk.server.content) == [PadesLevel.B_B]
    assert notes == ("timestamp.unreachable", "extend.below")


def test_a_services_process_that_dies_costs_the_level_and_not_the_upload(
    raising: Raising, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise AppError("worker.died", worker="services")

    monkeypatch.setattr(raising.services, "extend", die)
    work, notes = send(raising.office, raising.signed())
    assert (work.state, notes) == (WorkState.ACCEPTED, ("worker.died", "extend.below"))


def test_who_gave_no_time_stamp_is_not_asked_again_at_once(raising: Raising) -> None:
    work, notes = send(raising.office, raising.signed(), ("timestamp.missing",))
    assert (work.state, notes) == (WorkState.ACCEPTED, ())
    assert raising.services.made == []


@pytest.mark.parametrize("code", ["server.unreachable", "server.timeout", "server.sign_in_again"])
def test_what_is_signed_while_the_server_is_away_is_extended_when_it_is_back(
    raising: Raising, code: str
) -> None:
    work = raising.signed()
    raising.desk.server.refuse("document", code)
    with pytest.raises(AppError, match=code):
        deliver(raising.office, work)
    assert raising.services.made == []
    (done,) = deliver_unfinished(raising.office)
    assert (done.state, done.level) == (WorkState.ACCEPTED, "B-LT")


def test_the_same_bytes_go_again_where_the_answer_was_lost(raising: Raising) -> None:
    raising.services.refuse = SigningError("extend.no_services", reason="timestamp.unreachable")
    raising.desk.server.refuse("upload", "server.timeout")
    work = raising.signed()
    with pytest.raises(AppError, match=r"server\.timeout"):
        deliver(raising.office, work)
    # They are back, but the server may hold the file as it was sent.
    raising.services.refuse = None
    (done,) = deliver_unfinished(raising.office)
    assert raising.services.made == []
    assert done.signed_sha256 == work.signed_sha256


def test_an_extended_file_goes_again_as_it_was_extended(raising: Raising) -> None:
    raising.desk.server.refuse("upload", "server.timeout")
    with pytest.raises(AppError, match=r"server\.timeout"):
        deliver(raising.office, raising.signed())
    (kept,) = raising.desk.journal.unfinished()
    assert (kept.state, kept.is_sending) == (WorkState.EXTENDED, True)
    (done,) = deliver_unfinished(raising.office)
    assert done.signed_sha256 == kept.signed_sha256
    assert len(raising.services.made) == 1


def test_nothing_is_extended_for_a_server_that_will_not_take_it(raising: Raising) -> None:
    work = raising.signed()
    paper = raising.desk.server.paper
    theirs = replace(paper.main_file, sha256="f" * 64)
    raising.desk.server.paper = replace(paper, files=(theirs,))
    with pytest.raises(AppError, match=r"server\.conflict"):
        deliver(raising.office, work)
    assert raising.services.made == []
    assert raising.desk.journal.works[0].state is WorkState.DROPPED


def test_a_signature_that_was_broken_by_the_extension_is_sent_without_it(
    raising: Raising, monkeypatch: pytest.MonkeyPatch
) -> None:
    extend = raising.services.extend

    def forget(base: Path, out: Path, request: object) -> object:
        made = extend(base, out, request)  # type: ignore[arg-type]
        out.write_bytes(DRAFT)
        return made

    monkeypatch.setattr(raising.services, "extend", forget)
    work, notes = send(raising.office, raising.signed())
    assert work.state is WorkState.ACCEPTED
    assert "extend.broke_signature" in notes
    assert len(signatures_in(raising.desk.server.content)) == 1

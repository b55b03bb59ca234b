"""Facts about the clerk's work: one number, one seal, one publication, whatever is repeated."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.demo.drafts import sample_incoming
from app.demo.people import AGENCY_SEAL, CLERK
from app.errors import AppError
from app.workflow.dates import signing_date
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Arrival
from app.workflow.incoming import Registered, register
from app.workflow.issue import issue, take_number
from app.workflow.office import Office
from app.workflow.routing import pass_on, send_back
from signing.terms import Verdict
from tests.integration.workflow.world import World

LATE = datetime(2026, 11, 22, 16, 59, 30, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 11, 22, 17, 0, 30, tzinfo=UTC)
ARRIVAL = Arrival("Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18))


def at(desk: Office, moment: datetime) -> Office:
    return replace(desk, bench=replace(desk.bench, clock=lambda: moment))


def with_date_rule(desk: Office, rule: str) -> Office:
    profile = desk.bench.profile
    publish = profile.publish.model_copy(update={"date": rule})
    changed = profile.model_copy(update={"publish": publish})
    return replace(desk, bench=replace(desk.bench, profile=changed))


def _day_of_the_leader(world: World, desk: Office, document_id: str) -> date:
    path = world.demo.store.content_path(document_id, "f1")
    day = signing_date(desk.bench.judge.verify(path).result().signatures[0])
    assert day is not None
    return day


def incoming(world: World, name: str = "den.pdf") -> Path:
    path = world.folder / name
    sample_incoming()[0].file.build(path)
    return path


def test_an_issued_document_has_its_number_its_seal_and_its_attachments_sealed(
    world: World,
) -> None:
    document_id = world.to_issue("cong-van-phu-luc")
    with world.desk(CLERK) as desk:
        issued = world.issue(desk, document_id)
        reports = [
            desk.bench.judge.verify(world.demo.store.content_path(document_id, file_id)).result()
            for file_id in ("f1", "f2")
        ]
    paper = world.demo.store.document(document_id)
    assert (paper.state, paper.number) == ("published", issued.numbering.text)
    assert [[item.field for item in report.signatures] for report in reports] == [
        ["LanhDao", "ConDau"],
        ["VanBanKemTheo"],
    ]
    assert {report.verdict for report in reports} == {Verdict.VALID}


def test_a_number_asked_for_twice_is_one_number(world: World) -> None:
    document_id = world.to_issue()
    with world.desk(CLERK) as desk:
        document = desk.server.document(document_id)
        first = take_number(desk, document, date(2026, 11, 22))
        assert take_number(desk, document, date(2026, 11, 22)) == first
    with world.desk(CLERK, world.folder / "another-machine") as desk:
        assert take_number(desk, document, date(2026, 11, 22)) == first
        other = desk.server.document(world.to_issue())
        assert take_number(desk, other, date(2026, 11, 22)).value == first.value + 1


def test_a_number_whose_answer_was_lost_is_not_taken_again(world: World) -> None:
    document_id = world.to_issue()
    world.lose_answers("/number")
    with world.desk(CLERK) as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            world.issue(desk, document_id)
        taken = world.demo.store.document(document_id).number
        issued = world.issue(desk, document_id)
    assert taken == issued.numbering.text


def test_issuing_twice_changes_nothing(world: World) -> None:
    document_id = world.to_issue()
    with world.desk(CLERK) as desk:
        first = world.issue(desk, document_id)
        before = world.demo.store.document(document_id)
        with pytest.raises(AppError, match=r"server\.conflict"):
            world.issue(desk, document_id)
    assert world.demo.store.document(document_id) == before
    assert before.number == first.numbering.text
    assert world.main_revision(document_id) == 2


def test_a_seal_made_before_midnight_keeps_its_date_when_it_is_sent_after(world: World) -> None:
    document_id = world.to_issue()
    agency = world.certificate(AGENCY_SEAL.key)
    world.break_calls("/forward")
    with world.desk(CLERK) as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            issue(at(desk, LATE), document_id, agency)
        issued = issue(at(desk, AFTER_MIDNIGHT), document_id, agency)
    assert issued.numbering.issue_date == date(2026, 11, 22)
    assert world.demo.store.document(document_id).issue_date == date(2026, 11, 22)
    assert world.main_revision(document_id) == 2


def test_under_a_strict_rule_a_document_signed_yesterday_takes_no_number(world: World) -> None:
    document_id = world.to_issue()
    agency = world.certificate(AGENCY_SEAL.key)
    with world.desk(CLERK) as desk:
        office = with_date_rule(desk, "strict")
        day = _day_of_the_leader(world, desk, document_id)
        tomorrow = datetime.combine(day + timedelta(days=1), time(8), VIETNAM)
        with pytest.raises(AppError, match=r"workflow\.leader_date_differs"):
            issue(at(office, tomorrow), document_id, agency)
    assert world.demo.store.document(document_id).number is None


@pytest.mark.parametrize("rule", ["warn", "strict"])
def test_a_seal_made_before_midnight_and_not_sent_is_sent_after_with_its_date(
    world: World, rule: str
) -> None:
    document_id = world.to_issue()
    agency = world.certificate(AGENCY_SEAL.key)
    with world.desk(CLERK) as desk:
        office = with_date_rule(desk, rule)
        day = _day_of_the_leader(world, desk, document_id)
        late = datetime.combine(day, time(23, 59, 30), VIETNAM)
        world.break_calls("/revisions")
        with pytest.raises(AppError):
            issue(at(office, late), document_id, agency)
        issued = issue(at(office, late + timedelta(minutes=1)), document_id, agency)
    assert issued.numbering.issue_date == day
    paper = world.demo.store.document(document_id)
    assert (paper.state, paper.issue_date) == ("published", day)
    assert world.main_revision(document_id) == 2


def test_a_document_returned_with_a_reason_says_why(world: World) -> None:
    document_id = world.to_issue()
    with world.desk(CLERK) as desk:
        returned = send_back(desk, document_id, "  Sai thể thức trình bày  ")
    assert returned.state == "returned"
    assert (returned.history[-1].action, returned.history[-1].comment) == (
        "return",
        "Sai thể thức trình bày",
    )


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_document_is_not_returned_without_a_reason(world: World, reason: str) -> None:
    document_id = world.to_issue()
    with (
        world.desk(CLERK) as desk,
        pytest.raises(AppError, match=r"workflow\.reason_missing"),
    ):
        send_back(desk, document_id, reason)
    assert world.demo.store.document(document_id).state == "to_issue"


def test_a_return_whose_answer_was_lost_happens_once(world: World) -> None:
    document_id = world.to_issue()
    world.lose_answers("/return")
    with world.desk(CLERK) as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            send_back(desk, document_id, "Sai thể thức")
        returned = send_back(desk, document_id, "Sai thể thức")
    assert [step.action for step in returned.history].count("return") == 1


def registered(world: World, desk: Office, file: Path) -> Registered:
    shown = hashlib.sha256(file.read_bytes()).hexdigest()
    return register(desk, file, ARRIVAL, world.certificate(AGENCY_SEAL.key), shown_sha256=shown)


def test_an_incoming_document_is_registered_signed_and_passed_on(world: World) -> None:
    with world.desk(CLERK) as desk:
        came = registered(world, desk, incoming(world))
        document = pass_on(desk, came.document.document_id)
        path = world.demo.store.content_path(document.document_id, "f1")
        report = desk.bench.judge.verify(path).result()
    assert document.state == "received"
    assert report.verdict is Verdict.VALID
    assert report.signatures[-1].field == "VanBanDen"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == came.stored_sha256


def test_the_same_bytes_are_registered_once(world: World) -> None:
    before = len(world.demo.store.documents())
    file = incoming(world)
    world.lose_answers("/incoming")
    with world.desk(CLERK) as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            registered(world, desk, file)
        first = registered(world, desk, file)
        again = registered(world, desk, file)
    assert len(world.demo.store.documents()) == before + 1
    assert (first.numbering, first.stored_sha256) == (again.numbering, again.stored_sha256)
    assert world.main_revision(first.document.document_id) == 1


def test_an_incoming_file_that_was_changed_after_signing_is_not_registered(world: World) -> None:
    document_id = world.to_issue()
    content = world.content(document_id)
    forged = world.folder / "forged.pdf"
    forged.write_bytes(content.replace(b"%%EOF", b"%%FOE", 1))
    before = len(world.demo.store.documents())
    with (
        world.desk(CLERK) as desk,
        pytest.raises(AppError, match=r"workflow\.incoming_invalid"),
    ):
        registered(world, desk, forged)
    assert len(world.demo.store.documents()) == before
    assert world.faults.seen("/incoming") == ()


def test_two_clerks_with_one_document_seal_it_once(world: World) -> None:
    document_id = world.to_issue()
    with world.desk(CLERK) as first, world.desk(CLERK, world.folder / "second") as second:
        agency = world.certificate(AGENCY_SEAL.key)
        world.break_calls("/forward")
        with pytest.raises(AppError):
            issue(first, document_id, agency)
        with pytest.raises(AppError):
            issue(second, document_id, agency)
        assert deliver_unfinished(second) == ()
        issue(first, document_id, agency)
    assert world.main_revision(document_id) == 2
    assert world.demo.store.document(document_id).state == "published"

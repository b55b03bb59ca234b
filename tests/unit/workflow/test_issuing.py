"""Facts about issuing: what is told to the server, and what a day that goes on after midnight keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.issue import issue, my_seal, take_number
from app.workflow.sign_draft import open_draft, plan_draft, sign_draft
from signing.terms import Verdict
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import signatures_in
from tests.fakes.records import AGENCY_CERTIFICATE, certificate

AFTER_MIDNIGHT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A clerk's desk with a document that its leader has signed."""
    made = desk_of(tmp_path)
    draft = open_draft(made.office, "d1")
    sign_draft(made.office, draft, plan_draft(made.office, draft, certificate())[0])
    made.server.moves.clear()
    return made


def test_the_seal_locks_number_and_date_and_the_document_is_published(desk: Desk) -> None:
    issued = issue(desk.office, "d1", AGENCY_CERTIFICATE)
    assert signatures_in(desk.server.content)[-1]["fill"] == {
        "VT_SO": "01",
        "VT_NGAY": "22",
        "VT_THANG": "11",
        "VT_NAM": "2026",
    }
    assert (issued.numbering.text, issued.notes) == ("01", ())
    assert desk.server.moves == [("publish", None)]


def test_the_reason_for_sealing_an_undetermined_signature_is_recorded(desk: Desk) -> None:
    desk.judge.verdicts["LanhDao"] = Verdict.UNDETERMINED
    issued = issue(desk.office, "d1", AGENCY_CERTIFICATE, undetermined_reason="đã gọi xác nhận")
    assert "workflow.sealed_with_reason" in issued.notes
    assert desk.server.moves == [("publish", "đã gọi xác nhận")]


def test_a_reason_that_was_not_needed_is_not_recorded(desk: Desk) -> None:
    issue(desk.office, "d1", AGENCY_CERTIFICATE, undetermined_reason="phòng xa")
    assert desk.server.moves == [("publish", None)]


def test_no_number_is_taken_for_a_document_that_may_not_be_sealed(desk: Desk) -> None:
    desk.judge.verdicts["LanhDao"] = Verdict.INVALID
    with pytest.raises(AppError, match=r"workflow\.leader_signature_invalid"):
        issue(desk.office, "d1", AGENCY_CERTIFICATE)
    assert desk.server.numbers == 0


def test_a_certificate_that_is_not_the_agencys_takes_no_number(desk: Desk) -> None:
    with pytest.raises(AppError, match=r"workflow\.not_the_agency"):
        issue(desk.office, "d1", certificate())
    assert desk.server.numbers == 0


def test_a_number_that_was_taken_is_no_seal_yet(desk: Desk) -> None:
    take_number(desk.office, desk.server.paper, TODAY)
    assert my_seal(desk.office, desk.server.paper) is None


@pytest.mark.parametrize("call", ["upload", "forward"])
def test_issuing_that_goes_on_after_midnight_keeps_the_date_of_the_seal(
    desk: Desk, call: str
) -> None:
    desk.server.refuse(call, "server.unreachable")
    with pytest.raises(AppError, match=r"server\.unreachable"):
        issue(desk.office, "d1", AGENCY_CERTIFICATE)
    tomorrow = replace(desk.bench, clock=lambda: AFTER_MIDNIGHT)
    issued = issue(replace(desk.office, bench=tomorrow), "d1", AGENCY_CERTIFICATE)
    assert issued.numbering.issue_date == desk.server.paper.issue_date == TODAY
    assert len(signatures_in(desk.server.content)) == 2


def test_a_number_that_is_not_written_as_the_decree_says_is_refused(desk: Desk) -> None:
    desk.server._numbers[desk.journal.key_for("number", "d1")] = replace(
        take_number(desk.office, desk.server.paper, TODAY), text="1"
    )
    with pytest.raises(AppError, match=r"server\.garbage"):
        take_number(desk.office, desk.server.paper, TODAY)

"""The register: gapless, one number a document, none taken twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from app.demo.office.faults import Fault, FaultKind
from app.errors import AppError
from app.workflow.documents import Numbering
from tests.integration.server.conftest import Running, new_key

DAY = date(2026, 11, 22)


def _take(
    office: Running,
    document_id: str,
    *,
    key: str | None = None,
    day: date = DAY,
    symbol: str = "STP-VP",
) -> Numbering:
    return office.client("vanthu").take_number(
        document_id, symbol=symbol, issue_date=day, idempotency_key=key or new_key()
    )


def test_a_number_below_ten_has_a_leading_zero(office: Running) -> None:
    number = _take(office, office.to_issue())
    assert (number.value, number.text, number.symbol, number.issue_date) == (1, "01", "STP-VP", DAY)


def test_a_number_asked_for_twice_is_one_number(office: Running) -> None:
    document_id, key = office.to_issue(), new_key()
    assert _take(office, document_id, key=key) == _take(office, document_id, key=key)
    assert _take(office, office.to_issue()).value == 2


def test_a_number_whose_answer_was_lost_is_not_burned(office: Running) -> None:
    document_id, key = office.to_issue(), new_key()
    office.faults.add(Fault(FaultKind.LOSE_ANSWER, "/number"))
    with pytest.raises(AppError):
        _take(office, document_id, key=key)
    assert _take(office, document_id, key=key).value == 1
    assert _take(office, office.to_issue()).value == 2


def test_a_document_gets_its_own_number_again(office: Running) -> None:
    document_id = office.to_issue()
    first = _take(office, document_id)
    _take(office, office.to_issue())
    assert _take(office, document_id) == first


def test_a_returned_document_keeps_its_number(office: Running) -> None:
    document_id, clerk = office.to_issue(), office.client("vanthu")
    _take(office, document_id)
    etag = clerk.document(document_id).etag
    clerk.send_back(document_id, reason="Sai ngày", etag=etag, idempotency_key=new_key())
    office.forward(office.client("chuyenvien"), document_id, "pass_on")
    assert clerk.document(document_id).number == "01"
    assert _take(office, document_id, day=date(2026, 11, 23)).issue_date == date(2026, 11, 23)
    assert _take(office, office.to_issue()).value == 2


def test_the_key_of_a_number_is_good_for_another_day(office: Running) -> None:
    document_id, key = office.to_issue(), new_key()
    _take(office, document_id, key=key)
    later = _take(office, document_id, key=key, day=date(2026, 11, 24))
    assert (later.value, later.issue_date) == (1, date(2026, 11, 24))


def test_eight_clerks_at_once_leave_no_gap(office: Running) -> None:
    documents = [office.to_issue() for _ in range(8)]
    clerks = [office.client("vanthu") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            pool.submit(
                clerk.take_number,
                document_id,
                symbol="STP-VP",
                issue_date=DAY,
                idempotency_key=f"luc-{document_id}",
            )
            for clerk, document_id in zip(clerks * 3, documents * 3, strict=True)
        ]
        values = [job.result().value for job in jobs]
    assert sorted(set(values)) == list(range(1, 9))
    assert len(values) == 24


def test_every_year_begins_with_one(office: Running) -> None:
    _take(office, office.to_issue())
    assert _take(office, office.to_issue(), day=date(2027, 1, 4)).text == "01"


def test_every_register_has_a_sequence_of_its_own(office: Running) -> None:
    _take(office, office.to_issue())
    assert _take(office, office.to_issue(register="qd"), symbol="QĐ-STP").value == 1


def test_a_number_and_symbol_in_use_are_refused(office: Running) -> None:
    _take(office, office.to_issue())
    with pytest.raises(AppError) as told:
        _take(office, office.to_issue(register="qd"))
    assert told.value.code == "server.number_duplicate"
    assert told.value.params["detail"] == "01/STP-VP"


def test_the_document_shows_its_number(office: Running) -> None:
    document_id = office.to_issue()
    _take(office, document_id)
    found = office.client("vanthu").document(document_id)
    assert (found.number, found.symbol, found.issue_date) == ("01", "STP-VP", DAY)


def test_a_leader_takes_no_number(office: Running) -> None:
    with pytest.raises(AppError) as told:
        office.client("giamdoc").take_number(
            office.draft(), symbol="STP-VP", issue_date=DAY, idempotency_key=new_key()
        )
    assert told.value.code == "server.action_refused"


def test_a_number_needs_a_symbol(office: Running) -> None:
    with pytest.raises(AppError) as told:
        _take(office, office.to_issue(), symbol=" ")
    assert told.value.code == "server.invalid"

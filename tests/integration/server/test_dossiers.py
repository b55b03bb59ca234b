"""A one-stop dossier's code, receipt and deadline state over the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.demo.office.records import NewDocument, NewFile, Seat
from app.workflow.documents import DeadlineState, Queue
from tests.integration.server.conftest import Running

DUE = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
RESULT = NewDocument(
    abstract="Kết quả giải quyết hồ sơ",
    kind_name="Quyết định",
    symbol="QĐ-STP",
    files=(),
    signers=(Seat("giamdoc", "GIÁM ĐỐC"),),
    deadline=DUE,
    dossier_code="H62.18-261116-0004",
    receipt_number="BN-0004/2026",
)


def _result(office: Running) -> str:
    path = office.folder / "result.pdf"
    path.write_bytes(b"%PDF-1.7 result")
    return office.store.add_document(replace(RESULT, files=(NewFile(path, "ket-qua.pdf"),)))


def test_a_dossiers_code_and_receipt_come_with_its_result(office: Running) -> None:
    found = office.client("giamdoc").document(_result(office))
    assert (found.dossier_code, found.receipt_number) == ("H62.18-261116-0004", "BN-0004/2026")


@pytest.mark.parametrize(
    ("seconds", "state"),
    [
        (0, DeadlineState.EARLY),
        (86_400, DeadlineState.ON_TIME),
        (2 * 86_400, DeadlineState.OVERDUE),
    ],
)
def test_document_and_task_say_how_the_dossier_stands(
    office: Running, seconds: int, state: DeadlineState
) -> None:
    document_id = _result(office)
    office.watch.pass_time(seconds)
    server = office.client("giamdoc")
    (task,) = server.tasks(Queue.TO_SIGN).changed
    assert (server.document(document_id).deadline_state, task.deadline_state) == (state, state)
    assert task.dossier_code == "H62.18-261116-0004"


def test_what_is_no_dossier_has_no_state(office: Running) -> None:
    found = office.client("giamdoc").document(office.draft())
    assert (found.dossier_code, found.receipt_number, found.deadline_state) == (None, None, None)

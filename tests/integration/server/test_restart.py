"""The office outlives its process."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.demo.office.grants import GrantRefusedError, Grants
from app.server.sign_in import session_from_refresh_token
from app.workflow.documents import Queue
from tests.integration.server.conftest import DRAFT, Running, Watch, new_key, opened


def test_a_restart_keeps_documents_files_and_queues(tmp_path: Path) -> None:
    with opened(tmp_path, Watch()) as office:
        document_id = office.draft()
        office.sign(office.client("giamdoc"), document_id, "personal")
        before = office.client("giamdoc").document(document_id)
    with opened(tmp_path, Watch()) as office:
        server = office.client("giamdoc")
        assert server.document(document_id) == before
        path = server.download(document_id, before.main_file, tmp_path / "again.pdf")
        assert path.read_bytes().startswith(DRAFT)
        assert [task.document_id for task in server.tasks(Queue.TO_SIGN).changed] == [document_id]


def test_a_restart_keeps_cursors(tmp_path: Path) -> None:
    with opened(tmp_path, Watch()) as office:
        office.draft()
        cursor = office.client("giamdoc").tasks(Queue.TO_SIGN).cursor
    with opened(tmp_path, Watch()) as office:
        new = office.draft()
        page = office.client("giamdoc").tasks(Queue.TO_SIGN, cursor)
        assert [task.document_id for task in page.changed] == [new]


def test_a_restart_burns_no_number_and_repeats_answers(tmp_path: Path) -> None:
    day, key = date(2026, 11, 22), new_key()
    with opened(tmp_path, Watch()) as office:
        document_id = office.to_issue()
        first = office.client("vanthu").take_number(
            document_id, symbol="STP-VP", issue_date=day, idempotency_key=key
        )
    with opened(tmp_path, Watch()) as office:
        clerk = office.client("vanthu")
        again = clerk.take_number(document_id, symbol="STP-VP", issue_date=day, idempotency_key=key)
        other = clerk.take_number(
            office.to_issue(), symbol="STP-VP", issue_date=day, idempotency_key=new_key()
        )
    assert (first, other.value) == (again, 2)


def test_a_restart_signs_nobody_out(tmp_path: Path) -> None:
    with opened(tmp_path, Watch()) as office:
        refresh_token = office.refresh_token("vanthu")
    with opened(tmp_path, Watch()) as office:
        session = session_from_refresh_token(office.address, refresh_token)
        assert session.person.user_id == "vanthu"
        session.server.close()


def test_no_token_is_stored_in_the_clear(office: Running) -> None:
    issued = Grants(office.store).grant("vanthu")
    stored = b"".join(
        path.read_bytes() for path in (office.folder / "office").glob("office.sqlite3*")
    )
    assert issued.access_token.encode() not in stored
    assert issued.refresh_token.encode() not in stored
    with pytest.raises(GrantRefusedError):
        Grants(office.store).refresh(issued.access_token)

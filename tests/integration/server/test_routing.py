"""The way of a document through the office."""

from __future__ import annotations

import pytest

from app.errors import AppError
from app.workflow.documents import PageMark, Queue, Secrecy
from tests.integration.server.conftest import Running, new_key


def _queue(office: Running, user_id: str, queue: Queue) -> list[str]:
    return [task.document_id for task in office.client(user_id).tasks(queue).changed]


def _refused(office: Running, user_id: str, document_id: str, action: str) -> AppError:
    with pytest.raises(AppError) as told:
        office.forward(office.client(user_id), document_id, action)
    return told.value


def _send_back(
    office: Running, user_id: str, document_id: str, reason: str = "Sai thể thức"
) -> str:
    server = office.client(user_id)
    etag = server.document(document_id).etag
    return server.send_back(document_id, reason=reason, etag=etag, idempotency_key=new_key()).state


def test_a_draft_goes_from_initials_over_two_leaders_to_the_clerks(office: Running) -> None:
    document_id = office.draft(initiallers=("chanhvp",), signers=("phogiamdoc", "giamdoc"))
    assert _queue(office, "chanhvp", Queue.TO_INITIAL) == [document_id]
    office.sign(office.client("chanhvp"), document_id, "initial")
    assert office.forward(office.client("chanhvp"), document_id, "pass_on") == "to_sign"
    office.sign(office.client("phogiamdoc"), document_id, "personal")
    assert _queue(office, "phogiamdoc", Queue.TO_SIGN) == []
    assert _queue(office, "giamdoc", Queue.TO_SIGN) == [document_id]
    office.sign(office.client("giamdoc"), document_id, "personal")
    assert office.forward(office.client("giamdoc"), document_id, "to_clerk") == "to_issue"
    assert _queue(office, "vanthu", Queue.TO_ISSUE) == [document_id]
    assert _queue(office, "vanthu2", Queue.TO_ISSUE) == [document_id]


def test_an_initialler_may_pass_on_without_signing(office: Running) -> None:
    document_id = office.draft(initiallers=("chanhvp",))
    assert office.forward(office.client("chanhvp"), document_id, "approve") == "to_sign"


def test_an_unsigned_draft_does_not_reach_the_clerks(office: Running) -> None:
    assert (
        _refused(office, "giamdoc", office.draft(), "to_clerk").code == "server.signature_missing"
    )


def test_nothing_is_published_without_a_seal(office: Running) -> None:
    document_id = office.to_issue()
    office.sign(office.client("vanthu"), document_id, "number")
    assert _refused(office, "vanthu", document_id, "publish").code == "server.signature_missing"


def test_nothing_is_published_while_an_attachment_is_not_sealed(office: Running) -> None:
    document_id = office.to_issue(attachments=2)
    clerk = office.client("vanthu")
    office.sign(clerk, document_id, "seal")
    office.sign(clerk, document_id, "attachment", "f2")
    error = _refused(office, "vanthu", document_id, "publish")
    assert (error.code, error.params["detail"]) == ("server.signature_missing", "phu-luc-2.pdf")


def test_a_published_document_is_with_its_recipients(office: Running) -> None:
    document_id = office.to_issue(attachments=1)
    clerk = office.client("vanthu")
    office.sign(clerk, document_id, "seal")
    office.sign(clerk, document_id, "attachment", "f2")
    assert office.forward(clerk, document_id, "publish") == "published"
    assert _queue(office, "nguoinhan", Queue.RECEIVED) == [document_id]
    assert _queue(office, "vanthu2", Queue.TO_ISSUE) == []


def test_a_recipient_is_done_with_it(office: Running) -> None:
    document_id = office.to_issue()
    office.sign(office.client("vanthu"), document_id, "seal")
    office.forward(office.client("vanthu"), document_id, "publish")
    office.forward(office.client("nguoinhan"), document_id, "approve")
    assert _queue(office, "nguoinhan", Queue.RECEIVED) == []


def test_a_leader_does_not_publish(office: Running) -> None:
    assert _refused(office, "giamdoc", office.draft(), "publish").code == "server.action_refused"


def test_a_form_without_a_seal_goes_to_its_recipients_from_its_last_signer(office: Running) -> None:
    document_id = office.draft(kind_name="Phiếu trình")
    assert _refused(office, "giamdoc", document_id, "publish").code == "server.signature_missing"
    office.sign(office.client("giamdoc"), document_id, "personal")
    assert office.forward(office.client("giamdoc"), document_id, "publish") == "published"
    assert _queue(office, "nguoinhan", Queue.RECEIVED) == [document_id]
    assert _queue(office, "vanthu", Queue.TO_ISSUE) == []


def test_an_unknown_action_is_never_sent(office: Running) -> None:
    document_id = office.draft()
    assert _refused(office, "giamdoc", document_id, "burn").code == "server.invalid"
    assert office.faults.seen("/forward") == ()


def test_a_secret_document_is_not_forwarded(office: Running) -> None:
    document_id = office.draft(secrecy=Secrecy.HIGHEST, initiallers=("chanhvp",))
    assert _refused(office, "chanhvp", document_id, "pass_on").code == "server.secret_refused"


def test_a_stale_etag_is_refused(office: Running) -> None:
    document_id, server = office.draft(), office.client("giamdoc")
    etag = server.document(document_id).etag
    office.sign(server, document_id, "personal")
    with pytest.raises(AppError) as told:
        server.forward(document_id, action="to_clerk", etag=etag, idempotency_key=new_key())
    assert (told.value.code, told.value.params["status"]) == ("server.conflict", 412)


def test_forwarding_twice_with_one_key_moves_once(office: Running) -> None:
    document_id, server = office.draft(initiallers=("chanhvp",)), office.client("chanhvp")
    etag, key = server.document(document_id).etag, new_key()
    moved = [
        server.forward(document_id, action="pass_on", etag=etag, idempotency_key=key)
        for _ in range(2)
    ]
    assert moved[0] == moved[1]
    assert [step.action for step in moved[1].history] == ["submit", "pass_on"]


def test_forwarding_again_after_a_lost_answer_may_carry_the_newer_etag(office: Running) -> None:
    document_id, server, key = (
        office.draft(initiallers=("chanhvp",)),
        office.client("chanhvp"),
        new_key(),
    )
    for comment in ("lần một", "lần hai"):
        etag = server.document(document_id).etag
        moved = server.forward(
            document_id, action="pass_on", etag=etag, idempotency_key=key, comment=comment
        )
        assert [step.comment for step in moved.history] == [None, "lần một"]


def test_a_key_of_one_document_moves_no_other(office: Running) -> None:
    server, key = office.client("chanhvp"), new_key()
    first, second = (office.draft(initiallers=("chanhvp",)) for _ in range(2))
    server.forward(first, action="pass_on", etag=server.document(first).etag, idempotency_key=key)
    with pytest.raises(AppError) as told:
        server.forward(
            second, action="pass_on", etag=server.document(second).etag, idempotency_key=key
        )
    assert told.value.code == "server.key_reused"


def test_a_document_that_moved_on_is_a_conflict(office: Running) -> None:
    document_id = office.to_issue()
    assert _refused(office, "giamdoc", document_id, "to_clerk").code == "server.conflict"


def test_a_returned_draft_is_with_its_drafter(office: Running) -> None:
    document_id = office.draft()
    assert _send_back(office, "giamdoc", document_id) == "returned"
    (task,) = office.client("chuyenvien").tasks(Queue.TO_INITIAL).changed
    assert (task.document_id, task.returned) == (document_id, True)
    assert _queue(office, "giamdoc", Queue.TO_SIGN) == []


def test_the_drafter_sees_why_and_where(office: Running) -> None:
    document_id, server = office.draft(), office.client("giamdoc")
    mark = PageMark("f1", 1, "Sai ngày", (20.0, 30.0, 60.0, 40.0))
    etag = server.document(document_id).etag
    server.send_back(
        document_id, reason="Sai ngày ban hành", etag=etag, idempotency_key=new_key(), marks=(mark,)
    )
    step = office.client("chuyenvien").document(document_id).history[-1]
    assert (step.actor, step.action, step.comment) == (
        "Nguyễn Văn A",
        "return",
        "Sai ngày ban hành",
    )
    assert step.marks == (mark,)


def test_a_return_needs_a_reason(office: Running) -> None:
    with pytest.raises(AppError) as told:
        _send_back(office, "giamdoc", office.draft(), "  ")
    assert told.value.code == "server.invalid"


def test_a_corrected_draft_goes_the_whole_way_again(office: Running) -> None:
    document_id = office.draft()
    office.sign(office.client("giamdoc"), document_id, "personal")
    _send_back(office, "giamdoc", document_id)
    drafter = office.client("chuyenvien")
    file = drafter.document(document_id).main_file
    corrected = office.folder / "corrected.pdf"
    corrected.write_bytes(b"%PDF-1.7 corrected")
    drafter.upload_base(
        document_id,
        "f1",
        converted=corrected,
        original_sha256=file.sha256,
        idempotency_key=new_key(),
    )
    assert office.forward(drafter, document_id, "pass_on") == "to_sign"
    assert office.sign(office.client("giamdoc"), document_id, "personal").revision == 3


def test_an_incoming_document_gets_its_number_and_day(office: Running) -> None:
    clerk = office.client("vanthu")
    scan = office.folder / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    key = new_key()
    first, again = (
        clerk.register_incoming(
            scan,
            abstract="V/v báo cáo quý IV",
            sender="UBND tỉnh",
            sender_number="123/UBND-TH",
            sender_date=office.watch.now.date(),
            idempotency_key=key,
        )
        for _ in range(2)
    )
    document, number = first
    assert first == again
    assert (number.value, number.text, number.issue_date.isoformat()) == (1, "01", "2026-11-22")
    assert (document.state, document.drafting_unit) == ("incoming", "UBND tỉnh")
    assert office.store.content_path(document.document_id, "f1").read_bytes() == b"%PDF-1.7 scan"
    assert _queue(office, "vanthu", Queue.INCOMING) == [document.document_id]


def test_a_registered_document_is_signed_and_passed_to_its_readers(office: Running) -> None:
    clerk = office.client("vanthu")
    scan = office.folder / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    document, _ = clerk.register_incoming(
        scan,
        abstract="V/v báo cáo",
        sender="UBND tỉnh",
        sender_number="123/UBND-TH",
        sender_date=office.watch.now.date(),
        idempotency_key=new_key(),
    )
    office.sign(clerk, document.document_id, "incoming")
    assert office.forward(clerk, document.document_id, "pass_on") == "received"
    assert _queue(office, "nguoinhan", Queue.RECEIVED) == [document.document_id]


def test_only_a_clerk_registers(office: Running) -> None:
    scan = office.folder / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    with pytest.raises(AppError) as told:
        office.client("giamdoc").register_incoming(
            scan,
            abstract="V/v báo cáo",
            sender="UBND tỉnh",
            sender_number="1",
            sender_date=office.watch.now.date(),
            idempotency_key=new_key(),
        )
    assert told.value.code == "server.denied"


def test_a_scan_over_the_limit_is_refused(office: Running) -> None:
    scan = office.folder / "scan.pdf"
    scan.write_bytes(bytes(2**20 + 1))
    with pytest.raises(AppError) as told:
        office.client("vanthu").register_incoming(
            scan,
            abstract="V/v báo cáo",
            sender="UBND tỉnh",
            sender_number="1",
            sender_date=office.watch.now.date(),
            idempotency_key=new_key(),
        )
    assert told.value.code == "server.too_large"

"""The way of a document: initiallers, signers, clerks, recipients, or back to the drafter."""

from __future__ import annotations

import json
import sqlite3

from app.demo.office import papers, queues
from app.demo.office.ledger import Entry
from app.demo.office.records import Office, OfficeUser
from app.demo.office.refused import RefusedError
from app.rules import load_profile
from app.server import wire
from app.server.problems import ProblemType
from app.workflow.documents import Queue, Role

ROLE_OF_QUEUE = {
    Queue.TO_INITIAL: Role.INITIALLER,
    Queue.TO_SIGN: Role.LEADER,
    Queue.TO_ISSUE: Role.CLERK,
    Queue.INCOMING: Role.CLERK,
    Queue.RECEIVED: Role.RECIPIENT,
}
AGENCY_KINDS = ("seal", "attachment")

_ACTIONS = {
    "to_initial": {"approve", "pass_on"},
    "to_sign": {"approve", "pass_on", "to_clerk", "publish"},
    "to_issue": {"publish"},
    "incoming": {"approve", "pass_on"},
    "received": {"approve"},
    "published": {"approve"},
    "returned": {"pass_on"},
}


def place(entry: Entry, office: Office, document_id: str, step: int) -> None:
    """Put a document into the hands of the first, from this step on, who has yet to act.

    Then the clerks have it, or, a form without a seal, its recipients.
    """
    row = papers.row_of(entry.db, document_id)
    initiallers = json.loads(row["initiallers"])
    signers = [seat.user_id for seat in papers.seats_of(row)]
    queues.close_tasks(entry, document_id)
    for at, user_id in enumerate([*initiallers, *signers]):
        queue = Queue.TO_INITIAL if at < len(initiallers) else Queue.TO_SIGN
        if at < step or (queue is Queue.TO_SIGN and has_signed(entry.db, document_id, user_id)):
            continue
        _set_state(entry, document_id, queue.value, at)
        queues.open_task(entry, document_id, queue, user_id)
        return
    if not _is_sealed(office, row):
        _deliver(entry, office, row, "published")
        return
    _set_state(entry, document_id, Queue.TO_ISSUE.value, len(initiallers) + len(signers))
    for user_id in office.with_role(Role.CLERK):
        queues.open_task(entry, document_id, Queue.TO_ISSUE, user_id)


def check_turn(db: sqlite3.Connection, office: Office, row: sqlite3.Row, user: OfficeUser) -> Queue:
    """Return the queue in which the person holds the document.

    RefusedError as `withdrawn`, `moved-on` where the person once had it, else `denied`.
    """
    queue = queues.holds(db, row["document_id"], user.user_id)
    if queue is None:
        papers.check_sight(db, office, row, user.user_id)
        if row["state"] in {"withdrawn", "returned"}:
            raise RefusedError(ProblemType.WITHDRAWN)
        raise RefusedError(ProblemType.MOVED_ON)
    if row["state"] != "returned" and ROLE_OF_QUEUE[queue] not in user.roles:
        raise RefusedError(ProblemType.DENIED)
    return queue


def forward(
    entry: Entry, office: Office, user: OfficeUser, row: sqlite3.Row, asked: wire.ForwardRequest
) -> None:
    """Move a document on, where its step and its signatures allow."""
    check_turn(entry.db, office, row, user)
    papers.check_electronic(row)
    document_id, state = row["document_id"], row["state"]
    if asked.action not in _ACTIONS.get(state, set()):
        raise RefusedError(ProblemType.ACTION_REFUSED, f"{asked.action} / {state}")
    papers.note(entry, document_id, user.name, asked.action, asked.comment)
    if state == "returned":
        place(entry, office, document_id, 0)
    elif state == "to_initial":
        place(entry, office, document_id, row["step"] + 1)
    elif state == "to_sign":
        if asked.action == "publish":
            _check_ends_here(entry.db, office, row)
        if not has_signed(entry.db, document_id, user.user_id):
            raise RefusedError(ProblemType.SIGNATURE_MISSING)
        place(entry, office, document_id, row["step"] + 1)
    elif state == "to_issue":
        _check_sealed(entry.db, row)
        _deliver(entry, office, row, "published")
    elif state == "incoming":
        _deliver(entry, office, row, "received")
    else:
        queues.close_tasks(entry, document_id, user.user_id)
    papers.changed(entry, document_id)


def send_back(
    entry: Entry, office: Office, user: OfficeUser, row: sqlite3.Row, asked: wire.ReturnRequest
) -> None:
    """Return a document to its drafter. A number that it has taken stays with it."""
    queue = check_turn(entry.db, office, row, user)
    if queue in {Queue.RECEIVED, Queue.INCOMING} or row["state"] == "returned":
        raise RefusedError(ProblemType.ACTION_REFUSED, f"return / {row['state']}")
    document_id = row["document_id"]
    papers.note(entry, document_id, user.name, "return", asked.reason, marks=asked.marks)
    _set_state(entry, document_id, "returned", 0)
    queues.close_tasks(entry, document_id)
    if row["drafter_id"] is not None:
        queues.open_task(entry, document_id, Queue.TO_INITIAL, row["drafter_id"], returned=True)
    papers.changed(entry, document_id)


def hand_to_next_signer(entry: Entry, office: Office, row: sqlite3.Row) -> None:
    """Put a draft before its next signer once the present one has signed; the last one sends it to the clerks."""
    seats = [seat.user_id for seat in papers.seats_of(row)]
    signed = [has_signed(entry.db, row["document_id"], user_id) for user_id in seats]
    at = row["step"] - len(json.loads(row["initiallers"]))
    if row["state"] == "to_sign" and signed[at] and not all(signed[at:]):
        place(entry, office, row["document_id"], row["step"] + 1)


def withdraw(entry: Entry, row: sqlite3.Row, actor: str) -> None:
    """Take a document out of everybody's hands."""
    document_id = row["document_id"]
    papers.note(entry, document_id, actor, "withdraw")
    _set_state(entry, document_id, "withdrawn", 0)
    queues.close_tasks(entry, document_id)
    papers.changed(entry, document_id)


def has_signed(db: sqlite3.Connection, document_id: str, user_id: str) -> bool:
    """Say whether the main file, as it now stands, carries the person's signature."""
    main = next(file for file in papers.files_of(db, document_id) if file["role"] == "main")
    return user_id in _holders(db, main, ("personal",))


def receive(entry: Entry, office: Office, document_id: str) -> None:
    """Put a newly registered incoming document before the clerks."""
    for user_id in office.with_role(Role.CLERK):
        queues.open_task(entry, document_id, Queue.INCOMING, user_id)


def _check_ends_here(db: sqlite3.Connection, office: Office, row: sqlite3.Row) -> None:
    """Let a signer publish nothing but a form without a seal that everybody has signed."""
    if _is_sealed(office, row):
        raise RefusedError(ProblemType.ACTION_REFUSED, f"publish / {row['kind_name']}")
    for seat in papers.seats_of(row):
        if not has_signed(db, row["document_id"], seat.user_id):
            raise RefusedError(ProblemType.SIGNATURE_MISSING, seat.user_id)


def _is_sealed(office: Office, row: sqlite3.Row) -> bool:
    form = load_profile(office.rule_profile).form_of(row["kind_name"])
    return form is None or form.seal


def _check_sealed(db: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Let out what is sealed; a paper that nobody here signs goes out as a copy."""
    is_paper = not papers.seats_of(row)
    for file in papers.files_of(db, row["document_id"]):
        kinds = ("seal",) if file["role"] == "main" else AGENCY_KINDS
        if is_paper:
            kinds = (*kinds, "copy")
        if not _holders(db, file, kinds):
            raise RefusedError(ProblemType.SIGNATURE_MISSING, file["name"])


def _holders(db: sqlite3.Connection, file: sqlite3.Row, kinds: tuple[str, ...]) -> set[str]:
    rows = db.execute(
        "SELECT kind, holder FROM revisions WHERE document_id = ? AND file_id = ? AND generation = ?",
        (file["document_id"], file["file_id"], file["generation"]),
    )
    return {row["holder"] for row in rows if row["kind"] in kinds}


def _deliver(entry: Entry, office: Office, row: sqlite3.Row, state: str) -> None:
    document_id = row["document_id"]
    _set_state(entry, document_id, state, row["step"])
    queues.close_tasks(entry, document_id)
    named = json.loads(row["recipient_ids"])
    for user_id in office.with_role(Role.RECIPIENT) if named is None else named:
        queues.open_task(entry, document_id, Queue.RECEIVED, user_id)


def _set_state(entry: Entry, document_id: str, state: str, step: int) -> None:
    entry.db.execute(
        "UPDATE documents SET state = ?, step = ? WHERE document_id = ?", (state, step, document_id)
    )

"""Facts about whose work of a shared machine's journal a person sees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.store.database import Database
from app.store.journal import SqliteJournal
from app.store.journal_schema import MIGRATIONS
from app.workflow.documents import Person, Role
from app.workflow.plan import SigningPlan
from app.workplace.own_journal import OwnJournal
from signing.request import SignatureRequest
from signing.terms import SignatureKind

MINE, RENEWED, BASE = "a" * 64, "b" * 64, "c" * 64
AN = Person("u1", "Nguyễn Văn An", "Sở Tư pháp", (Role.LEADER,), (MINE,), (), "bhxh-599-2018")
BINH = Person("u2", "Trần Thị Bình", "Sở Tư pháp", (Role.CLERK,), (), (), "bhxh-599-2018")
OTHER_CLERK = replace(BINH, user_id="u3")


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[SqliteJournal]:
    with closing(SqliteJournal(tmp_path / "journal.db")) as opened:
        yield opened


def plan(kind: SignatureKind, certificate: str = MINE) -> SigningPlan:
    return SigningPlan("d1", "f1", BASE, SignatureRequest(kind, BASE, certificate))


def seen(whole: SqliteJournal, person: Person) -> tuple[list[str], list[str]]:
    own = OwnJournal(whole, person)
    return [work.kind for work in own.unfinished()], [work.kind for work in own.works_of("d1")]


def test_a_signature_is_its_signers_alone(whole: SqliteJournal) -> None:
    OwnJournal(whole, AN).begin(plan(SignatureKind.PERSONAL))
    assert seen(whole, AN) == (["personal"], ["personal"])
    assert seen(whole, BINH) == seen(whole, replace(AN, user_id="u9")) == ([], [])


def test_a_signature_by_a_certificate_that_the_server_does_not_know_yet_is_its_signers_too(
    whole: SqliteJournal,
) -> None:
    OwnJournal(whole, AN).begin(plan(SignatureKind.PERSONAL, RENEWED))
    assert seen(whole, AN) == (["personal"], ["personal"])


@pytest.mark.parametrize("kind", [SignatureKind.SEAL, SignatureKind.INCOMING])
def test_what_the_agencys_key_made_is_any_clerks_and_no_leaders(
    whole: SqliteJournal, kind: SignatureKind
) -> None:
    OwnJournal(whole, BINH).begin(plan(kind))
    assert seen(whole, BINH) == seen(whole, OTHER_CLERK) == ([kind], [kind])
    assert seen(whole, AN) == ([], [])


def test_a_journal_that_did_not_note_whose_a_work_is_goes_by_the_certificate(
    tmp_path: Path,
) -> None:
    path = tmp_path / "journal.db"
    with closing(Database(path, MIGRATIONS[:1])) as old, old.writing() as connection:
        connection.execute(
            "INSERT INTO works (work_id, document_id, file_id, kind, base_sha256,"
            " certificate_sha256, attempt, upload_key, at_utc)"
            " VALUES ('w1', 'd1', 'f1', 'personal', ?, ?, 1, 'k1', '')",
            (BASE, MINE),
        )
    with closing(SqliteJournal(path)) as opened:
        assert seen(opened, AN) == (["personal"], ["personal"])
        assert seen(opened, BINH) == ([], [])


def test_a_new_base_is_sent_by_whoever_made_it(whole: SqliteJournal) -> None:
    OwnJournal(whole, AN).begin_base("d1", "f1", BASE)
    assert seen(whole, AN) == (["base"], ["base"])
    assert seen(whole, BINH) == ([], [])


def test_a_base_that_somebody_else_makes_here_is_not_mine_to_go_on_with(
    whole: SqliteJournal,
) -> None:
    first = OwnJournal(whole, AN).begin_base("d1", "f1", BASE)
    other = OwnJournal(whole, BINH).begin_base("d1", "f1", BASE)
    assert first.work_id != other.work_id
    assert OwnJournal(whole, AN).begin_base("d1", "f1", BASE) == first

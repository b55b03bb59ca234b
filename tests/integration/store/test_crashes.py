"""Facts about the store when programs die, disks fill up and pages rot."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import AppError
from app.store import Store, open_store
from app.store.faults import told_as_store_errors
from app.store.salvage import rebuild_journal
from app.workflow.plan import WorkState
from tests.integration.store.office import plan

OFFICE = "tests.integration.store.office"
ROUNDS = 8
Acknowledged = dict[str, list[list[str]]]


def run_until_killed(root: Path, lines: int) -> Acknowledged:
    """Let the office work, kill it after so many acknowledgements, and return all that it gave."""
    command = [sys.executable, "-m", OFFICE, str(root), "sign"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        told = [office.stdout.readline() for _ in range(lines)]
        office.kill()
        told += office.stdout.readlines()
    found: Acknowledged = defaultdict(list)
    for line in told:
        if line.endswith("\n"):
            word, *rest = line.split()
            found[word].append(rest)
    return found


def run_office(root: Path, mode: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", OFFICE, str(root), mode],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()


def test_whatever_was_acknowledged_before_a_kill_is_there_afterwards(tmp_path: Path) -> None:
    root = tmp_path / "store"
    chance = random.Random(20261122)
    for _ in range(ROUNDS):
        acknowledged = run_until_killed(root, chance.randint(1, 60))
        with open_store(root) as store:
            works = {work.document_id: work for work in store.journal.unfinished()}
            for document_id, work_id, upload_key in acknowledged["planned"]:
                (work,) = store.journal.works_of(document_id)
                assert (work.work_id, work.upload_key) == (work_id, upload_key)
                assert store.journal.begin(plan(document_id)) == work
            for document_id, key in acknowledged["key"]:
                assert store.journal.key_for("take_number", document_id) == key
            for (sha256,) in acknowledged["stored"]:
                assert store.files.path_of(sha256).is_file()
            for document_id, sha256 in acknowledged["signed"]:
                assert store.journal.works_of(document_id)[0].signed_sha256 == sha256
            for document_id, _ in acknowledged["accepted"]:
                assert store.journal.works_of(document_id)[0].state is WorkState.ACCEPTED
                assert document_id not in works
            for sha256 in store.files.stored():
                assert store.files.path_of(sha256).is_file()
            assert acknowledged["planned"]


def test_what_a_killed_program_left_aside_is_removed_at_the_next_start(tmp_path: Path) -> None:
    run_until_killed(tmp_path, 12)
    assert len(list((tmp_path / "aside").glob("*.lock"))) == 1
    open_store(tmp_path).close()
    assert [path.name for path in (tmp_path / "aside").iterdir()] == ["guard"]


def test_a_write_that_fails_is_said_and_all_that_was_recorded_stays(tmp_path: Path) -> None:
    told = run_office(tmp_path, "fill")
    begun = int(told[0].split()[1])
    assert told[1] == "refused store.failed SQLITE_IOERR_WRITE"
    assert begun > 0
    with open_store(tmp_path) as store:
        assert len(store.journal.unfinished()) == begun


def test_a_file_that_does_not_fit_is_told_as_a_full_disk(tmp_path: Path) -> None:
    script = (
        "import resource, signal; from pathlib import Path; from app.store.durable import *;"
        "from app.store.faults import told_as_store_errors; from app.errors import AppError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "path = Path('big.pdf')\n"
        "try:\n"
        "    with told_as_store_errors(path): path.write_bytes(b'x' * 5000)\n"
        "except AppError as error: assert error.code == 'store.full', error\n"
        "else: raise SystemExit('it fitted')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60, cwd=tmp_path)


def test_a_full_database_is_told_as_a_full_disk(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.journal.begin(plan("d1"))
        with store.journal._database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(AppError) as caught:
            begin_many(store, 1000)
        assert caught.value.code == "store.full"
        with store.journal._database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        assert store.journal.begin(plan("d1")).document_id == "d1"


def test_a_folder_that_may_not_be_written_is_said_and_the_file_stays_aside(
    tmp_path: Path,
) -> None:
    assert run_office(tmp_path / "store", "read-only") == ["refused store.read_only True"]


def damage(root: Path) -> None:
    """Overwrite the page that holds the work on document d100 with what a dying disk gives back."""
    path = root / "journal.db"
    with open_store(root) as store:
        (work,) = store.journal.works_of("d100")
    data = bytearray(path.read_bytes())
    start = data.index(f"{work.work_id}d100".encode()) // 4096 * 4096
    data[start : start + 4096] = bytes(range(256)) * 16
    path.write_bytes(data)


def begin_many(store: Store, count: int) -> None:
    for number in range(count):
        store.journal.begin(plan(f"d{number}"))


def filled(root: Path) -> None:
    with open_store(root) as store:
        begin_many(store, 200)


def test_a_damaged_page_is_found_at_the_start_and_said(tmp_path: Path) -> None:
    filled(tmp_path)
    damage(tmp_path)
    with pytest.raises(AppError) as caught:
        open_store(tmp_path)
    assert caught.value.code == "store.damaged"
    assert caught.value.params["file"] == "journal.db"


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "journal.db").write_bytes(b"\0" * 20_000)
    with pytest.raises(AppError, match=r"store\.damaged"):
        open_store(tmp_path)


def test_a_rebuilt_journal_keeps_what_can_be_read_and_the_damaged_file(tmp_path: Path) -> None:
    filled(tmp_path)
    damage(tmp_path)
    broken = (tmp_path / "journal.db").read_bytes()
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    aside = rebuild_journal(tmp_path / "journal.db", clock=lambda: moment)
    assert aside.name == "journal.damaged-20261122T000000000000Z.db"
    assert aside.read_bytes() == broken
    with open_store(tmp_path) as store:
        kept = store.journal.unfinished()
        documents = {work.document_id for work in kept}
        assert "d100" not in documents
        assert {"d0", "d199"} <= documents
        assert store.journal.begin(plan("d0")) in kept


def test_a_rebuilt_journal_of_an_older_program_keeps_its_works(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as older:
        older.execute("ALTER TABLE works DROP COLUMN user_id")
        older.execute("PRAGMA user_version = 1")
    rebuild_journal(tmp_path / "journal.db")
    with open_store(tmp_path) as store:
        assert len(store.journal.unfinished()) == 200


def test_a_journal_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(AppError) as caught:
        open_store(tmp_path)
    assert caught.value.params == {"file": "journal.db", "version": 99}


def test_a_locked_database_is_told_as_busy(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as first,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as second,
    ):
        first.execute("BEGIN EXCLUSIVE")
        with pytest.raises(AppError, match=r"store\.busy"), told_as_store_errors(path):
            second.execute("BEGIN IMMEDIATE")


def test_everything_in_the_store_is_the_users_alone(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with open_store(root) as store:
        path = store.files.aside()
        path.write_bytes(b"signed")
        store.files.adopt(path)
        store.journal.begin(plan("d1"))
        found = [root, *root.rglob("*")]
        assert {item.suffix for item in found} >= {".db", ".db-wal", ".lock"}
        assert {item.stat().st_mode & 0o777 for item in found if item.is_dir()} == {0o700}
        assert {item.stat().st_mode & 0o777 for item in found if item.is_file()} == {0o600}


def test_the_store_is_as_durable_as_sqlite_can_be(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.journal._database.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)

"""Facts about the evidence of signatures: kept whole, found by file or document, gone for good when asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.store import Store, open_evidence, open_store
from app.workflow.evidence import Evidence
from signing.status import CertificateStatus

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
SIGNED, OTHER, CERTIFICATE = "a" * 64, "b" * 64, "c" * 64
ANSWER = b"an OCSP answer that nobody else has" * 200
STATUS = CertificateStatus(
    "good", True, NOON, NOON + timedelta(hours=12), (b"signer", b"issuer"), (b"list",), (ANSWER,)
)
EVIDENCE = Evidence(SIGNED, "d1", "personal", CERTIFICATE, NOON, STATUS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def test_what_is_kept_is_found_whole_by_file_and_by_document(store: Store) -> None:
    store.evidence.keep(EVIDENCE)
    assert store.evidence.about(SIGNED) == store.evidence.about("d1") == (EVIDENCE,)
    assert store.evidence.about(OTHER) == ()
    (listed,) = store.evidence.all()
    assert (listed.signed_sha256, listed.status.revocation) == (SIGNED, "good")


@pytest.mark.soak
def test_files_of_a_batch_that_make_the_book_at_once_all_get_it(tmp_path: Path) -> None:
    together = threading.Barrier(3)

    def make(place: Path) -> None:
        together.wait()
        open_evidence(place).close()

    with ThreadPoolExecutor(3) as threads:
        for number in range(150):
            list(threads.map(make, [tmp_path / str(number)] * 3))


def test_the_first_word_about_a_signed_file_stays(store: Store) -> None:
    store.evidence.keep(EVIDENCE)
    later = CertificateStatus("revoked", True, NOON + timedelta(days=1))
    store.evidence.keep(replace(EVIDENCE, status=later))
    assert store.evidence.about(SIGNED) == (EVIDENCE,)


def test_what_is_deleted_is_gone_from_the_disk_and_the_deletion_in_the_journal(
    store: Store, tmp_path: Path
) -> None:
    store.evidence.keep(EVIDENCE)
    store.evidence.keep(replace(EVIDENCE, signed_sha256=OTHER, document_id="d2"))
    assert store.evidence.delete("d1", store.journal) == (SIGNED,)
    assert store.evidence.about(SIGNED) == ()
    assert len(store.evidence.about(OTHER)) == 1
    store.evidence.delete(OTHER, store.journal)
    left = b"".join(path.read_bytes() for path in tmp_path.glob("signing-evidence.db*"))
    assert ANSWER[:35] not in left
    assert CERTIFICATE.encode() not in left
    deletions = store.journal.deletions()
    assert [item[:2] for item in deletions] == [(SIGNED, "d1"), (OTHER, "d2")]


def test_nothing_is_noted_where_there_is_nothing_to_delete(store: Store) -> None:
    assert store.evidence.delete(SIGNED, store.journal) == ()
    assert store.journal.deletions() == ()

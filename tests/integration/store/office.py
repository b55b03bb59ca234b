"""A program that signs drafts without end, to be killed: what it has acknowledged must be there afterwards.

Run as `python -m tests.integration.store.office ROOT MODE`. Each acknowledged step is one line on standard output.
"""

from __future__ import annotations

import itertools
import os
import resource
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from app.errors import AppError
from app.store import Store, open_store
from app.workflow.documents import UploadReceipt
from app.workflow.plan import SigningPlan
from signing.request import SignatureRequest
from signing.terms import SignatureKind

BASE, CERTIFICATE = "a" * 64, "b" * 64
LIMIT_BYTES = 400_000


def say(*words: str) -> None:
    os.write(1, (" ".join(words) + "\n").encode())


def plan(document_id: str) -> SigningPlan:
    return SigningPlan(
        document_id, "f1", BASE, SignatureRequest(SignatureKind.PERSONAL, BASE, CERTIFICATE)
    )


def sign_for_ever(store: Store) -> None:
    for number in itertools.count(len(store.files.stored())):
        document_id = f"{os.getpid()}-{number}"
        work = store.journal.begin(plan(document_id))
        say("planned", document_id, work.work_id, work.upload_key)
        key = store.journal.key_for("take_number", document_id)
        say("key", document_id, key)
        path = store.files.aside()
        path.write_bytes(f"{document_id} signed".encode() * 2000)
        sha256 = store.files.adopt(path)
        say("stored", sha256)
        store.journal.signed(work.work_id, signed_sha256=sha256, level="B-B")
        say("signed", document_id, sha256)
        receipt = UploadReceipt("f1", 2, sha256, datetime.now(UTC))
        store.journal.accepted(work.work_id, receipt)
        say("accepted", document_id, sha256)


def fill_up(store: Store, what: str) -> None:
    """Write until the "disk" is full, which a limit on file sizes stands for, then say the error's code."""
    big = store.files.aside()
    with big.open("wb") as file:
        file.write(b"x" * 1000)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, ceiling = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, ceiling))
    done = 0
    try:
        while True:
            store.journal.begin(plan(f"{what}-{done}"))
            done += 1
    except AppError as error:
        say("begun", str(done))
        say("refused", error.code, str(error.params.get("detail")))


def use_read_only(root: Path) -> None:
    """Try to keep a file in a store whose folders may not be written; as root, after giving the privilege up."""
    root.mkdir()
    # From within, since nobody else may come here by its full path.
    os.chdir(root)
    with open_store(Path()) as store:
        path = store.files.aside()
        path.write_bytes(b"signed")
        Path("files").chmod(0o500)
        if os.geteuid() == 0:
            for item in (Path(), *Path().rglob("*")):
                os.chown(item, 65534, 65534)
            os.seteuid(65534)
        try:
            store.files.adopt(path)
        except AppError as error:
            say("refused", error.code, str(path.exists()))


def main() -> None:
    root, mode = Path(sys.argv[1]), sys.argv[2]
    if mode == "read-only":
        use_read_only(root)
        return
    store = open_store(root)
    if mode == "sign":
        sign_for_ever(store)
    else:
        fill_up(store, mode)


if __name__ == "__main__":
    main()

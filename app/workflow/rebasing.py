"""A new unsigned base in place of a file that cannot be signed as it came: converted, flattened or repaired.

The original stays in the store and with the server; the new base names its hash, and from then on it is what is shown,
placed and signed. Every step is journalled before its effect: a crash between any two makes no second base and loses
none. Offline the base waits in the outbox, ahead of the signatures that are put on it (`delivering.deliver`): the
server takes them in that order, or, where somebody else was first, neither, and nothing but one's own try is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from app.errors import AppError
from app.workflow.delivering import deliver
from app.workflow.documents import Document, FileRef, Original, Queue
from app.workflow.fetching import fetch, refuse_paper_documents
from app.workflow.office import Office
from app.workflow.plan import BASE, Work, WorkState

PDF = "application/pdf"
AWAY = ("server.unreachable", "server.timeout", "server.busy")
"""The server cannot take the new base now; it waits."""
TAKEN_IN = (Queue.TO_INITIAL.value, Queue.TO_SIGN.value)
"""States of a document in which the server takes a new base, from whoever holds it."""

Rewrite = Callable[[Path, Path], None]
"""Writes an unsigned PDF made of the first file to the second path, new and on the store's own disk, or raises.

What it writes must be fit to be signed: it is checked by no one after it.
"""


@dataclass(frozen=True, slots=True)
class Rebased:
    """A document whose file is at its new base. `waits`: the base is kept here and not yet with the server."""

    document: Document
    waits: bool = False


def rebase(office: Office, document: Document, file: FileRef, rewrite: Rewrite) -> Rebased:
    """Put a new unsigned base in place of a file of a document, once.

    Call it where a file turns out not to be signable as it came, and go on with the document that it returns: its file
    has another hash, and is what must be shown before it is signed. For a draft with form fields of its own:

        rebased = rebase(office, document, document.main_file, lambda original, out: flatten(original, out))

    The original is fetched, its hash checked. What was made of it before is used again: `rewrite` must not depend on
    anything but the file.

    Args:
        office: of whoever holds the document in `to_initial` or `to_sign`, before any signature.
        document: as the server describes it, or as it is kept here where the server is away.
        file: one of its files.
        rewrite: makes the new base; its errors are passed on, and leave everything as it was.

    Raises:
        AppError: as `fetch`; `workflow.base_not_taken` where the document is in no state for it; the server's
            refusals. Where somebody else was first, there is none: theirs is what the document then has.
    """
    refuse_paper_documents(document)
    if document.state not in TAKEN_IN:
        raise AppError("workflow.base_not_taken", file=file.name)
    known = _accepted_before(office, document, file)
    if known is not None:
        return known
    try:
        original = fetch(office, document, file)
        work = _made(office, document, file, original, rewrite)
        return _sent(office, document, file, work)
    except AppError as error:
        theirs = _newer(office, document, file) if error.code == "server.conflict" else None
        if theirs is None:
            raise
        return Rebased(theirs)


def base_of(office: Office, document: Document, file: FileRef) -> str | None:
    """Return the SHA-256 of the base that was made here of a file and is in the store; None where there is none."""
    for work in reversed(_works(office, document, file)):
        if work.signed_sha256 is not None and _is_here(office, work.signed_sha256):
            return work.signed_sha256
    return None


def with_base(office: Office, document: Document, file: FileRef, base_sha256: str) -> Document:
    """Describe a document as it will be once the server holds the new base of a file."""
    new = replace(
        file,
        name=PurePath(file.name).with_suffix(".pdf").name,
        media_type=PDF,
        size_bytes=office.files.path_of(base_sha256).stat().st_size,
        sha256=base_sha256,
        revision=file.revision + 1,
        converted_from=Original(file.sha256, file.name, file.media_type),
    )
    return replace(document, files=tuple(new if item == file else item for item in document.files))


def _works(office: Office, document: Document, file: FileRef) -> tuple[Work, ...]:
    wanted = (BASE, file.file_id, file.sha256)
    works = office.journal.works_of(document.document_id)
    return tuple(work for work in works if (work.kind, work.file_id, work.base_sha256) == wanted)


def _accepted_before(office: Office, document: Document, file: FileRef) -> Rebased | None:
    """Return the document as it is by now where the server took my base: the description may be an old copy."""
    works = _works(office, document, file)
    if not works or works[-1].state is not WorkState.ACCEPTED:
        return None
    try:
        newer = _newer(office, document, file)
    except AppError as error:
        made = base_of(office, document, file)
        if error.code not in AWAY or made is None:
            raise
        return Rebased(with_base(office, document, file, made))
    return None if newer is None else Rebased(newer)


def _newer(office: Office, document: Document, file: FileRef) -> Document | None:
    """Return the document as the server has it now, if this file is another one by now."""
    now = office.server.document(document.document_id)
    return None if file.sha256 in {item.sha256 for item in now.files} else now


def _sent(office: Office, document: Document, file: FileRef, work: Work) -> Rebased:
    here = with_base(office, document, file, work.signed_sha256 or "")
    try:
        deliver(office, work)
        return Rebased(office.server.document(document.document_id))
    except AppError as error:
        if error.code not in AWAY:
            raise
        return Rebased(here, waits=True)


def _made(
    office: Office, document: Document, file: FileRef, original: Path, rewrite: Rewrite
) -> Work:
    """Return the base that waits to be sent, or make one."""
    identity = (document.document_id, file.file_id, file.sha256)
    work = office.journal.begin_base(*identity)
    if work.state is WorkState.SIGNED and not _is_here(office, work.signed_sha256 or ""):
        office.journal.dropped(work.work_id, reason="store.missing")
        work = office.journal.begin_base(*identity)
    if work.state is WorkState.SIGNED:
        return work
    sha256 = base_of(office, document, file)
    if sha256 is None:
        out = office.files.aside()
        try:
            rewrite(original, out)
            sha256 = office.files.adopt(out)
        except Exception as error:
            code = str(getattr(error, "code", type(error).__name__))
            office.journal.failed_once(work.work_id, code=code)
            raise
        finally:
            out.unlink(missing_ok=True)
    return office.journal.signed(work.work_id, signed_sha256=sha256, level="")


def _is_here(office: Office, sha256: str) -> bool:
    """Say whether a file is in the store, whole."""
    try:
        office.files.path_of(sha256)
    except AppError as error:
        if error.code != "store.missing":
            raise
        return False
    return True

"""Brings what the server holds to the level that the office publishes at, by uploads that add no signature.

A document that was sealed while the services were away is sealed for good: what its signatures lack is added later,
behind them, and sent as a revision of its own kind. Every step is journalled before its effect, as a signature's is.
"""

from __future__ import annotations

from app.errors import AppError
from app.workflow.delivering import deliver
from app.workflow.documents import Document, FileRef
from app.workflow.extending import extend, notes_of
from app.workflow.fetching import fetch
from app.workflow.levels import lowest_level
from app.workflow.office import Office
from app.workflow.plan import WorkState
from app.workflow.raising import is_below, wanted_level
from signing.errors import SigningError
from signing.terms import PadesLevel


def raise_for_publishing(office: Office, document: Document) -> tuple[Document, tuple[str, ...]]:
    """Extend and send each file of a sealed document that is below the level for publishing.

    A file that the services do not bring there is left as it is: it can be tried again.

    Returns:
        The document as the server has it then, and message codes of what could not be had.

    Raises:
        AppError: the server's; as `fetch`.
    """
    if office.bench.services is None:
        return document, ()
    notes: tuple[str, ...] = ()
    is_changed = False
    for file in document.files:
        if _is_below(office, document, file):
            more = _raise_file(office, document, file)
            is_changed = is_changed or not more
            notes = (*notes, *more)
    return office.server.document(document.document_id) if is_changed else document, notes


def _is_below(office: Office, document: Document, file: FileRef) -> bool:
    wanted = PadesLevel(office.bench.profile.publish.level)
    if wanted is PadesLevel.B_B:
        return False
    report = office.bench.judge.verify(fetch(office, document, file)).result()
    return is_below(lowest_level(report), wanted)


def _raise_file(office: Office, document: Document, file: FileRef) -> tuple[str, ...]:
    """Extend and send one file; return why not, nothing where the server has it."""
    work = office.journal.begin_extension(document.document_id, file.file_id, file.sha256)
    if work.state is WorkState.PLANNED:
        aside = office.files.aside()
        base = fetch(office, document, file)
        try:
            made = extend(office.bench, base, aside, wanted_level(office.bench), file.sha256)
        except (AppError, SigningError) as error:
            office.journal.failed_once(work.work_id, code=error.code)
            return notes_of(error)
        if is_below(made.level, PadesLevel(office.bench.profile.publish.level)):
            aside.unlink(missing_ok=True)
            office.journal.failed_once(work.work_id, code=made.notes[-1])
            return made.notes
        sha256 = office.files.adopt(aside)
        level = "" if made.level is None else made.level.value
        work = office.journal.signed(work.work_id, signed_sha256=sha256, level=level)
    deliver(office, work)
    return ()

"""A signature brought to the level that the office wants, before its file is sent for the first time.

What may be with the server already is never replaced: which bytes go out is in the journal before they go, and from
then on the same bytes go under the same key. So nothing is extended while the server is away.
"""

from __future__ import annotations

from app.errors import AppError
from app.workflow.extending import extend, notes_of
from app.workflow.office import Office, Workbench
from app.workflow.plan import BASE, EXTENSION, Work, WorkState
from signing.errors import SigningError
from signing.terms import PadesLevel, SignatureKind

STAMP_MISSING = "timestamp.missing"
"""Told of a signature that has just been made without a time stamp."""
_IN_ORDER = tuple(PadesLevel)
_AS_THEY_ARE = (BASE, EXTENSION, SignatureKind.NUMBER.value)
"""What is no signature of its own, and the number's, which the seal follows at once."""
_REFUSED = ("server.denied", "server.not_found")
"""The server answers, and will say why it does not take the file."""


def wanted_level(bench: Workbench) -> PadesLevel:
    """Return the level that signatures are brought to: this machine's or the one for publishing, the higher."""
    return max(bench.level, PadesLevel(bench.profile.publish.level), key=_IN_ORDER.index)


def is_below(reached: str | None, wanted: PadesLevel) -> bool:
    """Say whether a level, None or empty where there is none, is lower than another."""
    return not reached or _IN_ORDER.index(PadesLevel(reached)) < _IN_ORDER.index(wanted)


def raise_before_sending(
    office: Office, work: Work, told: tuple[str, ...] = ()
) -> tuple[Work, tuple[str, ...]]:
    """Extend a file that was never sent, as far as the services answer, and settle that it is what is sent.

    Args:
        office: of whoever sends it.
        work: waits to be sent.
        told: message codes of the signature, where it was made just now: who gave no time stamp then is not asked
            again at once.

    Returns:
        The work, with its file settled, and message codes to tell the person.

    Raises:
        AppError: the server's where it is away; the file stays as it was then, to be extended at the next try.
    """
    if work.is_sending:
        return work, ()
    notes: tuple[str, ...] = ()
    if _may_be_raised(office, work) and STAMP_MISSING not in told and _is_expected(office, work):
        work, notes = _raised(office, work)
    return office.journal.sending(work.work_id), notes


def _may_be_raised(office: Office, work: Work) -> bool:
    return (
        office.bench.services is not None
        and work.state is WorkState.SIGNED
        and work.kind not in _AS_THEY_ARE
        and is_below(work.level, wanted_level(office.bench))
    )


def _is_expected(office: Office, work: Work) -> bool:
    """Say whether the server is there and waits for this file: it holds the base still."""
    try:
        document = office.server.document(work.document_id)
    except AppError as error:
        if error.code not in _REFUSED:
            raise
        return False
    return any(
        (file.file_id, file.sha256) == (work.file_id, work.base_sha256) for file in document.files
    )


def _raised(office: Office, work: Work) -> tuple[Work, tuple[str, ...]]:
    signed_sha256 = work.signed_sha256 or ""
    base, aside = office.files.path_of(signed_sha256), office.files.aside()
    try:
        made = extend(office.bench, base, aside, wanted_level(office.bench), signed_sha256)
    except (AppError, SigningError) as error:
        office.journal.failed_once(work.work_id, code=error.code)
        return work, notes_of(error)
    sha256 = office.files.adopt(aside)
    level = work.level or "" if made.level is None else made.level.value
    return office.journal.extended(work.work_id, extended_sha256=sha256, level=level), made.notes

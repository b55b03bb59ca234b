"""Which PAdES level an office's documents must have reached before they go out (`publish.level` of the profile)."""

from __future__ import annotations

from app.errors import AppError
from app.workflow.documents import Document
from app.workflow.fetching import fetch
from app.workflow.office import Office
from signing.report import FileReport
from signing.terms import PadesLevel, SignatureKind

_IN_ORDER = tuple(PadesLevel)
_ASKED = (SignatureKind.PERSONAL, SignatureKind.SEAL, SignatureKind.ATTACHMENT)


def refuse_below_level(office: Office, document: Document) -> None:
    """Refuse to publish a document in which a leader's or the agency's signature has not reached the level.

    What was signed stays signed and kept; it can be extended later and published then.

    Raises:
        AppError: `workflow.level_missing` with the level reached and the one that is asked for.
    """
    wanted = PadesLevel(office.bench.profile.publish.level)
    if wanted is PadesLevel.B_B:
        return
    for file in document.files:
        report = office.bench.judge.verify(fetch(office, document, file)).result()
        reached = lowest_level(report)
        if reached is None or _IN_ORDER.index(reached) < _IN_ORDER.index(wanted):
            told = "–" if reached is None else reached.value
            raise AppError("workflow.level_missing", reached=told, wanted=wanted.value)


def lowest_level(report: FileReport) -> PadesLevel | None:
    """Return the lowest level among the leaders' and the agency's signatures; None where one is below B-B."""
    levels = [item.signature_info.level for item in report.signatures if item.kind in _ASKED]
    if not levels or None in levels:
        return None
    return min((item for item in levels if item is not None), key=_IN_ORDER.index)

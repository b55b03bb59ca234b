"""A new unsigned base for a file that cannot be signed as it came: repaired, or its form fields made part of pages.

Only what holds no signature is rewritten, only where the result looks the same, and only when a person asks for it:
what is then shown, placed and signed is the new base.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.errors import AppError
from app.workflow.documents import Document, FileRef
from app.workflow.office import Office, Workbench
from app.workflow.planning import look_at
from app.workflow.ports import Rewriting
from app.workflow.rebasing import Rebased, rebase
from app.workflow.soundness import refuse_repaired
from signing.errors import SigningError
from signing.facts import refuse_unsignable

Remedy = Literal["repair", "flatten"]
REMEDIES: dict[str, Remedy] = {"sign.damaged": "repair", "sign.own_form_fields": "flatten"}
"""What helps against which refusal."""
NOTES: dict[Remedy, str] = {"repair": "workflow.repaired", "flatten": "workflow.flattened"}


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a file: the remedies, and short codes of what the new base no longer holds.

    `fields` counts those that only a repaired file showed, and that were made part of the pages too.
    """

    remedies: tuple[Remedy, ...]
    removed: tuple[str, ...]
    fields: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """Message codes that a person should read before agreeing to the new base."""
        return tuple(NOTES[remedy] for remedy in self.remedies)


def remedy_for(bench: Workbench, path: Path) -> SigningError | None:
    """Return the refusal of a file that a rewriting could lift, None where the file can be signed.

    Raises:
        AppError, SigningError: as `look_at`, where no rewriting helps.
    """
    try:
        look_at(bench, path)
    except SigningError as error:
        if error.code not in REMEDIES:
            raise
        return error
    return None


def mend(bench: Workbench, original: Path, out: Path) -> Mended:
    """Write a base that can be signed out of a file that cannot; nothing is left at `out` otherwise.

    What is done depends on the file alone: one that is damaged is repaired, one with fields of its own flattened, one
    that is both both.

    Raises:
        PdfError: as `pdf.rewriting.rewrite`.
        AppError, SigningError: as `look_at`; `workflow.mend_failed` where the result is not fit to be signed either;
            `workflow.mend_needless` where the file can be signed as it is.
    """
    refused = remedy_for(bench, original)
    if refused is None:
        raise AppError("workflow.mend_needless")
    remedies: tuple[Remedy, ...] = (REMEDIES[refused.code],)
    try:
        written = _written(bench, original, out, flatten="flatten" in remedies)
        fields = len(bench.judge.look(out).result().own_fields)
        if fields:
            remedies = (*remedies, "flatten")
            written = _written(bench, original, out, flatten=True)
        _check(bench, out)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return Mended(remedies, tuple(written.removed), fields)


def mend_file(office: Office, document: Document, file: FileRef) -> Rebased:
    """Put a mended base in place of a document's file, once; the server keeps the original, whose hash it names.

    Raises:
        AppError: as `rebase`; as `mend`.
    """

    def rewrite(original: Path, out: Path) -> None:
        mend(office.bench, original, out)

    return rebase(office, document, file, rewrite)


def _written(bench: Workbench, original: Path, out: Path, *, flatten: bool) -> Rewriting:
    written: Rewriting = bench.eyes.rewrite(original, out, flatten=flatten).result()
    return written


def _check(bench: Workbench, out: Path) -> None:
    """Hold a new base against what a base must be: read strictly, and by the viewer without a repair."""
    try:
        bench.judge.read_strictly(out).result()
        refuse_repaired(bench, out)
        facts = bench.judge.look(out).result()
        refuse_unsignable(facts)
    except SigningError as error:
        raise AppError("workflow.mend_failed", why=error.code) from error
    if facts.signed:
        raise AppError("workflow.mend_failed", why="signed")

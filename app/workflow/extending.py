"""A signed file brought to a higher PAdES level: extended by the services, judged from disk as a stranger would."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.workflow.levels import lowest_level
from app.workflow.office import Workbench
from signing.errors import SigningError
from signing.extension import ExtendedFile, ExtensionRequest
from signing.report import FileReport
from signing.terms import PadesLevel, SignatureKind, Verdict

BELOW = "extend.below"
"""The services gave something, and not all that was asked for."""


@dataclass(frozen=True, slots=True)
class Extended:
    """An extended file, the level that all its signatures have reached, and message codes to tell the person."""

    file: ExtendedFile
    report: FileReport
    level: PadesLevel | None
    notes: tuple[str, ...]


def extend(
    bench: Workbench, base: Path, out: Path, level: PadesLevel, base_sha256: str
) -> Extended:
    """Extend `base` into `out`; nothing is left at `out` unless every signature that stood before stands.

    Raises:
        AppError: `extend.broke_signature` where a signature would be worth less than before; the worker's.
        SigningError: as `signing.extending.extend_file`; where no service answers `extend.no_services`.
    """
    assert bench.services is not None
    before = bench.judge.verify(base).result()
    request = ExtensionRequest(base_sha256, level, bench.tsa_urls)
    try:
        made = bench.services.extend(base, out, request)
        report = bench.judge.verify(out).result()
        _refuse_worse(before, report, made)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    reached = level_of_all(report)
    is_below = reached is None or tuple(PadesLevel).index(reached) < tuple(PadesLevel).index(level)
    return Extended(made, report, reached, (*made.notes, *((BELOW,) if is_below else ())))


def raise_in_place(
    bench: Workbench, path: Path, sha256: str, level: PadesLevel
) -> tuple[str, PadesLevel | None, tuple[str, ...]]:
    """Extend a fresh file under its own name; what cannot be had is told, and the file stays as it was.

    Returns:
        Its SHA-256, the level it has reached now (None where that is as before), and message codes.
    """
    aside = path.with_name(f"{path.name}.extended")
    try:
        made = extend(bench, path, aside, level, sha256)
    except (AppError, SigningError) as error:
        return sha256, None, notes_of(error)
    aside.replace(path)
    return made.file.sha256, made.level, made.notes


def notes_of(error: AppError | SigningError) -> tuple[str, ...]:
    """Return message codes that tell why a file was not extended; its signatures are as they were."""
    is_reasoned = error.code == "extend.no_services"
    return str(error.params["reason"]) if is_reasoned else error.code, BELOW


def level_of_all(report: FileReport) -> PadesLevel | None:
    """Return the lowest level among a file's signatures, None where there is none or one is below B-B."""
    asked = lowest_level(report)
    if asked is not None:
        return asked
    levels = [
        item.signature_info.level
        for item in report.signatures
        if item.kind is not SignatureKind.DOCUMENT_TIMESTAMP
    ]
    known = [item for item in levels if item is not None]
    if not levels or len(known) < len(levels):
        return None
    return min(known, key=tuple(PadesLevel).index)


def _refuse_worse(before: FileReport, after: FileReport, made: ExtendedFile) -> None:
    if after.sha256 != made.sha256:
        raise AppError("extend.broke_signature", field="–", why="sha256")
    now = {item.field: item for item in after.signatures}
    for item in before.signatures:
        found = now.pop(item.field, None)
        is_worse = found is None or (
            found.verdict is Verdict.INVALID and item.verdict is not Verdict.INVALID
        )
        # A certificate that turns out to be revoked is no damage to the file.
        if is_worse and (found is None or found.subindication != "REVOKED"):
            raise AppError(
                "extend.broke_signature",
                field=item.field,
                why="missing" if found is None else found.subindication or "",
            )
    for field, item in now.items():
        if item.verdict is Verdict.INVALID:
            raise AppError("extend.broke_signature", field=field, why=item.subindication or "")

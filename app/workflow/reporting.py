"""Writes down what a check found: the report as PDF, its table as CSV, all of it as JSON."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from app.errors import AppError
from app.messages import Language
from app.workflow.folders import FoundFile
from app.workflow.ports import Judge
from app.workflow.report_sheet import (
    Check,
    CheckedFile,
    report_sheet,
    signers_of,
)
from app.workflow.report_words import deciding_code, label, moment_text, written
from signing.report import FileReport, SignatureReport
from signing.report_json import reports_as_json

ReportForm = Literal["pdf", "csv", "json"]
"""The report for people, its table for a spreadsheet, everything for programs."""
_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
_SURROGATES = re.compile("[\ud800-\udfff]")


def check_of(
    judge: Judge,
    found: Sequence[tuple[FoundFile, FileReport]],
    checked_at: datetime,
    *,
    as_of: datetime | None = None,
    is_online: bool = False,
) -> Check:
    """Take down a check with what it rests on; errors as `Judge.trusted_roots`."""
    return Check(
        files=tuple(
            CheckedFile(report, file.name, _size_bytes(file.path)) for file, report in found
        ),
        checked_at=checked_at,
        roots=judge.trusted_roots().result(),
        program=f"Trình Ký {version('trinhky')}",
        as_of=as_of,
        is_online=is_online,
    )


def write_check(
    judge: Judge,
    check: Check,
    out: Path,
    form: ReportForm,
    language: Language,
    *,
    may_replace: bool,
) -> None:
    """Write a check down, whole or not at all.

    Args:
        judge: lays the pages out.
        check: what was found.
        out: where to; what is there is only replaced where it `may_replace`.
        form: as what.
        language: of the report and the table; JSON has codes.
        may_replace: whether a person has agreed to it.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`, a `worker.` code.
        PdfError: `pdf.print_failed`.
        SigningError: `sign.font_missing`.
    """
    with _whole(out, may_replace=may_replace) as aside:
        if form == "pdf":
            judge.write_sheet(report_sheet(check, language), aside).result()
        else:
            text = table_text(check, language) if form == "csv" else json_text(check)
            aside.write_bytes(text.encode("utf-8-sig" if form == "csv" else "utf-8"))


def write_return(
    judge: Judge, check: Check, letter: str, out: Path, language: Language, *, may_replace: bool
) -> None:
    """Write the report on a file that is not accepted, and the letter to its sender beside it, as `.txt`.

    Raises:
        AppError, PdfError, SigningError: as `write_check`; a letter that is there already is never replaced.
    """
    beside = out.with_suffix(".txt")
    check_free(beside, may_replace=False)
    write_check(judge, check, out, "pdf", language, may_replace=may_replace)
    with _whole(beside, may_replace=False) as aside:
        # Windows' own editor takes a file without this for one of the machine's code page.
        aside.write_text(letter, encoding="utf-8-sig", newline="\r\n")


def check_free(out: Path, *, may_replace: bool) -> None:
    """Look whether a report could be written, before the check takes its time.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`.
    """
    if out.exists() and not (may_replace and out.is_file()):
        raise AppError("usage.out_exists", path=str(out))
    if not os.access(out.absolute().parent, os.W_OK):
        raise AppError("usage.out_not_writable", path=str(out))


def table_text(check: Check, language: Language) -> str:
    """Return the table of a check: a row a file, values that would act as formulas made harmless."""
    heads = (
        *("report.column_path", "report.verdict", "report.why", "report.signers"),
        *("report.column_times", "report.signatures", "report.pages", "report.size"),
    )
    stream = io.StringIO()
    rows = csv.writer(stream)
    rows.writerow([*(label(code, language) for code in heads), "SHA-256"])
    for file in check.files:
        report = file.report
        times = (_time_of(item) for item in report.signatures)
        values = (
            written(report.path),
            label("verdict." + report.verdict.value, language),
            label(deciding_code(report), language),
            "; ".join(signers_of(report, language)),
            "; ".join(time for time in times if time),
            len(report.signatures),
            _number(report.pages),
            _number(file.size_bytes),
            report.sha256 or "",
        )
        rows.writerow([harmless(str(value)) for value in values])
    return stream.getvalue()


def harmless(value: str) -> str:
    """Return a cell's text so that no spreadsheet computes it."""
    return f"'{value}" if value.lstrip(" ").startswith(_ACTS) else value


def json_text(check: Check) -> str:
    """Return a check as `trinhky.verify/1`."""
    document = reports_as_json(file.report for file in check.files)
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _time_of(item: SignatureReport) -> str:
    moment = item.timestamp.time or item.signature_info.claimed_time
    return moment_text(moment) if moment else ""


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _size_bytes(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


@contextmanager
def _whole(out: Path, *, may_replace: bool) -> Iterator[Path]:
    """Give a path beside `out` to write to, which then gets the name of `out`."""
    check_free(out, may_replace=may_replace)
    aside = out.absolute().with_name(f".{os.getpid()}.{out.name}"[-200:] + ".part")
    try:
        yield aside
        with aside.open("rb+") as stream:
            os.fsync(stream.fileno())
        if not may_replace:
            with out.open("xb"):
                pass  # the name is ours now, and nothing else is overwritten
        aside.replace(out)
    except FileExistsError as error:
        raise AppError("usage.out_exists", path=str(out)) from error
    except OSError as error:
        raise AppError("usage.out_not_writable", path=str(out)) from error
    finally:
        aside.unlink(missing_ok=True)

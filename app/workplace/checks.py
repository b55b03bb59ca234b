"""Checking many files that lie on this machine, and writing down what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from app.messages import Language
from app.workflow.checking import check_each
from app.workflow.folders import FoundFile, files_among
from app.workflow.office import Workbench
from app.workflow.reporting import ReportForm, check_of, write_check, write_return
from signing.report import FileReport

Found = Sequence[tuple[FoundFile, FileReport]]


class Checks:
    """Judges and reports by the rules of whoever is seated; errors as `app.workflow.reporting`."""

    def __init__(self, bench_now: Callable[[], Workbench]) -> None:
        self._bench_now = bench_now

    def find(self, paths: Sequence[Path]) -> tuple[FoundFile, ...]:
        """Return the files that are meant by files and folders."""
        return files_among(paths)

    def check(
        self,
        files: Sequence[FoundFile],
        told: Callable[[int, FileReport], None],
        is_wanted: Callable[[], bool],
    ) -> None:
        """Judge files side by side, telling each as it is done, for as long as that is wanted."""
        bench = self._bench_now()
        with closing(check_each(bench.judge, bench.eyes, [item.path for item in files])) as each:
            for index, report in each:
                if not is_wanted():
                    return
                told(index, report)

    def write(
        self,
        found: Found,
        checked_at: datetime,
        out: Path,
        form: ReportForm,
        language: Language,
        *,
        may_replace: bool,
    ) -> None:
        """Write a report, a table or JSON."""
        judge = self._bench_now().judge
        check = check_of(judge, found, checked_at)
        write_check(judge, check, out, form, language, may_replace=may_replace)

    def write_return(
        self,
        found: Found,
        checked_at: datetime,
        letter: str,
        out: Path,
        language: Language,
        *,
        may_replace: bool,
    ) -> None:
        """Write the report on a file that is not accepted, with the letter to its sender beside it."""
        judge = self._bench_now().judge
        check = check_of(judge, found, checked_at)
        write_return(judge, check, letter, out, language, may_replace=may_replace)

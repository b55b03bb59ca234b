"""The convert process as the program sees it: a Word file in, a PDF out, whatever the file tries."""

from __future__ import annotations

import shutil
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import AppError
from app.workers import libreoffice
from app.workers.process import SupervisedProcess

MEMORY_LIMIT_BYTES = 2 * 1024**3
"""Of address space, of each process: a letter takes less than a third of it."""
DEADLINE_S = 120.0
_LOOK_S = 30.0
_JOBS = "app.workers.convert_jobs:convert"
_NOTES = "app.workers.word_files:notes_on"


class ConvertClient:
    """Fills `app.workflow.ports.Converter`. Nothing is started before the first conversion."""

    def __init__(
        self,
        program: Path | None = None,
        *,
        deadline_s: float = DEADLINE_S,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        """Prepare it.

        Args:
            program: LibreOffice's `soffice`; looked for in the well-known places where None.
            deadline_s: of one conversion; then it is killed, with whatever it has started.
            memory_limit_bytes: of each process, on systems that can.
        """
        self._program = program
        self._deadline_s = deadline_s
        self._process = SupervisedProcess(
            "convert", memory_limit_bytes=memory_limit_bytes, with_descendants=True
        )

    def program(self) -> Path | None:
        """Return what converts, None where nothing is installed; looked for anew each time."""
        return libreoffice.find(self._program)

    def convert(self, original: Path, out: Path) -> Future[None]:
        """Convert a .docx, .doc, .odt or .rtf into a new PDF at `out`.

        Raises:
            AppError: `convert.missing` at once. From the future: `convert.not_word`, `convert.encrypted`,
                `convert.too_large`, `convert.reaches_out`, `convert.failed`, and the worker's.
        """
        program = self.program()
        if program is None:
            raise AppError("convert.missing", path=str(self._program or "LibreOffice"))
        work = out.with_name(f"{out.name}.work")
        future: Future[None] = self._process.submit(
            _JOBS, program, original, out, work, int(self._deadline_s), deadline_s=self._deadline_s
        )
        # A process that was killed has left its folder.
        future.add_done_callback(lambda _: shutil.rmtree(work, ignore_errors=True))
        return future

    def notes_on(
        self, original: Path, families: tuple[str, ...], letters: str
    ) -> Future[tuple[str, ...]]:
        """Say what a reader of the PDF should know of the original. Errors as `word_files.notes_on`."""
        return self._process.submit(_NOTES, original, families, letters, deadline_s=_LOOK_S)

    def close(self) -> None:
        """End the process, and a conversion that runs; harmless twice."""
        self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

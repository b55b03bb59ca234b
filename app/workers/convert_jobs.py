"""What the convert process runs: one conversion by LibreOffice, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from app.errors import AppError
from app.workers import libreoffice, limits
from app.workers.word_files import format_of, refuse_reaching_out

OUTPUT_LIMIT_BYTES = 512 * 1024**2


def convert(program: Path, original: Path, out: Path, work: Path, cpu_s: int) -> None:
    """Convert a Word file into a PDF at `out`.

    Whoever calls keeps the time: the program and what it starts are of this process's group and die with it.

    Args:
        program: LibreOffice.
        original: is read once and copied.
        out: new; comes into being whole, by a rename.
        work: a folder of this conversion's own, on the same disk as `out`; the caller removes what a kill leaves.
        cpu_s: processor time that each process may use.

    Raises:
        AppError: as `format_of` and `refuse_reaching_out`; `convert.failed` where no PDF comes out of it.
    """
    kind = format_of(original)
    refuse_reaching_out(original, kind)
    limits.limit_work(cpu_s, OUTPUT_LIMIT_BYTES)
    try:
        made, temporary = work / "made", work / "temporary"
        for folder in (made, temporary):
            folder.mkdir(parents=True)
        libreoffice.write_profile(work / "profile")
        # Its own name is the sender's choice, and would stand on a command line.
        source = work / f"draft{kind.suffix}"
        shutil.copyfile(original, source)
        code = _run(
            libreoffice.command(program, source, kind.import_filter, made, work / "profile"),
            temporary,
        )
        result = made / "draft.pdf"
        if code != 0 or not result.is_file() or result.stat().st_size == 0:
            raise AppError("convert.failed", file=original.name, exit_code=code)
        result.replace(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run(command: list[str], temporary: Path) -> int:
    try:
        # What it prints may quote the document.
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=temporary,
            env=libreoffice.environment(os.environ, temporary),
            check=False,
        ).returncode
    except OSError as error:
        raise AppError("convert.missing", path=command[0]) from error

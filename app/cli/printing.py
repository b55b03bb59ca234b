"""`trinhky print`: a PDF for the printer, signed and numbered without the seal, or as it was issued."""

from __future__ import annotations

from argparse import Namespace

from app.bootstrap import Processes, workbench
from app.cli.terminal import EXIT_OK, Terminal
from app.errors import AppError
from app.settings import Settings
from app.workflow.printing import write_print
from app.workflow.writing import number_text


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Write the print; the signed file stays as it is, and nothing is left where it fails.

    Raises:
        AppError: `usage.no_file`, `usage.out_exists`, `usage.out_not_writable`; as `app.workflow.printing.write_print`.
    """
    if not arguments.file.is_file():
        raise AppError("usage.no_file", path=str(arguments.file))
    if arguments.out.exists():
        raise AppError("usage.out_exists", path=str(arguments.out))
    if not arguments.out.absolute().parent.is_dir():
        raise AppError("usage.out_not_writable", path=str(arguments.out))
    with Processes.of(
        settings, trust=tuple(arguments.trust), profile_id=arguments.profile
    ) as processes:
        bench = workbench(settings, processes, profile_id=arguments.profile)
        number = arguments.number
        if number is not None:
            number = number_text(int(number), bench.profile.number.digits)
        kind, notes = write_print(
            bench,
            arguments.file.absolute(),
            arguments.out.absolute(),
            kind=arguments.what,
            number=number,
            issue_date=arguments.date,
        )
    for code in notes:
        terminal.note(f"{arguments.file}: {terminal.words(code)}")
    terminal.say(f"{arguments.out}: {terminal.short('print.' + kind)}")
    terminal.result(
        {
            "schema": "trinhky.print/1",
            "file": str(arguments.file),
            "out": str(arguments.out),
            "what": kind,
            "notes": list(notes),
        }
    )
    return EXIT_OK

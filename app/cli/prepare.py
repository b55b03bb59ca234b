"""`trinhky prepare`: a copy of an unsigned draft with the empty fields of number and date."""

from __future__ import annotations

import shutil
from argparse import Namespace

from app.bootstrap import Processes, workbench
from app.cli.terminal import EXIT_OK, Terminal
from app.errors import AppError
from app.settings import Settings
from app.workflow.placing import blanks


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Prepare the copy; nothing is left where it fails.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`, `workflow.no_blanks`.
    """
    if arguments.out.exists():
        raise AppError("usage.out_exists", path=str(arguments.out))
    with Processes.of(settings) as processes:
        bench = workbench(settings, processes, profile_id=arguments.profile)
        specs = blanks(bench.eyes, arguments.file, bench.profile)
        if not specs:
            raise AppError("workflow.no_blanks")
        try:
            shutil.copyfile(arguments.file, arguments.out)
        except OSError as error:
            raise AppError("usage.out_not_writable", path=str(arguments.out)) from error
        try:
            bench.token.prepare(arguments.out.absolute(), specs)
        except BaseException:
            arguments.out.unlink(missing_ok=True)
            raise
    names = [item.name for item in specs]
    terminal.say(f"{arguments.out}: {', '.join(names)}")
    terminal.result(
        {
            "schema": "trinhky.prepare/1",
            "file": str(arguments.file),
            "out": str(arguments.out),
            "fields": names,
        }
    )
    return EXIT_OK

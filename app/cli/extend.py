"""`trinhky extend`: a copy of a signed file at a higher PAdES level; no token is needed."""

from __future__ import annotations

from argparse import Namespace

from app.bootstrap import Processes, workbench
from app.cli.terminal import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Terminal
from app.errors import AppError
from app.settings import Settings
from app.workflow.extending import BELOW, extend
from signing.terms import PadesLevel


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Extend a file; exit code 0 only where it has reached the level. What was gained on the way is kept.

    Raises:
        AppError: `usage.no_file`, `usage.out_exists`, `usage.out_not_writable`; as `extend`.
        SigningError: as `extend`.
    """
    if not (arguments.tsa or settings.tsa):
        terminal.error_code("usage.no_tsa")
        return EXIT_USAGE
    if not arguments.file.is_file():
        raise AppError("usage.no_file", path=str(arguments.file))
    if arguments.out.exists():
        raise AppError("usage.out_exists", path=str(arguments.out))
    base, out = arguments.file.absolute(), arguments.out.absolute()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.open("xb").close()
        out.unlink()
    except OSError as error:
        raise AppError("usage.out_not_writable", path=str(arguments.out)) from error
    with Processes.of(settings, trust=tuple(arguments.trust)) as processes:
        bench = workbench(settings, processes, tsa_urls=tuple(arguments.tsa))
        sha256 = bench.judge.look(base).result().sha256
        made = extend(bench, base, out, PadesLevel(arguments.level), sha256)
    level = None if made.level is None else made.level.value
    terminal.say(f"{arguments.out}: {level or '–'} · {made.file.sha256}")
    for code in made.notes:
        terminal.note(f"{arguments.out}: {terminal.words(code)}")
    terminal.result(
        {
            "schema": "trinhky.extend/1",
            "file": str(arguments.file),
            "out": str(arguments.out),
            "sha256": made.file.sha256,
            "level": level,
            "gained": made.file.gained,
            "notes": made.notes,
            "authorities": [{"url": item.url, "code": item.code} for item in made.file.stamp_tries],
        }
    )
    return EXIT_FAILED if BELOW in made.notes else EXIT_OK

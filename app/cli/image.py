"""`trinhky image`: the ink of a photo or a scan as a PNG with transparency, for the settings."""

from __future__ import annotations

from argparse import Namespace

from app.bootstrap import Processes, workbench
from app.cli.terminal import EXIT_OK, Terminal
from app.errors import AppError
from app.settings import Settings
from app.workflow.pictures import take_picture
from signing.terms import SignatureKind


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Take the picture in; nothing is left where it is refused.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`; as `take_picture`.
        SigningError: likewise.
    """
    out = arguments.out.absolute()
    if out.exists():
        raise AppError("usage.out_exists", path=str(arguments.out))
    if not out.parent.is_dir():
        raise AppError("usage.out_not_writable", path=str(arguments.out))
    kind = SignatureKind(arguments.kind)
    with Processes.of(settings, profile_id=arguments.profile) as processes:
        bench = workbench(settings, processes, profile_id=arguments.profile)
        taken = take_picture(bench, arguments.file.absolute(), out, kind, arguments.width_mm)
    size = f"{taken.width_mm} × {taken.height_mm} mm · {taken.width_px} × {taken.height_px} px"
    terminal.say(f"{arguments.out}: {size}")
    for code in taken.notes:
        terminal.note(terminal.words(code))
    terminal.result(
        {
            "schema": "trinhky.image/1",
            "file": str(arguments.file),
            "out": str(arguments.out),
            "kind": kind.value,
            "width_px": taken.width_px,
            "height_px": taken.height_px,
            "width_mm": taken.width_mm,
            "height_mm": taken.height_mm,
            "dpi": taken.dpi,
            "size_known": taken.is_size_known,
            "ink_share": taken.ink_share,
            "diameter_mm": taken.diameter_mm,
            "roundness": taken.roundness,
            "notes": list(taken.notes),
        }
    )
    return EXIT_OK

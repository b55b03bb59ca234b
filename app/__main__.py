"""The command `trinhky`: freezes well, imports little, and hands over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from app.cli.terminal import Terminal


def main() -> int:
    """Run the command line and return the exit code."""
    if hasattr(sys, "frozen"):
        from multiprocessing import freeze_support  # noqa: PLC0415 - else it does nothing, slowly

        freeze_support()
    from app.cli.main import run  # noqa: PLC0415 - worker processes import this module and need none of it

    return run(sys.argv[1:], demo=_demo)


def _demo(arguments: Namespace, terminal: Terminal) -> int:
    from app.errors import AppError  # noqa: PLC0415 - as above

    try:
        from app.demo.command import run  # noqa: PLC0415 - the demo office is an extra
    except ModuleNotFoundError as error:
        raise AppError("usage.demo_missing") from error
    return run(arguments, terminal)


if __name__ == "__main__":
    sys.exit(main())

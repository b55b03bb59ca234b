"""Where a command puts its result: tried before any PIN, filled aside, given its name only when it is whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.errors import AppError


def aside_of(out: Path, step: str = "") -> Path:
    """Return where a result is made before it gets its name: in the same folder, so that a rename is enough."""
    return out.absolute().with_name(f".{os.getpid()}.{step}{out.name}"[-200:] + ".part")


def check_writable(out: Path) -> None:
    """Try the place of the result before any PIN is asked for.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`.
    """
    if out.exists():
        raise AppError("usage.out_exists", path=str(out))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with aside_of(out).open("xb"):
            pass
        aside_of(out).unlink()
    except OSError as error:
        raise AppError("usage.out_not_writable", path=str(out)) from error


def put_in_place(aside: Path, out: Path) -> None:
    """Give a finished file its name, replacing nothing that came meanwhile; without its name it stays aside.

    Raises:
        AppError: `usage.out_exists`, `usage.out_not_writable`; both name where the signed file lies.
    """
    try:
        try:
            os.link(aside, out)
        except FileExistsError:
            raise
        except OSError:
            _copy_without_link(aside, out)
    except FileExistsError as error:
        raise AppError("usage.out_exists", path=f"{out} ({aside})") from error
    except OSError as error:
        raise AppError("usage.out_not_writable", path=f"{out} ({aside})") from error
    aside.unlink()


def _copy_without_link(aside: Path, out: Path) -> None:
    """Copy where there are no hard links, as on a memory stick; half a file never keeps the result's name."""
    with out.open("xb") as target, aside.open("rb") as source:
        try:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        except BaseException:
            out.unlink(missing_ok=True)
            raise

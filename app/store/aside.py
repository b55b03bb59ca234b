"""Where files lie while they are written: one folder for each running program, locked as long as it runs."""

from __future__ import annotations

import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.store.durable import FILE_MODE, private_folder

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, patient: bool = False) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if patient else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, *, patient: bool = False) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))


_LOCK_SUFFIX = ".lock"


class AsideFolder:
    """This program's own folder for unfinished files. Making it removes those of programs that are gone."""

    def __init__(self, root: Path) -> None:
        """Raises OSError where the folder cannot be made."""
        private_folder(root)
        self._folder = root / uuid.uuid4().hex
        self._lock_path = self._folder.with_suffix(_LOCK_SUFFIX)
        # Two programs that start at once must not take each other's fresh folder for a leftover.
        with _held(root / "guard"):
            _clean(root)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
            self._descriptor: int | None = os.open(self._lock_path, flags, FILE_MODE)
            try:
                _lock(self._descriptor)
                private_folder(self._folder)
            except BaseException:
                self.close()
                raise

    def new_path(self, suffix: str) -> Path:
        """Return a path that nobody uses."""
        return self._folder / f"{uuid.uuid4().hex}{suffix}"

    def close(self) -> None:
        """Remove the folder; harmless twice."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        shutil.rmtree(self._folder, ignore_errors=True)
        os.close(descriptor)
        # Where it may not be removed, the next start does.
        with suppress(OSError):
            self._lock_path.unlink(missing_ok=True)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        _lock(descriptor, patient=True)
        yield
    finally:
        os.close(descriptor)


def _clean(root: Path) -> None:
    for lock_path in root.glob(f"*{_LOCK_SUFFIX}"):
        # A living program's lock refuses; so does, on Windows, the removal of its open file.
        with suppress(OSError):
            descriptor = os.open(lock_path, os.O_RDWR)
            try:
                _lock(descriptor)
                shutil.rmtree(lock_path.with_suffix(""), ignore_errors=True)
                if os.name == "posix":
                    lock_path.unlink(missing_ok=True)
            finally:
                os.close(descriptor)
            lock_path.unlink(missing_ok=True)
    for leftover in root.iterdir():
        if leftover.is_dir() and not leftover.with_suffix(_LOCK_SUFFIX).exists():
            shutil.rmtree(leftover, ignore_errors=True)

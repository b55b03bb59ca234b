"""Documents by their hash: `files/ab/abcdef…`, each written aside, put on disk, then renamed into place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from app.errors import AppError
from app.store.aside import AsideFolder
from app.store.durable import FILE_MODE, private_folder, sync_folder
from app.store.faults import told_as_store_errors

_State = tuple[int, int, int, int]


class FileStore:
    """Fills `app.workflow.ports.Files`. Thread-safe: a file comes into being by one rename."""

    def __init__(self, root: Path) -> None:
        """Open the store in `root`, and remove what dead programs left aside.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        with told_as_store_errors(root):
            private_folder(root)
            self._files = private_folder(root / "files")
            self._aside = AsideFolder(root / "aside")
        self._checked: dict[str, _State] = {}

    def close(self) -> None:
        """Remove the unfinished files of this program; harmless twice."""
        self._aside.close()

    def aside(self, suffix: str = ".pdf") -> Path:
        """Return a new path, on the store's own file system, for a file still being written."""
        return self._aside.new_path(suffix)

    def adopt(self, path: Path) -> str:
        """Move a finished file into the store and return its SHA-256; when this returns, it is on disk.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`; the file is then where it was.
        """
        with told_as_store_errors(path):
            sha256 = _finish(path)
            place = self._place(sha256)
            if not place.parent.is_dir():
                private_folder(place.parent)
            if self._is_intact(sha256):
                path.unlink()
            else:
                path.replace(place)
            sync_folder(place.parent)
        return sha256

    def path_of(self, sha256: str) -> Path:
        """Return where a file lies, after its bytes were read and found to be those of the hash.

        Raises:
            AppError: `store.missing` when it is not there or its bytes differ; `store.failed`.
        """
        place = self._place(sha256)
        with told_as_store_errors(place):
            is_intact = self._is_intact(sha256)
        if not is_intact:
            raise AppError("store.missing", sha256=sha256)
        return place

    def holds(self, sha256: str) -> bool:
        """Say whether a file is stored, without reading it."""
        return self._place(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Remove a file that is needed no more; harmless twice."""
        place = self._place(sha256)
        with told_as_store_errors(place):
            place.unlink(missing_ok=True)

    def stored(self) -> frozenset[str]:
        """Return the hashes of all files."""
        return frozenset(path.name for path in self._files.glob("??/*"))

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self._files / sha256[:2] / sha256

    def _is_intact(self, sha256: str) -> bool:
        """Read a file once, and again only when the system says that it was touched (ctime cannot be set)."""
        place = self._place(sha256)
        try:
            with place.open("rb") as file:
                state = _state_of(file.fileno())
                if self._checked.get(sha256) == state:
                    return True
                is_intact = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False
        if is_intact:
            self._checked[sha256] = state
        return is_intact


def _finish(path: Path) -> str:
    """Hash a file and put it on disk, through one handle."""
    with path.open("r+b") as file:
        if os.name == "posix":
            os.fchmod(file.fileno(), FILE_MODE)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return sha256


def _state_of(descriptor: int) -> _State:
    state = os.fstat(descriptor)
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns

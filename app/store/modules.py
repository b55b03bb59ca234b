"""The PKCS#11 modules that a person has added at this machine: paths, never the files themselves."""

from __future__ import annotations

import json
from pathlib import Path

from app.store.durable import write_whole
from app.store.faults import told_as_store_errors


class ModuleList:
    """A file of paths, in the order in which they were added; one that cannot be read counts as empty."""

    def __init__(self, root: Path) -> None:
        self._file = root / "modules.json"

    def paths(self) -> tuple[str, ...]:
        """Return the paths, whether a file is there or not."""
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ()
        listed = found if isinstance(found, list) else []
        return tuple(item for item in listed if isinstance(item, str) and item)

    def add(self, path: Path) -> None:
        """Add a module, durable on disk; the same again changes nothing.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        if str(path) not in self.paths():
            self._write((*self.paths(), str(path)))

    def remove(self, path: Path) -> bool:
        """Remove a module; say whether it was there. Errors as `add`."""
        before = self.paths()
        after = tuple(item for item in before if item != str(path))
        if after != before:
            self._write(after)
        return after != before

    def _write(self, paths: tuple[str, ...]) -> None:
        with told_as_store_errors(self._file):
            write_whole(self._file, json.dumps(paths).encode())

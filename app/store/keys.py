"""The PKCS#12 files that a person has added at this machine: where each lies and whose it is, nothing secret."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

from app.store.durable import sync_folder, write_whole
from app.store.faults import told_as_store_errors
from signing.token.records import KeyFile

SUFFIX = ".json"


class KeyFolder:
    """Records under their certificate's SHA-256. What lies there under another name counts for nothing."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "keys"

    def all(self) -> tuple[KeyFile, ...]:
        """Return what was added, by the file's path."""
        return tuple(sorted((kept for _, kept in self._kept()), key=lambda kept: kept.path))

    def keep(self, added: KeyFile) -> None:
        """Keep a file's record, durable on disk, in place of those of the same file or certificate.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        with told_as_store_errors(self._folder):
            kept = self._folder / f"{added.sha256}{SUFFIX}"
            write_whole(kept, json.dumps(_written(added), indent=1).encode())
            for path, other in self._kept():
                if path != kept and other.path == added.path:
                    path.unlink()
            sync_folder(self._folder)

    def remove(self, sha256: str) -> bool:
        """Forget the file with this certificate, and say whether it was known; it stays where it lies. As `keep`."""
        found = [path for path, _ in self._kept() if path.stem == sha256]
        with told_as_store_errors(self._folder):
            for path in found:
                path.unlink()
                sync_folder(self._folder)
        return bool(found)

    def _kept(self) -> Iterator[tuple[Path, KeyFile]]:
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            kept = _read(path)
            if kept is not None and kept.sha256 == path.stem:
                yield path, kept


def _written(kept: KeyFile) -> dict[str, object]:
    return {
        "path": kept.path,
        "file_sha256": kept.file_sha256,
        "certificate": b64encode(kept.certificate).decode(),
        "authorities": [b64encode(item).decode() for item in kept.authorities],
    }


def _read(path: Path) -> KeyFile | None:
    try:
        row = json.loads(path.read_bytes())
        authorities = tuple(b64decode(item) for item in row["authorities"])
        certificate = b64decode(row["certificate"])
        return KeyFile(str(row["path"]), str(row["file_sha256"]), certificate, authorities)
    except (OSError, ValueError, KeyError, TypeError):
        return None

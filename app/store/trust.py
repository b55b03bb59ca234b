"""The authorities that a person has added to the trust store of this machine, each pinned by its fingerprint."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from app.store.durable import FILE_MODE, private_folder, sync_folder
from app.store.faults import told_as_store_errors

SUFFIX = ".cer"


class TrustFolder:
    """Certificates (DER) under the SHA-256 of their bytes. What lies there under another name counts for nothing."""

    def __init__(self, root: Path) -> None:
        self._folder = root / "trust"

    def files(self) -> tuple[Path, ...]:
        """Return the certificates whose bytes are those that were agreed to."""
        return tuple(
            path
            for path in sorted(self._folder.glob(f"*{SUFFIX}"))
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
        )

    def keep(self, der: bytes) -> Path:
        """Keep a certificate, durable on disk; the same again changes nothing.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        with told_as_store_errors(self._folder):
            folder = private_folder(self._folder)
            kept = folder / f"{hashlib.sha256(der).hexdigest()}{SUFFIX}"
            aside = folder / f".{kept.name}.part"
            with aside.open("wb") as written:
                written.write(der)
                os.fsync(written.fileno())
            aside.chmod(FILE_MODE)
            aside.replace(kept)
            sync_folder(folder)
        return kept

    def remove(self, sha256: str) -> bool:
        """Remove a certificate; say whether it was there. Errors as `keep`."""
        found = [path for path in self.files() if path.stem == sha256]
        with told_as_store_errors(self._folder):
            for path in found:
                path.unlink()
                sync_folder(self._folder)
        return bool(found)

"""The authorities that a person has added to the trust store of this machine, each pinned by its fingerprint."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.store.durable import private_folder, sync_folder, write_whole
from app.store.faults import told_as_store_errors
from signing.trust_places import CACHE, CERTIFICATE_SUFFIX, FETCHED, IMPORTED, LIST_SUFFIX
from signing.trust_records import TrustNote


class TrustFolder:
    """Certificates (DER) under the SHA-256 of their bytes; with other bytes they count for nothing to any reader.

    One that is disabled lies in a folder that nobody reads: a note that is lost enables nothing.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / "trust"
        self._notes = root / "trust-notes"
        self.disabled = root / "trust-off"
        self.cache = root / CACHE

    def places(self) -> tuple[Path, ...]:
        """Return the folders that count, now and when something is added; they are made where they can be."""
        with suppress(AppError), told_as_store_errors(self._folder):
            private_folder(self._folder)
        return (self._folder, self.cache) if self._folder.is_dir() else (self.cache,)

    def holds(self, file: str) -> bool:
        """Say whether a file lies among those that were added."""
        return Path(file).parent == self._folder

    def kept(self) -> tuple[str, ...]:
        """Return the SHA-256 of those that count."""
        return tuple(path.stem for path in sorted(self._folder.glob(f"*{CERTIFICATE_SUFFIX}")))

    def note(self, sha256: str) -> TrustNote | None:
        """Return how a certificate came here; None where that is not known."""
        try:
            row = json.loads((self._notes / f"{sha256}.json").read_text(encoding="utf-8"))
            differs = row["differs_from"]
            return TrustNote(
                str(row["file"]),
                datetime.fromisoformat(row["added_at"]),
                str(row["added_by"]),
                None if differs is None else str(differs),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, sha256: str, der: bytes, note: TrustNote) -> None:
        """Keep a certificate under its SHA-256, durable on disk; it counts from then on.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        row = {
            "file": note.file,
            "added_at": note.added_at.isoformat(),
            "added_by": note.added_by,
            "differs_from": note.differs_from,
        }
        with told_as_store_errors(self._folder):
            written = json.dumps(row, ensure_ascii=False, indent=1).encode()
            write_whole(self._notes / f"{sha256}.json", written)
            write_whole(self._folder / f"{sha256}{CERTIFICATE_SUFFIX}", der)
            self._file(self.disabled, sha256).unlink(missing_ok=True)

    def disable(self, sha256: str) -> bool:
        """Let a certificate count no more, and keep it; say whether it counted. Errors as `keep`."""
        return self._move(sha256, self._folder, self.disabled)

    def enable(self, sha256: str) -> bool:
        """Let a disabled certificate count again; say whether it was disabled. Errors as `keep`."""
        return self._move(sha256, self.disabled, self._folder)

    def remove(self, sha256: str) -> bool:
        """Remove a certificate; say whether it was there. Errors as `keep`."""
        found = [self._file(self._folder, sha256), self._file(self.disabled, sha256)]
        found = [path for path in found if path.is_file()]
        with told_as_store_errors(self._folder):
            for path in found:
                path.unlink()
                sync_folder(path.parent)
            if found:
                (self._notes / f"{sha256}.json").unlink(missing_ok=True)
        return bool(found)

    def keep_list(self, key: str, der: bytes) -> None:
        """Keep an imported CRL in place of an older one with the same key. Errors as `keep`."""
        with told_as_store_errors(self.cache):
            write_whole(self.cache / IMPORTED / f"{key}{LIST_SUFFIX}", der)
            (self.cache / FETCHED / f"{key}{LIST_SUFFIX}").unlink(missing_ok=True)

    def _move(self, sha256: str, source: Path, target: Path) -> bool:
        moved = self._file(source, sha256)
        if not moved.is_file():
            return False
        with told_as_store_errors(self._folder):
            moved.replace(private_folder(target) / moved.name)
            sync_folder(target)
            sync_folder(source)
        return True

    @staticmethod
    def _file(folder: Path, sha256: str) -> Path:
        """Return where a certificate lies; a fingerprint that is none leads nowhere else."""
        name = sha256 if sha256.isalnum() else "none"
        return folder / f"{name}{CERTIFICATE_SUFFIX}"

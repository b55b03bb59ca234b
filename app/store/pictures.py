"""The pictures that people have taken in at this machine: one a person and kind, the seal the whole office's."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from app.store.durable import FILE_MODE, private_folder, sync_folder
from app.store.faults import told_as_store_errors


class PictureStore:
    """PNG files named by kind and hash, so that a new picture never has an old one's name."""

    def __init__(self, root: Path) -> None:
        self._root = root / "images"

    def find(self, kind: str, owner: str | None) -> Path | None:
        """Return the picture of a kind; None where none was taken in.

        Args:
            kind: "personal", "initial" or "seal".
            owner: id of whose it is; None for the office's.
        """
        found = sorted(self._folder(owner).glob(f"{kind}-*.png"))
        return found[-1] if found else None

    def keep(self, picture: Path, kind: str, owner: str | None) -> Path:
        """Keep a picture in place of the one before it, durable on disk, and return where it lies.

        Raises:
            AppError: `store.full`, `store.read_only`, `store.failed`.
        """
        with told_as_store_errors(self._root):
            folder = private_folder(self._folder(owner))
            content = picture.read_bytes()
            kept = folder / f"{kind}-{hashlib.sha256(content).hexdigest()[:16]}.png"
            aside = folder / f".{kept.name}.part"
            shutil.copyfile(picture, aside)
            aside.chmod(FILE_MODE)
            with aside.open("rb+") as written:
                os.fsync(written.fileno())
            aside.replace(kept)
            for old in folder.glob(f"{kind}-*.png"):
                if old != kept:
                    old.unlink()
            sync_folder(folder)
        return kept

    def _folder(self, owner: str | None) -> Path:
        # An id is the server's choice, and no name of a folder.
        name = "office" if owner is None else hashlib.sha256(owner.encode()).hexdigest()[:16]
        return self._root / name

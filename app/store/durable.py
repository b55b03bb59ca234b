"""Files and folders that are the user's alone and survive a power loss."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def private_folder(path: Path) -> Path:
    """Make a folder that the user alone may enter; tighten one that is there."""
    if not path.is_dir():
        path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        sync_folder(path.parent)
    if os.name == "posix" and path.stat().st_mode & 0o777 != FOLDER_MODE:
        path.chmod(FOLDER_MODE)
    return path


def private_file(path: Path) -> None:
    """Make an empty file that the user alone may read, where there is none; tighten one that is there."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))
    if os.name == "posix" and path.stat().st_mode & 0o777 != FILE_MODE:
        path.chmod(FILE_MODE)


def sync_folder(path: Path) -> None:
    """Put a folder's entries on disk. Windows has no such call: its journal keeps renames in order."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Put a small file, the user's alone, in the place of what is there; durable on disk, all of it or nothing."""
    aside = private_folder(path.parent) / f".{path.name}.part"
    with aside.open("wb") as written:
        written.write(data)
        written.flush()
        os.fsync(written.fileno())
    aside.chmod(FILE_MODE)
    aside.replace(path)
    sync_folder(path.parent)

"""The PDF files below a folder, as they are checked all at once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SUFFIX = ".pdf"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be checked; `name` tells it from the others: below a folder it is the way from there."""

    path: Path
    name: str


def files_among(paths: Iterable[Path]) -> tuple[FoundFile, ...]:
    """Return files as they are given, and in place of each folder the PDF files below it, sorted; each file once.

    Hidden files are passed over, and so are links to folders: they may lead round in a circle.
    """
    found: dict[Path, FoundFile] = {}
    for path in paths:
        for item in _below(path) if path.is_dir() else (FoundFile(path, path.name),):
            found.setdefault(item.path, item)
    return tuple(found.values())


def _below(folder: Path) -> list[FoundFile]:
    found = [
        Path(at, name)
        for at, _, names in os.walk(folder)
        for name in names
        if name.lower().endswith(SUFFIX) and not name.startswith(".")
    ]
    return [FoundFile(path, path.relative_to(folder).as_posix()) for path in sorted(found)]

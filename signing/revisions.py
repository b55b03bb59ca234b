"""The revisions of a file: each is a prefix of it, and can be opened as it was when it was signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from signing.embedded import find_signatures
from signing.errors import SigningError
from signing.file_bytes import FileBytes, file_bytes
from signing.reading import open_for_reading
from signing.report import Revision

_END = b"%%EOF"


def list_revisions(path: Path) -> tuple[Revision, ...]:
    """The file's revisions, oldest first; a linearized file's two sections count as one.

    Raises:
        SigningError: `verify.not_a_pdf`, `verify.unreadable`, `verify.password_protected`.
    """
    with _opened(path) as source:
        return _revisions(source)


def _revisions(source: FileBytes) -> tuple[Revision, ...]:
    reader = open_for_reading(source)
    signed_ends = _signed_ends(reader)
    ends = set(signed_ends)
    for number in range(reader.total_revisions):
        end = _end_after(source, reader.xrefs.get_xref_container_info(number).end_location)
        # The signed end may or may not take in the line end behind %%EOF: one revision all the same.
        if not any(abs(end - known) <= 2 for known in ends):
            ends.add(end)
    revisions: list[Revision] = []
    digest = hashlib.sha256()
    start = 0
    for index, end in enumerate(sorted(ends)):
        for block in source.blocks(start, end):
            digest.update(block)
        start = end
        revisions.append(Revision(index, end, digest.copy().hexdigest(), signed_ends.get(end)))
    return tuple(revisions)


def extract_revision(path: Path, index: int, out: Path) -> Revision:
    """Write one revision as a file of its own, exactly the bytes that were signed.

    Raises:
        SigningError: as `list_revisions`, and `verify.no_such_revision`.
    """
    revisions = list_revisions(path)
    if not 0 <= index < len(revisions):
        raise SigningError("verify.no_such_revision", revision=index + 1, revisions=len(revisions))
    revision = revisions[index]
    with _opened(path) as source, out.open("wb") as target:
        target.writelines(source.blocks(0, revision.end_bytes))
    return revision


@contextmanager
def _opened(path: Path) -> Iterator[FileBytes]:
    try:
        with file_bytes(path) as source:
            yield source
    except OSError as error:
        raise SigningError("verify.file_not_readable", file=path.name) from error


def _signed_ends(reader: Any) -> dict[int, str]:
    ends: dict[int, str] = {}
    for found in find_signatures(reader):
        numbers = getattr(found.signature, "byte_range", None)
        if numbers is not None and len(numbers) == 4:
            ends[int(numbers[2]) + int(numbers[3])] = found.field
    return ends


def _end_after(source: FileBytes, offset: int) -> int:
    found = source.find(_END, offset)
    end = source.size_bytes if found < 0 else found + len(_END)
    while end < source.size_bytes and source.part(end, end + 1) in {b"\r", b"\n"}:
        end += 1
    return end

"""Big results through shared memory: page pictures would cross a pipe slowly and in many pieces.

A child owns one name, which the parent chose: so whatever happens to the child, the parent knows what to remove.
The child makes the segment, the parent takes its bytes and removes it before the child gets its next request.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

SMALL_BYTES = 65_536
"""Up to this size a result crosses the pipe as it is."""


@dataclass(frozen=True, slots=True)
class Large:
    """What a job returns whose record has one big `bytes` field; the caller gets the record whole."""

    record: Any
    field: str


def new_name() -> str:
    """Return a fresh segment name; with its slash under the 14 characters that every POSIX system takes."""
    return f"tk{secrets.token_hex(5)}"


def put(name: str, data: bytes) -> SharedMemory:
    """Make the segment, in the child. The caller keeps it open until its next request: Windows needs that."""
    segment = SharedMemory(name, create=True, size=len(data))
    assert segment.buf is not None
    segment.buf[: len(data)] = data
    return segment


def take(name: str, size_bytes: int) -> bytes:
    """Return the segment's bytes and remove it, in the parent.

    Raises:
        OSError: there is no such segment.
        ValueError: it is smaller than was said.
    """
    segment = SharedMemory(name)
    try:
        assert segment.buf is not None
        data = bytes(segment.buf[:size_bytes])
    finally:
        segment.close()
        segment.unlink()
    if len(data) != size_bytes:
        raise ValueError("the segment is smaller than was said")
    return data


def discard(name: str) -> None:
    """Remove what a dead child may have left."""
    try:
        segment = SharedMemory(name)
    except OSError:
        return  # nothing was left
    except ValueError:
        # Killed between making the segment and giving it a size: nothing can be mapped, only removed.
        with suppress(OSError):
            Path("/dev/shm", name).unlink()  # noqa: S108 - the kernel's place for segments, no temporary file
        return
    segment.close()
    segment.unlink()

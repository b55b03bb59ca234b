"""What a file holds that two readers may show differently, or that acts (research, libraries, fact 18)."""

from __future__ import annotations

from pathlib import Path

from signing.active_content import list_active_content
from signing.errors import SigningError
from signing.opening import reader
from signing.pdf_objects import entry
from signing.strict_reading import read_strictly

NOT_STRICT, LAYERS = "not_strict", "optional_content"


def list_content(path: Path) -> tuple[str, ...]:
    """Return short codes, sorted: `not_strict`, `optional_content`, and those of `list_active_content`.

    Raises:
        SigningError: as `signing.opening.reader`.
    """
    with reader(path) as handle:
        found = set(list_active_content(handle))
        if entry(handle.root, "/OCProperties") is not None:
            found.add(LAYERS)
    try:
        read_strictly(path)
    except SigningError:
        found.add(NOT_STRICT)
    return tuple(sorted(found))

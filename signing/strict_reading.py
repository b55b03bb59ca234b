"""Reads a file as the standard is written: what passes here, other programs read alike."""

from __future__ import annotations

from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader

from signing.errors import SigningError
from signing.opening import translated
from signing.pdf_objects import entry


def read_strictly(path: Path) -> None:
    """Read a file's tables and each of its objects, forgiving nothing.

    Raises:
        SigningError: `sign.damaged`, `sign.password_required`.
    """
    with path.open("rb") as stream, translated():
        handle = PdfFileReader(stream, strict=True)
        if handle.encrypted:
            handle.decrypt("")
        for reference in handle.xrefs.explicit_refs_in_revision(handle.total_revisions - 1):
            if handle.xrefs[reference] is not None:
                handle.get_object(reference)
                # What was read is not looked at again: a scan would be held in memory whole.
                handle.resolved_objects.clear()
        if entry(handle.root, "/Pages") is None:
            raise SigningError("sign.damaged", detail="page_tree")

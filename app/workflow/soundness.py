"""Whether a file that is to be signed shows the same to everybody: said, or refused, before any PIN is asked for."""

from __future__ import annotations

from pathlib import Path

from app.workflow.office import Workbench
from app.workflow.ports import DocumentLook
from signing.errors import SigningError

FONTS_MISSING, ACTS = "workflow.fonts_missing", "workflow.active_content"
KNOWN = {"not_strict": "workflow.not_strict", "optional_content": "workflow.optional_content"}
"""Notes by what a file holds; whatever else it holds acts or reaches out."""


def refuse_repaired(bench: Workbench, path: Path) -> None:
    """Refuse a file that the viewer had to repair to show it: others may see another document, or none.

    Raises:
        SigningError: `sign.damaged`.

    Source: research, libraries, facts 1 and 18.
    """
    look: DocumentLook = bench.eyes.facts(path).result()
    if look.is_repaired:
        raise SigningError("sign.damaged", detail="viewer_repaired")


def content_notes(bench: Workbench, path: Path) -> tuple[str, ...]:
    """Return what a person should know of a file before signing it, as message codes.

    Raises:
        PdfError, SigningError: the file cannot be read.
    """
    asked = bench.eyes.typefaces(path)
    found = bench.judge.list_content(path).result()
    notes = dict.fromkeys(KNOWN.get(code, ACTS) for code in found)
    _, loose = asked.result()
    return (*notes, FONTS_MISSING) if loose else tuple(notes)

"""Whether a file that is to be signed shows the same to everybody: said, or refused, before any PIN is asked for."""

from __future__ import annotations

from pathlib import Path

from app.workflow.office import Workbench
from app.workflow.ports import DocumentLook
from signing.errors import SigningError


def refuse_repaired(bench: Workbench, path: Path) -> None:
    """Refuse a file that the viewer had to repair to show it: others may see another document, or none.

    Raises:
        SigningError: `sign.damaged`.

    Source: research, libraries, facts 1 and 18.
    """
    look: DocumentLook = bench.eyes.facts(path).result()
    if look.is_repaired:
        raise SigningError("sign.damaged", detail="viewer_repaired")

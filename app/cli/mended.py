"""`--repair` and `--flatten`: a new base for a draft that cannot be used as it came, where the person asked for it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.workflow.mending import REMEDIES, Mended, mend, remedy_for
from app.workflow.office import Workbench
from signing.errors import SigningError


@contextmanager
def mended_base(
    bench: Workbench, file: Path, arguments: Namespace
) -> Iterator[tuple[Path, Mended | None]]:
    """Give a file that can be signed: itself, or a new base that is gone afterwards; `Mended.notes` are to be told.

    Raises:
        AppError, PdfError: as `mend`; what holds a signature is never rewritten.
        SigningError: as `look_at`, where the person did not ask for what would lift it.
    """
    refused = remedy_for(bench, file)
    if refused is None:
        yield file, None
        return
    asked = {name for name in REMEDIES.values() if getattr(arguments, name)}
    if REMEDIES[refused.code] not in asked:
        raise refused
    with TemporaryDirectory(prefix="trinhky-") as folder:
        made = Path(folder) / "mended.pdf"
        mended = mend(bench, file, made)
        if not asked.issuperset(mended.remedies):
            raise SigningError("sign.own_form_fields", count=mended.fields)
        yield made, mended

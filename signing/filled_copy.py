"""A copy of a signed document with its number and date filled in, to look at and to print: never a revision.

Filled in an update of its own, number and date would be locked by no seal: anybody could change them, and a later time
stamp turns the seal to OTHER (design, signing). So the copy is drawn and thrown away; the seal fills its own.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from signing.appearance import Fonts
from signing.opening import writer
from signing.prepare import fill_fields
from signing.request import FieldValue


def fill_copy(base: Path, out: Path, values: tuple[FieldValue, ...]) -> None:
    """Write a copy of a file with texts in its prepared fields, drawn as the seal would draw them.

    Args:
        base: is only read.
        out: is written anew; nothing is left of it where that fails.
        values: texts by field.

    Raises:
        SigningError: as `signing.prepare.fill_fields` and `signing.opening.reader`.
    """
    try:
        shutil.copyfile(base, out)
        with out.open("r+b") as stream, writer(stream) as update:
            fill_fields(update, values, Fonts(update))
            update.write_in_place()
    except BaseException:
        out.unlink(missing_ok=True)
        raise

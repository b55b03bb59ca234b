"""Opens a file for judging: leniently, as viewers do, and with pyHanko's reader told what we know better."""

from __future__ import annotations

import re
from typing import Any

from pyhanko.pdf_utils.crypt import AuthStatus

from signing import hex_strings
from signing.difference import TolerantXrefs
from signing.errors import SigningError
from signing.file_bytes import FileBytes
from signing.packed_objects import PackedReader
from signing.pdf_objects import UNREADABLE

hex_strings.install()

_HEADER_ROOM_BYTES = 1024
_DICTIONARY_BYTES = 600
_MOST_OBJECTS = 8_388_607
"""ISO 32000-1, annex C."""
_ROWS = re.compile(rb"/Size\s+(\d+)|/Index\s*\[([\d\s]*)\]")


def open_for_reading(source: FileBytes) -> Any:
    """Parse the file's cross-references; hybrid files are accepted (libraries.md, fact 6).

    Raises:
        SigningError: `verify.not_a_pdf`, `verify.unreadable`, `verify.signed_but_unreadable`,
            `verify.password_protected`.
    """
    if b"%PDF-" not in source.part(0, _HEADER_ROOM_BYTES):
        raise SigningError("verify.not_a_pdf")
    try:
        _refuse_endless_tables(source)
        reader: Any = PackedReader(source.stream)
        source.lend_to(reader)
        reader.xrefs.__class__ = TolerantXrefs
        locked = reader.encrypted and not _unlocks(reader)
        if not locked:
            _ = reader.root["/Pages"]
    except UNREADABLE as error:
        signed = b"/ByteRange" in source
        raise SigningError(
            "verify.signed_but_unreadable" if signed else "verify.unreadable"
        ) from error
    if locked:
        raise SigningError("verify.password_protected")
    return reader


def _refuse_endless_tables(source: FileBytes) -> None:
    """Refuse a cross-reference stream that says it lists more objects than a file may have; pyHanko would count them.

    Raises:
        ValueError: for the caller to translate.
    """
    at = source.find(b"/XRef", 0)
    while at >= 0:
        around = source.part(max(0, at - _DICTIONARY_BYTES), at + _DICTIONARY_BYTES)
        for size, index in _ROWS.findall(around):
            if any(int(number[:20]) > _MOST_OBJECTS for number in (size + b" " + index).split()):
                raise ValueError("cross-reference stream without end")
        at = source.find(b"/XRef", at + 1)


def _unlocks(reader: Any) -> bool:
    return bool(reader.decrypt("").status != AuthStatus.FAILED)

"""Reads hex strings a block at a time: pyHanko's reader goes letter by letter, and a signature has 32,000 of them.

What is not plain digits up to the closing bracket is left to pyHanko, so that every string is what it makes of it.
"""

from __future__ import annotations

import binascii
import os
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic

_BLOCK_BYTES = 4096

by_letters = generic.read_hex_string_from_stream
"""pyHanko's own reader."""


def read_hex_string(stream: BinaryIO) -> Any:
    """Read the hex string that begins at a stream's position, and leave the stream behind it.

    Raises:
        PdfStreamError: as pyHanko's own reader.
    """
    start = stream.tell()
    stream.read(1)
    digits = bytearray()
    rest = b""
    while not rest and (block := stream.read(_BLOCK_BYTES)):
        rest = block.lstrip(generic.HEX_DIGITS)
        digits += block[: len(block) - len(rest)]
    if len(digits) % 2 or not rest.startswith(b">"):
        stream.seek(start)
        return by_letters(stream)
    stream.seek(1 - len(rest), os.SEEK_CUR)
    return generic.pdf_string(binascii.unhexlify(digits))


def install() -> None:
    """Let pyHanko read every hex string of this process so; harmless twice."""
    generic.read_hex_string_from_stream = read_hex_string

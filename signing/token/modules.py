"""Which PKCS#11 modules to try, and a look at a file before it is loaded."""

from __future__ import annotations

import mmap
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from signing.token.known_modules import known

GET_FUNCTION_LIST = b"C_GetFunctionList\0"
"""The one function that every module exports (PKCS#11 v2.40, 4.2)."""


def candidates(configured: Iterable[str] = ()) -> tuple[Path, ...]:
    """Return the module paths to try: the configured ones first, then those known that are there.

    Args:
        configured: paths from the administrator or the person; named even where the file is absent.
    """
    paths = [*map(Path, configured), *(item for item in known(sys.platform) if item.is_file())]
    # A module under a second name would be refused as already initialised.
    once: dict[Path, Path] = {}
    for item in paths:
        once.setdefault(item.resolve(), item)
    return tuple(once.values())


def library_bits(path: Path) -> int | None:
    """Return 32 or 64 from the header of an ELF, PE or Mach-O library, None where it is none of them."""
    with path.open("rb") as stream:
        head = stream.read(64)
        if head[:4] == b"\x7fELF" and len(head) > 4:
            return {1: 32, 2: 64}.get(head[4])
        if head[:4] in (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
            return 64
        if head[:4] == b"\xce\xfa\xed\xfe":
            return 32
        if head[:2] == b"MZ" and len(head) == 64:
            stream.seek(struct.unpack_from("<I", head, 0x3C)[0])
            machine = stream.read(6)
            if machine[:4] == b"PE\0\0":
                return {0x14C: 32, 0x8664: 64, 0xAA64: 64}.get(
                    struct.unpack_from("<H", machine, 4)[0]
                )
    return None


def exports_pkcs11(path: Path) -> bool:
    """Say whether a library names the function by which every PKCS#11 module is entered; nothing of it is run."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        return whole.find(GET_FUNCTION_LIST) >= 0

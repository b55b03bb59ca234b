"""Where the PKCS#11 modules of the tokens in use lie, and a look at a file before it is loaded."""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable
from pathlib import Path

LINUX = (
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
    "/usr/lib/libeToken.so",
    "/usr/lib/x86_64-linux-gnu/libeToken.so",
    "/usr/lib/bit4id/libbit4xpki.so",
    "/usr/lib/libbit4xpki.so",
    "/usr/lib/libcastle.so",
    "/opt/ePass2003-Castle/redist/libcastle_v2.so.1.0.0",
)
WINDOWS = (
    r"C:\Windows\System32\eTPKCS11.dll",
    r"C:\Windows\System32\bit4xpki.dll",
    r"C:\Windows\System32\bit4ipki.dll",
    r"C:\Windows\System32\eps2003csp11v2.dll",
    r"C:\Windows\System32\vnpt-ca_csp11.dll",
    r"C:\Windows\System32\vnptca_p11_v8.dll",
    r"C:\Windows\System32\viettel-ca_v6.dll",
    r"C:\Windows\System32\fptca_v3.dll",
    r"C:\Windows\System32\bkavcaetoken.dll",
    r"C:\Windows\System32\nca_v6.dll",
    r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll",
    r"C:\SoftHSM2\lib\softhsm2-x64.dll",
)
MACOS = (
    "/Library/OpenSC/lib/opensc-pkcs11.so",
    "/usr/local/lib/libeTPkcs11.dylib",
    "/usr/local/lib/libbit4xpki.dylib",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


def candidates(configured: Iterable[str] = ()) -> tuple[Path, ...]:
    """Return the module paths to try: the configured ones first, then those known that are there.

    Args:
        configured: paths from the administrator or the person; named even where the file is absent.
    """
    known = {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform, LINUX)
    paths = [*map(Path, configured), *(item for item in map(Path, known) if item.is_file())]
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

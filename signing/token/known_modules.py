"""Where the PKCS#11 modules of the tokens in use lie: file names by maker, folders by system.

Sources: the makers' installers and the lists that other signing programs carry; a name that is seen nowhere does no
harm, for only files that are there are tried.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path, PureWindowsPath

WINDOWS_NAMES = {
    "Bit4id": ("bit4xpki.dll", "bit4ipki.dll", "bit4opki.dll"),
    "SafeNet": ("eTPKCS11.dll", "eToken.dll", "IDPrimePKCS1164.dll"),
    "Feitian": (
        *("eps2003csp11v2.dll", "eps2003csp11.dll"),
        *("ShuttleCsp11_3003.dll", "ngp11v211.dll"),
    ),
    "VNPT-CA": (
        *(f"vnptca_p11_v{version}.dll" for version in range(10, 5, -1)),
        *("vnpt-ca_csp11.dll", "vnpt-ca_v34.dll", "vnpt-ca_cl_v1.dll"),
    ),
    "Viettel-CA": tuple(f"viettel-ca_v{version}.dll" for version in range(6, 0, -1)),
    "FPT-CA": (
        *(f"fptca_v{version}.dll" for version in range(6, 2, -1)),
        *("fpt-ca.dll", "fpt-ca-stx.dll"),
    ),
    "BKAV": ("BkavCAv2S.dll", "BkavCA.dll", "bkavcaetoken.dll", "st3csp11.dll"),
    "CA2, NCCA": (
        *("CA2_csp11.dll", "CA2_v34.dll", "ncca_csp11_v1.dll"),
        *(f"nca_v{version}.dll" for version in range(9, 3, -1)),
    ),
    "SmartSign": tuple(f"Vina-CAv{version}.dll" for version in range(10, 2, -1)),
    "Newtel, SafeCA, EFY, MISA, FastCA, I-CA": (
        *("newca_v4.dll", "Safe-ca_v2.dll", "efy-ca_v1.dll"),
        *("misaca_csp11_v2.dll", "fca_v1.dll", "ica_csp11_v1.dll"),
    ),
    "others": ("wdpkcs.dll", "gclib.dll", "psapkcs.dll", "ostc1_csp11.dll", "acospkcs11.dll"),
}
"""In the system's folder."""
WINDOWS_PLACES = (
    "Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
    "SoftHSM2/lib/softhsm2-x64.dll",
)
"""On the system's drive."""
LINUX_FOLDERS = (
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
)
LINUX_NAMES = (
    *("bit4id/libbit4xpki.so", "libbit4xpki.so", "libbit4ipki.so"),
    *("libeTPkcs11.so", "libeToken.so", "libIDPrimePKCS11.so"),
    *("libcastle.so", "libcastle_v2.so.1.0.0"),
    *("viettel-ca_v6.so", "fptca_v4.so"),
    *("softhsm/libsofthsm2.so", "opensc-pkcs11.so"),
)
LINUX_PLACES = ("/opt/ePass2003-Castle/redist/libcastle_v2.so.1.0.0",)
MACOS = (
    "/usr/local/lib/libbit4xpki.dylib",
    "/usr/local/lib/libeTPkcs11.dylib",
    "/usr/local/lib/viettel-ca_v6.dylib",
    "/Library/OpenSC/lib/opensc-pkcs11.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
P11_KIT_FOLDERS = ("/usr/share/p11-kit/modules", "/etc/pkcs11/modules")
"""Where a system's packages and its administrator register modules (p11-kit, pkcs11.conf(5))."""
_REGISTERED_IN = "pkcs11"


def known(platform: str) -> Iterator[Path]:
    """Give the places of modules on a system, as `sys.platform` names it, whether a file is there or not."""
    if platform == "win32":
        system = PureWindowsPath(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        names = (name for names in WINDOWS_NAMES.values() for name in names)
        yield from (Path(system / "System32" / name) for name in names)
        yield from (Path(PureWindowsPath(system.anchor, place)) for place in WINDOWS_PLACES)
    elif platform == "darwin":
        yield from map(Path, MACOS)
    else:
        yield from (Path(folder, name) for name, folder in product(LINUX_NAMES, LINUX_FOLDERS))
        yield from map(Path, LINUX_PLACES)
        yield from registered(P11_KIT_FOLDERS)


def registered(folders: tuple[str, ...]) -> Iterator[Path]:
    """Give the modules that are registered with p11-kit; stores of trust hold no keys and are left out."""
    for file in (file for folder in folders for file in sorted(Path(folder).glob("*.module"))):
        try:
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        options = {
            name.strip(): value.strip()
            for name, colon, value in (line.partition(":") for line in lines)
            if colon and not name.lstrip().startswith("#")
        }
        module = options.get("module", "")
        if not module or options.get("trust-policy") == "yes":
            continue
        # A bare name lies where p11-kit keeps modules, beside the system's libraries.
        yield from (Path(folder, _REGISTERED_IN, module) for folder in LINUX_FOLDERS)

"""The PKCS#11 mechanisms that this program signs with (PKCS#11 v2.40, 2.1 and 2.3)."""

from __future__ import annotations

from collections.abc import Container

from pkcs11 import MGF, Mechanism

RSA_MECHANISMS = {
    "sha256": Mechanism.SHA256_RSA_PKCS,
    "sha384": Mechanism.SHA384_RSA_PKCS,
    "sha512": Mechanism.SHA512_RSA_PKCS,
}
PSS_MECHANISMS = {
    "sha256": (Mechanism.SHA256_RSA_PKCS_PSS, Mechanism.SHA256, MGF.SHA256),
    "sha384": (Mechanism.SHA384_RSA_PKCS_PSS, Mechanism.SHA384, MGF.SHA384),
    "sha512": (Mechanism.SHA512_RSA_PKCS_PSS, Mechanism.SHA512, MGF.SHA512),
}
"""The mechanism that hashes and signs, the hash and the mask of its parameters (PKCS#11 v2.40, 2.1.10)."""
PSS_LISTED = {Mechanism.RSA_PKCS_PSS, *(whole for whole, _, _ in PSS_MECHANISMS.values())}
_USED = (
    Mechanism.RSA_PKCS,
    *RSA_MECHANISMS.values(),
    Mechanism.RSA_PKCS_PSS,
    *(whole for whole, _, _ in PSS_MECHANISMS.values()),
    Mechanism.ECDSA,
)


def usable_mechanisms(listed: Container[Mechanism]) -> tuple[str, ...]:
    """Name those of a token's mechanisms that this program signs with, say "SHA256_RSA_PKCS", in a fixed order."""
    return tuple(item.name for item in _USED if item in listed)

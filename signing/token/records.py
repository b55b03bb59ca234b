"""What a person is told of modules, tokens and certificates: frozen, engine-free."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from signing.terms import PinState

KEPT = ("token.mechanism_missing", "token.no_pss", "certificate.weak_key")
"""Errors after which an open key is as good as before. After any other all are forgotten, and the person is asked
again: a signature by another key, say, means another card in the reader (research: tokens)."""


@dataclass(frozen=True, slots=True)
class CertificateInfo:
    """A signer's certificate on a token.

    `key_id` is CKA_ID in hex. `purpose` is "person", "agency" or "unknown". `cannot_sign` is a message
    code, None where it can. `subject` and `issuer` are the common names,
    `uid` the subject's user id (say its identity card's number). `can_pss` says that the token lists RSASSA-PSS for it.
    `der` is the certificate itself.
    """

    key_id: str
    sha256: str
    subject: str
    organization: str | None
    issuer: str
    serial: str
    not_before: datetime
    not_after: datetime
    purpose: str
    algorithm: str
    key_bits: int
    cannot_sign: str | None
    uid: str | None = None
    can_pss: bool = False
    der: bytes = field(default=b"", repr=False)

    @property
    def digest(self) -> str:
        """The digest that its key signs with unless another is asked for: SHA-384 with P-384, else SHA-256."""
        return "sha384" if (self.algorithm, self.key_bits) == ("ecdsa", 384) else "sha256"


@dataclass(frozen=True, slots=True)
class RawRequest:
    """Data to sign with a key (the CMS signed attributes, not their hash), by "sha256", "sha384" or "sha512".

    With RSASSA-PSS where a salt is given.
    """

    data: bytes = field(repr=False)
    digest: str
    pss_salt_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """A key that is open for signing: its certificate and those of authorities beside it (DER).

    A key that `wants_pin_each_time` (CKA_ALWAYS_AUTHENTICATE) makes one signature, then it is to be opened again.
    """

    certificate: bytes = field(repr=False)
    authorities: tuple[bytes, ...] = field(default=(), repr=False)
    wants_pin_each_time: bool = False


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token in a slot. `serial` identifies it, `label` is for people. `authorities` are CA certificates (DER)."""

    module: str
    slot: int
    label: str
    serial: str
    manufacturer: str
    model: str
    pin_state: PinState
    pin_pad: bool
    certificates: tuple[CertificateInfo, ...]
    authorities: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """A PKCS#11 module that was tried. `problem` is a message code, None where it answers."""

    path: str
    found: bool
    bits: int | None
    problem: str | None
    slots: int = 0
    tokens: tuple[TokenInfo, ...] = ()

"""What a person is told of modules, tokens and certificates: frozen, engine-free."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from signing.terms import PinState

KEY_FILE_SUFFIXES = (".p12", ".pfx")
"""What a PKCS#12 file is named; no PKCS#11 module is."""


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
    """A token in a slot. `serial` identifies it, `label` is for people. `authorities` are CA certificates (DER).

    One that `is_file` is a PKCS#12 file: `module` is its path, its PIN is a password, and no tries are counted.
    `mechanisms` are those that this program signs with, by their names in PKCS#11 without "CKM_".
    """

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
    is_file: bool = False
    mechanisms: tuple[str, ...] = ()

    def can_sign_with(self, certificate: CertificateInfo) -> bool:
        """Say whether it lists what signs with a certificate's key where nothing else is asked for; a file can."""
        if self.is_file:
            return True
        fitting = {"rsa": ("RSA_PKCS", "SHA256_RSA_PKCS"), "ecdsa": ("ECDSA",)}
        return any(name in self.mechanisms for name in fitting.get(certificate.algorithm, ()))


@dataclass(frozen=True, slots=True)
class ModuleInfo:
    """A PKCS#11 module that was tried, or a key file. `problem` is a message code, None where it answers."""

    path: str
    found: bool
    bits: int | None
    problem: str | None
    slots: int = 0
    tokens: tuple[TokenInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What is kept of a PKCS#12 file that was opened once: nothing secret. Certificates are DER.

    `file_sha256` tells without its password whether it is still that file.
    """

    path: str
    file_sha256: str
    certificate: bytes = field(repr=False)
    authorities: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def sha256(self) -> str:
        """The certificate's fingerprint, which identifies the key."""
        return hashlib.sha256(self.certificate).hexdigest()


@dataclass(frozen=True, slots=True)
class KeyFileInfo:
    """How a kept key file is now. `problem` is a message code, None where it can be opened with its password."""

    file: KeyFile
    problem: str | None
    certificate: CertificateInfo | None = None

    @property
    def module(self) -> ModuleInfo:
        """The file as the survey tells it: a module with one token."""
        path = self.file.path
        if self.problem is not None or self.certificate is None:
            is_there = self.problem != "token.file_missing"
            return ModuleInfo(path, found=is_there, bits=None, problem=self.problem)
        token = TokenInfo(
            module=path,
            slot=0,
            label=PurePath(path).name,
            serial=self.file.sha256,
            manufacturer="PKCS#12",
            model=PurePath(path).suffix,
            pin_state=PinState.OK,
            pin_pad=False,
            certificates=(self.certificate,),
            authorities=self.file.authorities,
            is_file=True,
        )
        return ModuleInfo(path, found=True, bits=None, problem=None, slots=1, tokens=(token,))


def is_key_file(module: str) -> bool:
    """Say whether a module's path is that of a PKCS#12 file."""
    return PurePath(module).suffix.lower() in KEY_FILE_SUFFIXES

"""PKCS#12 files: a signer's key in software, opened with its password and forgotten at logout.

The file usually encrypts its certificates too. So it is read once with its password (`read_key_file`), and what is
kept of it (`KeyFile`) tells from then on what it holds (`look_at`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto.pkcs12 import Pfx
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from signing import certificates as certs
from signing.errors import SigningError
from signing.token.described import certificate_info
from signing.token.pin import Pin
from signing.token.raw import HASHES, verify_raw
from signing.token.records import KeyFile, KeyFileInfo, OpenedKey, is_key_file

MOST_BYTES = 1 << 20
"""A key with its certificates takes a few thousand."""
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass
class OpenKeyFile:
    """A `signing.pades.KeyHolder` whose key lies in this process until `close`."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: _Key | None

    def opened_key(self) -> OpenedKey:
        """Describe the key that is open."""
        return OpenedKey(
            self.certificate.public_bytes(Encoding.DER),
            tuple(item.public_bytes(Encoding.DER) for item in self.chain),
        )

    def sign(self, data: bytes, digest: str) -> bytes:
        """Sign data; arguments, result and errors as `signing.token.driver.Session.sign`."""
        key, hashed = self._held(), HASHES[digest]
        if isinstance(key, rsa.RSAPrivateKey):
            raw = key.sign(data, padding.PKCS1v15(), hashed)
        else:
            raw = key.sign(data, ec.ECDSA(hashed))
        verify_raw(self.certificate, raw, data, digest)
        return raw

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        """Sign data with RSASSA-PSS; as `signing.token.driver.Session.sign_pss`."""
        key, hashed = self._held(), HASHES[digest]
        if not isinstance(key, rsa.RSAPrivateKey):
            raise SigningError("token.no_pss", subject=certs.common_name(self.certificate.subject))
        raw = key.sign(data, padding.PSS(padding.MGF1(hashed), salt_bytes), hashed)
        verify_raw(self.certificate, raw, data, digest, pss_salt_bytes=salt_bytes)
        return raw

    def close(self) -> None:
        """Forget the key."""
        self.key = None

    def _held(self) -> _Key:
        if self.key is None:
            raise SigningError("token.not_open")
        return self.key


def check_path(path: Path) -> None:
    """Look at a file from outside, before anybody is asked for its password.

    Raises:
        SigningError: `token.file_suffix`, `token.file_missing`, `token.file_too_large`, `token.file_unreadable`.
    """
    if not is_key_file(str(path)):
        raise SigningError("token.file_suffix", module=str(path))
    _content(path)


def read_key_file(path: Path, password: Pin) -> KeyFile:
    """Open a file once and say what to keep of it.

    Raises:
        SigningError: as `check_path`; `token.password_incorrect`, `token.file_no_key`, `token.file_no_certificate`,
            `certificate.…` where it can never sign.
    """
    check_path(path)
    content = _content(path)
    opened = _opened(content, path, password)
    problem = certs.why_cannot_sign(opened.certificate, datetime.now(UTC))
    if problem and problem != "certificate.not_yet_valid":  # it never will
        raise SigningError(problem, subject=certs.common_name(opened.certificate.subject))
    return KeyFile(
        str(path),
        hashlib.sha256(content).hexdigest(),
        opened.certificate.public_bytes(Encoding.DER),
        tuple(item.public_bytes(Encoding.DER) for item in opened.chain),
    )


def look_at(kept: KeyFile) -> KeyFileInfo:
    """Say how a kept file is now; asks for no password.

    Problems: `token.file_missing`, `token.file_changed`, `token.file_too_large`, `token.file_unreadable`.
    """
    path = Path(kept.path)
    with _readable(path):
        certificate = x509.load_der_x509_certificate(kept.certificate)
        info = certificate_info(kept.sha256, certificate, datetime.now(UTC), has_pss=True)
    try:
        is_same = hashlib.sha256(_content(path)).hexdigest() == kept.file_sha256
    except SigningError as error:
        return KeyFileInfo(kept, error.code, info)
    return KeyFileInfo(kept, None if is_same else "token.file_changed", info)


def open_key_file(path: Path, certificate_sha256: str, password: Pin) -> OpenKeyFile:
    """Open a file for signing with the certificate that it was chosen for.

    Raises:
        SigningError: as `read_key_file`; `token.file_changed` where it holds another certificate by now;
            `certificate.…` (it may not sign).
    """
    opened = _opened(_content(path), path, password)
    if certs.fingerprint(opened.certificate) != certificate_sha256:
        raise SigningError("token.file_changed", module=str(path))
    problem = certs.why_cannot_sign(opened.certificate, datetime.now(UTC))
    if problem:
        raise SigningError(problem, subject=certs.common_name(opened.certificate.subject))
    return opened


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise SigningError("token.file_missing", module=str(path))
    with _readable(path), path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise SigningError("token.file_too_large", module=str(path), limit=MOST_BYTES)
    return content


def _opened(content: bytes, path: Path, password: Pin) -> OpenKeyFile:
    try:
        found = pkcs12.load_pkcs12(content, password.take().encode())
    except ValueError as error:
        # What is no PKCS#12 at all must not be told as a wrong password: a person would type on.
        with _readable(path):
            Pfx.load(content, strict=True).authenticated_safe.native  # noqa: B018 - reads it all
        raise SigningError("token.password_incorrect", token=path.name) from error
    except (TypeError, UnsupportedAlgorithm) as error:
        raise SigningError("certificate.weak_key") from error
    if found.key is None:
        raise SigningError("token.file_no_key", module=str(path))
    with _readable(path):
        return _matched(found, found.key, path)


def _matched(found: pkcs12.PKCS12KeyAndCertificates, key: object, path: Path) -> OpenKeyFile:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise SigningError("certificate.weak_key")
    if found.cert is None or found.cert.certificate.public_key() != key.public_key():
        raise SigningError("token.file_no_certificate", module=str(path))
    certificate = found.cert.certificate
    above = (item.certificate for item in found.additional_certs)
    return OpenKeyFile(certificate, tuple(item for item in above if certs.is_authority(item)), key)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tell whatever the parsers raise of a file's content."""
    try:
        yield
    except (OSError, ValueError, TypeError, KeyError, UnsupportedAlgorithm) as error:
        raise SigningError("token.file_unreadable", module=str(path)) from error

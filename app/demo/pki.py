"""The demo office's certification authority: fresh for each office, kept in a folder, gone with it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from app.clock import Clock, system_clock
from app.demo.certificates import (
    ISSUING_NAME,
    OCSP_NAME,
    ROOT_NAME,
    TSA_NAME,
    Flaw,
    Identity,
    Purpose,
    SignerKey,
    authority_name,
    build_certificate,
    holder_name,
)
from app.demo.people import Holder

_STATE = "state.json"
_ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Revocation:
    """When and why a certificate was revoked (RFC 5280, 5.3.1)."""

    serial: int
    when: datetime
    reason: x509.ReasonFlags


class DemoPki:
    """Root, issuing authority, time-stamp and OCSP identities, and what they have issued.

    Use `open_pki`. Safe to use from several threads; revocations and the address are kept on disk.
    """

    def __init__(self, folder: Path, base_url: str, clock: Clock = system_clock) -> None:
        self.folder = folder
        self.base_url = base_url
        self.clock = clock
        self._lock = threading.Lock()
        self._revoked = _load_revocations(folder / _STATE)
        (folder / _ISSUED).mkdir(parents=True, exist_ok=True)
        self.root = self._identity("root", ROOT_NAME, Purpose.ROOT, None)
        self.issuing = self._identity("issuing", ISSUING_NAME, Purpose.ISSUING, self.root)
        self.tsa = self._identity("tsa", TSA_NAME, Purpose.TSA, self.issuing)
        self.ocsp = self._identity("ocsp", OCSP_NAME, Purpose.OCSP, self.issuing)
        self._save()

    @property
    def root_path(self) -> Path:
        """The trust anchor's file, PEM."""
        return self.folder / "root.crt"

    @property
    def chain(self) -> tuple[x509.Certificate, x509.Certificate]:
        """The authorities' certificates, issuing first, root last."""
        return self.issuing.certificate, self.root.certificate

    @property
    def tsa_url(self) -> str:
        """Where the authority answers RFC 3161 requests."""
        return f"{self.base_url}/tsa"

    def issue(
        self, holder: Holder, public_key: SignerKey, flaw: Flaw = Flaw.NONE
    ) -> x509.Certificate:
        """Issue a signer's certificate for a key pair that lives elsewhere, on a token say."""
        certificate = build_certificate(
            holder_name(holder),
            public_key,
            self.issuing,
            self.issuing.key,
            purpose=Purpose.SIGNER,
            base_url=self.base_url,
            now=self.clock(),
            flaw=flaw,
        )
        self._keep(certificate)
        if flaw is Flaw.REVOKED:
            self.revoke(certificate.serial_number)
        return certificate

    def issue_with_key(self, holder: Holder, flaw: Flaw = Flaw.NONE) -> Identity:
        """Generate an RSA 2048 key in software and issue a signer's certificate for it."""
        key = _new_key(2048)
        return Identity(self.issue(holder, key.public_key(), flaw), key)

    def revoke(
        self,
        serial: int,
        reason: x509.ReasonFlags = x509.ReasonFlags.key_compromise,
        when: datetime | None = None,
    ) -> None:
        """Revoke a certificate; the first revocation of a serial number holds."""
        with self._lock:
            moment = (when or self.clock()).astimezone(UTC).replace(microsecond=0)
            self._revoked.setdefault(serial, Revocation(serial, moment, reason))
        self._save()

    def knows(self, serial: int) -> bool:
        """Say whether the issuing authority has issued this serial number."""
        return self._issued_path(serial).exists()

    def revocation(self, serial: int) -> Revocation | None:
        """Return the revocation of a serial number, if there is one."""
        with self._lock:
            return self._revoked.get(serial)

    def revocations(self) -> tuple[Revocation, ...]:
        """Return all revocations, oldest first."""
        with self._lock:
            return tuple(sorted(self._revoked.values(), key=lambda one: one.when))

    def _identity(
        self, stem: str, name: str, purpose: Purpose, issuer: Identity | None
    ) -> Identity:
        certificate_path = self.folder / f"{stem}.crt"
        key_path = self.folder / f"{stem}.key"
        if certificate_path.exists():
            return _load_identity(certificate_path, key_path)
        key = _new_key(3072 if purpose in {Purpose.ROOT, Purpose.ISSUING} else 2048)
        certificate = build_certificate(
            authority_name(name),
            key.public_key(),
            issuer,
            issuer.key if issuer else key,
            purpose=purpose,
            base_url=self.base_url,
            now=self.clock(),
        )
        if purpose in {Purpose.TSA, Purpose.OCSP}:
            self._keep(certificate)
        pem = serialization.Encoding.PEM
        plain = serialization.NoEncryption()
        key_path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
        certificate_path.write_bytes(certificate.public_bytes(pem))
        return Identity(certificate, key)

    def _keep(self, certificate: x509.Certificate) -> None:
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        self._issued_path(certificate.serial_number).write_bytes(pem)

    def _issued_path(self, serial: int) -> Path:
        return self.folder / _ISSUED / f"{serial:x}.crt"

    def _save(self) -> None:
        with self._lock:
            revoked = [
                {
                    "serial": f"{one.serial:x}",
                    "when": one.when.isoformat(),
                    "reason": one.reason.name,
                }
                for one in self._revoked.values()
            ]
            aside = self.folder / f"{_STATE}.new"
            text = json.dumps({"base_url": self.base_url, "revoked": revoked}, indent=1)
            aside.write_text(text, encoding="utf-8")
            aside.replace(self.folder / _STATE)


def open_pki(folder: Path, base_url: str, clock: Clock = system_clock) -> DemoPki:
    """Load the authority kept in a folder, or found a new one there.

    Args:
        folder: usually `DIR/pki`; made where missing.
        base_url: `http://127.0.0.1:PORT` of the authority: it is written into certificates.
        clock: for tests.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return DemoPki(folder, base_url.rstrip("/"), clock)


def saved_port(folder: Path) -> int:
    """Return the port that an earlier run wrote into its certificates, 0 where there was none."""
    state = folder / _STATE
    if not state.exists():
        return 0
    base_url: str = json.loads(state.read_text(encoding="utf-8"))["base_url"]
    return int(base_url.rsplit(":", 1)[1])


def _new_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def _load_identity(certificate_path: Path, key_path: Path) -> Identity:
    certificate = x509.load_pem_x509_certificate(certificate_path.read_bytes())
    key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(key_path)
    return Identity(certificate, key)


def _load_revocations(state: Path) -> dict[int, Revocation]:
    if not state.exists():
        return {}
    kept = json.loads(state.read_text(encoding="utf-8"))["revoked"]
    found = (
        Revocation(
            int(one["serial"], 16),
            datetime.fromisoformat(one["when"]),
            x509.ReasonFlags[one["reason"]],
        )
        for one in kept
    )
    return {one.serial: one for one in found}

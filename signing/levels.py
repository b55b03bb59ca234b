"""Which PAdES baseline level a signature has reached, as found in the file (ETSI EN 319 142-1, clause 6).

B-LT is said only where the file itself holds the status of every certificate on the way to the anchor: of the
signer's, of those above it, and of the time stamp's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from asn1crypto import crl, ocsp

from signing.pdf_objects import UNREADABLE
from signing.terms import PadesLevel
from signing.trust import Evidence

_LONGEST_PATH = 12


class LevelReader:
    """Knows the file's validation data, the authorities' certificates and the revisions of its document time stamps."""

    def __init__(
        self,
        evidence: Evidence,
        authorities: Iterable[Any],
        store_revision: int,
        stamp_revisions: list[int],
    ) -> None:
        self._issuers: set[bytes] = set()
        self._serials: set[int] = set()
        for der in evidence.crls:
            self._read_crl(der)
        for der in evidence.ocsps:
            self._read_ocsp(der)
        self._above: dict[bytes, Any] = {}
        for certificate in authorities:
            self._above.setdefault(certificate.subject.dump(), certificate)
        self._archived = any(revision > store_revision for revision in stamp_revisions)

    def level_of(
        self,
        signature: Any,
        certificate: Any,
        *,
        baseline: bool,
        stamped: bool,
        stamp_certificate: Any | None = None,
    ) -> PadesLevel | None:
        """The level, None below B-B; `baseline` says that the signing certificate is bound."""
        if signature is None or certificate is None or not baseline:
            return None
        if not stamped:
            return PadesLevel.B_B
        if not (self._is_covered(certificate) and self._is_covered(stamp_certificate)):
            return PadesLevel.B_T
        return PadesLevel.B_LTA if self._archived else PadesLevel.B_LT

    def _is_covered(self, certificate: Any | None) -> bool:
        """Say whether the file holds the status of a certificate and of all above it but the anchor."""
        for _ in range(_LONGEST_PATH):
            if certificate is None:
                return False
            issuer = certificate.issuer.dump()
            if issuer == certificate.subject.dump():
                return True
            if issuer not in self._issuers and certificate.serial_number not in self._serials:
                return False
            certificate = self._above.get(issuer)
        return False

    def _read_crl(self, der: bytes) -> None:
        try:
            self._issuers.add(crl.CertificateList.load(der).issuer.dump())
        except UNREADABLE:
            return

    def _read_ocsp(self, der: bytes) -> None:
        try:
            answer = ocsp.OCSPResponse.load(der)
            for single in answer.response_data["responses"]:
                self._serials.add(single["cert_id"]["serial_number"].native)
        except UNREADABLE:
            return

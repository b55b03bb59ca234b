"""Which PAdES baseline level a signature has reached, as found in the file (ETSI EN 319 142-1, clause 6)."""

from __future__ import annotations

from typing import Any

from asn1crypto import crl, ocsp

from signing.terms import PadesLevel
from signing.trust import Evidence


class LevelReader:
    """Knows the file's validation data and the revisions of its document time stamps."""

    def __init__(self, evidence: Evidence, store_revision: int, stamp_revisions: list[int]) -> None:
        self._issuers: set[bytes] = set()
        self._serials: set[int] = set()
        for der in evidence.crls:
            self._read_crl(der)
        for der in evidence.ocsps:
            self._read_ocsp(der)
        self._archived = any(revision > store_revision for revision in stamp_revisions)

    def level_of(
        self, signature: Any, certificate: Any, *, baseline: bool, stamped: bool
    ) -> PadesLevel | None:
        """The level, None below B-B; `baseline` says that the signing certificate is bound."""
        if signature is None or certificate is None or not baseline:
            return None
        if not stamped:
            return PadesLevel.B_B
        covered = (
            certificate.issuer.dump() in self._issuers or certificate.serial_number in self._serials
        )
        if not covered:
            return PadesLevel.B_T
        return PadesLevel.B_LTA if self._archived else PadesLevel.B_LT

    def _read_crl(self, der: bytes) -> None:
        try:
            self._issuers.add(crl.CertificateList.load(der).issuer.dump())
        except (ValueError, TypeError, KeyError):
            return

    def _read_ocsp(self, der: bytes) -> None:
        try:
            answer = ocsp.OCSPResponse.load(der)
            for single in answer.response_data["responses"]:
                self._serials.add(single["cert_id"]["serial_number"].native)
        except (ValueError, TypeError, KeyError, AttributeError):
            return

"""Answers RFC 3161 time-stamp requests as a real authority does, or wrongly on request."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from asn1crypto import algos, cms, core, parser, tsp, x509
from cryptography import x509 as pyca
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.demo.certificates import TSA_NAME, Identity, Purpose, authority_name, build_certificate
from app.demo.pki import DemoPki

POLICY = "2.999.3161.1"
"""TSA policy: under the arc that ITU-T X.660 keeps for examples."""

_DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


_TOO_MANY = 20
"""So often a chain makes a time stamp that no signature has room for."""


class TsaFault(StrEnum):
    """How the time-stamp authority misbehaves."""

    NONE = "none"
    SLOW = "slow"
    REFUSES = "refuses"
    UNAVAILABLE = "unavailable"
    GARBAGE = "garbage"
    WRONG_NONCE = "wrong_nonce"
    WRONG_IMPRINT = "wrong_imprint"
    UNTRUSTED = "untrusted"
    BAD_SIGNATURE = "bad_signature"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Stamper:
    """Signs time stamps with one identity.

    `chain` are the certificates sent along when the request asks for certificates.
    """

    identity: Identity
    chain: tuple[pyca.Certificate, ...]
    fault: TsaFault = TsaFault.NONE

    def answer(self, body: bytes, now: datetime) -> bytes:
        """Return the DER of a TimeStampResp: granted, or rejected with its PKIFailureInfo."""
        try:
            request = tsp.TimeStampReq.load(body, strict=True)
            imprint = request["message_imprint"]
            algorithm: str = imprint["hash_algorithm"]["algorithm"].native
            digest: bytes = imprint["hashed_message"].native
            policy: str | None = request["req_policy"].native
        except (ValueError, TypeError):
            return _rejection("bad_data_format")
        if self.fault is TsaFault.REFUSES:
            return _rejection("system_failure")
        if algorithm not in _DIGEST_BYTES:
            return _rejection("bad_alg")
        if len(digest) != _DIGEST_BYTES[algorithm]:
            return _rejection("bad_data_format")
        if policy not in {None, POLICY}:
            return _rejection("unaccepted_policy")
        response = tsp.TimeStampResp(
            {
                "status": {"status": "granted"},
                "time_stamp_token": self._token(request, now.replace(microsecond=0)),
            }
        )
        der: bytes = response.dump()
        return der

    def _token(self, request: tsp.TimeStampReq, now: datetime) -> cms.ContentInfo:
        content: bytes = self._tst_info(request, now).dump()
        certificate = _asn1(self.identity.certificate)
        sha256 = algos.DigestAlgorithm({"algorithm": "sha256"})
        attributes = self._signed_attributes(content, certificate, now)
        signature = self.identity.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
        if self.fault is TsaFault.BAD_SIGNATURE:
            signature = bytes(len(signature))
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number",
                    {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
                ),
                "digest_algorithm": sha256,
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_rsa"},
                "signature": signature,
            }
        )
        signed = {
            "version": "v3",
            "digest_algorithms": [sha256],
            "encap_content_info": {
                "content_type": "tst_info",
                "content": core.ParsableOctetString(content),
            },
            "signer_infos": [signer],
        }
        if request["cert_req"].native:
            copies = _TOO_MANY if self.fault is TsaFault.TOO_LARGE else 1
            chain = [_asn1(one) for one in self.chain] * copies
            signed["certificates"] = [certificate, *chain]
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _tst_info(self, request: tsp.TimeStampReq, now: datetime) -> tsp.TSTInfo:
        imprint = request["message_imprint"]
        if self.fault is TsaFault.WRONG_IMPRINT:
            digest = hashlib.sha256(b"another document").digest()
            algorithm = {"algorithm": "sha256"}
            imprint = tsp.MessageImprint({"hash_algorithm": algorithm, "hashed_message": digest})
        info = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(63),
            "gen_time": now,
            "accuracy": {"seconds": 1},
            "tsa": x509.GeneralName("directory_name", _asn1(self.identity.certificate).subject),
        }
        nonce: int | None = request["nonce"].native
        if nonce is not None:
            info["nonce"] = nonce + 1 if self.fault is TsaFault.WRONG_NONCE else nonce
        return tsp.TSTInfo(info)

    @staticmethod
    def _signed_attributes(
        content: bytes, certificate: x509.Certificate, now: datetime
    ) -> cms.CMSAttributes:
        issuer = x509.GeneralName("directory_name", certificate.issuer)
        # RFC 5816: the signing certificate is named by its SHA-256, in version 2 of the attribute.
        named = tsp.ESSCertIDv2(
            {
                "cert_hash": hashlib.sha256(certificate.dump()).digest(),
                "issuer_serial": {
                    "issuer": [issuer],
                    "serial_number": certificate.serial_number,
                },
            }
        )
        signing_time = cms.Time({"utc_time": core.UTCTime(now)})
        digest = hashlib.sha256(content).digest()
        attributes = {
            "content_type": "tst_info",
            "signing_time": signing_time,
            "message_digest": digest,
            "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [named]}),
        }
        return cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": kind, "values": [value]})
                for kind, value in attributes.items()
            ]
        )


def stamper_for(pki: DemoPki, fault: TsaFault = TsaFault.NONE) -> Stamper:
    """Return the authority's stamper; the fault `UNTRUSTED` gives it an identity nobody knows."""
    if fault is TsaFault.UNTRUSTED:
        return Stamper(_stranger(pki), (), fault)
    return Stamper(pki.tsa, (pki.issuing.certificate,), fault)


def _stranger(pki: DemoPki) -> Identity:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = build_certificate(
        authority_name(TSA_NAME),
        key.public_key(),
        None,
        key,
        purpose=Purpose.TSA,
        base_url=pki.base_url,
        now=pki.clock() - timedelta(minutes=1),
    )
    return Identity(certificate, key)


def _asn1(certificate: pyca.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _rejection(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({failure})})
    # asn1crypto knows no TimeStampResp without a token (RFC 3161, 2.4.2: it is optional).
    der: bytes = parser.emit(0, 1, core.Sequence.tag, status.dump())
    return der

"""The demo authority on loopback HTTP: OCSP (RFC 6960), CRL, CA certificates, TSA (RFC 3161)."""

from __future__ import annotations

import asyncio
import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from fastapi import APIRouter, FastAPI, Request, Response

from app.demo.certificates import Identity
from app.demo.pki import DemoPki, open_pki, saved_port
from app.demo.serving import LOOPBACK, Served, claim_port, serve
from app.demo.timestamping import TsaFault, stamper_for

_DER = serialization.Encoding.DER
_FRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Authority:
    """A running authority; a context manager that stops it."""

    pki: DemoPki
    served: Served

    def stop(self) -> None:
        """Stop answering; certificates and revocations stay in their folder."""
        self.served.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def start_authority(
    folder: Path, tsa_fault: TsaFault = TsaFault.NONE, tsa_delay_s: float = 0.0
) -> Authority:
    """Open the authority kept in a folder, or found one, and answer for it on loopback.

    The port of an earlier run is taken again where it is free: older certificates point to it.

    Args:
        folder: usually `DIR/pki`.
        tsa_fault: how the time-stamp authority misbehaves.
        tsa_delay_s: how long it takes to answer under `TsaFault.SLOW`.
    """
    claimed = claim_port(saved_port(folder))
    try:
        pki = open_pki(folder, f"http://{LOOPBACK}:{claimed.getsockname()[1]}")
        app = authority_app(pki, tsa_fault, tsa_delay_s)
    except BaseException:
        claimed.close()
        raise
    return Authority(pki, serve(app, claimed=claimed))


def authority_app(
    pki: DemoPki, tsa_fault: TsaFault = TsaFault.NONE, tsa_delay_s: float = 0.0
) -> FastAPI:
    """Make the app that answers for an authority, for `serve` or another server."""
    app = FastAPI(openapi_url=None)
    app.include_router(authority_router(pki))
    app.include_router(_tsa_router(pki, tsa_fault, tsa_delay_s))
    return app


def authority_router(pki: DemoPki) -> APIRouter:
    """Make the routes `/ocsp`, `/crl/*` and `/ca/*`."""
    router = APIRouter()

    @router.post("/ocsp")
    async def ocsp_post(request: Request) -> Response:
        return _ocsp_response(pki, await request.body())

    @router.get("/ocsp/{encoded:path}")
    async def ocsp_get(encoded: str) -> Response:
        # RFC 6960, A.1: base64 in the path, percent-encoded; the path arrives decoded.
        try:
            body = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            body = b""
        return _ocsp_response(pki, body)

    @router.get("/crl/root.crl")
    async def root_crl() -> Response:
        return Response(build_crl(pki, pki.root), media_type="application/pkix-crl")

    @router.get("/crl/issuing.crl")
    async def issuing_crl() -> Response:
        return Response(build_crl(pki, pki.issuing), media_type="application/pkix-crl")

    @router.get("/ca/root.cer")
    async def root_certificate() -> Response:
        return _certificate(pki.root)

    @router.get("/ca/issuing.cer")
    async def issuing_certificate() -> Response:
        return _certificate(pki.issuing)

    return router


def build_crl(pki: DemoPki, authority: Identity) -> bytes:
    """Return the DER of an authority's revocation list of this moment (RFC 5280, 5)."""
    now = pki.clock().replace(microsecond=0)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        .next_update(now + _FRESH)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
    )
    # The root's list stays empty: everything that can be revoked here comes from the issuing CA.
    for one in pki.revocations() if authority is pki.issuing else ():
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(one.serial)
            .revocation_date(one.when)
            .add_extension(x509.CRLReason(one.reason), critical=False)
        )
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(_DER)


def answer_ocsp(pki: DemoPki, body: bytes) -> bytes:
    """Return the DER of an OCSP response to a DER request about one certificate."""
    try:
        request = ocsp.load_der_ocsp_request(body)
        serial = request.serial_number
        algorithm = request.hash_algorithm
    except (ValueError, NotImplementedError):
        return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
    if not _is_about_ours(pki, request):
        return _unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    revocation = pki.revocation(serial)
    status = ocsp.OCSPCertStatus.GOOD
    if revocation is not None:
        status = ocsp.OCSPCertStatus.REVOKED
    elif not pki.knows(serial):
        status = ocsp.OCSPCertStatus.UNKNOWN
    now = pki.clock().replace(microsecond=0)
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response_by_hash(
            issuer_name_hash=request.issuer_name_hash,
            issuer_key_hash=request.issuer_key_hash,
            serial_number=serial,
            algorithm=algorithm,
            cert_status=status,
            this_update=now,
            next_update=now + _FRESH,
            revocation_time=revocation.when if revocation else None,
            revocation_reason=revocation.reason if revocation else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, pki.ocsp.certificate)
        .certificates([pki.ocsp.certificate])
    )
    for extension in request.extensions:
        if isinstance(extension.value, x509.OCSPNonce):
            builder = builder.add_extension(extension.value, critical=False)
    return builder.sign(pki.ocsp.key, hashes.SHA256()).public_bytes(_DER)


def _tsa_router(pki: DemoPki, fault: TsaFault, delay_s: float) -> APIRouter:
    router = APIRouter()
    stamper = stamper_for(pki, fault)

    @router.post("/tsa")
    async def tsa(request: Request) -> Response:
        body = await request.body()
        if fault is TsaFault.SLOW:
            await asyncio.sleep(delay_s)
        if fault is TsaFault.UNAVAILABLE:
            return Response(status_code=503)
        answer = b"\x00" if fault is TsaFault.GARBAGE else stamper.answer(body, pki.clock())
        return Response(answer, media_type="application/timestamp-reply")

    return router


def _is_about_ours(pki: DemoPki, request: ocsp.OCSPRequest) -> bool:
    """Compare the issuer in the CertID with that of a certificate of ours, by the same hash."""
    ours = (
        ocsp.OCSPRequestBuilder()
        .add_certificate(pki.ocsp.certificate, pki.issuing.certificate, request.hash_algorithm)
        .build()
    )
    asked = (request.issuer_name_hash, request.issuer_key_hash)
    return asked == (ours.issuer_name_hash, ours.issuer_key_hash)


def _ocsp_response(pki: DemoPki, body: bytes) -> Response:
    return Response(answer_ocsp(pki, body), media_type="application/ocsp-response")


def _unsuccessful(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(_DER)


def _certificate(identity: Identity) -> Response:
    der = identity.certificate.public_bytes(_DER)
    return Response(der, media_type="application/pkix-cert")

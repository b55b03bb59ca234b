"""Puts one PAdES signature on one file, as one incremental update whose prefix is the file that was shown.

Runs in the token process, on the thread that owns the PKCS#11 module. Judging the result is
`signing.verification`'s, in another process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from asn1crypto import algos
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.appearance import ExactBox, Fonts
from signing.errors import SigningError
from signing.facts import check_request
from signing.fields import facts
from signing.groundwork import put_in_order
from signing.opening import (
    BLOCK_BYTES,
    append_only,
    copy_hashed,
    entry,
    hash_on,
    members,
    writer,
)
from signing.placed_text import LookStyle
from signing.prepare import add_fields, fill_fields, page_rotation_deg
from signing.request import SignatureRequest, SignedFile
from signing.terms import FIELD_STEMS, PadesLevel, free_field_name
from signing.timestamp import ROOM_BYTES, OptionalTimestamp, TimestampAuthorities
from signing.trust import TrustAnchors
from signing.tsa_client import never

CMS_ROOM_BYTES = 3_072
"""For the CMS without its certificates: attributes, issuer names, a signature of RSA 8192 even."""


SALT_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


class KeyHolder(Protocol):
    """Whoever holds the private key: a token session, or a software key in tests."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes, digest: str) -> bytes:
        """Return the raw signature over data, checked against the certificate."""

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        """Return the RSASSA-PSS signature over data, checked likewise; MGF1 with the same digest."""


class HeldKeySigner(Signer):
    """pyHanko's signer on top of a `KeyHolder`; calls it on the thread that called `sign_file`."""

    def __init__(
        self, holder: KeyHolder, authorities: TimestampAuthorities | None, *, rsa_pss: bool
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(_asn1(item) for item in holder.chain)
        certificate = _asn1(holder.certificate)
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)
        if authorities is not None:
            self.unsigned_attr_prov_spec = OptionalTimestamp(authorities)
        self._holder = holder
        self._rsa_pss = rsa_pss

    def get_signature_mechanism_for_digest(self, digest_algorithm: str | None) -> Any:
        """Name the algorithm; a PSS salt is as long as the digest (RFC 8017, 9.1), which every token takes."""
        if not self._rsa_pss or digest_algorithm is None:
            return super().get_signature_mechanism_for_digest(digest_algorithm)
        return pss_algorithm(digest_algorithm)

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's hook
    ) -> bytes:
        """Sign the CMS signed attributes; pyHanko's dry run never happens, since the size is reserved."""
        if dry_run:
            return bytes(512)
        if self._rsa_pss:
            return self._holder.sign_pss(data, digest_algorithm, SALT_BYTES[digest_algorithm])
        return self._holder.sign(data, digest_algorithm)


class MomentSigner(PdfSigner):
    """pyHanko's signer of PDF files that claims the moment it is told, not its own clock's."""

    signing_time: datetime | None = None

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's hook
    ) -> PdfSigningSession:
        """Begin to sign; pyHanko reads its clock here."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.signing_time or session.system_time
        return session


def sign_file(
    base: Path,
    out: Path,
    request: SignatureRequest,
    holder: KeyHolder,
    *,
    trust: TrustAnchors | None = None,
    given_up: Callable[[], bool] = never,
) -> SignedFile:
    """Sign `base` into the new file `out`, which is durable on disk when this returns.

    Args:
        base: the file that was shown.
        out: the new file.
        request: what to make.
        holder: of the key.
        trust: time stamps of authorities that reach none of its anchors are not taken.
        given_up: says whether the person waits no more for a time stamp.

    Raises:
        SigningError: as `check_request`, and `sign.prefix_changed`, `sign.not_written`, `token.…`. Nothing
            is left at `out` then.
    """
    authorities = None
    if request.level is not PadesLevel.B_B and request.tsa_urls:
        authorities = TimestampAuthorities(request.tsa_urls, trust=trust, given_up=given_up)
    try:
        base_state = copy_hashed(base, out)
        if base_state.hexdigest() != request.base_sha256:
            raise SigningError("sign.not_what_was_shown")
        out.chmod(0o600)
        size_bytes = out.stat().st_size
        with append_only(out) as stream, writer(stream) as update:
            found = facts(update.prev, request.base_sha256)
            check_request(found, request)
            if not found.signed:
                put_in_order(update)
            name = _sign_update(update, request, holder, authorities)
        sha256 = hash_on(base_state, out, size_bytes)
    except OSError as error:
        out.unlink(missing_ok=True)
        raise SigningError("sign.not_written", errno=error.errno) from error
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    if authorities is None:
        return SignedFile(out, sha256, name, PadesLevel.B_B)
    level = PadesLevel.B_T if authorities.stamped else PadesLevel.B_B
    return SignedFile(out, sha256, name, level, authorities.notes, tuple(authorities.tries))


def _sign_update(
    update: IncrementalPdfFileWriter,
    request: SignatureRequest,
    holder: KeyHolder,
    authorities: TimestampAuthorities | None,
) -> str:
    add_fields(update, request.prepare)
    fonts = Fonts(update)
    fill_fields(update, request.fill, fonts)
    name = free_name(update, FIELD_STEMS[request.kind])
    rotation_deg, size = 0, None
    if request.box is not None:
        box = request.box
        size = ExactBox(box.right_pt - box.left_pt, box.top_pt - box.bottom_pt)
        page = update.find_page_for_modification(request.page_index or 0)[0].get_object()
        rotation_deg = page_rotation_deg(page)
    signer = MomentSigner(
        PdfSignatureMetadata(
            field_name=name,
            md_algorithm=request.digest,
            subfilter=SigSeedSubFilter.PADES,
            name=request.signer_name,
            reason=request.reason,
        ),
        signer=HeldKeySigner(holder, authorities, rsa_pss=request.rsa_pss),
        stamp_style=LookStyle(
            border_width=0,
            size=size,
            appearance=request.appearance,
            fonts=fonts,
            rotation_deg=rotation_deg,
        ),
        new_field_spec=_field_spec(name, request),
    )
    signer.signing_time = request.signing_time
    asyncio.run(
        signer.async_sign_pdf(
            update,
            bytes_reserved=_hex_digits(holder, has_stamp=authorities is not None),
            in_place=True,
            chunk_size=BLOCK_BYTES,
        )
    )
    return name


def _hex_digits(holder: KeyHolder, *, has_stamp: bool) -> int:
    """Return the room for /Contents: it spares pyHanko's dry run, and every reader pays for each digit."""
    embedded = (item for item in holder.chain if item.issuer != item.subject)
    certificates_bytes = sum(
        len(item.public_bytes(Encoding.DER)) for item in (holder.certificate, *embedded)
    )
    stamp_bytes = ROOM_BYTES if has_stamp else 0
    return 2 * (CMS_ROOM_BYTES + certificates_bytes + stamp_bytes)


def _field_spec(name: str, request: SignatureRequest) -> SigFieldSpec:
    box: Any = None
    if request.box is not None:
        sides = (
            request.box.left_pt,
            request.box.bottom_pt,
            request.box.right_pt,
            request.box.top_pt,
        )
        box = tuple(round(side, 3) for side in sides)
    lock = (
        FieldMDPSpec(FieldMDPAction.INCLUDE, fields=[value.name for value in request.fill])
        if request.fill
        else None
    )
    return SigFieldSpec(name, on_page=request.page_index or 0, box=box, field_mdp_spec=lock)


def free_name(update: IncrementalPdfFileWriter, stem: str) -> str:
    """Return a name that no field of the file has; as `free_field_name`."""
    form = entry(update.root, "/AcroForm", {})
    taken = {str(entry(item, "/T", "")) for item in members(entry(form, "/Fields", ()))}
    return free_field_name(stem, taken)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return _parsed(certificate.public_bytes(Encoding.DER))


@lru_cache(maxsize=32)
def _parsed(der: bytes) -> asn1_x509.Certificate:
    """Parse a certificate once for a batch; nobody changes it."""
    return asn1_x509.Certificate.load(der)


def pss_algorithm(digest: str) -> algos.SignedDigestAlgorithm:
    """Return RSASSA-PSS with MGF1 over the same digest (RFC 8017, A.2.3)."""
    hashed = algos.DigestAlgorithm({"algorithm": digest})
    parameters = algos.RSASSAPSSParams(
        {
            "hash_algorithm": hashed,
            "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": hashed},
            "salt_length": SALT_BYTES[digest],
        }
    )
    return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pss", "parameters": parameters})

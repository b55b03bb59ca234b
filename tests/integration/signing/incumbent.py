"""Letters as the incumbent tool signs them, rebuilt from measured files (research: field).

SubFilter `adbe.pkcs7.detached`; signed attributes content type and message digest alone; only the leaf certificate in
the CMS; the first signature certifies with P = 2, every later one adds a field of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.demo.certificates import Identity

Box = tuple[int, int, int, int]
"""Left, bottom, right, top in points of user space."""


class _BareAttributes(SignedAttributeProviderSpec):
    """No signing-certificate attribute, no signing time: what is left is what CMS itself asks for."""

    def signed_attr_providers(
        self,
        data_digest: bytes,  # noqa: ARG002 - pyHanko's hook
        digest_algorithm: str,  # noqa: ARG002
    ) -> Iterable[CMSAttributeProvider]:
        return ()


@dataclass(frozen=True)
class Mark:
    """One signature of the tool: its field, whom it names, where it shows a picture."""

    name: str
    who: Identity
    box: Box = (0, 0, 0, 0)
    page_index: int = 0
    image: Path | None = None
    permission: fields.MDPPerm | None = None
    lock: fields.FieldMDPSpec | None = None
    subfilter: fields.SigSeedSubFilter = field(default=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED)


def sign_as_incumbent(base: Path, out: Path, *marks: Mark) -> Path:
    """Sign a file once for each mark, one update after the other."""
    data = base.read_bytes()
    for mark in marks:
        data = _signed(data, mark)
    out.write_bytes(data)
    return out


def certifying(name: str, who: Identity, **more: Any) -> Mark:
    """The first signature of the tool: it certifies and lets the document be filled in and signed."""
    return Mark(name, who, permission=fields.MDPPerm.FILL_FORMS, **more)


def bare_signer(who: Identity) -> signers.Signer:
    """Whose CMS holds what the tool's does."""
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(who.certificate.public_bytes(Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(
            who.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore(),
    )
    signer.signed_attr_prov_spec = _BareAttributes()
    return signer


def _signed(data: bytes, mark: Mark) -> bytes:
    certifies = mark.permission is not None
    metadata = signers.PdfSignatureMetadata(
        field_name=mark.name,
        subfilter=mark.subfilter,
        md_algorithm="sha256",
        certify=certifies,
        docmdp_permissions=mark.permission or fields.MDPPerm.FILL_FORMS,
    )
    spec = fields.SigFieldSpec(
        mark.name,
        on_page=mark.page_index,
        box=mark.box,
        field_mdp_spec=mark.lock,
    )
    made = signers.PdfSigner(
        metadata, signer=bare_signer(mark.who), stamp_style=_style(mark.image), new_field_spec=spec
    )
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    signed: Any = asyncio.run(made.async_sign_pdf(writer))
    return bytes(signed.getvalue())


def _style(image: Path | None) -> Any:
    if image is None:
        return None
    with Image.open(image) as opened:
        picture = PdfImage(opened.convert("RGBA"))
    return StaticStampStyle(background=picture, border_width=0, background_opacity=1.0)

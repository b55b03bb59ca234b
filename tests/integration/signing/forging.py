"""A later signature whose widget was edited before it was signed, as no signing program makes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import PdfSignedData
from pyhanko.stamp import BaseStampStyle

from app.demo.certificates import Identity
from tests.integration.signing.incumbent import bare_signer


def sign_edited(
    writer: IncrementalPdfFileWriter,
    field: tuple[str, fields.SigFieldSpec | None],
    look: BaseStampStyle,
    who: Identity,
    edit: Callable[[Any], None],
) -> bytes:
    """Return a file with one more signature; `field` is its name, and how it is made where it is not there yet."""
    name, spec = field
    embedding: Any = PdfCMSEmbedder(new_field_spec=spec).write_cms(name, writer)
    widget = next(embedding).get_object()
    now = datetime.now(UTC)
    signature = PdfSignedData(
        pdf_name("/Sig"),
        subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        timestamp=now,
        bytes_reserved=8192,
    )
    embedding.send(SigObjSetup(signature, None, SigAppearanceSetup(look, now, None)))
    edit(widget)
    digest, out = embedding.send(SigIOSetup("sha256"))
    signed = bare_signer(who).async_sign(digest.document_digest, "sha256")
    embedding.send(asyncio.run(signed))
    return bytes(out.getvalue())

"""The references: pyHanko used as its documentation shows, on the same token, drafts and trust store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext


def signer_on_token(module: str, label: str, pin: str, key_id: str) -> PKCS11Signer:
    session = open_pkcs11_session(module, token_criteria=TokenCriteria(label=label), user_pin=pin)
    identifier = bytes.fromhex(key_id)
    return PKCS11Signer(session, key_id=identifier, cert_id=identifier)


def sign(
    signer: PKCS11Signer, base: Path, out: Path, image: Path, reserved: int | None = None
) -> None:
    """Sign only: no look at the file, no check of its hash, no fsync, no validation."""
    style = StaticStampStyle(background=PdfImage(str(image)), background_opacity=1, border_width=0)
    with base.open("rb") as source, out.open("wb") as target:
        PdfSigner(
            PdfSignatureMetadata(field_name="LanhDao", subfilter=SigSeedSubFilter.PADES),
            signer=signer,
            stamp_style=style,
            new_field_spec=SigFieldSpec("LanhDao", on_page=0, box=(320, 120, 447, 182)),
        ).sign_pdf(
            # pyHanko refuses PyMuPDF's cross-reference tables where it is strict.
            IncrementalPdfFileWriter(source, strict=False),
            output=target,
            bytes_reserved=reserved,
        )


def validation_inputs(trust: Path) -> dict[str, Any]:
    return {
        "trust_roots": [asn1_x509.Certificate.load((trust / "root.cer").read_bytes())],
        "other_certs": [asn1_x509.Certificate.load((trust / "issuing.cer").read_bytes())],
        "crls": [
            asn1_crl.CertificateList.load((trust / f"{name}.crl").read_bytes())
            for name in ("root", "issuing")
        ],
    }


def validate(path: Path, inputs: dict[str, Any]) -> None:
    with path.open("rb") as stream:
        for signature in PdfFileReader(stream, strict=False).embedded_signatures:
            status = validate_pdf_signature(
                signature, ValidationContext(**inputs, allow_fetching=False)
            )
            if not (status.intact and status.valid and status.trusted):
                raise RuntimeError(path)


def main(arguments: list[str]) -> None:
    """One process for one file, as pyHanko's command line is used; that package is no dependency of ours.

    `validate TRUST FILE` or `sign MODULE LABEL KEY_ID IMAGE TRUST FILE OUT` with the PIN on standard input.
    """
    if arguments[0] == "validate":
        validate(Path(arguments[2]), validation_inputs(Path(arguments[1])))
        return
    module, label, key_id, image, trust, base, out = arguments[1:]
    signer = signer_on_token(module, label, sys.stdin.readline().strip(), key_id)
    sign(signer, Path(base), Path(out), Path(image))
    validate(Path(out), validation_inputs(Path(trust)))


if __name__ == "__main__":
    main(sys.argv[1:])

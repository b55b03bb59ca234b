"""Whose signature it is: by fingerprint, else UID, else name, as the task says more or less."""

from __future__ import annotations

from app.workflow.documents import Signer, same_name
from signing.report import SignatureReport


def is_by(item: SignatureReport, signer: Signer) -> bool:
    """Say whether a signature is a signer's."""
    if signer.certificate_sha256 is not None:
        return item.certificate_sha256 == signer.certificate_sha256
    if signer.uid:
        return item.uid == signer.uid
    return same_name(item.signer, signer.name)

"""A signature for trial, because a person asked: on a page made for it, checked as a stranger would, thrown away."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.diagnosis.records import Check, failed
from app.errors import AppError
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.request import Appearance, SignatureRequest
from signing.terms import PinState, SignatureKind
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, ModuleInfo, TokenInfo

NAME = "test_signature"
_A4_PT = (595.0, 842.0)


def try_signature(
    bench: Workbench,
    found: Sequence[ModuleInfo],
    ask_pin: Callable[[TokenInfo, CertificateInfo], Pin],
    wanted: str | None = None,
) -> Check:
    """Sign a page that says nothing, and say how that went; nothing of it is left.

    Args:
        bench: whose token signs and whose judge looks.
        found: what is in.
        ask_pin: asked once, and only where the PIN has more than its last try.
        wanted: CKA_ID or SHA-256 fingerprint, hex, of the certificate; needed where several can sign.
    """
    usable = _usable(found, wanted)
    if not usable:
        return Check(NAME, "error", "workflow.no_certificate")
    if len(usable) > 1:
        # A PIN sent to another token than its own would cost that one a try.
        return Check(NAME, "error", "doctor.test_which", {"count": str(len(usable))})
    token, certificate = usable[0]
    if token.pin_state in (PinState.FINAL, PinState.LOCKED):
        return Check(NAME, "warning", "doctor.test_pin_in_danger", {"token": token.label})
    try:
        pin = Pin("") if token.pin_pad else ask_pin(token, certificate)
        bench.token.login(token.module, token.serial, certificate.sha256, pin)
        try:
            took_ms = _sign(bench, certificate)
        finally:
            bench.token.logout()
    except (AppError, SigningError, PdfError) as error:
        return failed(NAME, error)
    params = {"subject": certificate.subject, "took_ms": str(took_ms)}
    return Check(NAME, "ok", "doctor.test_ok", params)


def _usable(
    found: Sequence[ModuleInfo], wanted: str | None
) -> list[tuple[TokenInfo, CertificateInfo]]:
    key = None if wanted is None else wanted.lower().replace(":", "")
    return [
        (token, item)
        for module in found
        for token in module.tokens
        for item in token.certificates
        if item.cannot_sign is None and key in (None, item.sha256, item.key_id.lower())
    ]


def _sign(bench: Workbench, certificate: CertificateInfo) -> int:
    """Sign a page and judge it; returns how long the signature took, in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="trinhky-") as folder:
        base, out = Path(folder, "page.pdf"), Path(folder, "signed.pdf")
        bench.judge.draw_appearance(Appearance(), *_A4_PT, base).result()  # an empty page
        request = SignatureRequest(
            SignatureKind.PERSONAL,
            hashlib.sha256(base.read_bytes()).hexdigest(),
            certificate.sha256,
            digest=bench.digest or certificate.digest,
        )
        begun_s = time.monotonic()
        ended_s: list[float] = []
        make_signature(bench, base, out, request, lambda: ended_s.append(time.monotonic()))
    return round((ended_s[0] - begun_s) * 1000)

"""What the services process runs; imported in the child alone."""

from __future__ import annotations

from pathlib import Path

from app.workers.child import stop_requested
from signing.extending import extend_file
from signing.extension import ExtendedFile, ExtensionRequest
from signing.status import CertificateStatus
from signing.status_check import check_status
from signing.trust_files import anchors_at


def extend(
    base: Path, out: Path, request: ExtensionRequest, trust: tuple[Path, ...]
) -> ExtendedFile:
    """Extend a signed file; a request to stop gives up time stamps alone. Raises as `extend_file`, `anchors_at`."""
    return extend_file(base, out, request, anchors_at(trust), given_up=stop_requested)


def status(
    certificate: bytes, authorities: tuple[bytes, ...], trust: tuple[Path, ...], within_s: float
) -> CertificateStatus:
    """Say what is known of a certificate. Raises as `anchors_at`."""
    return check_status(certificate, authorities, anchors_at(trust), within_s=within_s)

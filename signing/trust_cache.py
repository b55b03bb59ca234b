"""Keeps what was fetched while something was verified online, so that it serves offline: the newest of each."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import crl

from signing.trust_places import ANSWER_SUFFIX, CERTIFICATE_SUFFIX, FETCHED, LIST_SUFFIX
from signing.trust_proofs import Proofs, list_key

MOST_BYTES = 128 * 1024**2
_SKEW = timedelta(minutes=10)


def keep_fetched(
    cache: Path, proofs: Proofs, certificates: Iterable[bytes], lists: Iterable[bytes]
) -> None:
    """Keep authorities below an anchor and CRLs that such an authority has signed; whatever else is left.

    That it could not be kept is no fault of what is verified: it is fetched again the next time.
    """
    folder = cache / FETCHED
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for der in certificates:
            path = folder / f"{hashlib.sha256(der).hexdigest()}{CERTIFICATE_SUFFIX}"
            if proofs.reach(der) and not path.exists():
                _write(path, der)
        for der in lists:
            key = list_key(der)
            path = folder / f"{key}{LIST_SUFFIX}"
            if key is not None and _is_newer(der, path) and proofs.have_signed(der):
                _write(path, der)
        _bound(folder)


def keep_answer(cache: Path, certificate: bytes, answer: bytes) -> None:
    """Keep an OCSP answer that the issuer of a certificate (DER) stands for, in place of the one before."""
    folder = cache / FETCHED
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(folder / f"{hashlib.sha256(certificate).hexdigest()}{ANSWER_SUFFIX}", answer)
        _bound(folder)


def _issued_at(der: bytes) -> datetime | None:
    """Return when a CRL was issued; None where it cannot be read."""
    with suppress(ValueError, TypeError, KeyError):
        told: Any = crl.CertificateList.load(der)["tbs_cert_list"]["this_update"].native
        return told if isinstance(told, datetime) else None
    return None


def _is_newer(der: bytes, kept: Path) -> bool:
    new = _issued_at(der)
    if new is None or new > datetime.now(UTC) + _SKEW:
        return False
    old = _issued_at(kept.read_bytes()) if kept.exists() else None
    return old is None or new > old


def _write(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    aside.write_bytes(data)
    aside.replace(path)


def _bound(folder: Path) -> None:
    """Let the oldest go where all together are too large."""
    files = sorted(folder.iterdir(), key=lambda file: -file.stat().st_mtime_ns)
    room = MOST_BYTES
    for file in files:
        room -= file.stat().st_size
        if room < 0:
            file.unlink(missing_ok=True)

"""Takes apart what certificates and revocation lists come in: PEM, DER, PKCS#7 and ZIP, each within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from asn1crypto import cms, crl, pem, x509

from signing.errors import SigningError

Kind = Literal["certificate", "list"]
MOST_BYTES = 32 * 1024**2
"""Of a file, and of all that an archive holds."""
MOST_ENTRIES = 200
MOST_ITEMS = 500
_ENTRY = b"PK\x01\x02"
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
_ENCRYPTED = 0x1


def unpack(data: bytes) -> Iterator[tuple[Kind, bytes]]:
    """Yield the certificates and CRLs (DER) of PEM, DER and PKCS#7; nothing of what is neither."""
    with suppress(ValueError, TypeError, KeyError):
        parts = (
            [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        )
        for der in parts:
            kind = _kind_of(der)
            if kind is not None:
                yield kind, der
            else:
                yield from _of_pkcs7(der)


def unpack_file(data: bytes, file: str) -> tuple[list[tuple[Kind, bytes]], int]:
    """Return what a file holds, also one that is an archive, each once; and how much was passed over.

    Of an archive names and paths are not used, and archives within it are not opened.

    Raises:
        SigningError: `trust.too_large` with `file`: more than a trust store needs, as a decompression bomb has.
    """
    _bound(len(data) <= MOST_BYTES, file)
    members, passed_over = [data], 0
    if data.startswith(_ARCHIVES):
        # Looked at before it is read: each entry costs memory of its own.
        _bound(data.count(_ENTRY) <= MOST_ENTRIES, file)
        members, passed_over = _members(data, file)
    found: dict[bytes, Kind] = {}
    for member in members:
        items = [] if member.startswith(_ARCHIVES) else list(unpack(member))
        passed_over += not items
        found.update((der, kind) for kind, der in items)
    _bound(len(found) <= MOST_ITEMS, file)
    return [(kind, der) for der, kind in found.items()], passed_over


def _members(data: bytes, file: str) -> tuple[list[bytes], int]:
    members: list[bytes] = []
    passed_over = 0
    room = MOST_BYTES
    try:
        with ZipFile(BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                member = _member(archive, entry, room)
                if member is None:
                    passed_over += 1
                    continue
                room -= len(member)
                _bound(room >= 0, file)
                members.append(member)
    except (BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        passed_over += 1
    return members, passed_over


def _member(archive: ZipFile, entry: ZipInfo, room: int) -> bytes | None:
    """Return an entry, one byte more than there is room for at most; None where it cannot be read."""
    # Python bounds what it unpacks at once with these two alone.
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or entry.flag_bits & _ENCRYPTED:
        return None
    try:
        with archive.open(entry) as opened:
            return opened.read(room + 1)
    except (BadZipFile, NotImplementedError, ValueError, EOFError, OSError, zlib.error):
        return None


def _kind_of(der: bytes) -> Kind | None:
    with suppress(ValueError, TypeError, KeyError):
        certificate = x509.Certificate.load(der, strict=True)
        certificate.subject.dump()
        return "certificate"
    with suppress(ValueError, TypeError, KeyError):
        revoked = crl.CertificateList.load(der, strict=True)
        revoked.issuer.dump()
        return "list"
    return None


def _of_pkcs7(der: bytes) -> Iterator[tuple[Kind, bytes]]:
    """Yield what a PKCS#7 file for certificates carries; a signed message is none."""
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        return
    content = info["content"]
    if len(content["signer_infos"]):
        return
    for name in ("certificates", "crls"):
        for item in content[name] if content[name].native is not None else ():
            carried = item.chosen.dump()
            kind = _kind_of(carried)
            if kind is not None:
                yield kind, carried


def _bound(is_within: bool, file: str) -> None:  # noqa: FBT001 - a condition, as of `assert`
    if not is_within:
        raise SigningError("trust.too_large", file=file)

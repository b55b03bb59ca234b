"""What a signing process runs: it makes the file, and asks the token process for the raw signature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from app.workers.child import ask, stop_requested
from signing.pades import sign_file
from signing.request import SignatureRequest, SignedFile
from signing.terms import PadesLevel
from signing.token.records import OpenedKey, RawRequest
from signing.trust_files import anchors_at


@dataclass(slots=True)
class AskedKey:
    """A key that another process holds: a `signing.pades.KeyHolder`."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]

    @classmethod
    def of(cls, key: OpenedKey) -> AskedKey:
        """Take over what is known of an opened key."""
        load = x509.load_der_x509_certificate
        return cls(load(key.certificate), tuple(load(item) for item in key.authorities))

    def sign(self, data: bytes, digest: str) -> bytes:
        """Return the raw signature over data; errors as `signing.desk.sign_raw`."""
        return bytes(ask(RawRequest(data, digest)))

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        """Return the RSASSA-PSS signature over data; errors as `signing.desk.sign_raw`."""
        return bytes(ask(RawRequest(data, digest, salt_bytes)))


def sign(
    base: Path, out: Path, request: SignatureRequest, key: OpenedKey, trust: tuple[Path, ...]
) -> SignedFile:
    """Sign a file with an opened key; a request to stop gives up the time stamp alone, never the signature.

    Args:
        base: the file that was shown.
        out: the new file.
        request: what to make.
        key: what the token process said when it opened it.
        trust: files and folders of the trust store, for the time stamp.

    Raises:
        SigningError: `trust.not_readable`, as `signing.pades.sign_file` and `signing.desk.sign_raw`.
        AppError: a `worker.` code of the token process.
    """
    is_stamped = request.level is not PadesLevel.B_B and bool(request.tsa_urls)
    return sign_file(
        base,
        out,
        request,
        AskedKey.of(key),
        trust=anchors_at(trust) if is_stamped else None,
        given_up=stop_requested,
    )

"""The demo office's keys where SoftHSM is not installed: a PKCS#12 file a signer, the PIN its password."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from app.demo.people import TOKEN_HOLDERS, Holder
from app.demo.pki import DemoPki
from app.demo.tokens import DemoToken, write_records
from app.store.keys import KeyFolder
from signing.certificates import fingerprint
from signing.token.key_file import read_key_file
from signing.token.pin import Pin

_CURVES: dict[str, ec.EllipticCurve] = {"p256": ec.SECP256R1(), "p384": ec.SECP384R1()}


def provision_key_files(
    folder: Path, pki: DemoPki, holders: tuple[Holder, ...] = TOKEN_HOLDERS
) -> tuple[DemoToken, ...]:
    """Make the files with keys and certificates, and leave their records as `provision_tokens` does.

    Args:
        folder: usually `DIR/tokens`; made where missing.
        pki: the authority that certifies the keys.
        holders: each with a PIN.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = tuple(_make(folder, pki, holder) for holder in holders)
    write_records(folder, made)
    return made


def register_key_files(data: Path, folder: Path, tokens: tuple[DemoToken, ...]) -> None:
    """Add the files of a folder to the keys of a store, as their owners would."""
    keys = KeyFolder(data)
    for token in tokens:
        if token.key_file is not None:
            path = folder.absolute() / token.key_file
            keys.keep(read_key_file(path, Pin(token.user_pin)))


def _make(folder: Path, pki: DemoPki, holder: Holder) -> DemoToken:
    if holder.pin is None:
        raise ValueError(holder.key)
    curve = _CURVES.get(holder.key_kind)
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = (
        ec.generate_private_key(curve)
        if curve is not None
        else rsa.generate_private_key(65537, int(holder.key_kind.removeprefix("rsa")))
    )
    certificate = pki.issue(holder, key.public_key())
    path = folder / f"{holder.key}.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            holder.common_name.encode(),
            key,
            certificate,
            pki.chain,
            BestAvailableEncryption(holder.pin.encode()),
        )
    )
    sha256 = fingerprint(certificate)
    return DemoToken(holder.key, path.name, sha256, holder.pin, sha256, sha256, path.name)

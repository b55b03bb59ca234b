"""The demo office's tokens: SoftHSM 2 in a folder, one token a signer, PINs that guard nothing."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.demo.certificates import SignerKey
from app.demo.people import SO_PIN, TOKEN_HOLDERS, Holder
from app.demo.pki import DemoPki
from app.demo.token_writer import (
    SOFTHSM_CONF,
    KeyOnToken,
    choose_configuration,
    generate_key,
    store_certificates,
)

_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "C:/SoftHSM2/lib/softhsm2-x64.dll",
)
_CONFIGURATION = "softhsm2.conf"
_RECORDS = "tokens.json"
_LABEL_BYTES = 32


@dataclass(frozen=True, slots=True)
class DemoToken:
    """A provisioned token.

    `holder` is the key of a `people.Holder`; `key_id` the CKA_ID as lower-case hex, as is
    `certificate_sha256`. `key_file` is the name of a PKCS#12 file where it is no token (`key_files`).
    """

    holder: str
    label: str
    serial: str
    user_pin: str
    key_id: str
    certificate_sha256: str
    key_file: str | None = None


def softhsm_module() -> Path:
    """Return the path of the SoftHSM 2 module; `FileNotFoundError` where it is not installed."""
    for candidate in _MODULES:
        if Path(candidate).exists():
            return Path(candidate)
    raise FileNotFoundError(_MODULES[0])


def has_softhsm() -> bool:
    """Say whether tokens can be made on this machine."""
    return shutil.which("softhsm2-util") is not None and any(
        Path(candidate).exists() for candidate in _MODULES
    )


def softhsm_environment(folder: Path) -> dict[str, str]:
    """Return the variable that must be set in a process before it loads the module."""
    return {SOFTHSM_CONF: str(folder.resolve() / _CONFIGURATION)}


def plug_in(folder: Path, desk: Path, token: DemoToken | None) -> dict[str, str]:
    """Return the variable for a desk where this one token is in, or none: nobody has everybody's tokens.

    Args:
        folder: where all tokens were provisioned.
        desk: holds what is in at this desk; a copy, since SoftHSM follows no links.
        token: the person's own.
    """
    store = desk.resolve() / "store"
    if not store.exists():
        store.mkdir(parents=True)
        for item in (folder / "store").iterdir():
            # SoftHSM names a token's folder by a UUID and takes the serial number from its end.
            if token is not None and item.name.replace("-", "").endswith(token.serial):
                shutil.copytree(item, store / item.name)
        _write_configuration(desk, store)
    return softhsm_environment(desk)


def provision_tokens(
    folder: Path, pki: DemoPki, holders: tuple[Holder, ...] = TOKEN_HOLDERS
) -> tuple[DemoToken, ...]:
    """Make the tokens with keys and certificates, or load those of an earlier run.

    Args:
        folder: usually `DIR/tokens`; made where missing.
        pki: the authority that certifies the keys.
        holders: each with a PIN.
    """
    if has_records(folder):
        return load_tokens(folder)
    _configure(folder)
    module = softhsm_module()
    labels = [_initialise(folder, holder) for holder in holders]
    with ProcessPoolExecutor(
        max_workers=1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=choose_configuration,
        initargs=(folder.resolve() / _CONFIGURATION,),
    ) as child:
        made = []
        for holder, label in zip(holders, labels, strict=True):
            key = child.submit(
                generate_key, module, label, holder.pin or "", holder.key_kind
            ).result()
            made.append(_certify(child, module, pki, holder, key))
    tokens = tuple(made)
    write_records(folder, tokens)
    return tokens


def has_records(folder: Path) -> bool:
    """Say whether an earlier run made its tokens in a folder."""
    return (folder / _RECORDS).exists()


def write_records(folder: Path, tokens: tuple[DemoToken, ...]) -> None:
    """Leave the records of tokens that are ready."""
    text = json.dumps([asdict(token) for token in tokens], ensure_ascii=False, indent=1)
    (folder / _RECORDS).write_text(text, encoding="utf-8")


def load_tokens(folder: Path) -> tuple[DemoToken, ...]:
    """Load the records of tokens provisioned earlier."""
    text = (folder / _RECORDS).read_text(encoding="utf-8")
    return tuple(DemoToken(**record) for record in json.loads(text))


def _configure(folder: Path) -> None:
    # Tokens without records are leftovers of a run that was interrupted.
    store = folder.resolve() / "store"
    shutil.rmtree(store, ignore_errors=True)
    store.mkdir(parents=True)
    _write_configuration(folder, store)


def _write_configuration(folder: Path, store: Path) -> None:
    lines = (
        f"directories.tokendir = {store}",
        "objectstore.backend = file",
        "log.level = ERROR",
        "slots.removable = true",
    )
    (folder / _CONFIGURATION).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _initialise(folder: Path, holder: Holder) -> str:
    """Make an empty token (C_InitToken, C_InitPIN), which python-pkcs11 cannot."""
    if holder.pin is None:
        raise ValueError(holder.key)
    label = holder.common_name.encode()[:_LABEL_BYTES].decode(errors="ignore").strip()
    subprocess.run(
        [
            "softhsm2-util",
            "--init-token",
            "--free",
            *("--label", label, "--so-pin", SO_PIN, "--pin", holder.pin),
        ],
        env=os.environ | softhsm_environment(folder),
        check=True,
        capture_output=True,
    )
    return label


def _certify(
    child: ProcessPoolExecutor, module: Path, pki: DemoPki, holder: Holder, key: KeyOnToken
) -> DemoToken:
    public_key = _public_key(key.public_key)
    certificate = pki.issue(holder, public_key)
    der = serialization.Encoding.DER
    authorities = tuple(one.public_bytes(der) for one in pki.chain)
    pin = holder.pin or ""
    child.submit(
        store_certificates, module, key, pin, certificate.public_bytes(der), authorities
    ).result()
    return DemoToken(
        holder=holder.key,
        label=key.token_label,
        serial=key.token_serial,
        user_pin=pin,
        key_id=key.key_id.hex(),
        certificate_sha256=certificate.fingerprint(hashes.SHA256()).hex(),
    )


def _public_key(der: bytes) -> SignerKey:
    key = serialization.load_der_public_key(der)
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise TypeError(type(key))
    return key

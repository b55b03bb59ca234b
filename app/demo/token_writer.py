"""Runs in a child process: keys made on SoftHSM tokens, certificates stored beside them."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, KeyType, MechanismFlag
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key
from pkcs11.util.x509 import decode_x509_certificate

CURVES = {"p256": "secp256r1", "p384": "secp384r1"}
SOFTHSM_CONF = "SOFTHSM2_CONF"


@dataclass(frozen=True, slots=True)
class KeyOnToken:
    """A fresh key pair: the token it is on, its CKA_ID, and the public half as DER (PKCS#1, or SPKI of a curve)."""

    token_label: str
    token_serial: str
    key_id: bytes
    public_key: bytes


def choose_configuration(configuration: Path) -> None:
    """Point SoftHSM to its tokens; must come before the module is loaded, hence the child process."""
    os.environ[SOFTHSM_CONF] = str(configuration)


def generate_key(module: Path, token_label: str, pin: str, kind: str = "rsa2048") -> KeyOnToken:
    """Make a key pair whose private half can sign and never leaves the token; `kind` as in `people.Holder`."""
    token = _token(module, token_label)
    key_id = secrets.token_bytes(20)
    wanted: dict[str, Any] = {
        "id": key_id,
        "store": True,
        "capabilities": MechanismFlag.SIGN | MechanismFlag.VERIFY,
        "private_template": {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
    }
    with token.open(rw=True, user_pin=pin) as session:
        if kind in CURVES:
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters(CURVES[kind])}
            domain = session.create_domain_parameters(KeyType.EC, curve, local=True)
            public, _ = domain.generate_keypair(**wanted)
            der = encode_ec_public_key(public)
        else:
            bits = int(kind.removeprefix("rsa"))
            public, _ = session.generate_keypair(KeyType.RSA, bits, **wanted)
            der = encode_rsa_public_key(public)
    return KeyOnToken(token_label, token.serial.decode("ascii"), key_id, der)


def store_certificates(
    module: Path, key: KeyOnToken, pin: str, certificate: bytes, authorities: tuple[bytes, ...]
) -> None:
    """Store the DER of the key's certificate under the key's CKA_ID, and those above it."""
    token = _token(module, key.token_label)
    with token.open(rw=True, user_pin=pin) as session:
        _store(session, certificate, key.key_id)
        for authority in authorities:
            _store(session, authority, _subject_key_identifier(authority))


def _store(session: pkcs11.Session, der: bytes, key_id: bytes) -> None:
    attributes = decode_x509_certificate(der)
    attributes |= {Attribute.TOKEN: True, Attribute.PRIVATE: False, Attribute.ID: key_id}
    session.create_object(attributes)


def _subject_key_identifier(der: bytes) -> bytes:
    extensions = x509.load_der_x509_certificate(der).extensions
    return extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest


def _token(module: Path, label: str) -> pkcs11.Token:
    return pkcs11.lib(str(module)).get_token(token_label=label)

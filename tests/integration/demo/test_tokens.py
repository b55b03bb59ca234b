from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.demo.authority import Authority
from app.demo.people import AGENCY_SEAL, LEADER, TOKEN_HOLDERS
from app.demo.tokens import (
    DemoToken,
    load_tokens,
    plug_in,
    provision_tokens,
    softhsm_environment,
    softhsm_module,
)

# What another program sees: it knows the module and the environment variable, nothing else.
LOOK = """
import json, sys
import pkcs11
from pkcs11 import Attribute, Mechanism, ObjectClass
module, serial, pin = json.loads(sys.stdin.read())
library = pkcs11.lib(module)
initialised = [one for one in library.get_slots(token_present=True)
               if pkcs11.TokenFlag.TOKEN_INITIALIZED in one.get_token().flags]
if serial is None:
    labels = sorted(one.get_token().label for one in initialised)
    print(json.dumps(labels))
    sys.exit()
(token,) = [one.get_token() for one in initialised if one.get_token().serial.decode() == serial]
try:
    session = token.open(user_pin=pin)
except pkcs11.exceptions.PKCS11Error as error:
    print(json.dumps({"refused": type(error).__name__}))
    sys.exit()
(key,) = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
certificates = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
print(json.dumps({
    "key_id": key[Attribute.ID].hex(),
    "sensitive": key[Attribute.SENSITIVE],
    "extractable": key[Attribute.EXTRACTABLE],
    "sign": key[Attribute.SIGN],
    "certificates": [[one[Attribute.ID].hex(), one[Attribute.VALUE].hex()] for one in certificates],
    "signature": key.sign(b"to be signed", mechanism=Mechanism.SHA256_RSA_PKCS).hex(),
}))
"""


@pytest.fixture(scope="module")
def tokens_folder(office: Path) -> Path:
    return office / "tokens"


@pytest.fixture(scope="module")
def tokens(tokens_folder: Path, authority: Authority) -> tuple[DemoToken, ...]:
    return provision_tokens(tokens_folder, authority.pki)


@pytest.fixture(scope="module")
def seen(tokens: tuple[DemoToken, ...], tokens_folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = _look(tokens_folder, tokens[0].serial, tokens[0].user_pin)
    return found


def _look(folder: Path, serial: str | None, pin: str | None) -> Any:
    answer = subprocess.run(
        [sys.executable, "-c", LOOK],
        input=json.dumps([str(softhsm_module()), serial, pin]),
        env=os.environ | softhsm_environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_each_signer_has_a_token_of_the_common_name_cut_to_32_bytes(
    tokens: tuple[DemoToken, ...], tokens_folder: Path
) -> None:
    labels = [one.common_name.encode()[:32].decode(errors="ignore") for one in TOKEN_HOLDERS]
    assert _look(tokens_folder, None, None) == sorted(labels)
    assert [one.label for one in tokens] == labels


def test_pins_are_the_fixed_ones(tokens: tuple[DemoToken, ...]) -> None:
    pins = {one.holder: one.user_pin for one in tokens}
    assert pins[LEADER.key] == "12345678"
    assert pins[AGENCY_SEAL.key] == "87654321"
    assert len(set(pins.values())) == len(tokens)


def test_the_private_key_stays_on_the_token(seen: dict[str, Any]) -> None:
    assert (seen["sensitive"], seen["extractable"], seen["sign"]) == (True, False, True)


def test_key_and_certificate_share_their_id(
    seen: dict[str, Any], tokens: tuple[DemoToken, ...]
) -> None:
    certificate = _own_certificate(seen)
    assert seen["key_id"] == tokens[0].key_id
    assert certificate.fingerprint(hashes.SHA256()).hex() == tokens[0].certificate_sha256


def test_the_token_signs_for_its_certificate(seen: dict[str, Any]) -> None:
    key = _own_certificate(seen).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    signature = bytes.fromhex(seen["signature"])
    key.verify(signature, b"to be signed", padding.PKCS1v15(), hashes.SHA256())
    assert key.key_size == 2048


def test_the_authorities_certificates_are_on_the_token_too(
    seen: dict[str, Any], authority: Authority
) -> None:
    others = {
        x509.load_der_x509_certificate(bytes.fromhex(value))
        for key_id, value in seen["certificates"]
        if key_id != seen["key_id"]
    }
    assert others == set(authority.pki.chain)


def test_the_certificate_on_the_token_is_issued_by_the_authority(
    seen: dict[str, Any], authority: Authority
) -> None:
    certificate = _own_certificate(seen)
    certificate.verify_directly_issued_by(authority.pki.issuing.certificate)
    assert authority.pki.knows(certificate.serial_number)


def test_a_wrong_pin_is_refused(tokens: tuple[DemoToken, ...], tokens_folder: Path) -> None:
    assert _look(tokens_folder, tokens[0].serial, "00001111") == {"refused": "PinIncorrect"}


def test_another_tokens_pin_is_refused(tokens: tuple[DemoToken, ...], tokens_folder: Path) -> None:
    seal_pin = next(one.user_pin for one in tokens if one.holder == AGENCY_SEAL.key)
    assert _look(tokens_folder, tokens[0].serial, seal_pin) == {"refused": "PinIncorrect"}


def test_a_later_run_finds_the_same_tokens(
    tokens: tuple[DemoToken, ...], tokens_folder: Path, authority: Authority
) -> None:
    assert provision_tokens(tokens_folder, authority.pki) == tokens
    assert load_tokens(tokens_folder) == tokens


def _own_certificate(seen: dict[str, Any]) -> x509.Certificate:
    (value,) = [value for key_id, value in seen["certificates"] if key_id == seen["key_id"]]
    return x509.load_der_x509_certificate(bytes.fromhex(value))


@pytest.mark.parametrize("place", [0, None])
def test_only_ones_own_token_is_in_at_ones_desk(
    tokens: tuple[DemoToken, ...], tokens_folder: Path, tmp_path: Path, place: int | None
) -> None:
    own = None if place is None else tokens[place]
    assert plug_in(tokens_folder, tmp_path / "desk", own) == softhsm_environment(tmp_path / "desk")
    assert _look(tmp_path / "desk", None, None) == ([] if own is None else [own.label])

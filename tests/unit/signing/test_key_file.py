"""Facts about PKCS#12 files: what is taken in, what is kept of it, and how it signs."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from signing import desk
from signing.certificates import fingerprint
from signing.errors import SigningError
from signing.pades import sign_file
from signing.terms import PinState
from signing.token.key_file import MOST_BYTES, OpenKeyFile, look_at, open_key_file, read_key_file
from signing.token.pin import Pin
from signing.token.raw import verify_raw
from signing.token.records import RawRequest
from tests.unit.signing.signing_world import blank, request
from tests.unit.signing.verification_world import (
    Person,
    agency,
    expired,
    leader,
    root,
    rsa_signer,
)

PASSWORD = "mật khẩu 1"
PEOPLE = pytest.mark.parametrize("person", [leader(), rsa_signer()], ids=["p256", "rsa"])


def key_file(folder: Path, person: Person, name: str = "an.p12") -> Path:
    path = folder / name
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"an",
            person.key,
            person.certificate,
            [root().certificate],
            BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    return path


def refusal(path: Path, password: str = PASSWORD) -> str:
    with pytest.raises(SigningError) as refused:
        read_key_file(path, Pin(password))
    return refused.value.code


def opened(folder: Path, person: Person) -> OpenKeyFile:
    return open_key_file(key_file(folder, person), fingerprint(person.certificate), Pin(PASSWORD))


@PEOPLE
def test_a_good_file_is_told_as_a_token_that_can_sign(tmp_path: Path, person: Person) -> None:
    kept = read_key_file(key_file(tmp_path, person), Pin(PASSWORD))
    module = look_at(kept).module
    (token,) = module.tokens
    (certificate,) = token.certificates
    assert (module.path, module.problem) == (str(tmp_path / "an.p12"), None)
    assert (token.label, token.is_file, token.pin_state) == ("an.p12", True, PinState.OK)
    assert token.serial == certificate.sha256 == fingerprint(person.certificate)
    assert (certificate.der, certificate.cannot_sign) == (person.der, None)
    assert token.authorities == (root().der,)


@PEOPLE
def test_what_is_kept_holds_neither_key_nor_password(tmp_path: Path, person: Person) -> None:
    kept = pickle.dumps(read_key_file(key_file(tmp_path, person), Pin(PASSWORD)))
    numbers = person.key.private_numbers()
    secret = numbers.d if isinstance(numbers, rsa.RSAPrivateNumbers) else numbers.private_value
    assert secret.to_bytes((secret.bit_length() + 7) // 8, "big") not in kept
    assert PASSWORD.encode() not in kept


@PEOPLE
@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_an_opened_file_signs_as_its_certificate_says(
    tmp_path: Path, person: Person, digest: str
) -> None:
    raw = opened(tmp_path, person).sign(b"data", digest)
    verify_raw(person.certificate, raw, b"data", digest)


def test_an_rsa_key_signs_with_pss_and_a_curve_does_not(tmp_path: Path) -> None:
    raw = opened(tmp_path, rsa_signer()).sign_pss(b"data", "sha256", 32)
    verify_raw(rsa_signer().certificate, raw, b"data", "sha256", pss_salt_bytes=32)
    with pytest.raises(SigningError, match=r"token\.no_pss"):
        opened(tmp_path, leader()).sign_pss(b"data", "sha256", 32)


def test_a_signature_by_another_key_is_not_given_out() -> None:
    other = OpenKeyFile(leader().certificate, (), agency().key)
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        other.sign(b"data", "sha256")


def test_a_wrong_password_is_told_as_such(tmp_path: Path) -> None:
    assert refusal(key_file(tmp_path, leader()), "khác") == "token.password_incorrect"


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "an.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            None, None, None, [leader().certificate], BestAvailableEncryption(PASSWORD.encode())
        )
    )
    assert refusal(path) == "token.file_no_key"


def test_a_key_with_another_ones_certificate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "an.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            None,
            leader().key,
            None,
            [agency().certificate],
            BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    assert refusal(path) == "token.file_no_certificate"


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "an.p12"
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            None,
            ed25519.Ed25519PrivateKey.generate(),
            None,
            None,
            BestAvailableEncryption(PASSWORD.encode()),
        )
    )
    assert refusal(path) == "certificate.weak_key"


def test_a_certificate_that_will_never_sign_is_refused(tmp_path: Path) -> None:
    assert refusal(key_file(tmp_path, expired())) == "certificate.expired"


def test_a_file_of_another_name_is_not_opened(tmp_path: Path) -> None:
    assert refusal(key_file(tmp_path, leader(), "an.pdf")) == "token.file_suffix"


def test_a_name_in_capitals_is_good(tmp_path: Path) -> None:
    assert read_key_file(key_file(tmp_path, leader(), "AN.PFX"), Pin(PASSWORD)).certificate


def test_a_file_that_is_no_key_file_is_told_so_whatever_the_password(tmp_path: Path) -> None:
    path = tmp_path / "an.p12"
    key = leader().key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    half = key_file(tmp_path, leader()).read_bytes()[:400]
    for content in (b"", b"garbage" * 100, b"0" * 500, leader().der, key, half):
        path.write_bytes(content)
        assert refusal(path) == "token.file_unreadable"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = key_file(tmp_path, leader())
    with path.open("r+b") as stream:
        stream.truncate(MOST_BYTES + 1)
    assert refusal(path) == "token.file_too_large"


def test_a_file_that_is_gone_or_another_is_told_without_its_password(tmp_path: Path) -> None:
    path = key_file(tmp_path, leader())
    kept = read_key_file(path, Pin(PASSWORD))
    key_file(tmp_path, agency())
    assert look_at(kept).module.problem == "token.file_changed"
    path.unlink()
    gone = look_at(kept).module
    assert (gone.found, gone.problem, gone.tokens) == (False, "token.file_missing", ())


def test_a_file_that_holds_another_certificate_by_now_opens_nothing(tmp_path: Path) -> None:
    path, wanted = key_file(tmp_path, agency()), fingerprint(leader().certificate)
    with pytest.raises(SigningError, match=r"token\.file_changed"):
        open_key_file(path, wanted, Pin(PASSWORD))


def test_the_desk_signs_with_it_until_logout(tmp_path: Path) -> None:
    sha256, wanted = fingerprint(leader().certificate), RawRequest(b"data", "sha256")
    key = desk.login(str(key_file(tmp_path, leader())), sha256, sha256, Pin(PASSWORD))
    assert (key.certificate, key.authorities) == (leader().der, (root().der,))
    held = desk._open[sha256]
    verify_raw(leader().certificate, desk.sign_raw(sha256, wanted), wanted.data, wanted.digest)
    desk.logout()
    with pytest.raises(SigningError, match=r"token\.not_open"):
        desk.sign_raw(sha256, wanted)
    assert isinstance(held, OpenKeyFile)
    assert held.key is None


def test_an_opened_file_makes_a_signature_in_a_document(tmp_path: Path) -> None:
    base, out = blank(tmp_path), tmp_path / "a.pdf"
    sign_file(base, out, request(base), opened(tmp_path, leader()))
    assert out.read_bytes().startswith(base.read_bytes())

"""Facts about files that are imported into the trust store: every usual form is read, none does harm."""

from __future__ import annotations

import bz2
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)

from signing.errors import SigningError
from signing.trust_listing import read_bundle
from signing.trust_records import Bundle
from signing.trust_unpacking import MOST_BYTES, MOST_ENTRIES
from tests.unit.signing.verification_world import (
    leader,
    revocation_list,
    root,
    rsa_signer,
    stranger_root,
)


def offered(tmp_path: Path, data: bytes, name: str = "bundle", *places: Path) -> Bundle:
    path = tmp_path / name
    path.write_bytes(data)
    return read_bundle(path, places)


def names(bundle: Bundle) -> set[bytes]:
    return {one.der for one in bundle.authorities}


def p7b(encoding: Encoding) -> bytes:
    both = [root().certificate, stranger_root().certificate]
    return pkcs7.serialize_certificates(both, encoding)


def zipped(*members: tuple[str, bytes], kind: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", kind) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


BOTH = {root().der, stranger_root().der}
FORMS = {
    "several in one PEM": root().pem + stranger_root().pem,
    "PKCS#7": p7b(Encoding.DER),
    "PKCS#7 as PEM": p7b(Encoding.PEM),
    "ZIP": zipped(("a.crt", root().der), ("b/c.pem", stranger_root().pem)),
    "ZIP of PKCS#7": zipped(("roots.p7b", p7b(Encoding.DER))),
    "ZIP with paths": zipped(("../../etc/a.crt", root().der), ("/b.crt", stranger_root().der)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_usual_form_is_read(tmp_path: Path, form: str) -> None:
    assert names(offered(tmp_path, FORMS[form])) == BOTH
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_der_is_read_and_told_with_both_fingerprints(tmp_path: Path) -> None:
    (one,) = offered(tmp_path, root().der).authorities
    told = one.authority
    assert told.sha256 == root().certificate.fingerprint(hashes.SHA256()).hex()
    assert told.sha1 == root().certificate.fingerprint(hashes.SHA1()).hex()  # noqa: S303 - as told
    assert told.is_root


def test_the_same_certificate_twice_is_offered_once(tmp_path: Path) -> None:
    assert len(offered(tmp_path, root().pem * 2).authorities) == 1


@pytest.mark.parametrize("form", ["DER", "PEM", "ZIP"])
def test_a_list_is_read_and_proven_by_the_store(tmp_path: Path, form: str) -> None:
    der = revocation_list()
    pem = x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)
    data = {"DER": der, "PEM": pem, "ZIP": zipped(("a.crl", der))}[form]
    store = tmp_path / "root.cer"
    store.write_bytes(root().der)
    (known,) = offered(tmp_path, data, "list", store).lists
    (unknown,) = offered(tmp_path, data, "list").lists
    assert (known.der, known.crl.is_proven, unknown.crl.is_proven) == (der, True, False)


def test_signers_and_keys_are_passed_over(tmp_path: Path) -> None:
    key = leader().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    found = offered(tmp_path, root().pem + leader().pem + key)
    assert names(found) == {root().der}
    assert found.passed_over == 1


def test_a_signed_message_is_no_bundle(tmp_path: Path) -> None:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"letter")
    builder = builder.add_signer(rsa_signer().certificate, rsa_signer().key, hashes.SHA256())
    with pytest.raises(SigningError, match=r"trust\.not_readable"):
        offered(tmp_path, builder.sign(Encoding.DER, []))


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(("a.crt", stranger_root().der))
    found = offered(tmp_path, zipped(("a.crt", root().der), ("inner.zip", inner)))
    assert names(found) == {root().der}
    assert found.passed_over == 1


def test_what_python_would_unpack_without_bound_is_not_unpacked(tmp_path: Path) -> None:
    assert len(bz2.compress(bytes(MOST_BYTES))) < 1000
    with pytest.raises(SigningError, match=r"trust\.not_readable"):
        offered(tmp_path, zipped(("a.crt", root().der), kind=ZIP_BZIP2))


BOMBS = {
    "one entry that is too large": lambda: zipped(("a.crt", bytes(MOST_BYTES + 1))),
    "all together too large": lambda: zipped(
        *((f"{index}.crt", bytes(MOST_BYTES // 4)) for index in range(5))
    ),
    "too many entries": lambda: zipped(
        *((f"{index}.crt", b"") for index in range(MOST_ENTRIES + 1))
    ),
    "too large itself": lambda: bytes(MOST_BYTES + 1),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused(tmp_path: Path, bomb: str) -> None:
    with pytest.raises(SigningError, match=r"trust\.too_large"):
        offered(tmp_path, BOMBS[bomb]())


@pytest.mark.parametrize("cut", [30, 100, 250])
def test_a_damaged_archive_is_said(tmp_path: Path, cut: int) -> None:
    with pytest.raises(SigningError, match=r"trust\.not_readable"):
        offered(tmp_path, zipped(("a.crt", root().der))[:cut])

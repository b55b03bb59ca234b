"""Facts about `trinhky trust`: what is added is what was agreed to, and counts from then on."""

from __future__ import annotations

import getpass
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from app.demo.authority import build_crl
from app.demo.people import LEADER
from signing.certificates import fingerprint as sha256_of
from signing.trust_profiles import trust_profiles
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice


@pytest.fixture
def stranger(trinhky: CommandLine, tmp_path: Path) -> CommandLine:
    """A machine that believes nobody yet, with a store of its own."""
    own = {"TRINHKY_TRUST": "", "TRINHKY_DATA": str(tmp_path / "data")}
    return replace(trinhky, environment={**trinhky.environment, **own})


@pytest.fixture(scope="module")
def signed(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("trust") / "signed.pdf"
    options = ("--kind", "personal", signing_office.draft, "--out", out)
    assert trinhky.signs(*options, pin=signing_office.leader.user_pin).code == 0
    return out


def is_trusted(machine: CommandLine, path: Path) -> bool:
    row = machine.run("verify", path, "--json").rows[0]
    return bool(row["signatures"][0]["authentication"]["trusted"])


def fingerprint(office: SigningOffice) -> str:
    return sha256_of(office.pki.root.certificate)


def test_a_root_counts_once_its_fingerprint_was_typed_and_no_more_once_it_is_removed(
    stranger: CommandLine, signing_office: SigningOffice, signed: Path
) -> None:
    sha256 = fingerprint(signing_office)
    assert not is_trusted(stranger, signed)
    typed = ":".join(sha256[at : at + 2] for at in range(0, 64, 2)).upper()
    added = stranger.run("trust", "add", signing_office.pki.root_path, stdin=f"{typed}\n")
    assert (added.code, sha256 in added.out) == (0, True)
    assert is_trusted(stranger, signed)
    (row,) = stranger.run("trust", "list", "--json").json["certificates"]
    assert (row["sha256"], row["origin"], row["is_root"]) == (sha256, "added", True)
    assert stranger.run("trust", "remove", sha256).code == 0
    assert not is_trusted(stranger, signed)


@pytest.mark.parametrize("typed", ["", "yes", "0" * 64])
def test_anything_but_the_fingerprint_adds_nothing(
    stranger: CommandLine, signing_office: SigningOffice, typed: str
) -> None:
    answer = stranger.run(
        "trust", "add", signing_office.pki.root_path, "--json", stdin=f"{typed}\n"
    )
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.not_confirmed")
    assert stranger.run("trust", "list", "--json").json["certificates"] == []


def test_a_signers_own_certificate_is_no_authority(
    stranger: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    file = tmp_path / "person.cer"
    certificate = signing_office.pki.issue_with_key(LEADER).certificate
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    answer = stranger.run("trust", "add", file, "--yes", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.not_an_authority")


def test_several_certificates_in_one_file_are_not_added_at_once(
    stranger: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    file = tmp_path / "bundle.pem"
    pki = signing_office.pki
    parts = (item.certificate.public_bytes(Encoding.PEM) for item in (pki.root, pki.issuing))
    file.write_bytes(b"".join(parts))
    answer = stranger.run("trust", "add", file, "--yes", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.several")


def test_of_several_in_one_file_each_is_asked_for_and_an_empty_line_leaves_one_out(
    stranger: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    root, issuing = signing_office.pki.root.certificate, signing_office.pki.issuing.certificate
    file = tmp_path / "bundle.p7b"
    file.write_bytes(pkcs7.serialize_certificates([issuing, root], Encoding.DER))
    answer = stranger.run("trust", "add", file, "--json", stdin=f"{sha256_of(root)}\n\n")
    assert answer.json["changed"] == [sha256_of(root)]
    answer = stranger.run("trust", "add", file, "--json", "--fingerprint", sha256_of(issuing))
    assert answer.json["changed"] == [sha256_of(issuing)]
    answer = stranger.run("trust", "add", file, "--json", "--fingerprint", "0" * 64)
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.not_in_file")


def test_a_claim_to_a_published_name_is_refused_but_for_a_yes_that_names_the_difference(
    stranger: CommandLine, tmp_path: Path
) -> None:
    file = tmp_path / "root.cer"
    name = "RootCA chuyên dùng Chính phủ G2"
    file.write_bytes(authority_named(name))
    answer = stranger.run("trust", "add", file, "--yes", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.not_as_published")
    published = next(
        one.sha256 for it in trust_profiles() for one in it.certificates if one.name == name
    )
    forced = stranger.run("trust", "add", file, "--yes", "--not-as-published", published)
    assert forced.code == 0
    checked = stranger.run("trust", "check", "--json")
    assert checked.code != 0
    assert [one["code"] for one in checked.json["findings"]] == ["trust.differs"]
    (row,) = checked.json["certificates"]
    assert (row["match"]["likeness"], row["note"]["differs_from"]) == ("differs", published)


def test_a_disabled_root_is_kept_and_does_not_count(
    stranger: CommandLine, signing_office: SigningOffice, signed: Path
) -> None:
    sha256 = fingerprint(signing_office)
    stranger.run("trust", "add", signing_office.pki.root_path, "--yes")
    assert stranger.run("trust", "disable", sha256).code == 0
    assert not is_trusted(stranger, signed)
    (row,) = stranger.run("trust", "list", "--json").json["certificates"]
    assert row["is_enabled"] is False
    assert stranger.run("trust", "enable", sha256).code == 0
    assert is_trusted(stranger, signed)


def test_checking_a_file_says_which_root_was_reached_by_whose_word_and_how_old_the_data_is(
    stranger: CommandLine, signing_office: SigningOffice, signed: Path, tmp_path: Path
) -> None:
    pki = signing_office.pki
    stranger.run("trust", "add", pki.root_path, "--yes")
    issuing, crl = tmp_path / "issuing.cer", tmp_path / "issuing.crl"
    issuing.write_bytes(pki.issuing.certificate.public_bytes(Encoding.DER))
    crl.write_bytes(build_crl(pki, pki.issuing))
    stranger.run("trust", "add", issuing, "--yes")
    assert stranger.run("trust", "add", crl).code == 0
    (row,) = stranger.run("verify", signed, "--json").rows[0]["signatures"]
    found = row["authentication"]
    assert found["anchor"]["sha256"] == fingerprint(signing_office)
    assert (found["revocation_data"]["kind"], found["revocation_data"]["origin"]) == (
        "crl",
        "store",
    )
    told = stranger.run("verify", signed, "--lang", "en").out
    assert f"added by {getpass.getuser()} from {pki.root_path.name}" in told
    assert "CRL from this machine's store, of " in told


def authority_named(name: str) -> bytes:
    """A self-signed authority's certificate (DER) that calls itself as somebody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1)
    builder = builder.not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=9))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_what_is_no_certificate_is_said(stranger: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("không phải chứng thư", encoding="utf-8")
    for path in (file, tmp_path / "nothing.cer"):
        answer = stranger.run("trust", "add", path, "--yes", "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "trust.not_readable")


def test_a_certificate_that_was_put_in_place_of_an_agreed_one_counts_for_nothing(
    stranger: CommandLine, signing_office: SigningOffice, tmp_path: Path, signed: Path
) -> None:
    issuing = tmp_path / "issuing.cer"
    issuing.write_bytes(signing_office.pki.issuing.certificate.public_bytes(Encoding.DER))
    assert stranger.run("trust", "add", issuing, "--yes").code == 0
    (kept,) = (tmp_path / "data" / "trust").glob("*.cer")
    kept.write_bytes(signing_office.pki.root.certificate.public_bytes(Encoding.DER))
    assert stranger.run("trust", "list", "--json").json["certificates"] == []
    assert not is_trusted(stranger, signed)


def test_what_the_settings_name_is_shown_and_not_removed_here(
    trinhky: CommandLine, signing_office: SigningOffice
) -> None:
    rows = trinhky.run("trust", "list", "--json").json["certificates"]
    assert {row["origin"] for row in rows} == {"settings"}
    answer = trinhky.run("trust", "remove", fingerprint(signing_office), "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "trust.of_settings")
    nobody = trinhky.run("trust", "remove", "0" * 64, "--json")
    assert nobody.json["error"]["code"] == "trust.not_there"
    assert trinhky.run("trust", "add").code == 64

"""The functions that the law asks of a signing program, S1 to S13, each shown working.

The list is that of Circular 15/2025/TT-BKHCN, Article 5 ("Đ5") with its Annex I ("PL I"), and of Circular
41/2017/TT-BTTTT. S10, the gateway of public authorities, is not for government certificates. What is used: the
command line as a process of its own, SoftHSM tokens, a demo authority, and a demo office over HTTP.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pkcs11
import pytest
from asn1crypto import cms
from pkcs11 import Attribute, ObjectClass

from app.demo.drafts import word_draft
from app.demo.people import AGENCY_SEAL, CHIEF, CLERK, DEPUTY, LEADER, PARTNER
from app.demo.serving import claim_port
from app.demo.tokens import DemoToken
from signing.fields import look
from tests.integration.cli.conftest import Answer, CommandLine, CommandLineHere, command_line
from tests.integration.signing.office import (
    SigningOffice,
    shared_flawed_tokens,
    shared_office,
    told,
)
from tests.integration.workplace.workplaces import Workplaces

REFUSED_KEY = {"personal": "workflow.agency_for_person", "seal": "workflow.person_for_agency"}


@dataclass(frozen=True)
class Desk:
    """A machine with two tokens, the command line on it, and a letter that was signed there with all evidence."""

    office: SigningOffice
    trinhky: CommandLine
    flawed: CommandLine
    flawed_tokens: dict[str, DemoToken]
    letter: Path

    def sign(self, *arguments: str | Path, pin: str | None = None) -> Answer:
        return self.trinhky.signs(*arguments, pin=pin or self.office.leader.user_pin)

    def verify(self, path: Path, *arguments: str) -> Answer:
        return self.trinhky.run("verify", "--json", *arguments, path)


@pytest.fixture(scope="session")
def desk(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    office = shared_office(pytestconfig, tmp_path_factory)
    trinhky = command_line(office, tmp_path_factory.mktemp("required"), CommandLineHere)
    others = shared_flawed_tokens(pytestconfig, tmp_path_factory)
    flawed = replace(trinhky, environment={**trinhky.environment, **others.environment})
    letter = trinhky.home / "letter.pdf"
    answer = trinhky.signs(
        *("--kind", "personal", "--image", office.signature_image),
        *("--level", "B-LT", "--tsa", office.pki.tsa_url),
        *(office.draft, "--out", letter),
        pin=office.leader.user_pin,
    )
    assert answer.code == 0, answer.err
    return Desk(office, trinhky, flawed, others.tokens, letter)


def _signed_data(path: Path) -> tuple[Any, bytes]:
    """Return the CMS in a letter with one signature, and the bytes that it signs."""
    data = path.read_bytes()
    signature = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", data)
    assert signature is not None
    first, length, second, rest = (int(item) for item in signature.groups())
    contents = bytes.fromhex(data[first + length + 1 : second - 1].decode())
    content = cms.ContentInfo.load(contents)["content"]
    return content, data[first : first + length] + data[second : second + rest]


def test_s1_the_signer_is_named_and_the_certificate_judged_before_anything_is_signed(
    desk: Desk, tmp_path: Path
) -> None:
    """Show who is on the certificate and check its validity before signing is allowed: Đ5.1 a."""
    base = desk.office.draft
    planned = desk.trinhky.run("sign", "--kind", "personal", "--dry-run", "--json", base)
    assert planned.rows[0]["plan"]["certificate"] == LEADER.common_name
    out = tmp_path / "out.pdf"
    expired = desk.flawed_tokens[LEADER.key].certificate_sha256
    refused = desk.flawed.run(
        *("sign", "--json", "--kind", "personal", "--certificate", expired),
        *(base, "--out", out),
    )
    assert refused.rows[0]["error"]["code"] == "workflow.certificate_unusable"
    assert not out.exists()


def test_s2_a_person_s_key_never_seals_and_the_seal_s_key_never_signs_for_a_person(
    desk: Desk, tmp_path: Path
) -> None:
    """Personal keys for persons, the agency's key for the organisation: Đ5.1 b; TT 41/2017 Đ6.2."""
    wrong = (
        ("personal", desk.office.agency, desk.office.draft),
        ("seal", desk.office.leader, desk.letter),
    )
    for kind, token, base in wrong:
        out = tmp_path / f"{kind}.pdf"
        answer = desk.sign(
            *("--kind", kind, "--certificate", token.certificate_sha256),
            *("--number", "05", "--date", "2026-11-22", base, "--out", out),
            pin=token.user_pin,
        )
        assert (answer.code, answer.rows[0]["error"]["code"]) == (1, REFUSED_KEY[kind])
        assert not out.exists()


def test_s3_the_key_that_signed_cannot_leave_its_device(desk: Desk) -> None:
    """The private key stays in the token: PL I 1.9."""
    token = desk.office.leader
    public_key = _signed_data(desk.letter)[0]["certificates"][0].chosen.public_key
    for name, value in desk.office.environment.items():
        assert desk.trinhky.environment[name] == value
    with pytest.MonkeyPatch.context() as patched:
        for name, value in desk.office.environment.items():
            patched.setenv(name, value)
        module = pkcs11.lib(desk.office.module)
        found = module.get_token(token_serial=token.serial.encode())
        with found.open(user_pin=token.user_pin) as session:
            wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
            (key,) = session.get_objects(wanted)
            assert (key[Attribute.SENSITIVE], key[Attribute.EXTRACTABLE]) == (True, False)
            modulus = int.from_bytes(key[Attribute.MODULUS])
            with pytest.raises(pkcs11.PKCS11Error):
                key[Attribute.PRIVATE_EXPONENT]
    assert public_key["public_key"].parsed["modulus"].native == modulus
    assert "PRIVATE KEY" not in desk.trinhky.left_behind


def test_s4_a_word_file_becomes_a_pdf_of_the_recommended_version(
    desk: Desk, tmp_path: Path
) -> None:
    """Convert documents to a recommended format, PDF 1.7 or later: Đ5.1 c."""
    draft, out = tmp_path / "draft.docx", tmp_path / "draft.pdf"
    word_draft().files[0].build(draft)
    answer = desk.trinhky.run("prepare", draft, "--out", out)
    assert answer.code == 0, answer.err
    version = re.search(r"PDF version: +(\S+)", told("pdfinfo", out))
    assert version is not None
    assert float(version[1]) >= 1.7
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told("pdftotext", out, "-")


def test_s5_signature_certificate_and_time_of_signing_are_in_the_document(desk: Desk) -> None:
    """Attach signature, certificate and signing time: Đ5.1 d; TT 41/2017 Đ4."""
    signed, _ = _signed_data(desk.letter)
    (signer,) = signed["signer_infos"]
    held = {item.chosen.sha256.hex() for item in signed["certificates"]}
    assert desk.office.leader.certificate_sha256 in held
    assert signer["signature"].native
    stamped = {item["type"].native for item in signer["unsigned_attrs"]}
    assert "signature_time_stamp_token" in stamped
    said = told("pdfsig", "-nocert", desk.letter)
    assert f"Signer Certificate Common Name: {LEADER.common_name}" in said
    assert "Signing Time: " in said


def test_s6_certificates_of_authorities_are_shown_added_and_removed(
    desk: Desk, tmp_path: Path
) -> None:
    """Install, update, add, remove and show root and issuing certificates: Đ5.1 đ and 5.5; TT 41/2017 Đ12.5."""
    own = {"TRINHKY_TRUST": "", "TRINHKY_DATA": str(tmp_path / "data")}
    machine = replace(desk.trinhky, environment={**desk.trinhky.environment, **own})
    assert machine.run("verify", desk.letter).code == 2
    added = machine.run("trust", "add", desk.office.pki.root_path, "--yes")
    assert added.code == 0, added.err
    (shown,) = machine.run("trust", "list", "--json").json["certificates"]
    assert machine.run("verify", desk.letter).code == 0
    assert machine.run("trust", "remove", shown["sha256"]).code == 0
    assert machine.run("trust", "list", "--json").json["certificates"] == []


def test_s7_a_time_stamp_is_added_where_it_is_required_and_its_lack_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    """Time-stamp when required: Đ5.1 e; TT 41/2017 Đ9."""
    stamp = desk.verify(desk.letter).rows[0]["signatures"][0]["timestamp"]
    assert (stamp["verdict"], bool(stamp["authority"])) == ("valid", True)
    with claim_port() as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"
        answer = desk.sign(
            *("--kind", "personal", "--level", "B-T", "--tsa", away),
            *(desk.office.draft, "--out", tmp_path / "out.pdf"),
        )
    assert (answer.code, answer.rows[0]["level"]) == (0, "B-B")
    assert "Signed, without a time stamp." in answer.err


def test_s8_the_signed_bytes_stay_and_any_change_of_them_is_found(
    desk: Desk, tmp_path: Path
) -> None:
    """Preserve the integrity of the signed document: Đ5.1 g; TT 41/2017 Đ4."""
    sealed = tmp_path / "sealed.pdf"
    answer = desk.sign(
        *("--kind", "seal", "--number", "05", "--date", "2026-11-22"),
        *("--image", desk.office.seal_image, desk.letter, "--out", sealed),
        pin=desk.office.agency.user_pin,
    )
    assert answer.code == 0, answer.err
    data = sealed.read_bytes()
    assert data.startswith(desk.letter.read_bytes())
    assert told("pdfsig", "-nocert", sealed).count("Signature is Valid.") == 2
    forged = tmp_path / "forged.pdf"
    place = data.index(b"stream") + 40
    forged.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    found = desk.verify(forged)
    assert (found.code, found.rows[0]["verdict"]) == (1, "invalid")
    assert {item["authentication"]["integrity"] for item in found.rows[0]["signatures"]} == {
        "broken"
    }


def test_s9_dates_scope_and_strength_are_checked_and_a_status_that_is_bad_or_unknown_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    """Check dates, revocation, algorithms and scope of the certificate; warn where it cannot be: Đ5.2, PL II."""
    tokens = desk.flawed_tokens
    module = desk.flawed.run("tokens", "--json").json["modules"][0]
    reasons = {item["serial"]: item["certificates"][0]["cannot_sign"] for item in module["tokens"]}
    assert [reasons[tokens[one.key].serial] for one in (LEADER, DEPUTY, CHIEF)] == [
        "certificate.expired",
        "certificate.key_usage",
        "certificate.weak_key",
    ]
    revoked = ("--certificate", tokens[PARTNER.key].certificate_sha256)
    options = ("sign", "--json", "--kind", "personal", desk.office.draft)
    answer = desk.flawed.run(*options, *revoked, "--out", tmp_path / "out.pdf")
    assert (answer.code, answer.rows[0]["error"]["code"]) == (1, "certificate.revoked")
    assert list(tmp_path.iterdir()) == []
    nothing_known = {**desk.trinhky.environment, "TRINHKY_TRUST": str(tmp_path)}
    stranger = replace(desk.trinhky, environment=nothing_known)
    answer = stranger.run(*options, "--dry-run")
    assert "certificate.status_unknown" in answer.rows[0]["plan"]["certificate_notes"]
    assert "could not be checked" in answer.err


def test_s11_evidence_is_kept_and_deleted_on_request(desk: Desk, tmp_path: Path) -> None:
    """Keep and delete the signer's certificate, the CRL at signing and the status found: Đ5.4."""
    own = {"TRINHKY_DATA": str(tmp_path / "data")}
    machine = replace(desk.trinhky, environment={**desk.trinhky.environment, **own})
    options = ("--kind", "personal", desk.office.draft, "--out", tmp_path / "signed.pdf")
    sha256 = machine.signs(*options, pin=desk.office.leader.user_pin).rows[0]["sha256"]
    out = tmp_path / "evidence"
    assert machine.run("evidence", "export", sha256, "--out", out).code == 0
    kept = {path.suffix for path in (out / sha256).iterdir()}
    assert kept >= {".json", ".cer"}
    assert kept & {".crl", ".ocsp"}
    assert machine.run("evidence", "delete", sha256, "--yes").code == 0
    assert machine.run("evidence", "list", "--json").json["signatures"] == []


def test_s12_result_and_validity_are_told_in_vietnamese_and_the_file_is_saved(
    desk: Desk, tmp_path: Path
) -> None:
    """Tell the signer in Vietnamese whether it went well, and let them save the file: Đ5.6."""
    trinhky, out = desk.trinhky, tmp_path / "da-ky.pdf"
    arguments = ("sign", "--lang", "vi", "--kind", "personal", desk.office.draft, "--out", out)
    done = trinhky.run(*arguments, stdin=f"{desk.office.leader.user_pin}\n")
    assert done.code == 0
    assert "đã ký" in done.out
    assert look(out).signatures
    again = trinhky.run(*arguments, stdin=f"{desk.office.leader.user_pin}\n")
    assert again.code == 1
    assert "Đã có tệp" in again.err
    judged = trinhky.run("verify", "--lang", "vi", desk.letter)
    assert (judged.code, "hợp lệ" in judged.out.lower()) == (0, True)


def test_s13_authorised_signers_and_agencies_are_kept_with_the_program(
    places: Workplaces, desk: Desk
) -> None:
    """Keep a database of authorised signers and agencies: TT 41/2017 Đ6."""
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        workplace.open(document_id)
    data = str(places.world.folder / CLERK.key)
    clerk = replace(desk.trinhky, environment={**desk.trinhky.environment, "TRINHKY_DATA": data})
    known = {
        item["name"]: item["certificate_sha256"]
        for item in clerk.run("signers", "--json").json["signers"]
    }
    assert {LEADER.common_name, AGENCY_SEAL.common_name} <= set(known)
    gone = clerk.run("signers", "--json", "--remove", known[LEADER.common_name])
    names = [item["name"] for item in gone.json["signers"]]
    assert (LEADER.common_name in names, AGENCY_SEAL.common_name in names) == (False, True)

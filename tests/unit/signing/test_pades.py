"""Facts about one signature on one file, with the key in software."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, tsp
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing.errors import SigningError
from signing.opening import file_sha256
from signing.pades import sign_file
from signing.request import SignatureRequest
from signing.terms import Coverage, PadesLevel, Verdict
from signing.verification import verify_file
from tests.unit.signing.signing_world import (
    NUMBER,
    SoftKey,
    blank,
    leaders_key,
    numbered,
    request,
    shown,
    signed,
    structure,
)
from tests.unit.signing.verification_world import (
    NAME,
    NOW,
    _issue,
    leader,
    root,
    rsa_signer,
    trust,
)


def _signature(path: Path, index: int = 0) -> Any:
    return structure(path).embedded_regular_signatures[index]


def _attribute(path: Path, name: str) -> Any:
    found = [
        item["values"][0]
        for item in _signature(path).signer_info["signed_attrs"]
        if item["type"].native == name
    ]
    assert len(found) == 1
    return found[0]


def test_the_file_that_was_shown_is_the_beginning_of_the_signed_one(tmp_path: Path) -> None:
    base = blank(tmp_path)
    file = signed(base, prepare=(NUMBER,), **shown(None, "Ký"))
    data = file.path.read_bytes()
    assert data.startswith(base.read_bytes())
    assert file.sha256 == hashlib.sha256(data).hexdigest()


def test_the_signature_is_one_incremental_update(tmp_path: Path) -> None:
    base = blank(tmp_path)
    file = signed(base, prepare=(NUMBER,), **shown(None, "Ký"))
    added = file.path.read_bytes()[base.stat().st_size :]
    assert added.count(b"startxref") == 1


def test_the_new_file_is_for_the_user_alone(tmp_path: Path) -> None:
    assert signed(blank(tmp_path)).path.stat().st_mode & 0o777 == 0o600


def test_the_subfilter_is_that_of_pades(tmp_path: Path) -> None:
    found = _signature(signed(blank(tmp_path)).path).sig_object
    assert found["/SubFilter"] == "/ETSI.CAdES.detached"
    assert "/Cert" not in found


def test_the_signature_names_its_certificate_by_sha256(tmp_path: Path) -> None:
    value = _attribute(signed(blank(tmp_path)).path, "signing_certificate_v2")
    assert isinstance(value, tsp.SigningCertificateV2)
    (named,) = value["certs"]
    assert named["hash_algorithm"]["algorithm"].native == "sha256"
    assert named["cert_hash"].native == hashlib.sha256(leader().der).digest()


def test_the_time_is_claimed_in_the_dictionary_and_not_in_the_cms(tmp_path: Path) -> None:
    path = signed(blank(tmp_path)).path
    kinds = {item["type"].native for item in _signature(path).signer_info["signed_attrs"]}
    assert "signing_time" not in kinds
    assert "/M" in _signature(path).sig_object


def test_the_first_signature_certifies_nothing(tmp_path: Path) -> None:
    file = structure(signed(blank(tmp_path), prepare=(NUMBER,)).path)
    assert "/Perms" not in file.root
    assert "/Reference" not in file.embedded_regular_signatures[0].sig_object


def test_the_chain_is_embedded_without_its_root(tmp_path: Path) -> None:
    found = _signature(signed(blank(tmp_path)).path).signed_data["certificates"]
    assert [item.chosen.dump() for item in found] == [leader().der]


@pytest.mark.parametrize("count", [1, 40])
def test_a_token_may_hold_many_certificates(tmp_path: Path, count: int) -> None:
    chain = tuple(_issue(f"CA {index}", root()).certificate for index in range(count))
    base, out = blank(tmp_path), tmp_path / "signed.pdf"
    sign_file(base, out, request(base), SoftKey(rsa_signer(), chain))
    assert verify_file(out, trust(), at=NOW).verdict is Verdict.VALID


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_the_digest_asked_for_is_used_throughout(tmp_path: Path, digest: str) -> None:
    info = _signature(signed(blank(tmp_path), digest=digest).path).signer_info
    assert info["digest_algorithm"]["algorithm"].native == digest
    assert digest in info["signature_algorithm"]["algorithm"].native


@pytest.mark.parametrize("person", [leader(), rsa_signer()], ids=["ecdsa", "rsa"])
def test_a_fresh_signature_convinces_a_stranger(tmp_path: Path, person: Any) -> None:
    base, out = blank(tmp_path), tmp_path / "signed.pdf"
    sign_file(base, out, request(base), SoftKey(person, (root().certificate,)))
    report = verify_file(out, trust(), at=NOW)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].authentication.coverage is Coverage.ENTIRE_FILE
    assert report.signatures[0].signature_info.level is PadesLevel.B_B


def test_number_and_seal_leave_the_leaders_signature_valid(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    report = verify_file(numbered(file.path, VT_SO="05").path, trust(), at=NOW)
    assert [item.verdict for item in report.signatures] == [Verdict.VALID, Verdict.VALID]


def test_names_of_fields_are_counted_on(tmp_path: Path) -> None:
    first = signed(blank(tmp_path), "1.pdf")
    second = signed(first.path, "2.pdf")
    third = signed(second.path, "3.pdf")
    names = [item.field_name for item in (first, second, third)]
    assert names == ["LanhDao", "LanhDao_2", "LanhDao_3"]


def test_an_empty_signature_field_of_the_draft_is_left_as_it_is(tmp_path: Path) -> None:
    def add(writer: Any) -> None:
        append_signature_field(writer, SigFieldSpec("LanhDao", box=(0, 0, 50, 50)))

    file = signed(blank(tmp_path, edit=add))
    assert file.field_name == "LanhDao_2"
    assert structure(file.path).embedded_regular_signatures[0].field_name == "LanhDao_2"


def test_name_and_reason_stand_in_the_signature(tmp_path: Path) -> None:
    found = _signature(
        signed(blank(tmp_path), signer_name="Nguyễn Văn An", reason="Phê duyệt").path
    ).sig_object
    assert (found["/Name"], found["/Reason"]) == ("Nguyễn Văn An", "Phê duyệt")


def _refused(base: Path, wish: SignatureRequest) -> tuple[str, int]:
    out, key = base.with_name("refused.pdf"), leaders_key()
    with pytest.raises(SigningError) as refusal:
        sign_file(base, out, wish, key)
    assert not out.exists()
    return refusal.value.code, key.count


def test_a_base_that_changed_after_it_was_shown_is_not_signed(tmp_path: Path) -> None:
    base = blank(tmp_path)
    wish = request(base)
    with base.open("ab") as file:
        file.write(b"\n")
    assert _refused(base, wish) == ("sign.not_what_was_shown", 0)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"page_index": 1}, "sign.no_such_page"),
        ({"digest": "sha1"}, "sign.weak_digest"),
        (shown(Path("nowhere.png")), "sign.image_unreadable"),
    ],
)
def test_what_is_refused_costs_no_signature(
    tmp_path: Path, wanted: dict[str, Any], code: str
) -> None:
    base = blank(tmp_path)
    assert _refused(base, request(base, **wanted)) == (code, 0)


def test_a_key_that_fails_leaves_nothing(tmp_path: Path) -> None:
    class Pulled(SoftKey):
        def sign(self, data: bytes, digest: str) -> bytes:  # noqa: ARG002 - as `KeyHolder` has it
            raise SigningError("token.removed")

    base, out = blank(tmp_path), tmp_path / "out.pdf"
    with pytest.raises(SigningError, match=r"token\.removed"):
        sign_file(base, out, request(base), Pulled(leader()))
    assert not out.exists()
    assert file_sha256(base) == request(base).base_sha256


def test_the_signed_bytes_are_the_digest_in_the_cms(tmp_path: Path) -> None:
    path = signed(blank(tmp_path)).path
    data = path.read_bytes()
    first, length, second, rest = (int(item) for item in _signature(path).sig_object["/ByteRange"])
    assert (first, second + rest) == (0, len(data))
    covered = data[:length] + data[second:]
    value = _attribute(path, "message_digest")
    assert isinstance(value, cms.OctetString)
    assert value.native == hashlib.sha256(covered).digest()


def test_a_dirty_table_of_pages_is_told_before_the_key_is_used(tmp_path: Path) -> None:
    def lose(writer: Any) -> None:
        writer.root["/Pages"][NAME("/Kids")] = generic.ArrayObject()
        writer.update_container(writer.root["/Pages"])

    base = blank(tmp_path, edit=lose)
    assert _refused(base, request(base)) == ("sign.damaged", 0)


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    base = blank(tmp_path)
    out = tmp_path / "no such folder" / "signed.pdf"
    with pytest.raises(SigningError) as refused:
        sign_file(base, out, request(base), leaders_key())
    assert refused.value.code == "sign.not_written"
    assert not out.exists()

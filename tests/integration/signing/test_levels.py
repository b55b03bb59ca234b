"""Facts about raising a signed file's level: every earlier signature stays valid for every judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel

from app.demo.authority import authority_app
from app.demo.certificates import Identity
from app.demo.people import LEADER
from app.demo.serving import claim_port, serve
from app.demo.timestamping import TsaFault
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.errors import SigningError
from signing.extending import extend_file
from signing.extension import ExtendedFile, ExtensionRequest
from signing.opening import file_sha256
from signing.pades import sign_file
from signing.request import SignatureRequest
from signing.terms import Coverage, PadesLevel, SignatureKind, Verdict
from signing.token.records import CertificateInfo
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.signing.conftest import DAY, Letter
from tests.integration.signing.office import SigningOffice, told
from tests.unit.signing.signing_world import SoftKey
from tests.unit.signing.verification_world import Person

B_B, B_T, B_LT, B_LTA = PadesLevel


@pytest.fixture(scope="module")
def bare(anchors: TrustAnchors) -> TrustAnchors:
    """The trust store without revocation lists: what a file lacks is not found there."""
    return TrustAnchors(anchors.anchors, anchors.intermediates)


@pytest.fixture
def offline(signing_office: SigningOffice, tmp_path: Path) -> Path:
    """The letter as it is signed on a day without a network: no time stamp."""
    identity: Identity = signing_office.pki.issue_with_key(LEADER)
    key = SoftKey(Person(identity.certificate, identity.key), signing_office.pki.chain)
    draft = signing_office.draft
    wish = SignatureRequest(SignatureKind.PERSONAL, file_sha256(draft), "0" * 64)
    return sign_file(draft, tmp_path / "offline.pdf", wish, key).path


def _extended(
    path: Path, level: PadesLevel, office: SigningOffice, trust: TrustAnchors, *urls: str
) -> ExtendedFile:
    request = ExtensionRequest(file_sha256(path), level, urls or (office.pki.tsa_url,))
    return extend_file(path, path.with_name(f"{level}.pdf"), request, trust)


def _levels(path: Path, trust: TrustAnchors) -> list[PadesLevel | None]:
    report = verify_file(path, trust)
    assert report.verdict is Verdict.VALID
    kinds = SignatureKind.DOCUMENT_TIMESTAMP
    return [item.signature_info.level for item in report.signatures if item.kind is not kinds]


def _every_judge_agrees(path: Path, base: Path, count: int) -> None:
    assert path.read_bytes().startswith(base.read_bytes())
    said = told("pdfsig", "-nocert", path)
    assert said.count("Signature is Valid.") >= count
    assert "Signature is Invalid" not in said
    told("qpdf", "--check", path)
    with path.open("rb") as stream:
        for signature in PdfFileReader(stream, strict=False).embedded_signatures:
            signature.compute_integrity_info()
            diff = signature.diff_result
            assert diff is None or diff.modification_level <= ModificationLevel.FORM_FILLING


@pytest.mark.parametrize("level", [B_T, B_LT, B_LTA])
def test_a_signature_made_offline_is_raised_later(
    offline: Path,
    signing_office: SigningOffice,
    bare: TrustAnchors,
    level: PadesLevel,
) -> None:
    assert _levels(offline, bare) == [B_B]
    made = _extended(offline, level, signing_office, bare)
    assert _levels(made.path, bare) == [level]
    _every_judge_agrees(made.path, offline, 1)


@pytest.mark.parametrize("level", [B_LT, B_LTA])
def test_a_numbered_and_sealed_letter_is_raised_with_all_its_signatures(
    letter: Letter,
    signing_office: SigningOffice,
    bare: TrustAnchors,
    tmp_path: Path,
    level: PadesLevel,
) -> None:
    base = tmp_path / "issued.pdf"
    base.write_bytes(letter.revisions[-1].read_bytes())
    made = _extended(base, level, signing_office, bare)
    assert _levels(made.path, bare) == [level, level]
    _every_judge_agrees(made.path, base, 2)


def test_a_letter_that_is_raised_before_its_seal_is_raised_after_it_too(
    *,
    letter: Letter,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    signing_office: SigningOffice,
    bare: TrustAnchors,
    tmp_path: Path,
) -> None:
    signed = tmp_path / "signed.pdf"
    signed.write_bytes(letter.approved.file.path.read_bytes())
    raised = _extended(signed, B_LT, signing_office, bare)
    wish = Wish(SignatureKind.SEAL, image=signing_office.seal_image, number="05", issue_date=DAY)
    planned = plan_signature(bench, raised.path, wish, certificates["agency"])
    sealed = make_signature(bench, raised.path, tmp_path / "sealed.pdf", planned.request)
    made = _extended(sealed.file.path, B_LTA, signing_office, bare)
    assert _levels(made.path, bare) == [B_LTA, B_LTA]
    _every_judge_agrees(made.path, sealed.file.path, 2)


def test_the_store_of_the_file_judges_it_without_network_and_lists(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    made = _extended(offline, B_LT, signing_office, bare)
    (signature, stamp) = verify_file(made.path, bare).signatures
    assert signature.authentication.revocation == stamp.authentication.revocation == "good"
    assert (signature.timestamp.verdict, stamp.kind) == (
        Verdict.VALID,
        SignatureKind.DOCUMENT_TIMESTAMP,
    )


def test_raising_step_by_step_leads_to_the_same_level(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    first = _extended(offline, B_T, signing_office, bare)
    second = _extended(first.path, B_LT, signing_office, bare)
    third = _extended(second.path, B_LTA, signing_office, bare)
    assert second.gained == ("validation_data",)
    assert third.gained == ("document_timestamp",)
    assert _levels(third.path, bare) == [B_LTA]
    _every_judge_agrees(third.path, second.path, 1)


def test_what_has_reached_its_level_is_not_made_longer(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    made = _extended(offline, B_LTA, signing_office, bare)
    out = made.path.with_name("again.pdf")
    request = ExtensionRequest(made.sha256, B_LTA, (signing_office.pki.tsa_url,))
    with pytest.raises(SigningError, match=r"extend\.nothing_to_add"):
        extend_file(made.path, out, request, bare)
    assert not out.exists()


def test_the_next_authority_stamps_the_document_where_the_first_is_faulty(
    offline: Path, signing_office: SigningOffice, anchors: TrustAnchors
) -> None:
    with serve(authority_app(signing_office.pki, TsaFault.WRONG_IMPRINT)) as faulty:
        urls = (f"{faulty.url}/tsa", signing_office.pki.tsa_url)
        made = _extended(offline, B_T, signing_office, anchors, *urls)
    assert [item.code for item in made.stamp_tries] == [
        "timestamp.wrong_imprint",
        "timestamp.stamped",
    ]
    assert _levels(made.path, anchors) == [B_T]


def test_without_any_service_nothing_is_written_and_the_reason_is_told(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    with claim_port() as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"
        with pytest.raises(SigningError) as refusal:
            _extended(offline, B_LT, signing_office, bare, away)
    assert refusal.value.code == "extend.no_services"
    assert refusal.value.params == {"reason": "timestamp.unreachable"}
    assert not offline.with_name("B-LT.pdf").exists()


def test_a_revoked_signer_is_not_dressed_up_as_long_term(
    signing_office: SigningOffice, bare: TrustAnchors, tmp_path: Path
) -> None:
    identity = signing_office.pki.issue_with_key(LEADER)
    key = SoftKey(Person(identity.certificate, identity.key), signing_office.pki.chain)
    draft = signing_office.draft
    wish = SignatureRequest(SignatureKind.PERSONAL, file_sha256(draft), "0" * 64)
    path = sign_file(draft, tmp_path / "revoked.pdf", wish, key).path
    signing_office.pki.revoke(identity.certificate.serial_number)
    made = _extended(path, B_LT, signing_office, bare)
    assert made.notes == ("extend.status_missing",)
    (signature, _) = verify_file(made.path, bare).signatures
    assert signature.signature_info.level is B_T


def test_other_bytes_than_were_asked_about_are_not_extended(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    request = ExtensionRequest("0" * 64, B_LT, (signing_office.pki.tsa_url,))
    with pytest.raises(SigningError, match=r"sign\.not_what_was_shown"):
        extend_file(offline, offline.with_name("out.pdf"), request, bare)


def test_an_unsigned_file_is_not_extended(
    signing_office: SigningOffice, bare: TrustAnchors, tmp_path: Path
) -> None:
    base = tmp_path / "draft.pdf"
    base.write_bytes(signing_office.draft.read_bytes())
    with pytest.raises(SigningError, match=r"extend\.unsigned"):
        _extended(base, B_LT, signing_office, bare)


def test_the_last_time_stamp_covers_the_whole_file(
    offline: Path, signing_office: SigningOffice, bare: TrustAnchors
) -> None:
    made = _extended(offline, B_LTA, signing_office, bare)
    last = verify_file(made.path, bare).signatures[-1]
    assert (last.kind, last.authentication.coverage) == (
        SignatureKind.DOCUMENT_TIMESTAMP,
        Coverage.ENTIRE_FILE,
    )

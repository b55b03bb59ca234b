"""One signed file, judged: integrity, trust, time."""

from __future__ import annotations

import hashlib
import random
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigSeedSubFilter

from signing.profile import VerificationProfile
from signing.terms import Coverage, Indication, PadesLevel, SignatureKind, Verdict
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.unit.signing.verification_world import (
    NOW,
    add_document_timestamp,
    agency,
    draft,
    expired,
    judge,
    leader,
    revocation_list,
    root,
    rsa_signer,
    sign,
    stranger_root,
    trust,
)


def test_an_untouched_signature_of_a_known_authority_is_valid(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list()))

    assert report.verdict is Verdict.VALID
    assert report.signatures[0].indication is Indication.TOTAL_PASSED


def test_the_report_names_the_signer_as_the_certificate_does(tmp_path: Path) -> None:
    signature = judge(tmp_path, sign(draft(), "LanhDao")).signatures[0]

    assert (signature.signer, signature.organization, signature.issuer) == (
        "Nguyễn Văn A",
        "UBND tỉnh",
        "Tổ chức chứng thực thử nghiệm",
    )
    assert signature.certificate_sha256 == hashlib.sha256(leader().der).hexdigest()


def test_the_kind_is_read_from_the_field_name(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "ConDau", agency()))

    assert report.signatures[0].kind is SignatureKind.SEAL


def test_the_report_tells_algorithm_digest_and_subfilter(tmp_path: Path) -> None:
    info = judge(tmp_path, sign(draft(), "LanhDao", rsa_signer())).signatures[0].signature_info

    assert (info.algorithm, info.digest, info.subfilter) == (
        "rsassa_pkcs1v15",
        "sha256",
        "ETSI.CAdES.detached",
    )


def test_the_report_carries_the_files_hash_and_page_count(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao")

    report = judge(tmp_path, data)

    assert (report.sha256, report.pages) == (hashlib.sha256(data).hexdigest(), 1)


def test_one_flipped_bit_in_the_content_breaks_the_signature(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao").replace(b"Quyet dinh", b"Quyet dimh")

    report = judge(tmp_path, data)

    assert report.verdict is Verdict.INVALID
    assert report.signatures[0].subindication == "HASH_FAILURE"
    assert report.signatures[0].authentication.integrity == "broken"


def test_a_file_saved_anew_after_signing_is_said_to_be_that(tmp_path: Path) -> None:
    out = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(sign(draft(), "LanhDao")))).write(out)

    report = judge(tmp_path, out.getvalue())

    assert (report.verdict, report.reason) == (Verdict.INVALID, "verify.saved_anew")


def test_a_signature_without_a_path_to_an_anchor_is_undetermined(tmp_path: Path) -> None:
    anchors = TrustAnchors(anchors=(stranger_root().der,))

    signature = judge(tmp_path, sign(draft(), "LanhDao"), anchors).signatures[0]

    assert (signature.verdict, signature.subindication) == (
        Verdict.UNDETERMINED,
        "NO_CERTIFICATE_CHAIN_FOUND",
    )
    assert not signature.authentication.trusted


def test_a_root_that_the_file_brings_along_is_not_believed(tmp_path: Path) -> None:
    data = add_document_timestamp(sign(draft(), "LanhDao", at=NOW), NOW)

    report = judge(tmp_path, data, TrustAnchors(intermediates=(root().der,)))

    assert report.verdict is Verdict.UNDETERMINED


def test_a_revoked_certificate_makes_the_signature_invalid(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list(leader())))

    assert (report.verdict, report.reason) == (Verdict.INVALID, "verify.revoked")
    assert report.signatures[0].authentication.revocation == "revoked"


def test_a_certificate_revoked_after_the_time_stamp_does_not_harm(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao", at=NOW - timedelta(days=10))

    report = judge(tmp_path, data, trust(revocation_list(leader())))

    assert report.verdict is Verdict.VALID


def test_a_revocation_counts_even_where_the_list_has_grown_old(tmp_path: Path) -> None:
    later = NOW + timedelta(days=60)

    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list(leader())), at=later)

    assert report.verdict is Verdict.INVALID


def test_a_clean_list_that_has_grown_old_says_nothing(tmp_path: Path) -> None:
    later = NOW + timedelta(days=60)

    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list()), at=later)

    assert report.signatures[0].authentication.revocation == "unknown"


def test_a_current_list_without_the_certificate_makes_revocation_good(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list()))

    assert report.signatures[0].authentication.revocation == "good"


def test_missing_revocation_data_leaves_only_its_own_section_undetermined(tmp_path: Path) -> None:
    signature = judge(tmp_path, sign(draft(), "LanhDao")).signatures[0]

    assert signature.verdict is Verdict.VALID
    assert signature.authentication.verdict is Verdict.UNDETERMINED
    assert "verify.revocation_unknown" in signature.warnings


def test_a_missing_time_stamp_leaves_only_its_own_section_undetermined(tmp_path: Path) -> None:
    signature = judge(tmp_path, sign(draft(), "LanhDao")).signatures[0]

    assert signature.verdict is Verdict.VALID
    assert (signature.timestamp.verdict, signature.timestamp.time) == (Verdict.UNDETERMINED, None)
    assert "verify.no_timestamp" in signature.warnings


def test_a_profile_that_asks_for_a_time_stamp_misses_it(tmp_path: Path) -> None:
    profile = VerificationProfile(require_timestamp=True)

    report = judge(tmp_path, sign(draft(), "LanhDao"), profile=profile)

    assert (report.verdict, report.reason) == (Verdict.UNDETERMINED, "verify.no_timestamp")


def test_an_expired_certificate_without_a_time_stamp_is_undetermined(tmp_path: Path) -> None:
    signature = judge(tmp_path, sign(draft(), "LanhDao", expired())).signatures[0]

    assert (signature.verdict, signature.subindication) == (
        Verdict.UNDETERMINED,
        "OUT_OF_BOUNDS_NO_POE",
    )


def test_an_expired_certificate_stamped_in_time_is_valid(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao", expired(), at=NOW - timedelta(days=60))

    assert judge(tmp_path, data).verdict is Verdict.VALID


def test_a_document_time_stamp_vouches_for_the_signature_before_it(tmp_path: Path) -> None:
    stamped = NOW - timedelta(days=60)
    data = add_document_timestamp(sign(draft(), "LanhDao", expired()), stamped)

    signature = judge(tmp_path, data).signatures[0]

    assert (signature.verdict, signature.timestamp.time) == (Verdict.VALID, stamped)


def test_the_time_stamps_time_is_aware_and_names_its_authority(tmp_path: Path) -> None:
    stamp = judge(tmp_path, sign(draft(), "LanhDao", at=NOW)).signatures[0].timestamp

    assert (stamp.time, stamp.authority) == (NOW, "Máy chủ dấu thời gian")


def test_a_time_stamp_taken_from_another_signature_is_a_forgery(tmp_path: Path) -> None:
    donor = sign(draft(number_field=False), "LanhDao", at=NOW)
    taker = sign(draft(), "LanhDao", at=NOW)
    forged = _swap_token(taker, donor)

    signature = judge(tmp_path, forged).signatures[0]

    assert signature.timestamp.verdict is Verdict.INVALID
    assert signature.verdict is Verdict.INVALID


def test_sha1_is_warned_of_but_does_not_fail(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao", rsa_signer(), digest="sha1")

    signature = judge(tmp_path, data).signatures[0]

    assert signature.verdict is Verdict.VALID
    assert "verify.sha1" in signature.warnings


def test_a_profile_may_forbid_sha1(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao", rsa_signer(), digest="sha1")

    report = judge(tmp_path, data, profile=VerificationProfile(forbid_sha1=True))

    assert report.reason == "verify.forbidden_algorithm"


@pytest.mark.parametrize(("stamped", "level"), [(False, PadesLevel.B_B), (True, PadesLevel.B_T)])
def test_the_level_is_told_as_found(tmp_path: Path, stamped: bool, level: PadesLevel) -> None:
    data = sign(draft(), "LanhDao", at=NOW if stamped else None)

    assert judge(tmp_path, data).signatures[0].signature_info.level is level


def test_a_whole_file_signature_covers_the_entire_file(tmp_path: Path) -> None:
    seen = judge(tmp_path, sign(draft(), "LanhDao")).signatures[0].authentication

    assert (seen.coverage, seen.changes_after) == (Coverage.ENTIRE_FILE, ())


def test_an_adbe_signature_is_checked_too(tmp_path: Path) -> None:
    subfilter = SigSeedSubFilter.ADOBE_PKCS7_DETACHED

    report = judge(tmp_path, sign(draft(), "LanhDao", subfilter=subfilter))

    assert report.verdict is Verdict.VALID


def test_a_signature_of_an_old_kind_is_listed_as_unsupported(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao", subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED)
    old_kind = data.replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    ")

    signature = judge(tmp_path, old_kind).signatures[0]

    assert (signature.verdict, signature.reason) == (
        Verdict.UNDETERMINED,
        "verify.unsupported_kind",
    )
    assert signature.authentication.integrity is None


def test_a_placeholder_in_place_of_a_signature_is_invalid(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao")
    start = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)

    report = judge(tmp_path, data[:start] + b"0" * (end - start) + data[end:])

    assert (report.verdict, report.reason) == (Verdict.INVALID, "verify.signature_malformed")


def test_a_file_with_time_stamps_alone_is_unsigned(tmp_path: Path) -> None:
    report = judge(tmp_path, add_document_timestamp(draft(), NOW))

    assert (report.verdict, report.reason) == (Verdict.UNSIGNED, "verify.only_timestamps")
    assert report.signatures[0].kind is SignatureKind.DOCUMENT_TIMESTAMP


def test_a_file_without_a_signature_is_unsigned(tmp_path: Path) -> None:
    assert judge(tmp_path, draft()).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 a letter", "Công văn".encode()])
def test_what_is_no_pdf_is_unreadable(tmp_path: Path, data: bytes) -> None:
    report = judge(tmp_path, data)

    assert (report.verdict, report.reason) == (Verdict.UNREADABLE, "verify.not_a_pdf")


def test_a_truncated_signed_file_is_never_called_unsigned(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao")

    report = judge(tmp_path, data[: -len(data) // 20])

    assert (report.verdict, report.reason) == (
        Verdict.UNREADABLE,
        "verify.signed_but_unreadable",
    )


def test_a_signature_torn_out_of_the_form_is_never_called_unsigned(tmp_path: Path) -> None:
    data = sign(draft(number_field=False), "LanhDao").replace(b"/FT /Sig", b"/FT /Tx ")

    assert judge(tmp_path, data).verdict is Verdict.UNREADABLE


def test_a_password_protected_file_is_unreadable(tmp_path: Path) -> None:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(draft())))
    writer.encrypt("bi-mat")
    out = BytesIO()
    writer.write(out)

    report = judge(tmp_path, out.getvalue())

    assert (report.verdict, report.reason) == (Verdict.UNREADABLE, "verify.password_protected")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    report = verify_file(tmp_path / "khong-co.pdf", trust())

    assert (report.verdict, report.reason) == (
        Verdict.UNREADABLE,
        "verify.file_not_readable",
    )


def test_no_changed_byte_of_the_signed_range_leaves_it_valid(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao")
    start = data.index(b"/Contents <") + len(b"/Contents ")
    signed = [*range(start), *range(data.index(b">", start) + 1, len(data))]

    verdicts = {
        place: judge(tmp_path, data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]).verdict
        for place in random.Random(599).sample(signed, 60)
    }

    assert [place for place, verdict in verdicts.items() if verdict is Verdict.VALID] == []


def _swap_token(taker: bytes, donor: bytes) -> bytes:
    """Put the donor's time stamp token into the taker's CMS, in place."""

    def contents(data: bytes) -> tuple[int, int]:
        start = data.index(b"/Contents <") + len(b"/Contents <")
        return start, data.index(b">", start)

    def load(data: bytes) -> cms.ContentInfo:
        start, end = contents(data)
        return cms.ContentInfo.load(bytes.fromhex(data[start:end].decode()))

    ours, theirs = load(taker), load(donor)
    tokens = theirs["content"]["signer_infos"][0]["unsigned_attrs"]
    ours["content"]["signer_infos"][0]["unsigned_attrs"] = tokens
    start, end = contents(taker)
    der: bytes = ours.dump(force=True).hex().encode()
    return taker[:start] + der.ljust(end - start, b"0") + taker[end:]


def test_going_online_for_certificates_that_name_no_address_changes_nothing(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "LanhDao"), trust(revocation_list()), online=True)

    assert report.signatures[0].authentication.revocation == "good"

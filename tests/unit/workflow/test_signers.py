"""Facts about whose signature a document expects, and what the clerk holds it against."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from app.errors import AppError
from app.rules import load_profile
from app.workflow.documents import Signer
from app.workflow.leaders import check_leaders, check_signed_by_leader, own_leaders_field
from app.workflow.sign_draft import expected_signer
from signing.terms import SignatureKind, Verdict
from tests.fakes.records import (
    AGENCY,
    AGENCY_CERTIFICATE,
    AGENCYS,
    LEADER,
    LEADERS,
    PARTNER,
    PARTNERS,
    certificate,
    document,
    report,
    signature,
)

RULES = load_profile("bhxh-599-2018")
NEVER = RULES.model_copy(update={"seal": RULES.seal.model_copy(update={"undetermined": "never"})})
BY_FINGERPRINT = Signer(LEADER, "GIÁM ĐỐC", LEADERS)
BY_NAME = Signer(LEADER, "GIÁM ĐỐC")
BY_UID = Signer(LEADER, "GIÁM ĐỐC", uid="CCCD:1")
THE_PARTNER = Signer(PARTNER, "GIÁM ĐỐC", PARTNERS)
TAKEN_APART = unicodedata.normalize("NFD", LEADER)


def test_the_fingerprint_says_who_signs() -> None:
    paper = document(THE_PARTNER, BY_FINGERPRINT)
    assert expected_signer(paper, certificate("Tên khác")) == BY_FINGERPRINT


def test_a_fingerprint_wins_over_a_namesake_before_it() -> None:
    paper = document(BY_NAME, BY_FINGERPRINT)
    assert expected_signer(paper, certificate()) == BY_FINGERPRINT


def test_without_a_fingerprint_the_name_decides_in_any_case() -> None:
    assert expected_signer(document(BY_NAME), certificate("NGUYỄN VĂN AN", "9" * 64)) == BY_NAME


def test_a_name_in_combining_marks_is_the_same_name() -> None:
    assert expected_signer(document(BY_NAME), certificate(TAKEN_APART, "9" * 64)) == BY_NAME


@pytest.mark.parametrize(
    ("subject", "sha256"), [(LEADER, "9" * 64), (PARTNER, PARTNERS), ("Nguyễn Văn Ân", "9" * 64)]
)
def test_anybody_else_is_the_wrong_signer(subject: str, sha256: str) -> None:
    with pytest.raises(AppError) as caught:
        expected_signer(document(BY_FINGERPRINT), certificate(subject, sha256))
    assert caught.value.code == "workflow.wrong_signer"
    assert caught.value.params == {"expected": LEADER, "subject": subject}


def test_a_name_without_its_marks_is_another_name() -> None:
    with pytest.raises(AppError, match=r"workflow\.wrong_signer"):
        expected_signer(document(BY_NAME), certificate("Nguyen Van An", "9" * 64))


def test_the_clerk_may_go_on_where_every_leader_has_signed() -> None:
    paper = document(BY_FINGERPRINT, THE_PARTNER)
    found = report(signature(), signature("LanhDao_2", PARTNER, PARTNERS))
    assert check_leaders(RULES, paper, found) == ()


@pytest.mark.parametrize(
    "found",
    [
        report(),
        report(verdict=Verdict.UNSIGNED),
        report(signature("LanhDao", PARTNER, PARTNERS)),
        report(signature("LanhDao", LEADER, "9" * 64)),
        report(signature("ConDau", AGENCY, AGENCYS)),
    ],
)
def test_a_missing_leader_stops_the_clerk(found: object) -> None:
    with pytest.raises(AppError) as caught:
        check_leaders(RULES, document(BY_FINGERPRINT), found)  # type: ignore[arg-type]
    assert caught.value.code == "workflow.leader_signature_missing"
    assert caught.value.params == {"signer": LEADER}


def test_initials_of_the_leader_are_not_the_leaders_signature() -> None:
    found = report(signature("KyNhay", LEADER, LEADERS, kind=SignatureKind.INITIAL))
    with pytest.raises(AppError, match=r"workflow\.leader_signature_missing"):
        check_leaders(RULES, document(BY_FINGERPRINT), found)


def test_a_signature_from_another_program_counts_by_its_fingerprint() -> None:
    assert check_leaders(RULES, document(BY_FINGERPRINT), report(signature("Signature1"))) == ()


def test_the_second_of_two_leaders_is_missed_too() -> None:
    with pytest.raises(AppError) as caught:
        check_leaders(RULES, document(BY_FINGERPRINT, THE_PARTNER), report(signature()))
    assert caught.value.params == {"signer": PARTNER}


def test_a_name_counts_where_the_task_knows_neither_fingerprint_nor_uid() -> None:
    paper = document(BY_NAME)
    assert check_leaders(RULES, paper, report(signature(signer=TAKEN_APART, sha256="9" * 64))) == ()
    with pytest.raises(AppError, match=r"workflow\.leader_signature_missing"):
        check_leaders(RULES, paper, report(signature("KyNhay", sha256="9" * 64)))
    with pytest.raises(AppError, match=r"workflow\.leader_signature_missing"):
        check_leaders(RULES, document(BY_UID), report(signature(sha256="9" * 64)))


def test_a_uid_decides_before_the_name() -> None:
    paper = document(BY_NAME, BY_UID)
    namesake = certificate(sha256="9" * 64, uid=BY_UID.uid)
    assert expected_signer(paper, namesake) == BY_UID
    with pytest.raises(AppError, match=r"workflow\.wrong_signer"):
        expected_signer(document(BY_UID), certificate(sha256="9" * 64, uid="CCCD:2"))
    signed = replace(signature(sha256="9" * 64), uid=BY_UID.uid)
    assert check_leaders(RULES, document(BY_UID), report(signed)) == ()


@pytest.mark.parametrize("verdict", [Verdict.INVALID, Verdict.UNREADABLE])
def test_a_file_that_does_not_stand_is_never_sealed(verdict: Verdict) -> None:
    found = report(signature(), verdict=verdict, reason="verify.changed_after_signing")
    with pytest.raises(AppError) as caught:
        check_leaders(RULES, document(BY_FINGERPRINT), found, "lý do")
    assert caught.value.code == "workflow.leader_signature_invalid"
    assert caught.value.params["reason"] == "verify.changed_after_signing"


def test_an_invalid_leader_is_never_sealed_whatever_the_reason() -> None:
    found = report(signature(verdict=Verdict.INVALID, subindication="HASH_FAILURE"))
    with pytest.raises(AppError) as caught:
        check_leaders(RULES, document(BY_FINGERPRINT), found, "lý do")
    assert caught.value.code == "workflow.leader_signature_invalid"
    assert caught.value.params == {"signer": LEADER, "reason": "HASH_FAILURE"}


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_undetermined_leader_needs_a_reason(reason: str | None) -> None:
    found = report(signature(verdict=Verdict.UNDETERMINED), verdict=Verdict.UNDETERMINED)
    with pytest.raises(AppError) as caught:
        check_leaders(RULES, document(BY_FINGERPRINT), found, reason)
    assert caught.value.code == "workflow.leader_signature_undetermined"


def test_with_a_reason_an_undetermined_leader_is_sealed_and_that_is_said() -> None:
    found = report(signature(verdict=Verdict.UNDETERMINED), verdict=Verdict.UNDETERMINED)
    notes = check_leaders(RULES, document(BY_FINGERPRINT), found, "đã gọi điện xác nhận")
    assert notes == ("workflow.sealed_with_reason",)


def test_where_the_rules_say_never_no_reason_lifts_an_undetermined_leader() -> None:
    found = report(signature(verdict=Verdict.UNDETERMINED), verdict=Verdict.UNDETERMINED)
    with pytest.raises(AppError, match=r"workflow\.leader_signature_unproven"):
        check_leaders(NEVER, document(BY_FINGERPRINT), found, "đã gọi điện xác nhận")


def test_the_seal_goes_over_the_agencys_own_leader() -> None:
    paper = document(THE_PARTNER, BY_FINGERPRINT)
    found = report(
        signature("LanhDao", PARTNER, PARTNERS, organization="Sở Nội vụ"),
        signature("LanhDao_2", organization=AGENCY.upper()),
    )
    assert own_leaders_field(paper, found, AGENCY_CERTIFICATE.subject) == "LanhDao_2"


def test_where_no_leader_is_the_agencys_own_the_first_one_counts() -> None:
    paper = document(THE_PARTNER, BY_FINGERPRINT)
    found = report(
        signature("LanhDao_2", organization=None),
        signature("LanhDao", PARTNER, PARTNERS, organization="Sở Nội vụ"),
    )
    assert own_leaders_field(paper, found, AGENCY_CERTIFICATE.subject) == "LanhDao"
    assert own_leaders_field(paper, report(), AGENCY_CERTIFICATE.subject) is None


def test_a_file_on_disk_whose_leader_is_undetermined_is_sealed_where_the_rules_let_it() -> None:
    found = report(signature(verdict=Verdict.UNDETERMINED), verdict=Verdict.UNDETERMINED)
    assert check_signed_by_leader(RULES, found) == ("workflow.leader_undetermined_note",)
    with pytest.raises(AppError, match=r"workflow\.leader_signature_unproven"):
        check_signed_by_leader(NEVER, found)

"""Facts about the order of signatures under each office's rules: what is out of order is refused before any PIN."""

from __future__ import annotations

import pytest

from app.errors import AppError
from app.rules import load_profile, profile_ids
from app.workflow.order import refuse_against_form, refuse_out_of_order
from signing.facts import FileFacts, SignatureWidget
from signing.terms import SignatureKind

INITIAL, PERSONAL, SEAL = SignatureKind.INITIAL, SignatureKind.PERSONAL, SignatureKind.SEAL


def _signed(*fields: str) -> FileFacts:
    widgets = tuple(SignatureWidget(name, None, None) for name in fields)
    return FileFacts("ab" * 32, 1, widgets, (), None, (), (), ())


def _refusal(profile_id: str, kind: SignatureKind, *fields: str, to_come: int = 0) -> str | None:
    try:
        refuse_out_of_order(load_profile(profile_id), kind, _signed(*fields), to_come=to_come)
    except AppError as error:
        return error.code
    return None


@pytest.mark.parametrize("profile_id", profile_ids())
@pytest.mark.parametrize("kind", [INITIAL, PERSONAL, SignatureKind.NUMBER, SEAL])
def test_after_the_seal_nobody_signs_for_the_document(profile_id: str, kind: SignatureKind) -> None:
    assert _refusal(profile_id, kind, "LanhDao", "ConDau") == "workflow.sealed_already"


@pytest.mark.parametrize(
    ("profile_id", "told"),
    [
        ("bhxh-599-2018", "workflow.no_initials"),
        ("stp-binh-phuoc-2019", "workflow.no_initials"),
        ("snn-tuyen-quang-2019", "workflow.no_initials"),
        ("nd30-2020", None),
        ("thads-hau-giang-2025", None),
        ("mot-cua-tuyen-quang-2020", None),
    ],
)
def test_initials_are_given_where_the_office_has_them(profile_id: str, told: str | None) -> None:
    assert _refusal(profile_id, INITIAL) == told


def test_initials_come_before_the_leader() -> None:
    assert _refusal("nd30-2020", INITIAL, "LanhDao") == "workflow.initial_after_leader"


def test_a_leader_of_another_program_is_a_leader_too() -> None:
    assert _refusal("nd30-2020", INITIAL, "Signature1") == "workflow.initial_after_leader"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ((), "workflow.initials_missing"),
        (("KyNhay",), "workflow.initials_missing"),
        (("KyNhay", "KyNhay_2"), None),
    ],
)
def test_in_hau_giang_the_leader_signs_after_both_initials(
    fields: tuple[str, ...], told: str | None
) -> None:
    assert _refusal("thads-hau-giang-2025", PERSONAL, *fields) == told


def test_where_two_signatures_are_the_rule_a_second_leader_is_one_too_many() -> None:
    assert _refusal("stp-binh-phuoc-2019", PERSONAL, "LanhDao") == "workflow.signature_count"


def test_where_two_signatures_are_the_rule_the_seal_needs_exactly_one_leader() -> None:
    assert _refusal("stp-binh-phuoc-2019", SEAL, "LanhDao") is None
    assert _refusal("stp-binh-phuoc-2019", SEAL, "LanhDao", "LanhDao_2") == (
        "workflow.signature_count"
    )


def test_where_two_signatures_are_the_rule_a_number_of_its_own_is_one_too_many() -> None:
    assert _refusal("stp-binh-phuoc-2019", SEAL, "LanhDao", to_come=1) == "workflow.signature_count"
    assert _refusal("nd30-2020", SEAL, "LanhDao", to_come=1) is None


def test_a_joint_document_may_have_two_leaders_elsewhere() -> None:
    assert _refusal("bhxh-599-2018", PERSONAL, "LanhDao") is None


def test_the_initials_that_are_missing_are_named_by_their_seats() -> None:
    with pytest.raises(AppError) as caught:
        refuse_out_of_order(load_profile("thads-hau-giang-2025"), PERSONAL, _signed("KyNhay"))
    assert caught.value.params["missing"] == "Lãnh đạo Văn phòng"


@pytest.mark.parametrize(
    ("kind_name", "kind", "told"),
    [
        ("Phiếu trình", SEAL, "workflow.form_not_sealed"),
        ("Phiếu xin ý kiến", SEAL, "workflow.form_not_sealed"),
        ("Phiếu đề nghị", SEAL, "workflow.form_not_sealed"),
        ("Phiếu tham gia ý kiến", SEAL, "workflow.form_not_sealed"),
        ("Bảng tổng hợp ý kiến", PERSONAL, "workflow.form_not_signed"),
        ("Phiếu trình", PERSONAL, None),
        ("Công văn nội bộ", SEAL, None),
        ("Tờ trình", SEAL, None),
        ("Công văn", SEAL, None),
    ],
)
def test_an_internal_form_takes_the_signatures_of_its_annex(
    kind_name: str, kind: SignatureKind, told: str | None
) -> None:
    code = None
    try:
        refuse_against_form(load_profile("bhxh-599-2018"), kind_name, kind)
    except AppError as error:
        code = error.code
    assert code == told

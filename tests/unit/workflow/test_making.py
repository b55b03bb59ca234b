"""Facts about the last look at a fresh signature, and about which certificate signs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.making import check_result, choose_certificate, make_signature
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.report import FileReport
from signing.request import SignedFile
from signing.terms import Coverage, PadesLevel, SignatureKind, Verdict
from tests.fakes.desk import desk_of, profile
from tests.fakes.engines import DRAFT
from tests.fakes.records import BASE, PARTNER, PARTNERS, certificate, report, signature

SIGNED = SignedFile(Path("a.pdf"), BASE, "LanhDao", PadesLevel.B_B)


def test_a_good_result_passes_though_its_chain_is_unknown() -> None:
    check_result(report(signature(verdict=Verdict.UNDETERMINED, trusted=False)), SIGNED)
    assert report(signature()).sha256 == SIGNED.sha256


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (report(signature(), sha256="f" * 64), "sha256"),
        (report(reason="verify.unreadable"), "verify.unreadable"),
        (report(signature("ConDau")), "missing"),
        (report(signature(verdict=Verdict.INVALID, subindication="HASH_FAILURE")), "HASH_FAILURE"),
        (report(signature(integrity=None)), "integrity"),
        (report(signature(coverage=Coverage.ENTIRE_REVISION)), "coverage"),
        (
            report(
                signature(),
                signature("LanhDao_2", verdict=Verdict.INVALID, subindication="FORMAT_FAILURE"),
            ),
            "FORMAT_FAILURE",
        ),
    ],
)
def test_a_result_that_would_not_convince_a_stranger_is_refused(
    found: FileReport, why: str
) -> None:
    with pytest.raises(AppError) as caught:
        check_result(found, SIGNED)
    assert caught.value.code == "workflow.own_output_bad"
    assert caught.value.params["why"] == why


def test_nothing_is_left_of_a_bad_result(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.judge.verdicts["LanhDao"] = Verdict.INVALID
    base = desk.files.path_of(desk.files.put(DRAFT))
    planned = plan_signature(desk.bench, base, Wish(SignatureKind.PERSONAL), certificate())
    out = desk.files.aside()
    with pytest.raises(AppError, match=r"workflow\.own_output_bad"):
        make_signature(desk.bench, base, out, planned.request)
    assert not out.exists()


def test_the_certificate_of_the_right_purpose_is_chosen() -> None:
    agency = certificate("Sở", "5" * 64, purpose="agency")
    assert choose_certificate((certificate(), agency), "agency") == agency
    with pytest.raises(AppError, match=r"workflow\.no_certificate"):
        choose_certificate((agency,), "person")


@pytest.mark.parametrize("wanted", [PARTNERS, "0B", ":".join(["22"] * 32)])
def test_a_wanted_certificate_is_found_by_fingerprint_or_id(wanted: str) -> None:
    partner = certificate(PARTNER, PARTNERS, key_id="0b")
    assert choose_certificate((certificate(), partner), "person", wanted) == partner


def test_without_a_certificate_nothing_is_signed() -> None:
    with pytest.raises(AppError, match=r"workflow\.no_certificate"):
        choose_certificate((), "person")
    with pytest.raises(AppError, match=r"workflow\.no_certificate"):
        choose_certificate((certificate(),), "person", "ff")


def test_a_certificate_that_cannot_sign_is_refused_with_the_reason() -> None:
    expired = replace(certificate(), cannot_sign="certificate.expired")
    with pytest.raises(AppError) as caught:
        choose_certificate((expired,), "person")
    assert caught.value.code == "workflow.certificate_unusable"
    assert caught.value.params["reason"] == "certificate.expired"
    assert choose_certificate((expired, certificate(PARTNER)), "person").subject == PARTNER


def test_where_the_rules_forbid_it_nothing_is_left_of_a_signature_without_a_trust_anchor(
    tmp_path: Path,
) -> None:
    rules = profile()
    strict = rules.signatures.model_copy(update={"untrusted_chain": "forbid"})
    desk = desk_of(tmp_path, rules=rules.model_copy(update={"signatures": strict}))
    desk.judge.trusted = False
    base = desk.files.path_of(desk.files.put(DRAFT))
    planned = plan_signature(desk.bench, base, Wish(SignatureKind.PERSONAL), certificate())
    out = desk.files.aside()
    with pytest.raises(AppError, match=r"workflow\.chain_forbidden"):
        make_signature(desk.bench, base, out, planned.request)
    assert not out.exists()

"""Facts about a letter that other software signed: number and date in one signature, then the seal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.people import CHIEF, LEADER
from app.workflow.checking import check_file
from app.workflow.making import Made, make_signature
from app.workflow.number_signature import plan_number
from app.workflow.office import Workbench
from app.workflow.planning import Planned, plan_signature
from app.workflow.wish import Wish
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.conftest import DAY
from tests.integration.signing.incumbent import Mark, certifying, sign_as_incumbent
from tests.integration.signing.office import SigningOffice, told

OVER_THE_NAME = (300, 200, 480, 290)
NUMBERED = Wish(SignatureKind.NUMBER, number="05", issue_date=DAY)


@dataclass(frozen=True)
class ForeignLetter:
    """The leader signed with other software; the clerk numbered and sealed here."""

    approved: Path
    planned: Planned
    numbered: Made
    issued: Made


@pytest.fixture(scope="module")
def approved(signing_office: SigningOffice) -> Path:
    """A certified letter with a ký nháy before the leader's signature, as the incumbent tool makes it."""
    office = signing_office
    return sign_as_incumbent(
        office.draft,
        office.folder / "foreign.pdf",
        certifying("Signature1", office.pki.issue_with_key(CHIEF), box=(250, 250, 290, 270)),
        Mark(
            "Signature2",
            office.pki.issue_with_key(LEADER),
            box=OVER_THE_NAME,
            image=office.signature_image,
        ),
    )


@pytest.fixture(scope="module")
def foreign(
    approved: Path,
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
) -> ForeignLetter:
    folder, agency = signing_office.folder, certificates["agency"]
    planned = plan_number(bench, approved, NUMBERED, agency)
    numbered = make_signature(bench, approved, folder / "numbered.pdf", planned.request)
    seal = Wish(SignatureKind.SEAL, image=signing_office.seal_image, issue_date=DAY)
    sealing = plan_signature(bench, numbered.file.path, seal, agency)
    issued = make_signature(
        bench, numbered.file.path, folder / "foreign-issued.pdf", sealing.request
    )
    return ForeignLetter(approved, planned, numbered, issued)


def test_number_and_date_stand_in_the_blanks(foreign: ForeignLetter) -> None:
    text = told("pdftotext", "-layout", foreign.issued.file.path, "-")
    assert "Số: 05/STP-VP" in text.replace(" /", "/").replace(":  ", ": ")
    assert "ngày 22 tháng 11 năm 2026" in " ".join(text.split())


def test_after_number_and_seal_every_signature_is_valid(
    foreign: ForeignLetter, bench: Workbench
) -> None:
    report = check_file(bench.judge, bench.eyes, foreign.issued.file.path)
    assert [(item.field, item.verdict) for item in report.signatures] == [
        ("Signature1", Verdict.VALID),
        ("Signature2", Verdict.VALID),
        ("SoVanBan", Verdict.VALID),
        ("ConDau", Verdict.VALID),
    ]


def test_strangers_programs_call_all_four_valid(foreign: ForeignLetter) -> None:
    said = told("pdfsig", "-nocert", foreign.issued.file.path)
    assert said.count("Signature is Valid.") == 4
    told("qpdf", "--check", foreign.issued.file.path)

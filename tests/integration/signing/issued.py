"""A file signed by the leader, then numbered, dated and sealed, on real parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.terms import SignatureKind
from signing.token.records import CertificateInfo
from tests.integration.signing.office import SigningOffice

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Issued:
    """The file as it came, signed by the leader, and with number, date and seal."""

    base: Path
    approved: Path
    issued: Path


def issue(
    office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    base: Path,
) -> Issued:
    approved, issued = base.with_suffix(".approved.pdf"), base.with_suffix(".issued.pdf")
    wish = Wish(SignatureKind.PERSONAL, image=office.signature_image)
    plan = plan_signature(bench, base, wish, certificates["leader"])
    make_signature(bench, base, approved, plan.request)
    wish = Wish(SignatureKind.SEAL, image=office.seal_image, number="05", issue_date=DAY)
    plan = plan_signature(bench, approved, wish, certificates["agency"])
    make_signature(bench, approved, issued, plan.request)
    return Issued(base, approved, issued)

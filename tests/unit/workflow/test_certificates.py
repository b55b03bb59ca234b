"""Facts about a signer's certificate before the PIN: revoked is refused, unknown is said, or refused by the rules."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from app.errors import AppError
from app.workflow.certificates import check_certificate
from app.workflow.office import Workbench
from signing.status import CertificateStatus
from tests.fakes.desk import desk_of, profile
from tests.fakes.engines import FakeServices
from tests.fakes.records import NOON, certificate
from tests.fakes.tokens import token

CERTIFICATE = certificate(der=b"certificate")
LATE = AppError("worker.late", worker="services")
Rule = Literal["warn", "forbid"]


def status(revocation: str, *, trusted: bool = True) -> CertificateStatus:
    return CertificateStatus(revocation, trusted, NOON)


def bench(
    folder: Path,
    says: CertificateStatus | AppError,
    *,
    unknown: Rule = "warn",
    untrusted: Rule = "warn",
) -> Workbench:
    services = FakeServices()
    services.says = says
    rules = profile()
    asked = {"unknown_status": unknown, "untrusted_chain": untrusted}
    signatures = rules.signatures.model_copy(update=asked)
    rules = rules.model_copy(update={"signatures": signatures})
    return replace(desk_of(folder, rules=rules).bench, services=services)


@pytest.mark.parametrize(
    ("says", "notes"),
    [
        (status("good"), ()),
        (status("unknown"), ("certificate.status_unknown",)),
        (
            status("unknown", trusted=False),
            ("certificate.untrusted", "certificate.status_unknown"),
        ),
        (LATE, ("certificate.status_unknown",)),
    ],
)
def test_what_cannot_be_checked_is_said_before_the_pin(
    tmp_path: Path, says: CertificateStatus | AppError, notes: tuple[str, ...]
) -> None:
    assert check_certificate(bench(tmp_path, says), CERTIFICATE, token()) == notes


@pytest.mark.parametrize("rule", ["warn", "forbid"])
def test_a_revoked_certificate_is_refused_whatever_the_rules_say(
    tmp_path: Path, rule: Rule
) -> None:
    at = bench(tmp_path, status("revoked"), unknown=rule, untrusted=rule)
    with pytest.raises(AppError, match=r"certificate\.revoked"):
        check_certificate(at, CERTIFICATE, token())


@pytest.mark.parametrize("says", [status("unknown"), LATE])
def test_rules_that_want_a_known_status_refuse_an_unknown_one(
    tmp_path: Path, says: CertificateStatus | AppError
) -> None:
    with pytest.raises(AppError, match=r"certificate\.status_forbidden"):
        check_certificate(bench(tmp_path, says, unknown="forbid"), CERTIFICATE, token())


def test_rules_that_want_a_trust_anchor_refuse_before_the_pin(tmp_path: Path) -> None:
    at = bench(tmp_path, status("unknown", trusted=False), untrusted="forbid")
    with pytest.raises(AppError, match=r"certificate\.untrusted_forbidden"):
        check_certificate(at, CERTIFICATE, token())

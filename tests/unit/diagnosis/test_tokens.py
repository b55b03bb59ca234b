"""Facts about what the doctor says of modules and tokens, each as somebody with that trouble would read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.diagnosis.records import NAMES, Check
from app.diagnosis.tokens import check_tokens
from app.diagnosis.trial import try_signature
from app.errors import AppError
from app.messages import message
from app.workflow.office import Workbench
from signing.status import CertificateStatus
from signing.terms import PinState
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, ModuleInfo, TokenInfo
from tests.fakes.desk import desk_of
from tests.fakes.engines import FakeServices
from tests.fakes.records import LEADERS, NOON, PARTNERS, certificate
from tests.fakes.tokens import module, token

RSA = ("RSA_PKCS", "SHA256_RSA_PKCS")
GOOD = token(mechanisms=RSA, certificates=(certificate(der=b"der"),))


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def bench(tmp_path: Path, services: FakeServices) -> Workbench:
    return replace(desk_of(tmp_path).bench, services=services)


def checks(bench: Workbench, *found: ModuleInfo) -> list[Check]:
    return list(check_tokens(found, bench))


def named(name: str, told: list[Check]) -> tuple[str, str, Mapping[str, str]]:
    """The one finding of this name."""
    (check,) = (item for item in told if item.name == name)
    return check.state, check.code, check.params


def of_token(bench: Workbench, name: str, **changes: Any) -> tuple[str, str]:
    return named(name, checks(bench, module(replace(GOOD, **changes))))[:2]


def of_certificate(bench: Workbench, name: str, **changes: Any) -> tuple[str, str]:
    return of_token(bench, name, certificates=(certificate(der=b"der", **changes),))


def test_all_is_well_with_a_token_that_can_sign(bench: Workbench) -> None:
    told = checks(bench, module(GOOD))
    assert {check.state for check in told} == {"ok"}
    assert [check.name for check in told] == [
        *("modules", "bits", "module", "slots", "tokens", "mechanisms", "certificate", "chain")
    ]
    assert {check.name for check in told} <= set(NAMES)


def test_each_finding_has_words_with_nothing_missing(bench: Workbench) -> None:
    bad = replace(GOOD, mechanisms=("ECDSA",), pin_state=PinState.FINAL)
    expired = token("T2", certificates=(certificate(cannot_sign="certificate.expired"),))
    for check in checks(bench, module(GOOD, bad, expired), module(problem="token.module_crashed")):
        assert "–" not in str(message(check.code, "en", check.params))


@pytest.mark.parametrize(
    ("problem", "name", "code"),
    [
        ("token.module_missing", "module", "token.module_missing"),
        ("token.module_bits", "bits", "token.module_bits"),
        ("token.module_no_pkcs11", "module", "token.module_no_pkcs11"),
        ("token.module_crashed", "module", "token.module_crashed"),
        ("token.module_hung", "module", "token.module_hung"),
        ("token.failed", "module", "doctor.module_fails"),
    ],
)
def test_a_module_that_cannot_be_used_says_why(
    bench: Workbench, problem: str, name: str, code: str
) -> None:
    bad = ModuleInfo("/opt/x.so", found=True, bits=32, problem=problem)
    told = checks(bench, bad, replace(module(GOOD), bits=64))
    bad_ones = [item for item in told if item.params.get("module") == "/opt/x.so"]
    assert [(item.name, item.state, item.code) for item in bad_ones] == [(name, "warning", code)]


def test_without_any_module_that_answers_nothing_can_be_signed(bench: Workbench) -> None:
    told = checks(bench, module(problem="token.module_failed"))
    assert named("modules", told)[:2] == ("error", "doctor.no_module")
    assert named("tokens", told)[:2] == ("warning", "doctor.no_token")


def test_a_module_without_a_reader_says_what_to_plug_in(bench: Workbench) -> None:
    told = checks(bench, replace(module(), slots=0))
    assert named("slots", told)[:2] == ("warning", "doctor.no_slot")


def test_readers_and_tokens_of_a_module_are_counted(bench: Workbench) -> None:
    _, _, params = named("slots", checks(bench, replace(module(GOOD), slots=3)))
    assert (params["slots"], params["filled"]) == ("3", "1")


@pytest.mark.parametrize("state", [PinState.LOW, PinState.FINAL, PinState.LOCKED])
def test_a_pin_in_danger_is_told(bench: Workbench, state: PinState) -> None:
    assert of_token(bench, "tokens", pin_state=state) == ("warning", f"doctor.pin_{state.value}")


def test_a_token_without_a_mechanism_for_its_key_is_told(bench: Workbench) -> None:
    found = of_token(bench, "mechanisms", mechanisms=("ECDSA",))
    assert found == ("warning", "doctor.no_mechanism")


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (31, ("ok", "doctor.certificate_ok")),
        (29, ("warning", "doctor.certificate_expires")),
    ],
)
def test_a_certificate_warns_a_month_before_it_ends(
    bench: Workbench, days: int, found: tuple[str, str]
) -> None:
    end = NOON + timedelta(days=days, hours=1)
    told = checks(bench, module(replace(GOOD, certificates=(certificate(not_after=end),))))
    state, code, params = named("certificate", told)
    assert ((state, code), params["days"]) == (found, str(days))


def test_a_certificate_that_cannot_sign_says_why(bench: Workbench) -> None:
    usable, other = (
        certificate(der=b"der"),
        certificate("B", PARTNERS, cannot_sign="certificate.expired"),
    )
    told = checks(bench, module(replace(GOOD, certificates=(usable, other))))
    (bad,) = (item for item in told if item.name == "certificate" and item.state == "warning")
    assert bad.code == "doctor.certificate_unusable"
    assert "the certificate has expired" in message(bad.code, "en", bad.params).what


@pytest.mark.parametrize(
    ("revocation", "trusted", "found"),
    [
        ("good", True, ("ok", "doctor.chain_ok")),
        ("good", False, ("warning", "doctor.chain_untrusted")),
        ("unknown", True, ("warning", "doctor.status_unknown")),
        ("revoked", True, ("error", "certificate.revoked")),
    ],
)
def test_the_path_to_a_trust_anchor_is_told(
    bench: Workbench,
    services: FakeServices,
    revocation: str,
    trusted: bool,
    found: tuple[str, str],
) -> None:
    services.says = CertificateStatus(revocation, trusted=trusted, checked_at=NOON)
    assert of_certificate(bench, "chain") == found


def test_a_network_that_is_away_hides_nothing_else(
    bench: Workbench, services: FakeServices
) -> None:
    services.says = AppError("worker.deadline", worker="services", seconds=5)
    assert of_certificate(bench, "chain") == ("warning", "doctor.status_unknown")
    assert of_certificate(bench, "certificate")[0] == "ok"


def no_pin(token: TokenInfo, certificate: CertificateInfo) -> Pin:
    raise AssertionError("asked for a PIN", token, certificate)


@pytest.mark.parametrize("state", [PinState.FINAL, PinState.LOCKED])
def test_a_test_signature_never_asks_for_the_last_try(bench: Workbench, state: PinState) -> None:
    found = module(replace(GOOD, pin_state=state))
    told = try_signature(bench, [found], no_pin)
    assert (told.state, told.code) == ("warning", "doctor.test_pin_in_danger")


def test_a_test_signature_does_not_guess_whose_pin_it_is_given(bench: Workbench) -> None:
    other = token("T2", certificates=(certificate("B", PARTNERS, key_id="02"),))
    told = try_signature(bench, [module(GOOD, other)], no_pin)
    assert (told.state, told.code) == ("error", "doctor.test_which")


def test_a_test_signature_is_made_with_the_certificate_asked_for(
    bench: Workbench,
) -> None:
    asked: list[str] = []

    def ask(_: TokenInfo, chosen: CertificateInfo) -> Pin:
        asked.append(chosen.sha256)
        return Pin("1234")

    other = token("T2", certificates=(certificate("B", PARTNERS, key_id="02"),))
    told = try_signature(bench, [module(GOOD, other)], ask, LEADERS.upper())
    assert (told.state, told.code, asked) == ("ok", "doctor.test_ok", [LEADERS])


def test_without_a_certificate_that_can_sign_no_pin_is_asked_for(bench: Workbench) -> None:
    told = try_signature(bench, [module()], no_pin)
    assert (told.state, told.code) == ("error", "workflow.no_certificate")


def test_a_key_file_is_a_token_without_driver_and_reader(bench: Workbench) -> None:
    held = replace(GOOD, module="/usb/an.p12", is_file=True, mechanisms=())
    file = ModuleInfo("/usb/an.p12", found=True, bits=None, problem=None, slots=1, tokens=(held,))
    names = [check.name for check in checks(bench, module(), file)]
    assert names == ["modules", "bits", "module", "slots", "tokens", "certificate", "chain"]


def test_a_key_file_that_is_gone_is_told(bench: Workbench) -> None:
    gone = ModuleInfo("/usb/an.p12", found=False, bits=None, problem="token.file_missing")
    told = [check.code for check in checks(bench, module(GOOD), gone) if check.state != "ok"]
    assert told == ["token.file_missing"]

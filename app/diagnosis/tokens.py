"""What the PKCS#11 modules and the tokens in them say; no PIN is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.diagnosis.records import Check, failed
from app.errors import AppError
from app.workflow.certificates import STATUS_UNKNOWN, UNTRUSTED, check_certificate
from app.workflow.office import Workbench
from signing.errors import SigningError
from signing.terms import PinState
from signing.token.records import CertificateInfo, ModuleInfo, TokenInfo, is_key_file

EXPIRES_SOON_DAYS = 30
_DOUBTS = {UNTRUSTED: "doctor.chain_untrusted", STATUS_UNKNOWN: "doctor.status_unknown"}

_NAMING_IT = {
    "token.module_missing",
    "token.module_no_library",
    "token.module_no_pkcs11",
    "token.module_bits",
    "token.module_failed",
    "token.module_crashed",
    "token.module_hung",
}
"""These name the module themselves."""
_PIN_IN_DANGER = {
    PinState.LOW: "doctor.pin_low",
    PinState.FINAL: "doctor.pin_final",
    PinState.LOCKED: "doctor.pin_locked",
}


def check_tokens(found: Sequence[ModuleInfo], bench: Workbench) -> Iterator[Check]:
    """Judge what a survey found; a certificate's path may take some seconds without a network."""
    yield from _modules([item for item in found if not is_key_file(item.path)])
    for item in found:
        if is_key_file(item.path) and item.problem is not None:
            yield Check("tokens", "warning", item.problem, {"module": item.path})
    tokens = [token for item in found if item.problem is None for token in item.tokens]
    if not tokens:
        yield Check("tokens", "warning", "doctor.no_token")
    for token in tokens:
        yield _token(token)
        if not token.is_file:
            yield _mechanisms(token)
        for certificate in token.certificates:
            yield from _certificate(token, certificate, bench)


def module_problem(problem: str) -> str:
    """Return the code whose words say of a `module` what its problem means."""
    return problem if problem in _NAMING_IT else "doctor.module_fails"


def _modules(found: Sequence[ModuleInfo]) -> Iterator[Check]:
    answering = [item for item in found if item.problem is None]
    if answering:
        count = {"count": str(len(answering))}
        yield Check("modules", "ok", "doctor.modules_ok", count)
    else:
        yield Check("modules", "error", "doctor.no_module")
    bits = {item.bits for item in found if item.bits is not None}
    if len(bits) == 1 and all(item.problem != "token.module_bits" for item in found):
        yield Check("bits", "ok", "doctor.bits_ok", {"bits": str(*bits)})
    for item in found:
        if item.problem is None:
            yield Check("module", "ok", "doctor.module_ok", {"module": item.path})
            yield _slots(item)
        else:
            yield _failed(item)


def _failed(module: ModuleInfo) -> Check:
    problem = module.problem or ""
    name = "bits" if problem == "token.module_bits" else "module"
    return Check(name, "warning", module_problem(problem), {"module": module.path})


def _slots(module: ModuleInfo) -> Check:
    params = {
        "module": module.path,
        "slots": str(module.slots),
        "filled": str(len(module.tokens)),
    }
    if not module.slots:
        return Check("slots", "warning", "doctor.no_slot", params)
    return Check("slots", "ok", "doctor.slots_ok", params)


def _token(token: TokenInfo) -> Check:
    params = {"token": token.label, "serial": token.serial}
    if all(item.cannot_sign for item in token.certificates):
        return Check("tokens", "warning", "doctor.token_unusable", params)
    if token.pin_state in _PIN_IN_DANGER:
        return Check("tokens", "warning", _PIN_IN_DANGER[token.pin_state], params)
    return Check("tokens", "ok", "doctor.token_ok", params)


def _mechanisms(token: TokenInfo) -> Check:
    params = {
        "token": token.label,
        "serial": token.serial,
        "mechanisms": ", ".join(token.mechanisms),
    }
    if all(token.can_sign_with(item) for item in token.certificates):
        return Check("mechanisms", "ok", "doctor.mechanisms_ok", params)
    return Check("mechanisms", "warning", "doctor.no_mechanism", params)


def _certificate(
    token: TokenInfo, certificate: CertificateInfo, bench: Workbench
) -> Iterator[Check]:
    subject = {"subject": certificate.subject}
    if certificate.cannot_sign is not None:
        params = {**subject, "reason": certificate.cannot_sign}
        yield Check("certificate", "warning", "doctor.certificate_unusable", params)
        return
    days = (certificate.not_after - bench.clock()).days
    params = {**subject, "issuer": certificate.issuer, "days": str(days)}
    if days < EXPIRES_SOON_DAYS:
        yield Check("certificate", "warning", "doctor.certificate_expires", params)
    else:
        yield Check("certificate", "ok", "doctor.certificate_ok", params)
    try:
        doubts = check_certificate(bench, certificate, token)
    except (AppError, SigningError) as error:
        yield failed("chain", error, **subject)
        return
    for code in doubts:
        yield Check("chain", "warning", _DOUBTS[code], subject)
    if not doubts:
        yield Check("chain", "ok", "doctor.chain_ok", subject)

"""What the PKCS#11 modules and the tokens in them say; no PIN is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.diagnosis.records import Check
from signing.token.records import ModuleInfo


def check_tokens(found: Sequence[ModuleInfo]) -> Iterator[Check]:
    """Judge what a survey found."""
    answering = [item for item in found if item.problem is None]
    if not answering:
        yield Check("modules", "error", "doctor.no_module", ", ".join(item.path for item in found))
        return
    yield Check("modules", "ok", "doctor.modules_ok", ", ".join(item.path for item in answering))
    tokens = [token for item in answering for token in item.tokens]
    if not tokens:
        yield Check("tokens", "warning", "token.none")
    for token in tokens:
        usable = [item for item in token.certificates if item.cannot_sign is None]
        if not usable:
            yield Check("tokens", "warning", "doctor.token_unusable", token.label)
        elif token.pin_state.value in ("final", "locked"):
            yield Check("tokens", "warning", "pin." + token.pin_state.value, token.label)
        else:
            yield Check("tokens", "ok", "doctor.token_ok", token.label)

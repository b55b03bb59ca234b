"""Tokens, keys and orders as a test needs them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.workplace.records import Key, Order, OrderKind, PlacedBox, Progress, Step
from pdf.geometry import BoxMm
from signing.terms import PinState, SignatureKind
from signing.token.records import ModuleInfo, TokenInfo
from tests.fakes.records import BASE, certificate


def token(serial: str = "T1", **changes: Any) -> TokenInfo:
    made = TokenInfo(
        module="/m.so",
        slot=0,
        label="Nguyen Van An",
        serial=serial,
        manufacturer="Demo",
        model="PKI",
        pin_state=PinState.OK,
        pin_pad=False,
        certificates=(certificate(),),
    )
    return replace(made, **changes)


def module(*tokens: TokenInfo, problem: str | None = None) -> ModuleInfo:
    return ModuleInfo("/m.so", found=True, bits=64, problem=problem, slots=1, tokens=tokens)


def key(serial: str = "T1", **changes: Any) -> Key:
    """A key on a token; the changes are the token's."""
    return Key(token(serial, **changes), certificate())


def order(document_id: str = "d1", kind: OrderKind = OrderKind.SIGN, **changes: Any) -> Order:
    is_seal = kind is OrderKind.ISSUE
    box = PlacedBox(
        SignatureKind.SEAL if is_seal else SignatureKind.PERSONAL, 0, BoxMm(100, 200, 140, 220)
    )
    made = Order(kind, document_id, f"Công văn {document_id}", {"f1": BASE}, box)
    return replace(made, **changes)


def steps(document_id: str, *told: Step) -> tuple[Progress, ...]:
    return tuple(Progress(document_id, step) for step in told)

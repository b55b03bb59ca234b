"""Facts about the way of one signature: legal moves, and nothing that gives a signature up."""

from __future__ import annotations

from itertools import product

import pytest

from app.workflow.flow import Flow, FlowEvent, FlowState

LEGAL = {
    ("chosen", "opened"): "placed",
    ("chosen", "fail"): "failed",
    ("chosen", "cancel"): "cancelled",
    ("placed", "agreed"): "awaiting_pin",
    ("placed", "fail"): "failed",
    ("placed", "cancel"): "cancelled",
    ("awaiting_pin", "logged_in"): "signing",
    ("awaiting_pin", "pin_refused"): "awaiting_pin",
    ("awaiting_pin", "fail"): "failed",
    ("awaiting_pin", "cancel"): "cancelled",
    ("signing", "signature_made"): "judging",
    ("signing", "fail"): "failed",
    ("judging", "judged_good"): "signed",
    ("judging", "fail"): "failed",
    ("signed", "send"): "sending",
    ("sending", "receipt"): "accepted",
    ("sending", "server_away"): "signed",
    ("failed", "retry"): "chosen",
    ("cancelled", "retry"): "chosen",
}
ILLEGAL = [
    (state, event)
    for state, event in product(FlowState, FlowEvent)
    if (state.value, event.value) not in LEGAL
]


def flow(state: FlowState) -> Flow:
    return Flow("d1", "f1", state)


@pytest.mark.parametrize(("state", "event"), LEGAL)
def test_a_legal_event_leads_on(state: str, event: str) -> None:
    moved = flow(FlowState(state)).moved(FlowEvent(event))
    assert moved == flow(FlowState(LEGAL[state, event]))


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_an_event_that_makes_no_sense_is_a_bug_of_the_driver(
    state: FlowState, event: FlowEvent
) -> None:
    with pytest.raises(ValueError, match=event.value):
        flow(state).moved(event)


@pytest.mark.parametrize("start", [FlowState.SIGNED, FlowState.SENDING, FlowState.ACCEPTED])
def test_a_signature_that_exists_is_never_given_up(start: FlowState) -> None:
    reached, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        for event in FlowEvent:
            if (state.value, event.value) in LEGAL:
                found = flow(state).moved(event).state
                waiting += [found] if found not in reached else []
                reached.add(found)
    assert reached <= {FlowState.SIGNED, FlowState.SENDING, FlowState.ACCEPTED}


def test_the_code_of_a_refusal_stays_until_the_next_event() -> None:
    sent = flow(FlowState.SENDING).moved(FlowEvent.SERVER_AWAY, "server.unreachable")
    assert sent.code == "server.unreachable"
    assert sent.moved(FlowEvent.SEND).code is None

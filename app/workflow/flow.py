"""The way of one signature as states and events: plain data, moved by nothing but `moved`.

Asking for a PIN is a state and the answer an event, so nothing ever waits for a person. Whoever drives the flow
(the command line, later the window) shows the state and sends the events.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class FlowState(StrEnum):
    """Where one signature on one file stands."""

    CHOSEN = "chosen"  # a document is picked, nothing is known of its file
    PLACED = "placed"  # fetched, hash checked, looked at, boxes proposed
    AWAITING_PIN = "awaiting_pin"  # the plan is settled; the token asks for its PIN
    SIGNING = "signing"
    JUDGING = "judging"  # the new file is validated from disk
    SIGNED = "signed"  # in the store and in the journal
    SENDING = "sending"
    ACCEPTED = "accepted"  # the server's receipt names the same hash
    FAILED = "failed"
    CANCELLED = "cancelled"


class FlowEvent(StrEnum):
    """What happened."""

    OPENED = "opened"
    AGREED = "agreed"  # the person accepted the places
    LOGGED_IN = "logged_in"
    PIN_REFUSED = "pin_refused"
    SIGNATURE_MADE = "signature_made"
    JUDGED_GOOD = "judged_good"
    SEND = "send"
    RECEIPT = "receipt"
    SERVER_AWAY = "server_away"
    FAIL = "fail"
    CANCEL = "cancel"
    RETRY = "retry"


_MOVES: dict[tuple[FlowState, FlowEvent], FlowState] = {
    (FlowState.CHOSEN, FlowEvent.OPENED): FlowState.PLACED,
    (FlowState.PLACED, FlowEvent.AGREED): FlowState.AWAITING_PIN,
    (FlowState.AWAITING_PIN, FlowEvent.LOGGED_IN): FlowState.SIGNING,
    (FlowState.AWAITING_PIN, FlowEvent.PIN_REFUSED): FlowState.AWAITING_PIN,
    (FlowState.SIGNING, FlowEvent.SIGNATURE_MADE): FlowState.JUDGING,
    (FlowState.JUDGING, FlowEvent.JUDGED_GOOD): FlowState.SIGNED,
    (FlowState.SIGNED, FlowEvent.SEND): FlowState.SENDING,
    (FlowState.SENDING, FlowEvent.RECEIPT): FlowState.ACCEPTED,
    (FlowState.SENDING, FlowEvent.SERVER_AWAY): FlowState.SIGNED,
}
_BEFORE_SIGNED = (
    FlowState.CHOSEN,
    FlowState.PLACED,
    FlowState.AWAITING_PIN,
    FlowState.SIGNING,
    FlowState.JUDGING,
)


@dataclass(frozen=True, slots=True)
class Flow:
    """One signature on its way. `code` is the message code of the last refusal or failure.

    Invariant: a signature that exists is never given up here; from `SIGNED` on the way leads to `ACCEPTED` or waits.
    """

    document_id: str
    file_id: str
    state: FlowState = FlowState.CHOSEN
    code: str | None = None

    def moved(self, event: FlowEvent, code: str | None = None) -> Flow:
        """Return the flow after an event.

        Raises:
            ValueError: the event makes no sense in this state: a bug of the driver.
        """
        return replace(self, state=self._next(event), code=code)

    def _next(self, event: FlowEvent) -> FlowState:
        if event is FlowEvent.FAIL and self.state in _BEFORE_SIGNED:
            return FlowState.FAILED
        if event is FlowEvent.CANCEL and self.state in _BEFORE_SIGNED[:3]:
            return FlowState.CANCELLED
        if event is FlowEvent.RETRY and self.state in (FlowState.FAILED, FlowState.CANCELLED):
            return FlowState.CHOSEN
        try:
            return _MOVES[self.state, event]
        except KeyError:
            raise ValueError(f"{event} in {self.state}") from None

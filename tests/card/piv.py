"""A PIV card (NIST SP 800-73-4, part 2) with a signer's keys in 9A and 9C, and a hand on how it behaves.

What it does on the wire is `answer`; that it sits in a reader is `tests.card.reader`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import uuid4

from tests.card.keys import KeyPair
from tests.card.tlv import parse, tlv

AID = bytes.fromhex("a000000308000010000100")
ATR = bytes.fromhex("3b8780015472696e684b79")
"""T=1, and the name of the program as historical bytes."""
AUTHENTICATION, SIGNATURE = 0x9A, 0x9C
"""Keys: one PIN for many signatures, and a PIN right before each."""
CERTIFICATES = {0x5FC105: AUTHENTICATION, 0x5FC10A: SIGNATURE}
CHUID, DISCOVERY = 0x5FC102, 0x7E
NO_FASC_N = bytes.fromhex("d4e739da739ced39ce739da1685a1082108ce73984108259fc")
"""Of an agency 9999, which has no number: then the GUID alone tells cards apart (SP 800-73-4, part 1, 3.1.2)."""
PIN_REFERENCE = 0x80
TRIES = 3
_CHUNK_BYTES = 256

DONE = b"\x90\x00"
MORE = 0x61
NOT_FOUND, NO_SUCH_COMMAND, WRONG_DATA = b"\x6a\x82", b"\x6d\x00", b"\x6a\x80"
NOT_ALLOWED, BLOCKED = b"\x69\x82", b"\x69\x83"


@dataclass
class Signing:
    """How a card makes signatures from now on.

    `delay_s` is what each takes, None for ever: until the card is pulled, or `PivCard.hurry` is set. `failures` are
    status words by the number of the signature among all that were asked of the card, from 1; OpenSC asks once more by
    itself after a failure. A card that `is_lying` signs something else.
    """

    delay_s: float | None = 0.0
    failures: dict[int, int] = field(default_factory=dict)
    is_lying: bool = False


class PivCard:
    """One card. Counts what is asked of it; its counters are facts that no program can talk away."""

    def __init__(self, keys: dict[int, KeyPair], pin: str) -> None:
        self.keys = keys
        self.guid = uuid4()
        self.under_way = threading.Event()
        """Set while a signature is being made."""
        self.hurry = threading.Event()
        """Ends the time that signatures take."""
        self._pin = pin.encode().ljust(8, b"\xff")
        self.renew()

    def renew(self) -> None:
        """Make it a card that nobody has used yet, where it is."""
        self.tries_left = TRIES
        self.signing = Signing()
        self.pins_tried = 0
        """How many VERIFY carried a PIN."""
        self.asked_for_state = 0
        """How many VERIFY carried none."""
        self.signatures_asked = 0
        self.reset()

    @property
    def serial(self) -> str:
        """As OpenSC tells it: the last half of the GUID."""
        return self.guid.hex[16:]

    def fail(self, status: int, *, after: int = 0, times: int = 2) -> None:
        """Refuse signatures after so many more good ones; twice, or OpenSC's second try hides it."""
        first = self.signatures_asked + after + 1
        self.signing.failures = dict.fromkeys(range(first, first + times), status)

    def reset(self) -> None:
        """Forget what a reset or the loss of power makes a card forget."""
        self._is_verified = False
        self._is_fresh = False
        self._chained = b""
        self._rest = b""

    def answer(self, command: bytes) -> bytes:
        """Answer a command APDU with short lengths."""
        head, data = command[:4], command[5 : 5 + command[4]] if len(command) > 5 else b""
        kind, instruction, first, second = head
        if instruction == 0xC0:
            return self._next(command[4] or _CHUNK_BYTES)
        if kind & 0x10:
            self._chained += data
            return DONE
        data, self._chained = self._chained + data, b""
        self._rest = b""
        was_fresh, self._is_fresh = self._is_fresh, False
        if instruction == 0xA4:
            return self._select(data)
        if instruction == 0xCB and (first, second) == (0x3F, 0xFF):
            return self._get_data(data)
        if instruction == 0x20 and second == PIN_REFERENCE:
            return self._verify(data)
        if instruction == 0x87:
            return self._authenticate(first, second, data, was_fresh=was_fresh)
        return NO_SUCH_COMMAND

    def _select(self, aid: bytes) -> bytes:
        if not AID.startswith(aid) or len(aid) < 5:
            return NOT_FOUND
        return self._given(tlv(0x61, tlv(0x4F, AID[5:]), tlv(0x79, tlv(0x4F, AID[:5]))))

    def _get_data(self, data: bytes) -> bytes:
        asked = int.from_bytes(dict(parse(data)).get(0x5C, b""), "big")
        if asked == DISCOVERY:
            return self._given(tlv(0x7E, tlv(0x4F, AID), tlv(0x5F2F, b"\x40\x00")))
        if asked == CHUID:
            guid, expires = tlv(0x34, self.guid.bytes), tlv(0x35, b"20991231")
            return self._given(tlv(0x53, tlv(0x30, NO_FASC_N), guid, expires, tlv(0x3E), tlv(0xFE)))
        pair = self.keys.get(CERTIFICATES.get(asked, 0))
        if pair is None:
            return NOT_FOUND
        return self._given(tlv(0x53, tlv(0x70, pair.der), tlv(0x71, b"\x00"), tlv(0xFE)))

    def _verify(self, pin: bytes) -> bytes:
        if pin:
            self.pins_tried += 1
        else:
            self.asked_for_state += 1
        if self.tries_left == 0:
            return BLOCKED
        if not pin:
            return DONE if self._is_verified else self._tries()
        self._is_verified = self._is_fresh = pin == self._pin
        self.tries_left = TRIES if self._is_verified else self.tries_left - 1
        return DONE if self._is_verified else self._tries()

    def _tries(self) -> bytes:
        return bytes([0x63, 0xC0 + self.tries_left])

    def _authenticate(
        self, algorithm: int, reference: int, data: bytes, *, was_fresh: bool
    ) -> bytes:
        pair = self.keys.get(reference)
        challenge = dict(parse(dict(parse(data)).get(0x7C, b""))).get(0x81)
        if pair is None or challenge is None or pair.algorithm != algorithm:
            return WRONG_DATA
        if not (was_fresh if reference == SIGNATURE else self._is_verified):
            return NOT_ALLOWED
        self.signatures_asked += 1
        self.under_way.set()
        if self.signing.delay_s != 0:
            self.hurry.wait(self.signing.delay_s)
        self.under_way.clear()
        status = self.signing.failures.get(self.signatures_asked)
        if status is not None:
            return status.to_bytes(2, "big")
        if self.signing.is_lying:
            challenge = challenge[:-1] + bytes([challenge[-1] ^ 1])
        return self._given(tlv(0x7C, tlv(0x82, pair.raise_to_private(challenge))))

    def _given(self, data: bytes) -> bytes:
        self._rest = data
        return self._next(_CHUNK_BYTES)

    def _next(self, count: int) -> bytes:
        part, self._rest = self._rest[:count], self._rest[count:]
        if not self._rest:
            return part + DONE
        return part + bytes([MORE, min(len(self._rest), 255)])

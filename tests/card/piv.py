"""A PIV card (NIST SP 800-73-4, part 2) with a signer's keys in 9A and 9C, and a hand on how it behaves.

What it does on the wire is `answer`; that it sits in a reader is `tests.card.reader`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tests.card.keys import KeyPair
from tests.card.tlv import parse, tlv

AID = bytes.fromhex("a000000308000010000100")
ATR = bytes.fromhex("3b8780015472696e684b79")
"""T=1, and the name of the program as historical bytes."""
AUTHENTICATION, SIGNATURE = 0x9A, 0x9C
"""Keys: one PIN for many signatures, and a PIN right before each."""
CERTIFICATES = {0x5FC105: AUTHENTICATION, 0x5FC10A: SIGNATURE}
CHUID, DISCOVERY = 0x5FC102, 0x7E
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

    `delay_s` is what each takes. `failures` are status words by the number of the signature asked for, from 1;
    OpenSC asks once more after a failure. A card that `is_lying` signs something else; one that `is_stuck` answers
    not before `released` is set.
    """

    delay_s: float = 0.0
    failures: dict[int, int] = field(default_factory=dict)
    is_lying: bool = False
    is_stuck: bool = False
    released: threading.Event = field(default_factory=threading.Event)


class PivCard:
    """One card. Counts what is asked of it; its counters are facts that no program can talk away."""

    def __init__(self, keys: dict[int, KeyPair], pin: str, guid: UUID | None = None) -> None:
        self.keys = keys
        self.guid = guid or uuid4()
        self.tries_left = TRIES
        self.signing = Signing()
        self.pins_tried = 0
        """How many VERIFY carried a PIN."""
        self.asked_for_state = 0
        """How many VERIFY carried none."""
        self.signatures_asked = 0
        self.under_way = threading.Event()
        """Set while a signature is being made."""
        self._pin = pin.encode().ljust(8, b"\xff")
        self.reset()

    @property
    def serial(self) -> str:
        """As OpenSC tells it: the last half of the GUID."""
        return self.guid.hex[16:]

    @property
    def verifies(self) -> int:
        """How many VERIFY came, with or without a PIN."""
        return self.pins_tried + self.asked_for_state

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
            fasc_n = bytes.fromhex("d4e739da739ced39ce739da1685a1082108ce73984108259fc")[:25]
            return self._given(
                tlv(
                    0x53,
                    tlv(0x30, fasc_n),
                    tlv(0x34, self.guid.bytes),
                    tlv(0x35, b"20991231"),
                    tlv(0x3E),
                    tlv(0xFE),
                )
            )
        pair = self.keys.get(CERTIFICATES.get(asked, 0))
        if pair is None:
            return NOT_FOUND
        return self._given(tlv(0x53, tlv(0x70, pair.der), tlv(0x71, b"\x00"), tlv(0xFE)))

    def _verify(self, pin: bytes) -> bytes:
        if not pin:
            self.asked_for_state += 1
            return DONE if self._is_verified else self._tries()
        self.pins_tried += 1
        if len(pin) != 8:
            return WRONG_DATA
        if self.tries_left and pin == self._pin:
            self.tries_left = TRIES
            self._is_verified = self._is_fresh = True
            return DONE
        self._is_verified = False
        self.tries_left = max(0, self.tries_left - 1)
        return self._tries()

    def _tries(self) -> bytes:
        return bytes([0x63, 0xC0 + self.tries_left]) if self.tries_left else BLOCKED

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
        number = self.signatures_asked
        self.under_way.set()
        try:
            if self.signing.is_stuck:
                self.signing.released.wait()
            elif self.signing.delay_s:
                self.signing.released.wait(self.signing.delay_s)
        finally:
            self.under_way.clear()
        if number in self.signing.failures:
            return self.signing.failures[number].to_bytes(2, "big")
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

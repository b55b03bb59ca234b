"""A machine with the virtual reader: the PC/SC service runs, and cards go into the reader's two slots.

There is one service and one reader on a machine, so a bench is held under a lock: by a module of tests, never by a
whole run, for which another worker would have to wait.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.card.pcsc import SOCKET, SOCKET_VARIABLE, PcscError, Readers, wait_until
from tests.card.piv import PivCard
from tests.card.reader import VirtualSlot

ENVIRONMENT = {SOCKET_VARIABLE: SOCKET}
"""For a process that shall see the cards; all others are kept from them by `tests/conftest.py`."""
SLOTS = 2

# The service ends when its input does: with the tests, however these end.
_SERVICE = """
mkdir -p /run/pcscd
PATH=$PATH:/usr/sbin pcscd --foreground &
read -r _
kill $!
wait $!
"""


def opensc_module() -> Path:
    """Return the path of OpenSC's PKCS#11 module, which speaks with PIV cards."""
    return next(Path("/usr").glob("lib*/*/opensc-pkcs11.so"))


class Bench:
    """The two slots; what is done to them has been noticed by the service when a method returns."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._slots = [VirtualSlot(number) for number in range(SLOTS)]

    def insert(self, card: PivCard, slot: int = 0) -> None:
        """Put a card into an empty slot."""
        self._slots[slot].insert(card)
        self._wait(slot, has_card=True)

    def remove(self, slot: int = 0) -> None:
        """Pull the card, also in the middle of a signature; harmless where none is in."""
        self.pull(slot)
        self._wait(slot, has_card=False)

    def pull(self, slot: int = 0) -> None:
        """Pull the card and return before the service has noticed."""
        self._slots[slot].remove()

    def swap(self, card: PivCard, slot: int = 0) -> None:
        """Put a card in another's place; the service sees both moves."""
        self.remove(slot)
        self.insert(card, slot)

    def hold(self, *cards: PivCard) -> None:
        """See to it that just these cards are in, slot by slot; one that is in already stays."""
        for slot in range(SLOTS):
            card = cards[slot] if slot < len(cards) else None
            if self._slots[slot].card is not card:
                self.remove(slot)
                if card is not None:
                    self.insert(card, slot)

    def _wait(self, slot: int, *, has_card: bool) -> None:
        name = self._readers.virtual()[slot]
        wait_until(lambda: self._readers.has_card(name) is has_card, f"{name}: card {has_card}")


@contextmanager
def card_bench() -> Iterator[Bench]:
    """Hold the machine's virtual reader alone; the service that runs is used, or one started for as long."""
    with _alone(), ExitStack() as stack:
        if not _answers():
            stack.enter_context(_service())
        readers = Readers()
        stack.callback(readers.close)
        wait_until(lambda: len(readers.virtual()) == SLOTS, "the service knows the virtual reader")
        bench = Bench(readers)
        stack.callback(bench.hold)
        yield bench


@contextmanager
def _alone() -> Iterator[None]:
    with Path(tempfile.gettempdir(), "trinhky-card-bench.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _service() -> Iterator[None]:
    as_root = [] if os.getuid() == 0 else ["sudo", "-n"]
    with subprocess.Popen(
        [*as_root, "sh", "-c", _SERVICE],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as service:
        # Leaving closes its input and waits for its end.
        wait_until(lambda: _answers() or service.poll() is not None, "the service answers")
        assert service.poll() is None, "pcscd does not start"
        yield


def _answers() -> bool:
    try:
        Readers().close()
    except PcscError:
        return False
    return True

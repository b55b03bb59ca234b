"""One slot of the virtual reader: the card in it talks with `vpcd` over TCP."""

from __future__ import annotations

import socket
import threading

from tests.card.piv import ATR, PivCard

FIRST_PORT = 0x8C7B
"""Of slot 0; slot 1 has the next (vpcd's file in /etc/reader.conf.d)."""
_ASKS_FOR_ATR = b"\x04"


class VirtualSlot:
    """A slot that a card is put into and pulled from."""

    def __init__(self, number: int) -> None:
        self._port = FIRST_PORT + number
        self._line: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.card: PivCard | None = None

    def insert(self, card: PivCard) -> None:
        """Put a card in."""
        self.card = card
        card.hurry.clear()
        self._line = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        self._line.settimeout(None)
        self._thread = threading.Thread(
            target=_serve, args=(self._line, card), name=f"card-{self._port}", daemon=True
        )
        self._thread.start()

    def remove(self) -> None:
        """Pull the card, also in the middle of a signature; harmless where none is in."""
        line, card, thread = self._line, self.card, self._thread
        self._line = self.card = self._thread = None
        if line is None or card is None or thread is None:
            return
        line.shutdown(socket.SHUT_RDWR)
        card.hurry.set()
        thread.join()
        line.close()
        card.reset()


def _serve(line: socket.socket, card: PivCard) -> None:
    try:
        while message := _receive(line):
            if message == _ASKS_FOR_ATR:
                _send(line, ATR)
            elif len(message) == 1:
                card.reset()
            else:
                _send(line, card.answer(message))
    except OSError:
        return


def _receive(line: socket.socket) -> bytes:
    head = line.recv(2, socket.MSG_WAITALL)
    # vpcd sends length and message apart, and its system holds the second back until the first is acknowledged.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    return line.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL) if len(head) == 2 else b""


def _send(line: socket.socket, message: bytes) -> None:
    line.sendall(len(message).to_bytes(2, "big") + message)

"""What PC/SC itself says of the readers: tests wait on it, instead of guessing when the service has noticed a card."""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable

SOCKET_VARIABLE = "PCSCLITE_CSOCK_NAME"
"""Where the client library of PC/SC looks for the service."""
SOCKET = "/run/pcscd/pcscd.comm"
SOME_TIME_S = 20.0
_NOTHING_FOR_S = 0.02
_SCOPE_SYSTEM = 2
_STATE_PRESENT = 0x20
_NO_READERS = 0x8010002E
_NAMES_BYTES = 4096


class _ReaderState(ctypes.Structure):
    _fields_ = (
        ("reader", ctypes.c_char_p),
        ("user_data", ctypes.c_void_p),
        ("current", ctypes.c_ulong),
        ("event", ctypes.c_ulong),
        ("atr_bytes", ctypes.c_ulong),
        ("atr", ctypes.c_ubyte * 33),
    )


class PcscError(Exception):
    """PC/SC refused; the code is of `pcsclite.h`."""

    def __init__(self, function: str, code: int) -> None:
        super().__init__(f"{function}: {code:08x}")
        self.code = code


class Readers:
    """The virtual reader as the service sees it. Raises `PcscError` where the service does not answer."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL("libpcsclite.so.1")
        self._context = ctypes.c_long()
        before = os.environ.get(SOCKET_VARIABLE)
        os.environ[SOCKET_VARIABLE] = SOCKET
        try:
            self._ask(
                "SCardEstablishContext", _SCOPE_SYSTEM, None, None, ctypes.byref(self._context)
            )
        finally:
            os.environ.pop(SOCKET_VARIABLE)
            if before is not None:
                os.environ[SOCKET_VARIABLE] = before

    def virtual(self) -> list[str]:
        """The names of the virtual reader's slots, first slot first."""
        names = ctypes.create_string_buffer(_NAMES_BYTES)
        count = ctypes.c_ulong(_NAMES_BYTES)
        try:
            self._ask("SCardListReaders", self._context, None, names, ctypes.byref(count))
        except PcscError as error:
            if error.code == _NO_READERS:
                return []
            raise
        every = names.raw[: count.value].decode().split("\0")
        return sorted(name for name in every if name.startswith("Virtual PCD"))

    def has_card(self, name: str) -> bool:
        """Say whether the service sees a card in a slot."""
        state = _ReaderState(reader=name.encode())
        self._ask("SCardGetStatusChange", self._context, 0, ctypes.byref(state), 1)
        return bool(state.event & _STATE_PRESENT)

    def close(self) -> None:
        """Take leave of the service."""
        self._ask("SCardReleaseContext", self._context)

    def _ask(self, function: str, *arguments: object) -> None:
        code = getattr(self._library, function)(*arguments) & 0xFFFFFFFF
        if code:
            raise PcscError(function, code)


def wait_until(is_so: Callable[[], bool], what: str, deadline_s: float = SOME_TIME_S) -> None:
    """Look again and again; `AssertionError` when it is not so by then."""
    until_s = time.monotonic() + deadline_s
    while not is_so():
        assert time.monotonic() < until_s, f"not within {deadline_s} s: {what}"
        threading.Event().wait(_NOTHING_FOR_S)

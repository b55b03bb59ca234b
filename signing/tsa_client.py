"""Asks one time stamping authority over HTTP (RFC 3161, 3.4), with an end in sight whatever it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic

import requests
from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, set_tsp_headers

ANSWER_BYTES = 65_536
BLOCK_BYTES = 1_024
CONNECT_S = 10.0
"""A machine that is there takes the call at once; only its answer was seen to take minutes."""
LOOK_S = 0.05
"""How often a wait looks whether the person has given it up."""


class LateError(TimestampRequestError):
    """The authority took longer than it is given."""


class GivenUpError(TimestampRequestError):
    """The person waits no more."""


def never() -> bool:
    """Nobody gives up."""
    return False


class BoundedTimeStamper(TimeStamper):
    """One authority. PyHanko's own time-out counts silence only, and reads whatever comes."""

    def __init__(self, url: str, *, timeout_s: float, given_up: Callable[[], bool] = never) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url
        self._timeout_s = timeout_s
        self._given_up = given_up

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send a request and read the answer: at most `ANSWER_BYTES` of it, not longer than the time-out.

        Raises:
            LateError, GivenUpError, TimestampRequestError, requests.RequestException, ValueError.
        """
        # A thread of its own that nobody waits for: no time-out of a socket covers the look-up of a name.
        answers: SimpleQueue[bytes | Exception] = SimpleQueue()
        body = req.dump()
        threading.Thread(target=self._ask, args=(body, answers), name="tsa", daemon=True).start()
        end_s = monotonic() + self._timeout_s
        while True:
            try:
                answer = answers.get(timeout=LOOK_S)
            except Empty:
                if self._given_up():
                    raise GivenUpError from None
                if monotonic() > end_s:
                    raise LateError from None
                continue
            if isinstance(answer, Exception):
                raise answer
            return tsp.TimeStampResp.load(answer)

    def _ask(self, request: bytes, answers: SimpleQueue[bytes | Exception]) -> None:
        try:
            answers.put(self._answer_to(request))
        except Exception as error:  # noqa: BLE001 - raised again where the answer is waited for
            answers.put(error)

    def _answer_to(self, request: bytes) -> bytes:
        end_s = monotonic() + self._timeout_s
        with requests.post(
            self.url,
            data=request,
            headers=set_tsp_headers({}),
            timeout=(min(CONNECT_S, self._timeout_s), self._timeout_s),
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.headers.get("Content-Type") != "application/timestamp-reply":
                raise TimestampRequestError("no time stamp reply")
            body = bytearray()
            for block in answer.iter_content(BLOCK_BYTES):
                body += block
                if len(body) > ANSWER_BYTES:
                    raise TimestampRequestError("too long")
                if monotonic() > end_s:
                    raise LateError
        return bytes(body)

"""Calls as one signed-in person: the access token goes along, and is renewed once where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol
from urllib.parse import urlsplit

import requests

from app.errors import AppError
from app.server.refusals import refusal
from app.server.transport import ServerAddress, Transport
from app.server.uploads import Body


class Tokens(Protocol):
    """Where access tokens come from."""

    def access_token(self, refused: str | None = None) -> str:
        """Return one that should work, and another than `refused`, which the server did not take."""


Bodies = Callable[[], AbstractContextManager[Body | str | None]]


class Caller:
    """Sends authorised requests to one server and raises what it refuses."""

    def __init__(self, address: ServerAddress, tokens: Tokens) -> None:
        self.url = address.url
        self._transport = Transport(address)
        self._tokens = tokens

    @property
    def clock_skew_s(self) -> float | None:
        """By how much the server's clock was ahead at its last answer."""
        return self._transport.clock_skew_s

    def call(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Bodies = nullcontext,
        allowed: tuple[int, ...] = (),
    ) -> requests.Response:
        """Return the answer with its body unread.

        Args:
            method: GET or POST.
            path: below the server's address.
            headers: beside the usual ones.
            body: opens the body anew for each try.
            allowed: statuses from 400 on that the caller judges.
        """
        refused: str | None = None
        for _ in range(2):
            token = self._tokens.access_token(refused)
            with body() as content:
                response = self._transport.send(
                    method,
                    path,
                    headers={**(headers or {}), "Authorization": f"Bearer {token}"},
                    body=content,
                )
            if response.status_code != 401:
                break
            refused = token
            response.close()
        else:
            raise AppError("server.sign_in_again", server=self.url)
        if response.status_code >= 400 and response.status_code not in allowed:
            raise refusal(response)
        return response

    def close(self) -> None:
        """Close idle connections."""
        self._transport.close()


def etag_of(response: requests.Response) -> str:
    """Return an answer's ETag without quotes.

    Raises:
        AppError: `server.garbage` where there is none.
    """
    etag = response.headers.get("ETag", "")
    if len(etag) < 3 or not (etag.startswith('"') and etag.endswith('"')):
        response.close()
        raise AppError("server.garbage", server=urlsplit(response.url).netloc)
    return etag[1:-1]

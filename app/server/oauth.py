"""OAuth 2.0 at the server's authorization server: metadata, tokens, revocation. Keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import DeviceClient, OAuth2Error, OAuth2Token, WebApplicationClient
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.errors import AppError
from app.server.refusals import parse, refusal
from app.server.transport import ServerAddress, Transport, read_bounded, require_tls

CLIENT_ID = "trinhky"
METADATA_PATH = "/.well-known/oauth-authorization-server"

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_CODES = {
    "invalid_grant": "server.sign_in_again",
    "access_denied": "server.sign_in_denied",
    "expired_token": "server.sign_in_timeout",
    "mismatching_state": "server.sign_in_state",
}
_Url = Annotated[str, StringConstraints(max_length=2_000)]


class Metadata(BaseModel):
    """What the authorization server says of itself (RFC 8414)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    issuer: _Url
    authorization_endpoint: _Url
    token_endpoint: _Url
    device_authorization_endpoint: _Url | None = None
    revocation_endpoint: _Url | None = None
    code_challenge_methods_supported: tuple[str, ...] = ()


class DeviceCode(BaseModel):
    """What a person enters on another device (RFC 8628, 3.2)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    device_code: Annotated[str, Field(repr=False, max_length=2_000)]
    user_code: Annotated[str, StringConstraints(max_length=100)]
    verification_uri: _Url
    verification_uri_complete: _Url | None = None
    expires_in: Annotated[int, Field(gt=0)]
    interval: Annotated[int, Field(ge=1, le=600)] = 5


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens as they were issued. `refresh_token` is None where the server gave none."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in_s: float | None


class AuthorizationServer:
    """The office's authorization server, found through its metadata on first use."""

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self._transport = Transport(address)
        self._metadata: Metadata | None = None

    def metadata(self) -> Metadata:
        """Return the metadata, checked.

        Raises:
            AppError: `server.sign_in_failed` when the issuer is another or S256 is not offered;
                `server.tls_required` when an endpoint is not TLS.
        """
        if self._metadata is None:
            response = self._transport.send("GET", METADATA_PATH)
            if response.status_code != 200:
                raise refusal(response)
            self._metadata = self._checked(parse(response, Metadata))
        return self._metadata

    def exchange_code(self, code: str, *, redirect_uri: str, verifier: str) -> Grant:
        """Turn an authorization code into tokens."""
        client = WebApplicationClient(CLIENT_ID)
        body = client.prepare_request_body(
            code=code, redirect_uri=redirect_uri, code_verifier=verifier
        )
        return self._grant(client, body)

    def exchange_device_code(self, device_code: str) -> Grant | None:
        """Turn a device code into tokens, or return None while the person has not yet entered it.

        Raises:
            AppError: `server.busy` when asked too often; `server.sign_in_denied`, `server.sign_in_timeout`.
        """
        client = DeviceClient(CLIENT_ID)
        body = client.prepare_request_body(device_code, include_client_id=True)
        return self._grant_or_pending(client, body)

    def refresh(self, refresh_token: str) -> Grant:
        """Get new tokens.

        Raises:
            AppError: `server.sign_in_again` when the refresh token is no longer good.
        """
        client = WebApplicationClient(CLIENT_ID)
        body = client.prepare_refresh_body(refresh_token=refresh_token, client_id=CLIENT_ID)
        return self._grant(client, body)

    def ask_device_code(self) -> DeviceCode:
        """Ask for a code that a person enters elsewhere.

        Raises:
            AppError: `server.sign_in_failed` where the server has no such way.
        """
        url = self.metadata().device_authorization_endpoint
        if url is None:
            raise AppError("server.sign_in_failed", reason="device_code")
        response = self._transport.send("POST", url, headers=_FORM, body=f"client_id={CLIENT_ID}")
        if response.status_code != 200:
            raise refusal(response)
        return parse(response, DeviceCode)

    def revoke(self, token: str) -> None:
        """Make a refresh token and all that came from it worthless (RFC 7009)."""
        url = self.metadata().revocation_endpoint
        if url is None:
            return
        body = WebApplicationClient(CLIENT_ID).prepare_token_revocation_request(
            seen_as_tls(url), token, "refresh_token", client_id=CLIENT_ID
        )[2]
        response = self._transport.send("POST", url, headers=_FORM, body=body)
        if response.status_code >= 400:
            raise refusal(response)
        response.close()

    def close(self) -> None:
        """Close idle connections."""
        self._transport.close()

    def _grant(self, client: WebApplicationClient, body: str) -> Grant:
        grant = self._grant_or_pending(client, body)
        if grant is None:
            raise AppError("server.sign_in_failed", reason="authorization_pending")
        return grant

    def _grant_or_pending(
        self, client: WebApplicationClient | DeviceClient, body: str
    ) -> Grant | None:
        url = self.metadata().token_endpoint
        response = self._transport.send("POST", url, headers=_FORM, body=body)
        if response.status_code not in {200, 400, 401}:
            raise refusal(response)
        try:
            return _grant_of(client.parse_request_body_response(_text_of(response)))
        except OAuth2Error as error:
            if error.error == "authorization_pending":
                return None
            raise refused_by(error) from error
        except (ValueError, TypeError, AttributeError) as error:
            raise AppError("server.garbage", server=urlsplit(url).netloc) from error

    def _checked(self, found: Metadata) -> Metadata:
        if found.issuer.rstrip("/") != self.address.url:
            raise AppError("server.sign_in_failed", reason="issuer")
        if "S256" not in found.code_challenge_methods_supported:
            raise AppError("server.sign_in_failed", reason="code_challenge_method")
        for url in (
            found.authorization_endpoint,
            found.token_endpoint,
            found.device_authorization_endpoint,
            found.revocation_endpoint,
        ):
            if url is not None:
                require_tls(url)
        return found


def refused_by(error: OAuth2Error) -> AppError:
    """Return what a person is told of an OAuth error (RFC 6749, 4.1.2.1 and 5.2; RFC 8628, 3.5)."""
    name = error.error or "unknown"
    if name == "slow_down":
        return AppError("server.busy", retry_after_s=5)
    return AppError(_CODES.get(name, "server.sign_in_failed"), reason=name)


def seen_as_tls(url: str) -> str:
    """Return a checked URL as oauthlib accepts it, which knows no loopback: `require_tls` has already judged it."""
    return "https" + url.removeprefix("https").removeprefix("http")


def _grant_of(token: OAuth2Token) -> Grant:
    expires_in = token.get("expires_in")
    refresh_token = token.get("refresh_token")
    return Grant(
        access_token=str(token["access_token"]),
        refresh_token=None if refresh_token is None else str(refresh_token),
        expires_in_s=None if expires_in is None else float(expires_in),
    )


def _text_of(response: requests.Response) -> str:
    return read_bounded(response, 64 * 2**10).decode("utf-8", "replace")

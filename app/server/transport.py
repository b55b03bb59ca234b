"""HTTP to one server: TLS outside loopback, the system's trust, no redirects, no cookies, bounded answers."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from app.errors import AppError
from app.server.uploads import Body

JSON_LIMIT_BYTES = 8 * 2**20
"""No JSON answer of the contract comes near; a page of 500 tasks has about 0.3 MB."""

_CHUNK_BYTES = 64 * 2**10


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where the document server is and whom to trust for it.

    Args:
        url: its base, without a trailing slash; https, or http on loopback.
        ca_bundle: PEM file of the office's own certification authority; the system's trust store without one.
        connect_s: how long a connection may take.
        read_s: how long the server may stay silent.

    Raises:
        AppError: `server.tls_required` for http to anything but loopback, `server.address` for no usable URL.
    """

    url: str
    ca_bundle: Path | None = None
    connect_s: float = 10.0
    read_s: float = 60.0

    def __post_init__(self) -> None:
        require_tls(self.url)
        object.__setattr__(self, "url", self.url.rstrip("/"))


def require_tls(url: str) -> None:
    """Refuse a URL over which credentials or documents would travel in the clear.

    Raises:
        AppError: `server.tls_required`, `server.address`.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError as error:
        raise AppError("server.address", url=url) from error
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        raise AppError("server.address", url=url)
    if parts.scheme == "http" and not _is_loopback(host):
        raise AppError("server.tls_required", url=url)


class Transport:
    """Sends requests and tells what went wrong on the way; what the status means is the caller's to judge.

    `clock_skew_s` is by how much the server's clock was ahead of this machine's at its last answer, None before one.
    """

    def __init__(self, address: ServerAddress) -> None:
        self.address = address
        self.clock_skew_s: float | None = None
        self._http = requests.Session()
        # Neither .netrc nor REQUESTS_CA_BUNDLE may change who is trusted or who signs in.
        self._http.trust_env = False
        self._http.proxies.update(get_environ_proxies(address.url))
        self._http.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._http.headers.update({"User-Agent": "TrinhKy/1", "Accept-Encoding": "identity"})
        if address.url.startswith("https"):
            self._http.mount("https://", _TrustingAdapter(_tls_context(address.ca_bundle)))

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: Body | bytes | str | None = None,
        read_s: float | None = None,
    ) -> requests.Response:
        """Send one request and return the answer with its body still unread.

        Args:
            method: GET or POST.
            url: absolute, or a path below the server's address.
            headers: beside the usual ones.
            body: bytes, or a file to stream.
            read_s: how long the server may stay silent, where not as its address says.

        Raises:
            AppError: `server.unreachable`, `server.timeout`, `server.untrusted`, `server.redirected`,
                `server.tls_required`.
        """
        target = url if "://" in url else self.address.url + url
        require_tls(target)
        with told(target):
            response = self._http.request(
                method,
                target,
                headers=dict(headers or {}),
                data=body,
                stream=True,
                allow_redirects=False,
                timeout=(self.address.connect_s, read_s or self.address.read_s),
            )
        self.clock_skew_s = _skew_s(response, self.clock_skew_s)
        if 300 <= response.status_code < 400 and response.status_code != 304:
            response.close()
            raise AppError("server.redirected", server=_host(target))
        return response

    def close(self) -> None:
        """Close idle connections."""
        self._http.close()


def read_bounded(response: requests.Response, limit_bytes: int = JSON_LIMIT_BYTES) -> bytes:
    """Read a whole answer that must be small, and close it.

    Raises:
        AppError: `server.garbage` when it is larger, else what went wrong on the way.
    """
    found = bytearray()
    with told(response.url), response:
        for chunk in response.iter_content(_CHUNK_BYTES):
            found += chunk
            if len(found) > limit_bytes:
                raise AppError("server.garbage", server=_host(response.url))
    return bytes(found)


@contextmanager
def told(url: str) -> Iterator[None]:
    """Translate what `requests` raises within.

    Raises:
        AppError: `server.untrusted`, `server.timeout`, `server.unreachable`.
    """
    try:
        yield
    except requests.exceptions.SSLError as error:
        raise AppError("server.untrusted", server=_host(url)) from error
    except requests.exceptions.Timeout as error:
        raise AppError("server.timeout", server=_host(url)) from error
    except (requests.exceptions.RequestException, OSError) as error:
        code = "server.timeout" if _was_silence(error) else "server.unreachable"
        raise AppError(code, server=_host(url)) from error


class _TrustingAdapter(HTTPAdapter):
    """Trusts what its context trusts, and not the bundle that comes with `requests`."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Leave the connection to the context, which verifies chain and host name."""


def _tls_context(ca_bundle: Path | None) -> ssl.SSLContext:
    if ca_bundle is None:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        try:
            context = ssl.create_default_context(cafile=str(ca_bundle))
        except OSError as error:
            raise AppError("server.ca_bundle", path=str(ca_bundle)) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _skew_s(response: requests.Response, before: float | None) -> float | None:
    """Return how far the server's clock is ahead by its Date header (RFC 9110, 6.6.1), which has whole seconds."""
    try:
        there = parsedate_to_datetime(response.headers["Date"])
        return (there - datetime.now(UTC)).total_seconds()
    except (KeyError, ValueError, TypeError):
        return before


def _was_silence(error: BaseException) -> bool:
    """Say whether a time-out lies below: `requests` calls one in the middle of a body a lost connection."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, TimeoutError):
            return True
        below = below.__cause__ or below.__context__
    return False


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(url: str) -> str:
    return urlsplit(url).netloc

"""Fetches certificate status over the network with an end in sight: time, bytes and hosts are bounded.

The addresses stand in certificates, which a hostile file may bring: http and https only, no way to another host.
"""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.fetchers.api import FetchLimits
from pyhanko_certvalidator.fetchers.common_utils import FetchBudget
from pyhanko_certvalidator.fetchers.requests_fetchers.cert_fetch_client import (
    RequestsCertificateFetcher,
)
from pyhanko_certvalidator.fetchers.requests_fetchers.crl_client import RequestsCRLFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.ocsp_client import RequestsOCSPFetcher

CRL_BYTES = 20 * 1024**2
ANSWER_BYTES = 128 * 1024
"""Of an OCSP answer or a certificate."""
BLOCK_BYTES = 16_384
REDIRECTS = 3
REQUESTS = 40
CRL_TYPE = "application/pkix-crl"


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts of an HTTP answer that the fetchers look at."""

    content: bytes
    headers: dict[str, str] = field(default_factory=dict)


class _Bounded:
    """Replaces how pyHanko's fetchers talk to the network, and nothing else of them."""

    per_request_timeout: float
    end_s: float

    def _get(self, url: str, *, acceptable_content_types: tuple[str, ...]) -> Any:
        headers = {"Accept": ",".join(acceptable_content_types)}
        limit = CRL_BYTES if CRL_TYPE in acceptable_content_types else ANSWER_BYTES
        return to_thread(self._ask, "GET", url, headers, None, limit)

    def _post(
        self, url: str, data: bytes, *, content_type: str, acceptable_content_types: tuple[str, ...]
    ) -> Any:
        headers = {"Accept": ",".join(acceptable_content_types), "Content-Type": content_type}
        return to_thread(self._ask, "POST", url, headers, data, ANSWER_BYTES)

    def _ask(
        self, method: str, url: str, headers: dict[str, str], data: bytes | None, limit: int
    ) -> Answer:
        host = _host(url)
        for _ in range(REDIRECTS + 1):
            left_s = min(self.per_request_timeout, self.end_s - monotonic())
            if left_s <= 0:
                raise requests.Timeout("no time left")
            with requests.request(
                method,
                url,
                data=data,
                headers=headers,
                timeout=left_s,
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.is_redirect:
                    url = urljoin(url, answer.headers["Location"])
                    if _host(url) != host:
                        raise requests.RequestException("redirected to another host")
                    continue
                if answer.status_code != requests.codes.ok:
                    raise requests.RequestException(f"status {answer.status_code}")
                return Answer(
                    self._body(answer, limit, monotonic() + left_s), dict(answer.headers.items())
                )
        raise requests.TooManyRedirects

    @staticmethod
    def _body(answer: requests.Response, limit: int, end_s: float) -> bytes:
        body = bytearray()
        for block in answer.iter_content(BLOCK_BYTES):
            body += block
            if len(body) > limit:
                raise requests.RequestException("too large")
            if monotonic() > end_s:
                raise requests.Timeout("too slow")
        return bytes(body)


class _Ocsp(_Bounded, RequestsOCSPFetcher):
    pass


class _Crl(_Bounded, RequestsCRLFetcher):
    pass


class _Certificate(_Bounded, RequestsCertificateFetcher):
    pass


def bounded_fetchers(within_s: float, per_request_s: float) -> Fetchers:
    """Return fetchers whose requests all end within a time from now, each within its own."""
    budget = FetchBudget(FetchLimits(max_requests=REQUESTS))
    ocsp = _Ocsp(per_request_timeout=per_request_s, budget=budget)
    crl = _Crl(per_request_timeout=per_request_s, budget=budget)  # type: ignore[no-untyped-call]
    certificate = _Certificate(per_request_timeout=per_request_s, budget=budget)
    ocsp.end_s = crl.end_s = certificate.end_s = monotonic() + within_s
    return Fetchers(ocsp_fetcher=ocsp, crl_fetcher=crl, cert_fetcher=certificate)


def _host(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise requests.RequestException("no address of the web")
    return parts.hostname

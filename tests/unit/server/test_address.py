"""Where documents and credentials may travel."""

from __future__ import annotations

import pytest

from app.errors import AppError
from app.server.transport import ServerAddress


@pytest.mark.parametrize(
    "url",
    [
        "https://vanban.example.gov.vn",
        "http://127.0.0.1:8080",
        "http://127.8.8.8",
        "http://[::1]:8080",
        "http://localhost",
    ],
)
def test_tls_or_loopback_is_taken(url: str) -> None:
    assert ServerAddress(url).url == url


@pytest.mark.parametrize(
    "url",
    [
        "http://vanban.example.gov.vn",
        "http://10.0.0.1",
        "http://localhost.example.gov.vn",
        "http://127.0.0.1.example.gov.vn",
        "HTTP://vanban.example.gov.vn",
    ],
)
def test_tls_is_required_for_anything_but_loopback(url: str) -> None:
    with pytest.raises(AppError) as told:
        ServerAddress(url)
    assert told.value.code == "server.tls_required"


@pytest.mark.parametrize(
    "url",
    ["", "vanban.example", "ftp://a.example", "https://", "https://a:b@c.example", "https://a:x"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(AppError) as told:
        ServerAddress(url)
    assert told.value.code == "server.address"


def test_a_slash_at_the_end_makes_no_other_server() -> None:
    assert ServerAddress("https://a.example/") == ServerAddress("https://a.example")

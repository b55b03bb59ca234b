"""What the client makes of a network and a server that fail."""

from __future__ import annotations

import pytest
from starlette.types import Receive, Scope, Send

from app.demo.office.faults import Fault, FaultKind
from app.demo.serving import serve
from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.server.transport import ServerAddress
from app.workflow.documents import Queue
from tests.integration.server.conftest import Running


class OneToken:
    """A token source for tests that need no sign-in."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = list(tokens) or ["x"]
        self.refused: list[str] = []

    def access_token(self, refused: str | None = None) -> str:
        if refused is not None:
            self.refused.append(refused)
        return self.tokens.pop(0) if len(self.tokens) > 1 else self.tokens[0]


def _told(office: Running, fault: Fault) -> AppError:
    server = office.client("giamdoc")
    office.faults.add(fault)
    with pytest.raises(AppError) as told:
        server.me()
    return told.value


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (403, "server.denied"),
        (404, "server.not_found"),
        (409, "server.conflict"),
        (410, "server.withdrawn"),
        (412, "server.conflict"),
        (413, "server.too_large"),
        (429, "server.busy"),
        (500, "server.failed"),
        (502, "server.failed"),
        (503, "server.busy"),
        (504, "server.failed"),
        (418, "server.garbage"),
    ],
)
def test_a_gateway_that_knows_no_problem_details_is_understood_by_its_status(
    office: Running, status: int, code: str
) -> None:
    error = _told(office, Fault(FaultKind.STATUS, "/v1/me", status=status))
    assert (error.code, error.params["status"]) == (code, status)


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("7", 7),
        (None, 30),
        ("soon", 30),
        ("999999999999", 3600),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 0),
    ],
)
def test_a_busy_server_says_when_to_come_back(
    office: Running, retry_after: str | None, seconds: int
) -> None:
    error = _told(office, Fault(FaultKind.STATUS, "/v1/me", status=429, retry_after=retry_after))
    assert error.params["retry_after_s"] == seconds


def test_json_that_is_not_the_contract_is_garbage(office: Running) -> None:
    assert _told(office, Fault(FaultKind.GARBAGE, "/v1/me")).code == "server.garbage"


def test_an_answer_cut_in_the_middle_is_unreachable(office: Running) -> None:
    error = _told(office, Fault(FaultKind.CUT, "/v1/me", after_bytes=20))
    assert error.code == "server.unreachable"


def test_a_dropped_connection_is_unreachable(office: Running) -> None:
    error = _told(office, Fault(FaultKind.DROP, "/v1/me"))
    assert error.code == "server.unreachable"
    assert error.__cause__ is not None


def test_a_silent_server_is_a_timeout(office: Running) -> None:
    office.faults.add(Fault(FaultKind.DELAY, "/v1/me", delay_s=30))
    server = HttpDocumentServer(ServerAddress(office.url, read_s=0.1), OneToken())
    with pytest.raises(AppError) as told:
        server.me()
    server.close()
    assert told.value.code == "server.timeout"


def test_a_stopped_server_is_unreachable(office: Running) -> None:
    with serve(office.faults) as other:
        url = other.url
    with pytest.raises(AppError) as told:
        HttpDocumentServer(ServerAddress(url), OneToken()).me()
    assert told.value.code == "server.unreachable"


def test_a_redirect_is_not_followed_with_credentials(office: Running) -> None:
    with serve(office.faults) as other:
        fault = Fault(FaultKind.REDIRECT, "/v1/me", location=f"{other.url}/v1/stolen")
        assert _told(office, fault).code == "server.redirected"
    assert office.faults.seen("/v1/stolen") == ()


async def _endless(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    await receive()
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(24):
        await send({"type": "http.response.body", "body": b" " * 2**20, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    with serve(_endless) as running, pytest.raises(AppError) as told:
        HttpDocumentServer(ServerAddress(running.url), OneToken()).me()
    assert told.value.code == "server.garbage"


async def _stalling(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", b"100")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{", "more_body": True})
    while (await receive())["type"] != "http.disconnect":
        pass


def test_a_server_that_falls_silent_in_the_middle_is_a_timeout() -> None:
    with serve(_stalling) as running, pytest.raises(AppError) as told:
        HttpDocumentServer(ServerAddress(running.url, read_s=0.1), OneToken()).me()
    assert told.value.code == "server.timeout"


def test_a_refused_token_is_renewed_once_and_then_the_person_is_asked(office: Running) -> None:
    tokens = OneToken("old", "new")
    server = HttpDocumentServer(office.address, tokens)
    with pytest.raises(AppError) as told:
        server.me()
    server.close()
    assert told.value.code == "server.sign_in_again"
    assert tokens.refused == ["old"]
    assert len(office.faults.seen("/v1/me")) == 2


def test_an_upload_is_sent_whole_again_after_the_token_was_renewed(office: Running) -> None:
    document_id = office.draft()
    server = office.client("giamdoc")
    office.watch.pass_time(3_600)
    signed = office.signed_on(document_id)
    base = office.store.content_path(document_id, "f1").name
    receipt = server.upload(
        document_id, "f1", signed=signed, kind="personal", base_sha256=base, idempotency_key="k"
    )
    assert len(office.faults.seen("/revisions")) == 2
    assert receipt.revision == 1


def test_cookies_are_not_kept(office: Running) -> None:
    server = office.client("giamdoc")
    server.tasks(Queue.TO_SIGN)
    server.me()
    assert all("cookie" not in call.headers for call in office.faults.seen())

"""Signing in with the browser, with a device code, from the keyring; renewing and ending it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlencode, urlsplit

import keyring
import pytest
import requests
from fastapi import FastAPI, Request
from keyring.core import load_keyring
from oauthlib.oauth2 import WebApplicationClient

from app.demo.office.faults import Fault, FaultKind
from app.demo.serving import serve
from app.errors import AppError
from app.server.oauth import CLIENT_ID, METADATA_PATH, AuthorizationServer, DeviceCode
from app.server.sign_in import (
    BrowserSignIn,
    DeviceSignIn,
    restore_session,
    session_from_refresh_token,
)
from app.server.tokens import TokenSource
from app.server.transport import ServerAddress
from app.server.vault import SERVICE, Vault
from tests.integration.server.conftest import KeyringInMemory, Running

TOKEN = "/oauth/token"


def _renewals(office: Running) -> int:
    return len(office.faults.seen(TOKEN))


def _authorize(office: Running, **other: str) -> requests.Response:
    asked = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": "http://127.0.0.1:9/callback",
        "state": "trang-thai",
        "code_challenge": "A" * 43,
        "code_challenge_method": "S256",
    } | other
    return requests.get(
        f"{office.url}/oauth/authorize?{urlencode(asked)}", allow_redirects=False, timeout=10
    )


def _error_of(response: requests.Response) -> list[str]:
    return parse_qs(urlsplit(response.headers["Location"]).query)["error"]


def test_a_person_signs_in_with_the_browser(office: Running, safe: KeyringInMemory) -> None:
    session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    assert session.person.name == "Nguyễn Văn A"
    assert session.not_kept is None
    assert safe.entries[SERVICE, office.url] == "giamdoc"
    session.server.close()


def test_the_next_start_needs_no_browser(office: Running, safe: KeyringInMemory) -> None:
    BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run().server.close()
    session = restore_session(office.address)
    assert session.person.user_id == "giamdoc"
    assert len(safe.entries) == 2
    session.server.close()


def test_a_renewed_token_replaces_the_one_in_the_keyring(
    office: Running, safe: KeyringInMemory
) -> None:
    first = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    before = safe.entries[SERVICE, f"{office.url} giamdoc"]
    office.watch.pass_time(3_600)
    first.server.me()
    after = safe.entries[SERVICE, f"{office.url} giamdoc"]
    first.server.close()
    restore_session(office.address).server.close()
    assert before != after


def test_no_password_opens_no_session(office: Running) -> None:
    wrong = office.person("giamdoc")
    page = requests.post(
        _authorize(office).url,
        data={"user": wrong.user_id, "password": "sai"},
        allow_redirects=False,
        timeout=10,
    )
    assert (page.status_code, "Location" in page.headers) == (403, False)
    assert "Sai tên đăng nhập hoặc mật khẩu" in page.text


def test_a_page_shows_nothing_of_the_address_as_markup(office: Running) -> None:
    page = requests.get(f"{office.url}/oauth/device?user_code=%22%3E%3Cscript%3E", timeout=10)
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_an_answer_with_another_state_is_refused(office: Running) -> None:
    def stranger(url: str) -> bool:
        redirect_uri = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        return requests.get(f"{redirect_uri}?code=abc&state=khac", timeout=10).ok

    with pytest.raises(AppError) as told:
        BrowserSignIn(office.address, open_browser=stranger).run()
    assert told.value.code == "server.sign_in_state"
    assert _renewals(office) == 0


def test_a_refusal_at_the_office_is_told(office: Running) -> None:
    def refuse(url: str) -> bool:
        asked = parse_qs(urlsplit(url).query)
        answer = urlencode({"error": "access_denied", "state": asked["state"][0]})
        return requests.get(f"{asked['redirect_uri'][0]}?{answer}", timeout=10).ok

    with pytest.raises(AppError) as told:
        BrowserSignIn(office.address, open_browser=refuse).run()
    assert told.value.code == "server.sign_in_denied"


def test_other_paths_of_the_loopback_port_are_not_the_answer(
    office: Running, safe: KeyringInMemory
) -> None:
    def with_an_icon(url: str) -> bool:
        redirect_uri = parse_qs(urlsplit(url).query)["redirect_uri"][0]
        icon = requests.get(redirect_uri.replace("/callback", "/favicon.ico"), timeout=10)
        return icon.status_code == 404 and office.person("giamdoc")(url)

    session = BrowserSignIn(office.address, open_browser=with_an_icon).run()
    assert session.person.user_id == "giamdoc"
    assert safe.entries
    session.server.close()


def test_no_browser_is_told(office: Running) -> None:
    with pytest.raises(AppError) as told:
        BrowserSignIn(office.address, open_browser=lambda _: False).run()
    assert told.value.code == "server.no_browser"


def test_a_person_who_never_answers_is_not_waited_for_forever(office: Running) -> None:
    with pytest.raises(AppError) as told:
        BrowserSignIn(office.address, open_browser=lambda _: True, patience_s=0.01).run()
    assert told.value.code == "server.sign_in_timeout"


def test_a_person_can_give_up(office: Running) -> None:
    def give_up(_: str) -> bool:
        sign_in.cancel()
        return True

    sign_in = BrowserSignIn(office.address, open_browser=give_up)
    with pytest.raises(AppError) as told:
        sign_in.run()
    assert told.value.code == "server.sign_in_cancelled"


def test_the_program_asks_with_s256_and_a_loopback_port(office: Running) -> None:
    shown: list[str] = []

    def look(url: str) -> bool:
        shown.append(url)
        return False

    with pytest.raises(AppError):
        BrowserSignIn(office.address, open_browser=look).run()
    asked = parse_qs(urlsplit(shown[0]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert len(asked["state"][0]) >= 32


@pytest.mark.parametrize("method", ["plain", ""])
def test_pkce_in_the_clear_is_refused(office: Running, method: str) -> None:
    response = _authorize(office, code_challenge_method=method)
    assert _error_of(response) == ["invalid_request"]


def test_a_request_without_state_is_refused(office: Running) -> None:
    assert _error_of(_authorize(office, state="")) == ["invalid_request"]


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://evil.example/callback",
        "http://127.0.0.1.evil.example/",
        "http://localhost:9/callback",
        "http://a@127.0.0.1:9/callback",
        "",
    ],
)
def test_a_code_goes_only_to_loopback(office: Running, redirect_uri: str) -> None:
    response = _authorize(office, redirect_uri=redirect_uri)
    assert (response.status_code, "Location" in response.headers) == (400, False)


def _code(office: Running, verifier: str) -> str:
    challenge = WebApplicationClient(CLIENT_ID).create_code_challenge(verifier, "S256")
    page = requests.post(
        _authorize(office, code_challenge=challenge).url,
        data={"user": "giamdoc", "password": "mat-khau-giamdoc"},
        allow_redirects=False,
        timeout=10,
    )
    return parse_qs(urlsplit(page.headers["Location"]).query)["code"][0]


def test_a_stolen_code_is_worth_nothing_without_the_verifier(office: Running) -> None:
    code = _code(office, "v" * 64)
    with pytest.raises(AppError) as told:
        AuthorizationServer(office.address).exchange_code(
            code, redirect_uri="http://127.0.0.1:9/callback", verifier="w" * 64
        )
    assert told.value.code == "server.sign_in_again"


def test_a_code_used_twice_ends_the_session(office: Running) -> None:
    code, server = _code(office, "v" * 64), AuthorizationServer(office.address)
    uri = "http://127.0.0.1:9/callback"
    grant = server.exchange_code(code, redirect_uri=uri, verifier="v" * 64)
    with pytest.raises(AppError):
        server.exchange_code(code, redirect_uri=uri, verifier="v" * 64)
    with pytest.raises(AppError) as told:
        session_from_refresh_token(office.address, grant.refresh_token or "")
    assert told.value.code == "server.sign_in_again"


def test_a_code_is_good_for_a_minute(office: Running) -> None:
    code = _code(office, "v" * 64)
    office.watch.pass_time(61)
    with pytest.raises(AppError) as told:
        AuthorizationServer(office.address).exchange_code(
            code, redirect_uri="http://127.0.0.1:9/callback", verifier="v" * 64
        )
    assert told.value.code == "server.sign_in_again"


def test_a_person_signs_in_on_another_device(office: Running, safe: KeyringInMemory) -> None:
    shown: list[DeviceCode] = []

    def pause(_: float) -> bool:
        if len(office.faults.seen(TOKEN)) == 1:
            office.person("vanthu").enter_code(shown[0].verification_uri, shown[0].user_code)
        return False

    session = DeviceSignIn(office.address, show=shown.append, pause=pause).run()
    assert session.person.user_id == "vanthu"
    assert len(office.faults.seen(TOKEN)) == 2
    assert safe.entries
    session.server.close()


def test_a_person_refuses_another_device(office: Running) -> None:
    def show(code: DeviceCode) -> None:
        office.person("vanthu").enter_code(code.verification_uri, code.user_code, allow=False)

    with pytest.raises(AppError) as told:
        DeviceSignIn(office.address, show=show, pause=lambda _: False).run()
    assert told.value.code == "server.sign_in_denied"


def test_a_device_code_ends(office: Running) -> None:
    def pause(_: float) -> bool:
        office.watch.pass_time(1_000)
        return False

    with pytest.raises(AppError) as told:
        DeviceSignIn(office.address, show=lambda _: None, pause=pause).run()
    assert told.value.code == "server.sign_in_timeout"


def test_a_person_gives_up_on_the_device_code(office: Running) -> None:
    with pytest.raises(AppError) as told:
        DeviceSignIn(office.address, show=lambda _: None, pause=lambda _: True).run()
    assert told.value.code == "server.sign_in_cancelled"


def test_without_a_keyring_the_session_goes_on_and_the_person_is_told(office: Running) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(load_keyring("keyring.backends.fail.Keyring"))
    try:
        session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
        assert session.not_kept is not None
        assert session.not_kept.code == "server.no_keyring"
        office.watch.pass_time(3_600)
        assert session.server.me().user_id == "giamdoc"
        with pytest.raises(AppError) as told:
            restore_session(office.address)
        assert told.value.code == "server.sign_in_again"
        session.server.close()
    finally:
        keyring.set_keyring(before)


def test_an_expired_access_token_is_renewed_once_without_the_person(office: Running) -> None:
    server = office.client("giamdoc")
    renewed = _renewals(office)
    office.watch.pass_time(3_600)
    assert server.me().user_id == "giamdoc"
    assert server.me().user_id == "giamdoc"
    assert _renewals(office) == renewed + 1


def test_eight_threads_renew_once(office: Running) -> None:
    tokens = TokenSource(AuthorizationServer(office.address), office.refresh_token("giamdoc"))
    old = tokens.access_token()
    together = threading.Barrier(8)

    def ask() -> str:
        together.wait()
        return tokens.access_token(old)

    with ThreadPoolExecutor(8) as pool:
        found = {job.result() for job in [pool.submit(ask) for _ in range(8)]}
    assert len(found) == 1
    assert old not in found
    assert _renewals(office) == 2


def test_a_token_is_renewed_before_it_ends(office: Running) -> None:
    seconds = [0.0]
    tokens = TokenSource(
        AuthorizationServer(office.address),
        office.refresh_token("giamdoc"),
        monotonic=lambda: seconds[0],
    )
    first = tokens.access_token()
    seconds[0] = 579.0
    assert tokens.access_token() == first
    seconds[0] = 581.0
    assert tokens.access_token() != first


def test_when_nothing_renews_the_person_signs_in_again(
    office: Running, safe: KeyringInMemory
) -> None:
    session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    office.watch.pass_time(40 * 86_400)
    with pytest.raises(AppError) as told:
        session.server.me()
    assert told.value.code == "server.sign_in_again"
    assert safe.entries == {}
    session.server.close()


def test_a_network_failure_signs_nobody_out(office: Running) -> None:
    server = office.client("giamdoc")
    office.watch.pass_time(3_600)
    office.faults.add(Fault(FaultKind.DROP, TOKEN))
    with pytest.raises(AppError) as told:
        server.me()
    assert told.value.code == "server.unreachable"
    assert server.me().user_id == "giamdoc"


def test_a_refresh_token_used_twice_ends_the_session(office: Running) -> None:
    stolen = office.refresh_token("giamdoc")
    session = session_from_refresh_token(office.address, stolen)
    with pytest.raises(AppError):
        session_from_refresh_token(office.address, stolen)
    with pytest.raises(AppError) as told:
        session.server.me()
    assert told.value.code == "server.sign_in_again"
    session.server.close()


def test_another_program_of_mine_may_have_renewed(office: Running, safe: KeyringInMemory) -> None:
    window = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    script = restore_session(office.address)
    office.watch.pass_time(3_600)
    assert window.server.me() == script.server.me()
    assert safe.entries
    window.server.close()
    script.server.close()


def test_signing_out_ends_it_here_and_there(office: Running, safe: KeyringInMemory) -> None:
    session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    kept = Vault(office.url).load("giamdoc") or ""
    session.sign_out()
    assert safe.entries == {}
    for _ in range(2):
        with pytest.raises(AppError) as told:
            session_from_refresh_token(office.address, kept)
        assert told.value.code == "server.sign_in_again"


def test_signing_out_without_a_server_still_forgets(office: Running, safe: KeyringInMemory) -> None:
    session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    office.faults.add(Fault(FaultKind.DROP, "/oauth/revoke"))
    with pytest.raises(AppError):
        session.sign_out()
    assert safe.entries == {}


def _metadata(request_of: str, **other: object) -> dict[str, object]:
    return {
        "issuer": request_of,
        "authorization_endpoint": f"{request_of}/oauth/authorize",
        "token_endpoint": f"{request_of}/oauth/token",
        "code_challenge_methods_supported": ["S256"],
    } | other


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"issuer": "https://evil.example"}, "server.sign_in_failed"),
        ({"code_challenge_methods_supported": ["plain"]}, "server.sign_in_failed"),
        ({"token_endpoint": "http://sso.example/token"}, "server.tls_required"),
        ({"authorization_endpoint": "file:///etc/passwd"}, "server.address"),
        ({"token_endpoint": None}, "server.garbage"),
    ],
)
def test_metadata_that_would_lead_astray_are_not_believed(
    other: dict[str, object], code: str
) -> None:
    app = FastAPI()

    @app.get(METADATA_PATH)
    def metadata(request: Request) -> dict[str, object]:
        return _metadata(str(request.base_url).rstrip("/"), **other)

    with serve(app) as running, pytest.raises(AppError) as told:
        AuthorizationServer(ServerAddress(running.url)).metadata()
    assert told.value.code == code


def test_no_secret_shows_when_a_session_is_printed(office: Running, safe: KeyringInMemory) -> None:
    session = BrowserSignIn(office.address, open_browser=office.person("giamdoc")).run()
    shown = repr(session)
    assert safe.entries[SERVICE, f"{office.url} giamdoc"] not in shown
    assert session.tokens.access_token() not in shown
    session.server.close()

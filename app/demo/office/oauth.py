"""The demo office's authorization server: code with PKCE S256, device code, refresh with rotation, revocation."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.demo.office.grants import (
    DEVICE_INTERVAL_S,
    DEVICE_S,
    GrantRefusedError,
    Grants,
    Issued,
)
from app.demo.office.pages import device_page, login_page, notice_page

CLIENT_ID = "trinhky"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}

router = APIRouter(include_in_schema=False)


def _grants(request: Request) -> Grants:
    grants: Grants = request.app.state.grants
    return grants


def _office_name(request: Request) -> str:
    return str(request.app.state.store.office.name)


GrantsOf = Annotated[Grants, Depends(_grants)]
OfficeName = Annotated[str, Depends(_office_name)]
Field = Annotated[str, Form(max_length=2_000)]


@router.get("/.well-known/oauth-authorization-server")
def metadata(request: Request) -> JSONResponse:
    """Say where everything is (RFC 8414)."""
    base = str(request.base_url).rstrip("/")
    return JSONResponse(
        {
            "issuer": base,
            "authorization_endpoint": f"{base}/oauth/authorize",
            "token_endpoint": f"{base}/oauth/token",
            "device_authorization_endpoint": f"{base}/oauth/device_authorization",
            "revocation_endpoint": f"{base}/oauth/revoke",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token", _DEVICE_GRANT],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "revocation_endpoint_auth_methods_supported": ["none"],
        }
    )


@router.get("/oauth/authorize")
def authorize_page(request: Request, office: OfficeName) -> Response:
    """Show the sign-in page, where the request is one that could be granted."""
    return _refused_request(request) or login_page(office)


@router.post("/oauth/authorize")
def authorize(
    request: Request, office: OfficeName, grants: GrantsOf, user: Field, password: Field
) -> Response:
    """Check the password and send the browser back with a code."""
    refused = _refused_request(request)
    if refused is not None:
        return refused
    if not grants.password_is_right(user, password):
        return login_page(office, refused=True)
    asked = request.query_params
    redirect_uri = asked["redirect_uri"]
    code = grants.code_for(user, redirect_uri=redirect_uri, challenge=asked["code_challenge"])
    return _back(redirect_uri, {"code": code, "state": asked["state"]})


@router.post("/oauth/token")
def token(
    *,
    grants: GrantsOf,
    grant_type: Field,
    client_id: Field = "",
    code: Field = "",
    redirect_uri: Field = "",
    code_verifier: Field = "",
    refresh_token: Field = "",
    device_code: Field = "",
) -> JSONResponse:
    """Issue tokens (RFC 6749, 4.1.3 and 6; RFC 8628, 3.4)."""
    try:
        if client_id != CLIENT_ID:
            raise GrantRefusedError("invalid_client")
        if grant_type == "authorization_code":
            issued = grants.exchange_code(code, redirect_uri=redirect_uri, verifier=code_verifier)
        elif grant_type == "refresh_token":
            issued = grants.refresh(refresh_token)
        elif grant_type == _DEVICE_GRANT:
            issued = grants.exchange_device(device_code)
        else:
            raise GrantRefusedError("unsupported_grant_type")
    except GrantRefusedError as error:
        return JSONResponse({"error": error.error}, 400, _NO_STORE)
    return JSONResponse(_token_body(issued), headers=_NO_STORE)


@router.post("/oauth/device_authorization")
def device_authorization(request: Request, grants: GrantsOf, client_id: Field = "") -> JSONResponse:
    """Issue a device code (RFC 8628, 3.1)."""
    if client_id != CLIENT_ID:
        return JSONResponse({"error": "invalid_client"}, 400, _NO_STORE)
    device_code, user_code = grants.ask_device()
    page = f"{str(request.base_url).rstrip('/')}/oauth/device"
    return JSONResponse(
        {
            "device_code": device_code,
            "user_code": user_code,
            "verification_uri": page,
            "verification_uri_complete": f"{page}?{urlencode({'user_code': user_code})}",
            "expires_in": DEVICE_S,
            "interval": DEVICE_INTERVAL_S,
        },
        headers=_NO_STORE,
    )


@router.get("/oauth/device")
def device_form(office: OfficeName, user_code: str = "") -> HTMLResponse:
    """Show where the code is entered."""
    return device_page(office, user_code)


@router.post("/oauth/device")
def device_answer(
    *,
    office: OfficeName,
    grants: GrantsOf,
    user_code: Field,
    user: Field,
    password: Field,
    answer: Field = "allow",
) -> HTMLResponse:
    """Record what the person said to a device."""
    if not grants.password_is_right(user, password):
        return device_page(office, user_code, refused="Sai tên đăng nhập hoặc mật khẩu.")
    if not grants.answer_device(user_code, user, allow=answer == "allow"):
        return device_page(office, user_code, refused="Mã không đúng hoặc đã hết hạn.")
    text = "Bạn có thể đóng trang này và quay lại thiết bị kia."
    return notice_page("Đã cho phép" if answer == "allow" else "Đã từ chối", text)


@router.post("/oauth/revoke")
def revoke(grants: GrantsOf, token: Field) -> Response:
    """End a sign-in (RFC 7009): 200 whether or not the token was known."""
    grants.revoke(token)
    return Response(headers=_NO_STORE)


def _refused_request(request: Request) -> Response | None:
    """Refuse an authorization request; by redirect only where the redirect is the program's own (RFC 6749, 4.1.2.1)."""
    asked = request.query_params
    redirect_uri = asked.get("redirect_uri", "")
    if asked.get("client_id") != CLIENT_ID or not _is_own_loopback(redirect_uri):
        return notice_page(
            "Yêu cầu không hợp lệ", "Chương trình gửi yêu cầu không được nhận ra.", 400
        )
    error = _error_in(asked)
    return None if error is None else _back(redirect_uri, error | {"state": asked.get("state", "")})


def _error_in(asked: Mapping[str, str]) -> dict[str, str] | None:
    if asked.get("response_type") != "code":
        return {"error": "unsupported_response_type"}
    if asked.get("code_challenge_method") != "S256":
        return {"error": "invalid_request", "error_description": "PKCE S256 is required"}
    if not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        return {"error": "invalid_request", "error_description": "code_challenge"}
    if not asked.get("state"):
        return {"error": "invalid_request", "error_description": "state is required"}
    return None


def _is_own_loopback(redirect_uri: str) -> bool:
    """Accept any port of a loopback address (RFC 8252, 7.3), never a name."""
    try:
        parts = urlsplit(redirect_uri)
        address = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        return False
    plain = not parts.query and not parts.fragment and "@" not in parts.netloc
    return parts.scheme == "http" and address.is_loopback and plain


def _back(redirect_uri: str, answer: dict[str, str]) -> RedirectResponse:
    return RedirectResponse(
        f"{redirect_uri}?{urlencode(answer)}",
        status_code=303,
        headers={"Cache-Control": "no-store"},
    )


def _token_body(issued: Issued) -> dict[str, str | int]:
    return {
        "access_token": issued.access_token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in_s,
        "refresh_token": issued.refresh_token,
    }

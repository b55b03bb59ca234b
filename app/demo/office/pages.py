"""The two pages that a person sees: signing in, and entering the code of another device."""

from __future__ import annotations

from html import escape

from fastapi.responses import HTMLResponse

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem }
label { display: block; margin: 1rem 0 } input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem }
button { font: inherit; padding: .5rem 1.5rem } .refused { color: #a00000 }
"""
_PERSON = """
<label>Tên đăng nhập <input name="user" autocomplete="username" required autofocus></label>
<label>Mật khẩu <input name="password" type="password" autocomplete="current-password" required></label>
"""


def login_page(office: str, *, refused: bool = False) -> HTMLResponse:
    """Ask who it is; the form goes to the page's own address."""
    form = f'<form method="post">{_PERSON}<button>Đăng nhập</button></form>'
    return _page(
        f"Đăng nhập – {office}",
        form,
        refused="Sai tên đăng nhập hoặc mật khẩu." if refused else None,
    )


def device_page(office: str, user_code: str = "", *, refused: str | None = None) -> HTMLResponse:
    """Ask for the code that another device shows."""
    form = (
        '<form method="post"><label>Mã hiện trên thiết bị'
        f' <input name="user_code" value="{escape(user_code)}" required></label>{_PERSON}'
        '<button name="answer" value="allow">Cho phép</button>'
        ' <button name="answer" value="deny">Từ chối</button></form>'
    )
    return _page(f"Cho phép một thiết bị – {office}", form, refused=refused)


def notice_page(title: str, text: str, status: int = 200) -> HTMLResponse:
    """Say how it ended."""
    return _page(title, f"<p>{escape(text)}</p>", status=status)


def _page(
    title: str, body: str, *, refused: str | None = None, status: int | None = None
) -> HTMLResponse:
    told = "" if refused is None else f'<p class="refused" role="alert">{escape(refused)}</p>'
    html = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{told}{body}</body></html>"
    )
    return HTMLResponse(html, status or (200 if refused is None else 403), _HEADERS)

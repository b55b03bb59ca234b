"""`trinhky login` and `logout`: the browser where there is one, a code where there is none."""

from __future__ import annotations

import os
import sys
import webbrowser
from argparse import Namespace

from app.cli.terminal import EXIT_OK, Terminal
from app.errors import AppError
from app.server.oauth import DeviceCode
from app.server.sign_in import BrowserSignIn, DeviceSignIn, Session, sign_out
from app.server.transport import ServerAddress
from app.settings import Settings


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Sign in or out."""
    address = server_address(arguments, settings)
    if arguments.command == "logout":
        sign_out(address, settings.user)
        terminal.say(terminal.short("label.signed_out", {"server": address.url}))
        terminal.result({"schema": "trinhky.logout/1", "server": address.url})
        return EXIT_OK
    session = _sign_in(address, terminal, by_code=arguments.device)
    person = session.person
    terminal.say(terminal.short("label.signed_in", {"name": person.name, "office": person.office}))
    if session.not_kept is not None:
        terminal.error(session.not_kept)
    terminal.result(
        {
            "schema": "trinhky.login/1",
            "server": address.url,
            "user": person.user_id,
            "name": person.name,
            "office": person.office,
            "roles": [role.value for role in person.roles],
            "kept": session.not_kept is None,
        }
    )
    session.server.close()
    return EXIT_OK


def server_address(arguments: Namespace, settings: Settings) -> ServerAddress:
    """Return the document server that was asked for, else the settings'.

    Raises:
        AppError: `settings.no_server`.
    """
    url = arguments.server or settings.server
    if not url:
        raise AppError("settings.no_server")
    return ServerAddress(url, settings.office_ca)


def _sign_in(address: ServerAddress, terminal: Terminal, *, by_code: bool) -> Session:
    def show(code: DeviceCode) -> None:
        terminal.note(
            terminal.short(
                "label.device_code", {"url": code.verification_uri, "code": code.user_code}
            )
        )

    def open_browser(url: str) -> bool:
        terminal.note(terminal.short("label.browser", {"url": url}))
        return webbrowser.open(url)

    has_screen = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if by_code or not has_screen:
        return DeviceSignIn(address, show=show).run()
    try:
        return BrowserSignIn(address, open_browser=open_browser).run()
    except AppError as error:
        if error.code != "server.no_browser":
            raise
    return DeviceSignIn(address, show=show).run()

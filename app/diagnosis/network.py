"""The services that signing leans on, each asked once: the document server, its clock, time stamping authorities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import requests

from app.diagnosis.records import Check, State
from app.errors import AppError
from app.server.transport import ServerAddress, Transport
from app.settings import Settings

CLOCK_TOLERANCE_S = 60.0
TIMEOUT_S = 10.0


def check_network(settings: Settings) -> Iterator[Check]:
    """Ask the server and the time stamping authorities; each may take `TIMEOUT_S`."""
    yield from _server_checks(settings)
    yield from _tsa(settings)


def _server_checks(settings: Settings) -> Iterator[Check]:
    if not settings.server:
        yield Check("server", "warning", "settings.no_server")
        return
    try:
        stamp = _ask_server(
            ServerAddress(
                settings.server, settings.office_ca, connect_s=TIMEOUT_S, read_s=TIMEOUT_S
            )
        )
    except AppError as error:
        yield Check("server", "error", error.code, settings.server)
        return
    except OSError:
        yield Check("server", "error", "doctor.office_ca", str(settings.office_ca))
        return
    yield Check("server", "ok", "doctor.server_ok", settings.server)
    if stamp:
        off_s = (datetime.now(UTC) - parsedate_to_datetime(stamp)).total_seconds()
        state: State = "ok" if abs(off_s) <= CLOCK_TOLERANCE_S else "warning"
        code = "doctor.clock_ok" if state == "ok" else "doctor.clock_off"
        yield Check("clock", state, code, f"{off_s:+.0f} s")


def _tsa(settings: Settings) -> Iterator[Check]:
    if not settings.tsa:
        yield Check("tsa", "warning", "doctor.no_tsa")
    for url in settings.tsa:
        try:
            # A TSA is asked over plain HTTP: its answer is signed (RFC 3161, 3.4).
            requests.get(url, timeout=TIMEOUT_S, allow_redirects=False).close()
        except requests.RequestException:
            yield Check("tsa", "warning", "doctor.tsa_away", url)
        else:
            yield Check("tsa", "ok", "doctor.tsa_ok", url)


def _ask_server(address: ServerAddress) -> str | None:
    """Ask the document server for its sign-in metadata; returns its clock as it says it.

    Raises:
        AppError: as `Transport.send`; `server.garbage` where something else answers.
    """
    transport = Transport(address)
    try:
        with transport.send("GET", "/.well-known/oauth-authorization-server") as answer:
            if answer.status_code != requests.codes.ok:
                raise AppError("server.garbage", server=address.url)
            return answer.headers.get("Date")
    finally:
        transport.close()

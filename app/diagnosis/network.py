"""The services that signing leans on, each asked once: document server, time stamping authorities, their clocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import requests

from app.diagnosis.records import Check, State, failed
from app.errors import AppError
from app.server.transport import ServerAddress, Transport
from app.settings import Settings

CLOCK_TOLERANCE_S = 60.0
TIMEOUT_S = 10.0


def check_network(settings: Settings) -> Iterator[Check]:
    """Ask the server and the time stamping authorities; each may take `TIMEOUT_S`.

    The clock is held against whoever answers first.
    """
    skews: list[timedelta] = []
    yield from _server(settings, skews)
    yield from _authorities(settings, skews)
    if not skews:
        yield Check("clock", "warning", "doctor.clock_unknown")
        return
    off_s = skews[0].total_seconds()
    state: State = "ok" if abs(off_s) <= CLOCK_TOLERANCE_S else "warning"
    code = "doctor.clock_ok" if state == "ok" else "doctor.clock_off"
    yield Check("clock", state, code, {"detail": f"{off_s:+.0f} s"})


def _server(settings: Settings, skews: list[timedelta]) -> Iterator[Check]:
    if not settings.server:
        yield Check("server", "warning", "settings.no_server")
        return
    try:
        address = ServerAddress(
            settings.server, settings.office_ca, connect_s=TIMEOUT_S, read_s=TIMEOUT_S
        )
        skews += _skew(_ask_server(address))
    except AppError as error:
        yield failed("server", error, server=settings.server)
    except OSError:
        path = str(settings.office_ca)
        yield Check("server", "error", "doctor.office_ca", {"detail": path})
    else:
        yield Check("server", "ok", "doctor.server_ok", {"server": settings.server})


def _authorities(settings: Settings, skews: list[timedelta]) -> Iterator[Check]:
    if not settings.tsa:
        yield Check("tsa", "warning", "doctor.no_tsa")
    for url in settings.tsa:
        try:
            # A TSA is asked over plain HTTP: its answer is signed (RFC 3161, 3.4).
            with requests.get(url, timeout=TIMEOUT_S, allow_redirects=False) as answer:
                skews += _skew(answer.headers.get("Date"))
        except requests.RequestException:
            yield Check("tsa", "warning", "doctor.tsa_away", {"url": url})
        else:
            yield Check("tsa", "ok", "doctor.tsa_ok", {"url": url})


def _skew(stamp: str | None) -> list[timedelta]:
    """Return how far this machine's clock is ahead of whoever gave this date; nothing where they gave none."""
    try:
        return [datetime.now(UTC) - parsedate_to_datetime(stamp)] if stamp else []
    except (TypeError, ValueError):
        return []


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

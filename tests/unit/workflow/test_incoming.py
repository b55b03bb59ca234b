"""Facts about registering what came in: the bytes that were shown and judged, and no others, take a number."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.documents import Arrival
from app.workflow.incoming import Registered, register
from signing.report import FileReport
from signing.terms import Verdict
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import DRAFT, sha256_of
from tests.fakes.records import AGENCY_CERTIFICATE

ARRIVAL = Arrival("Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "den.pdf"
    path.write_bytes(DRAFT)
    return path


def registered(desk: Desk, file: Path) -> Registered:
    shown = sha256_of(DRAFT)
    return register(desk.office, file, ARRIVAL, AGENCY_CERTIFICATE, shown_sha256=shown)


def asides(desk: Desk) -> list[Path]:
    return list(desk.files.folder.glob("aside-*"))


def test_what_was_shown_takes_one_number_however_often_it_is_registered(
    desk: Desk, file: Path
) -> None:
    assert registered(desk, file).numbering == registered(desk, file).numbering
    assert desk.server.numbers == 1
    assert asides(desk) == []


def test_another_file_takes_no_number(desk: Desk, file: Path) -> None:
    file.write_bytes(DRAFT + b"more")
    with pytest.raises(AppError, match=r"workflow\.not_what_was_shown"):
        registered(desk, file)
    assert desk.server.numbers == 0
    assert asides(desk) == []


def test_a_file_that_went_away_takes_no_number(desk: Desk, file: Path) -> None:
    file.unlink()
    with pytest.raises(AppError, match=r"server\.file_unreadable"):
        registered(desk, file)
    assert desk.server.numbers == 0


def test_what_was_judged_is_registered_whatever_becomes_of_the_file_meanwhile(
    desk: Desk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = desk.judge.verify

    def change(path: Path) -> Future[FileReport]:
        file.write_bytes(b"something else")
        return judge(path)

    monkeypatch.setattr(desk.judge, "verify", change)
    registered(desk, file)
    assert desk.server.content.startswith(DRAFT)


def test_what_does_not_hold_goes_back_to_its_sender(desk: Desk, file: Path) -> None:
    registered(desk, file)
    signed = desk.server.content
    file.write_bytes(signed)
    desk.judge.verdicts["VanBanDen"] = Verdict.INVALID
    with pytest.raises(AppError, match=r"workflow\.incoming_invalid"):
        register(desk.office, file, ARRIVAL, None, shown_sha256=sha256_of(signed))
    assert desk.server.numbers == 1

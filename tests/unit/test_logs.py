"""Facts about the log: what may stand in it."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.logs import set_up_logs, tear_down_logs

logger = logging.getLogger("app.test")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    before = logging.getLogger().level
    yield set_up_logs(tmp_path / "logs")
    tear_down_logs()
    logging.getLogger().setLevel(before)


def test_a_code_with_ids_hashes_and_durations_is_written(log: Path) -> None:
    fields = {"worker": "render", "document_id": "d-17", "base_sha256": "ab" * 32, "took_ms": 12.5}
    logger.warning("worker.killed", extra=fields)
    line = log.read_text("utf-8")
    assert "WARNING app.test worker.killed" in line
    assert all(f"{key}={value}" in line for key, value in fields.items())


@pytest.mark.parametrize(
    "field",
    ["pin", "password", "access_token", "authorization", "pin_id", "Secret_id", "token_sha256"],
)
def test_a_field_that_looks_secret_is_left_out(log: Path, field: str) -> None:
    logger.warning("token.opened", extra={field: "24680"})
    assert "24680" not in log.read_text("utf-8")


def test_a_field_that_is_not_on_the_list_is_left_out(log: Path) -> None:
    logger.warning("queue.loaded", extra={"abstract": "bo-nhiem"})
    assert "bo-nhiem" not in log.read_text("utf-8")


def test_a_sentence_in_a_known_field_is_left_out(log: Path) -> None:
    logger.warning("queue.loaded", extra={"kind": "Nguyễn Văn A"})
    logger.warning("queue.loaded", extra={"document_id": "a sentence with blanks"})
    assert "Nguyễn" not in log.read_text("utf-8")
    assert "sentence" not in log.read_text("utf-8")


@pytest.mark.parametrize("arguments", [("Retrying 24680",), ("retry of %s", "24680")])
def test_what_a_library_says_in_words_is_withheld(log: Path, arguments: tuple[str, ...]) -> None:
    logging.getLogger("urllib3").warning(*arguments)
    line = log.read_text("utf-8")
    assert "urllib3 (withheld)" in line
    assert "24680" not in line


def test_of_an_exception_only_kinds_and_places_stand(log: Path) -> None:
    try:
        raise ValueError("PIN 24680 of Nguyễn Văn A")
    except ValueError:
        logger.exception("worker.bug")
    line = log.read_text("utf-8")
    assert "raised=ValueError<test_logs.py:" in line
    assert "24680" not in line


def test_the_log_is_readable_by_the_user_alone(log: Path) -> None:
    logger.warning("worker.started")
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_reaches_the_terminal_unless_it_is_asked_for(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    logger.error("worker.crashed")
    assert log.exists()
    assert capfd.readouterr() == ("", "")


def test_the_command_line_gets_warnings_on_standard_error_and_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(tmp_path, to_stderr=True)
    logger.info("worker.started")
    logger.warning("worker.crashed")
    tear_down_logs()
    out, err = capfd.readouterr()
    assert out == ""
    assert "worker.crashed" in err
    assert "worker.started" not in err


def test_the_log_rotates_and_each_part_stays_private(log: Path) -> None:
    handlers = logging.getLogger().handlers
    rotating = next(h for h in handlers if isinstance(h, logging.handlers.RotatingFileHandler))
    logger.warning("worker.started")
    rotating.doRollover()
    logger.warning("worker.crashed")
    parts = sorted(log.parent.iterdir())
    assert [part.name for part in parts] == ["trinhky.log", "trinhky.log.1"]
    assert {part.stat().st_mode & 0o777 for part in parts} == {0o600}

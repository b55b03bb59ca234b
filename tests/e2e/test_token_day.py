"""Facts about a leader's bad day at the real window: a token that is not there, wants much, is pulled, and fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.display import virtual_display
from tests.e2e.token_day import LETTERS, NO_TOKEN

DEADLINE_S = 500
pytestmark = pytest.mark.timeout(600)
DONE = ["done", None]


@dataclass(frozen=True)
class Seen:
    """What the driver counted and saw."""

    folder: Path
    facts: dict[str, Any]
    noted: str


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("token-day")
    with virtual_display() as display:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.e2e.token_day", str(folder)],
            env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return Seen(folder, facts, done.stderr)


def test_the_window_has_nothing_to_complain_of(seen: Seen) -> None:
    assert seen.noted == ""


def test_a_batch_without_a_token_says_so_and_goes_on_by_itself_when_it_is_put_in(
    seen: Seen,
) -> None:
    assert seen.facts["absent"] == {"notices": ["token.none"], "actions": 0}


def test_a_key_that_wants_its_pin_each_time_asks_before_anything_is_signed(seen: Seen) -> None:
    assert seen.facts["one_by_one"]["asked"] == {
        "notices": ["token.pin_for_each"],
        "signatures": 0,
    }


def test_whoever_stops_between_two_pins_keeps_what_is_done(seen: Seen) -> None:
    end = seen.facts["one_by_one"]["end"]
    assert end["items"] == [DONE, DONE, ["skipped", "token.stopped"]]
    assert seen.facts["one_by_one"]["signatures"] == 2


def test_the_bar_shows_a_token_that_is_pulled_and_put_back_while_nothing_is_done(
    seen: Seen,
) -> None:
    assert seen.facts["idle"] == ["Nguyễn Văn An", NO_TOKEN, "Nguyễn Văn An"]


def test_a_token_pulled_in_the_middle_keeps_what_is_done_and_skips_the_rest(seen: Seen) -> None:
    removed = "token.removed"
    assert seen.facts["pulled"]["end"] == {
        "items": [DONE, ["failed", removed], ["skipped", removed]],
        "notices": [removed],
    }


def test_after_it_is_put_back_just_the_rest_is_signed_with_one_pin(seen: Seen) -> None:
    pulled = seen.facts["pulled"]
    assert pulled["retried"]["items"] == [DONE, DONE]
    assert (pulled["pins"], pulled["signatures"]) == (1, 2)


def test_a_driver_that_crashes_is_told_and_the_window_lives_to_sign_with_a_new_pin(
    seen: Seen,
) -> None:
    crashed = seen.facts["crashed"]
    code = "token.driver_crashed"
    assert crashed["end"] == {"items": [["failed", code]], "notices": [code]}
    assert crashed["pins"] == 1


def test_the_token_got_each_pin_that_was_typed_once(seen: Seen) -> None:
    # Two were for one signature each: those opened the token and then allowed that signature.
    assert seen.facts["pins"] == {"typed": 5, "opened": 5, "for_one_signature": 2}


def test_no_letter_is_signed_or_handed_on_twice(seen: Seen) -> None:
    once = {"state": "to_issue", "revision": 1, "handed_on": 1}
    assert seen.facts["documents"] == dict.fromkeys(LETTERS, once)


@pytest.mark.parametrize("name", LETTERS)
def test_another_program_finds_every_letter_valid(seen: Seen, name: str) -> None:
    done = subprocess.run(
        ["pdfsig", "-nocert", str(seen.folder / "files" / f"{name}.pdf")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.findall(r"Signature Validation: (.*)", done.stdout) == ["Signature is Valid."]


def test_no_pin_is_logged(seen: Seen) -> None:
    logs = list((seen.folder / "office" / "desks").glob("*/logs/*"))
    assert logs
    assert not [path for path in logs if "12345678" in path.read_text(encoding="utf-8")]

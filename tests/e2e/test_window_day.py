"""Facts about the office's day at the real window: real X events, tokens and server, other judges."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from tests.e2e.display import virtual_display
from tests.e2e.parts import BATCH, REASON, TWO_ANNEXES

DEADLINE_S = 500
pytestmark = pytest.mark.timeout(600)
MM = 72 / 25.4
PUBLISHED = {
    f"{TWO_ANNEXES}/{TWO_ANNEXES}.pdf": 2,
    f"{TWO_ANNEXES}/phu-luc-1.pdf": 1,
    f"{TWO_ANNEXES}/phu-luc-2.pdf": 1,
    "cong-van/cong-van.pdf": 2,
    "ke-hoach-lien-tich/ke-hoach-lien-tich.pdf": 3,
}
"""Every file that the clerk published at the window and how many signatures it carries."""


@dataclass(frozen=True)
class Seen:
    """What the driver counted and saw."""

    folder: Path
    facts: dict[str, Any]
    noted: str


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    folder = tmp_path_factory.mktemp("window-day")
    with virtual_display() as display:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.e2e.window_day", str(folder)],
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


def test_the_first_draft_is_chosen_and_signed_with_two_actions_and_the_pin(seen: Seen) -> None:
    assert seen.facts["first"] == {"actions": 3, "pins": 1}


def test_another_draft_takes_two_actions_and_no_pin(seen: Seen) -> None:
    assert seen.facts["second"] == {"actions": 2, "pins": 0}


def test_a_batch_takes_at_most_two_actions_a_draft_and_two_for_all(seen: Seen) -> None:
    # One less where the first of them came up by itself after the document before.
    assert seen.facts["batch"]["actions"] in (2 * len(BATCH[1:]) + 1, 2 * len(BATCH[1:]) + 2)
    assert seen.facts["batch"]["pins"] == 0


def test_number_date_seal_and_two_attachments_take_three_actions(seen: Seen) -> None:
    assert seen.facts["issue"] == {"actions": 3, "pins": 1}


def test_the_second_signer_signs_with_two_actions_and_the_pin(seen: Seen) -> None:
    assert seen.facts["joint"] == {"actions": 3, "pins": 1}


def test_the_batch_is_with_the_clerk(seen: Seen) -> None:
    assert {seen.facts["states"][key] for key in BATCH[1:]} == {"to_issue"}


def test_what_the_clerk_issued_is_published(seen: Seen) -> None:
    keys = {name.split("/")[0] for name in PUBLISHED}
    assert {seen.facts["states"][key] for key in keys} == {"published"}


def test_a_returned_draft_carries_the_reason(seen: Seen) -> None:
    last = seen.facts["history"][-1]
    assert (seen.facts["states"][BATCH[0]], last["action"]) == ("returned", "return")
    assert last["comment"] == REASON


def test_a_secret_draft_is_refused_in_the_window(seen: Seen) -> None:
    assert (seen.facts["secret"], seen.facts["states"]["cong-van-mat"]) == (
        "workflow.secret",
        "to_sign",
    )


def test_a_box_moved_by_the_mouse_is_where_the_signature_stands(seen: Seen) -> None:
    before, moved = seen.facts["box_before"], seen.facts["box_moved"]
    assert moved["box_mm"]["left_mm"] > before["box_mm"]["left_mm"] + 3
    signed = seen.folder / "files" / "to_issue" / "quyet-dinh" / "quyet-dinh.pdf"
    with pymupdf.open(signed) as document:
        page = document[moved["page_index"]]
        drawn = next(item.rect for item in page.widgets() if item.field_name == "LanhDao")
    assert drawn.x0 / MM == pytest.approx(moved["box_mm"]["left_mm"], abs=0.2)
    assert drawn.y0 / MM == pytest.approx(moved["box_mm"]["top_mm"], abs=0.2)


def test_choosing_another_desk_in_the_demo_opens_the_window_there(seen: Seen) -> None:
    assert seen.facts["sat_down"]


@pytest.mark.parametrize("name", ["received", "review-opened"])
def test_an_issued_document_is_valid_in_the_queue_and_as_a_file(seen: Seen, name: str) -> None:
    assert (seen.facts[name], seen.facts[f"{name}_word"]) == ("valid", "HỢP LỆ")


def test_a_file_changed_after_signing_is_said_to_be_invalid(seen: Seen) -> None:
    assert (seen.facts["review-invalid"], seen.facts["review-invalid_word"]) == (
        "invalid",
        "KHÔNG HỢP LỆ",
    )


@pytest.mark.parametrize(("name", "count"), PUBLISHED.items())
def test_another_program_finds_what_the_window_made_valid(
    seen: Seen, name: str, count: int
) -> None:
    done = subprocess.run(
        ["pdfsig", "-nocert", str(seen.folder / "files" / "published" / name)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.findall(r"Signature Validation: (.*)", done.stdout) == ["Signature is Valid."] * count


def test_no_pin_and_no_password_is_logged_by_the_window(seen: Seen) -> None:
    logs = list((seen.folder / "office" / "desks").glob("*/logs/*"))
    assert len(logs) >= 4
    logged = "".join(path.read_text(encoding="utf-8") for path in logs)
    for secret in ("12345678", "45678901", "87654321", "mat-khau"):
        assert secret not in logged


@pytest.mark.usefixtures("hears_ctrl_c")
def test_the_demo_command_opens_the_window_and_ctrl_c_closes_it(seen: Seen) -> None:
    command = [sys.executable, "-W", "error", "-m", "app", "demo", "--resume", "--out"]
    with virtual_display() as display:
        environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        with subprocess.Popen(
            [*command, str(seen.folder / "office"), "--lang", "en"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as demo:
            subprocess.run(
                ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Trình Ký"],
                env=environment,
                stdout=subprocess.DEVNULL,
                timeout=60,
                check=True,
            )
            os.killpg(demo.pid, signal.SIGINT)
            _, noted = demo.communicate(timeout=60)
    assert (demo.returncode, noted) == (130, "")

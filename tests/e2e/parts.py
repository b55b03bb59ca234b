"""The parts that people play at the window in the office's day, each in a process that loads no server."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import keyring

from app.cli.main import keep_log
from app.cli.terminal import Terminal
from app.demo.desks import Desk, MemoryKeyring, show_window
from app.opening import open_window
from app.settings import Settings
from tests.e2e import eyes
from tests.e2e.hand import Hand, WindowThread
from tests.e2e.person import At, text_of
from tests.e2e.stalls import Stalls

BATCH = tuple(f"cong-van-0000{number}" for number in (2, 3, 5, 6))
TWO_ANNEXES = "hai-phu-luc"
REASON = "Sai the thuc"
WAY_PX = (24, 6)
TURN_MS = 10
Facts = dict[str, Any]
Act = Callable[[At, Facts], None]


@dataclass(frozen=True)
class Scene:
    """What a window's process needs to play its part."""

    folder: Path
    desks: tuple[Desk, ...]
    ids: Mapping[str, str]
    pins: Mapping[str, str]
    pictures: Path

    def at(self, user_id: str) -> int:
        """Return which desk is somebody's."""
        return next(n for n, desk in enumerate(self.desks) if desk.user_id == user_id)


@dataclass(frozen=True)
class Part:
    """What is played, at which window, by whom."""

    scene: Scene
    act: Act
    window: Callable[[], int]
    user_id: str = ""
    person: type[At] = At


def leader(at: At, facts: Facts) -> None:
    """Sign one, then another, a batch; return one; move a box; be refused a secret one; leave for the partner."""
    hand = at.hand
    at.sees_queue("cong-van", "quyet-dinh", "cong-van-mat", TWO_ANNEXES, *BATCH)
    at.looks("queue")
    with hand.counted() as first:
        at.reads("cong-van")
        at.looks("draft")
        at.orders()
        at.has_done("cong-van")
    with hand.counted() as second:
        at.reads(TWO_ANNEXES)
        at.orders()
        at.has_done(TWO_ANNEXES)
    with hand.counted() as batch:
        for key in BATCH[1:]:
            at.reads(key)
            hand.click("tick_box")
        at.looks("ticked")
        at.orders("sign_ticked_button")
        at.has_done(*BATCH[1:])
    at.reads(BATCH[0])
    at.returns(BATCH[0], REASON)
    at.reads("quyet-dinh")
    before = hand.ask(lambda: eyes.document().box)
    at.drags_box(WAY_PX)
    at.looks("moved")
    moved = hand.ask(lambda: eyes.document().box)
    at.orders()
    at.has_done("quyet-dinh")
    at.reads("ke-hoach-lien-tich")
    at.orders()
    at.has_done("ke-hoach-lien-tich")
    at.chooses("cong-van-mat")
    refused = hand.until(lambda: eyes.document().problem, "refused")
    at.looks("secret")
    facts |= {
        "first": asdict(first),
        "second": asdict(second),
        "batch": asdict(batch),
        "box_before": asdict(before) if before else None,
        "box_moved": asdict(moved) if moved else None,
        "secret": refused.code,
    }
    at.sits_down(facts["partner"])


def partner(at: At, facts: Facts) -> None:
    """Sign the joint document as its second signer."""
    at.sees_queue("ke-hoach-lien-tich")
    with at.hand.counted() as joint:
        at.reads("ke-hoach-lien-tich")
        at.orders()
        at.has_done("ke-hoach-lien-tich")
    facts["joint"] = asdict(joint)
    at.hand.leave()


def clerk(at: At, facts: Facts) -> None:
    """Issue the document with two attachments, then the others."""
    at.sees_queue(TWO_ANNEXES, "cong-van", "quyet-dinh", "ke-hoach-lien-tich")
    at.looks("clerk-queue")
    with at.hand.counted() as issue:
        at.reads(TWO_ANNEXES)
        at.looks("clerk")
        at.orders()
        at.has_done(TWO_ANNEXES)
    facts["issue"] = asdict(issue)
    for key in ("cong-van", "ke-hoach-lien-tich"):
        at.reads(key)
        at.orders()
        at.has_done(key)
    at.hand.leave()


def recipient(at: At, facts: Facts) -> None:
    """Open an issued document from the queue."""
    at.sees_queue(TWO_ANNEXES)
    at.chooses(TWO_ANNEXES)
    facts["received"] = at.is_told().verdict
    facts["received_word"] = at.hand.ask(partial(text_of, "verdict_word"))
    at.looks("review-valid")
    at.hand.leave()


def stranger(name: str, at: At, facts: Facts) -> None:
    """Look at what `trinhky open FILE` says of a file."""
    facts[name] = at.is_told().verdict
    facts[f"{name}_word"] = at.hand.ask(partial(text_of, "verdict_word"))
    at.looks(name)
    at.hand.leave()


def play(part: Part, facts: Facts) -> int:
    """Open a window in a process of its own and play a part at it; return how the window ended.

    Raises:
        RuntimeError: it broke off.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_play, args=(part, facts, there))
    process.start()
    there.close()
    try:
        told: Facts = here.recv()
    except EOFError:
        told = {"broken": "the window's process ended"}
    process.join()
    if "broken" in told:
        raise RuntimeError(told["broken"])
    facts |= told
    return process.exitcode or 0


def at_desk(scene: Scene, user_id: str) -> int:
    """Open the window as `trinhky demo` does."""
    return show_window(scene.desks, scene.at(user_id), "vi")


def at_file(scene: Scene, path: Path) -> int:
    """Open the window as `trinhky open FILE` does."""
    from app.cli.main import run  # noqa: PLC0415 - in the window's process alone

    os.environ["TRINHKY_SETTINGS"] = str(scene.folder / "office" / "settings.toml")
    return run(["open", str(path)], demo=lambda *_: 1)


def at_settings(
    settings: Settings,
    *,
    file: Path | None = None,
    signed_in: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Open the window with any settings; `signed_in` is whom the keyring knows a token of, good or not."""
    known = MemoryKeyring()  # type: ignore[no-untyped-call]  # keyring's own
    if signed_in is not None:
        known.set_password("trinhky", f"{settings.server} {signed_in}", "refresh-token")
    keyring.set_keyring(known)
    told = Terminal("vi", as_json=False)
    keep_log(settings.logs, told)
    return open_window(settings, language="vi", told=told.error, file=file, environment=environment)


def _play(part: Part, facts: Facts, told: Connection) -> None:
    stalls = Stalls(TURN_MS)
    hand = Hand(WindowThread())
    scene = part.scene
    at = part.person(hand, scene.ids, scene.pins.get(part.user_id, ""), scene.pictures)

    def played() -> None:
        try:
            hand.until(eyes.main_window, "window")
            hand.ask(stalls.start)
            part.act(at, facts)
            facts[f"stalls_{part.user_id or 'file'}"] = stalls.told()
            told.send(facts)
        except BaseException as error:  # noqa: BLE001 - told to the test
            told.send({"broken": f"{type(error).__name__}: {error}"})
            _last_look(at)
            os._exit(70)

    script = threading.Thread(target=played, daemon=True)
    script.start()
    code = part.window()
    script.join()
    sys.exit(code)


def _last_look(at: At) -> None:
    try:
        at.looks("broken")
    except (LookupError, TimeoutError, AssertionError):
        return

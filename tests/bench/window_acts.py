"""What is measured at the real window: each function plays at one, in a process that loads no server."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from statistics import median

import pymupdf

from tests.e2e import eyes
from tests.e2e.hand import required
from tests.e2e.parts import Facts
from tests.e2e.person import At
from tests.e2e.stalls import Stalls
from ui.views.page_area import PageArea

ROUNDS = 9
TURN_MS = 1
SIGNED = 20
KEYS = ("letter", "report", "scan")
HUNG_NOTCHES = 150


class Measured(At):
    """Takes no pictures: they take longer than a frame."""

    def looks(self, name: str) -> None:
        """Go on."""


def first_pages(at: At, facts: Facts) -> None:
    """Choose drafts that are on this machine, again and again, beside bare PyMuPDF in the same process."""
    for key in KEYS:
        at.chooses(key)
        at.hand.until(lambda: eyes.is_drawn() and not eyes.document().is_proposing, key)
    spent: dict[str, list[tuple[float, float]]] = {key: [] for key in KEYS}
    for _ in range(ROUNDS):
        for key in KEYS:
            ours_s = _chosen_and_painted(at, key)
            at.hand.until(lambda: eyes.is_drawn() and not eyes.document().is_proposing, key)
            spent[key].append((ours_s, at.hand.ask(_opened_and_drawn)))
    for key, pairs in spent.items():
        facts[f"first_{key}"] = tuple(median(side) for side in zip(*pairs, strict=True))


def stalls(at: At, facts: Facts) -> None:
    """Scroll a scan, sign drafts, and work on while the token's driver hangs; note what the event loop misses."""
    probe = at.hand.ask(lambda: Stalls(TURN_MS))
    at.hand.ask(probe.start)
    at.chooses("scan")
    at.hand.until(eyes.is_drawn, "scan")
    at.hand.ask(probe.clear)
    _scrolls(at, 200)
    facts["stalls_scan"] = at.hand.ask(probe.told)
    at.chooses("report")
    at.hand.until(eyes.is_drawn, "report")
    at.hand.ask(probe.clear)
    _scrolls(at, 400)
    facts["stalls_report"] = at.hand.ask(probe.told)
    _sign_batch(at, facts, probe)
    _hang(at, facts, probe)
    at.hand.ask(probe.stop)


def both(at: At, facts: Facts) -> None:
    """Measure all at one window."""
    at.sees_queue(*KEYS)
    first_pages(at, facts)
    stalls(at, facts)
    at.hand.leave()


def _chosen_and_painted(at: At, key: str) -> float:
    ended: list[float] = []
    document_id = at.ids[key]

    def choose() -> float:
        window = eyes.main_window()
        assert window is not None
        pages = eyes.part(PageArea)._vm
        pages.first_page_shown.connect(lambda: ended.append(time.perf_counter()))
        began_s = time.perf_counter()
        window.queue._vm.select(document_id)
        return began_s

    began_s = at.hand.ask(choose)
    at.hand.until(lambda: bool(ended), key)
    return ended[0] - began_s


def _opened_and_drawn() -> float:
    """Open the file that is shown and draw its first page as sharp as it is shown, in this thread."""
    pages = eyes.part(PageArea)._vm
    path, dpi = pages.state.path, pages._kept[0].dpi
    assert path is not None
    began_s = time.perf_counter()
    with pymupdf.open(path) as document:
        document[0].get_pixmap(dpi=round(dpi)).samples  # noqa: B018 - the pixels are what is measured
    return time.perf_counter() - began_s


def _scrolls(at: At, notches: int) -> None:
    for _ in range(notches // 20):
        at.hand.scroll("page_canvas", 20)
    at.hand.until(eyes.is_drawn, "scrolled")


def _sign_batch(at: At, facts: Facts, probe: Stalls) -> None:
    waiting = at.hand.ask(lambda: {row.task.document_id for row in eyes.rows()})
    drafts = [key for key in at.ids if key.startswith("cong-van-0") and at.ids[key] in waiting]
    keys = drafts[:SIGNED]
    for key in keys:
        at.reads(key)
        at.hand.click("tick_box")
    at.hand.ask(probe.clear)
    at.orders("sign_ticked_button")
    at.has_done(*keys)
    facts["stalls_signing"] = at.hand.ask(probe.told)
    facts["signed"] = len(keys)


def _hang(at: At, facts: Facts, probe: Stalls) -> None:
    """Stop the token's process as a driver that hangs stops it, ask it something, and go on reading."""
    children = multiprocessing.active_children()
    pid = next(child.pid for child in children if "token" in child.name)
    assert pid is not None
    at.chooses("scan")
    at.hand.until(eyes.is_drawn, "scan")
    at.hand.ask(probe.clear)
    os.kill(pid, signal.SIGSTOP)
    try:
        at.hand.ask(lambda: required("token_button").click())  # type: ignore[attr-defined]
        _scrolls(at, HUNG_NOTCHES)
        at.chooses("letter")
        at.hand.until(eyes.is_drawn, "letter")
        facts["stalls_hung"] = at.hand.ask(probe.told)
    finally:
        os.kill(pid, signal.SIGCONT)

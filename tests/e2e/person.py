"""What a person does at the window, said in their words: choose, sign, tick, return, issue, check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QMenu, QMenuBar

from app.messages import Language
from app.workplace.records import Step
from signing.report import FileReport
from tests.e2e import eyes
from tests.e2e.hand import Hand, required
from ui.theme import Scheme
from ui.viewmodels.document_modes import DocumentPhase
from ui.viewmodels.signing import SigningPhase


@dataclass(frozen=True)
class At:
    """Somebody at the window. `ids` are document ids by the drafts' keys."""

    hand: Hand
    ids: Mapping[str, str]
    pin: str
    pictures: Path

    def sees_queue(self, *keys: str) -> None:
        """Wait until these documents wait in the queue."""
        wanted = {self.ids[key] for key in keys}
        self.hand.until(lambda: wanted <= {row.task.document_id for row in eyes.rows()}, "queue")

    def chooses(self, key: str) -> None:
        """Click a document and wait until its page is there; one that is chosen already needs no click."""
        document_id = self.ids[key]
        self.hand.until(eyes.document)
        if self.hand.ask(lambda: eyes.document().document_id) != document_id:
            self.hand.click_row("queue_list", partial(eyes.is_row_of, document_id))
        self.hand.until(lambda: eyes.document().document_id == document_id, f"{key}: chosen")
        self.hand.until(
            lambda: eyes.document().phase is not DocumentPhase.OPENING, f"{key}: opened"
        )

    def reads(self, key: str) -> None:
        """Choose a document and wait until it can be signed or issued."""
        self.chooses(key)
        self.hand.until(lambda: eyes.document().can_order, f"{key}: ready")
        self.hand.until(lambda: eyes.is_drawn() and eyes.document().pictures, f"{key}: drawn")

    def orders(self, button: str = "primary_button") -> None:
        """Click the one clear button, and type the PIN where it is asked for."""
        self.hand.click(button)
        phases = (SigningPhase.AWAITING_PIN, SigningPhase.RUNNING, SigningPhase.DONE)
        self.hand.until(
            lambda: (
                eyes.signing().phase in (*phases, SigningPhase.IDLE)
                and eyes.signing().phase is not SigningPhase.CHOOSING
            ),
            "key",
        )
        if self.hand.ask(lambda: eyes.signing().phase) is SigningPhase.AWAITING_PIN:
            self.looks(f"pin-{self.hand.ask(lambda: eyes.signing().kind)}")
            self.hand.give_pin("pin_field", self.pin)

    def has_done(self, *keys: str) -> None:
        """Wait until documents are with the server and the window is ready for the next."""
        wanted = {self.ids[key] for key in keys}
        self.hand.until(lambda: not wanted & _waiting(), f"{keys}: done")
        if self.hand.ask(lambda: eyes.signing().phase) is SigningPhase.DONE:
            self.looks("results")
            self.hand.click("continue_button")
        self.hand.until(lambda: eyes.signing().phase is SigningPhase.IDLE, f"{keys}: put away")

    def drags_box(self, way_px: tuple[int, int]) -> None:
        """Scroll down to the box and move it with the mouse."""
        while not self.hand.ask(eyes.is_box_in_sight):
            self.hand.scroll("page_canvas", 3)
            self.hand.settled()
        self.hand.drag(eyes.moving_box, way_px)
        self.hand.until(lambda: eyes.document().is_box_moved, "box moved")

    def returns(self, key: str, reason: str) -> None:
        """Send a document back with a reason."""
        self.hand.click("return_button")
        self.hand.shows("move_text")
        self.hand.type(reason)
        self.hand.click("move_confirm")
        document_id = self.ids[key]
        self.hand.until(lambda: document_id not in _waiting(), f"{key}: returned")

    def is_told(self) -> FileReport:
        """Wait for the verdict on a file."""
        found = self.hand.until(eyes.report, "verdict")
        self.hand.until(eyes.is_drawn, "page of the file")
        return found

    def sits_down(self, label: str) -> None:
        """Choose another desk in the demo's menu; the window closes."""
        self.hand.click_at(_demo_menu)
        self.hand.until(lambda: eyes.menu_entry(label) is not None, label)
        self.hand.click_at(partial(_entry, label))

    def is_synced(self) -> None:
        """Wait until the server has said what waits."""
        self.hand.until(eyes.is_synced, "synced")

    def is_offline(self) -> None:
        """Wait until the window says that the server is away."""
        self.hand.until(eyes.is_offline, "offline")

    def dresses(self, language: Language, scheme: Scheme) -> None:
        """Show the window in another language and theme."""
        self.hand.ask(lambda: eyes.dress(language, scheme))
        self.hand.settled()

    def looks(self, name: str) -> None:
        """Keep a picture of what is on the screen."""
        self.hand.settled()
        self.hand.ask(lambda: eyes.take_picture(self.pictures / f"{name}.png"))


def _waiting() -> set[str]:
    """Return the documents that still wait: in the queue, or in the batch under way."""
    ended = {Step.DONE, Step.KEPT, Step.FAILED, Step.SKIPPED}
    running = {item.order.document_id for item in eyes.signing().items if item.step not in ended}
    return running | {
        row.task.document_id for row in eyes.rows() if row.status in ("unread", "read")
    }


def _demo_menu() -> QPoint:
    window = eyes.main_window()
    assert window is not None
    bar = window.menuBar()
    return _centre(bar, bar.actionGeometry(bar.actions()[0]))


def _entry(label: str) -> QPoint:
    found = eyes.menu_entry(label)
    assert found is not None
    menu, action = found
    assert isinstance(menu, QMenu)
    return _centre(menu, menu.actionGeometry(action))


def _centre(widget: QMenu | QMenuBar, rect: QRect) -> QPoint:
    return widget.mapToGlobal(rect.center())


def text_of(name: str) -> str:
    """Return the words of a visible label."""
    return str(required(name).property("text"))

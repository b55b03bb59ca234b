"""What stands in the window, looked up in its own thread. Each function is asked by `Hand.ask` or `Hand.until`."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.messages import Language
from signing.report import FileReport
from ui.main_window import MainWindow
from ui.theme import Scheme
from ui.viewmodels.checking import CheckingPhase, CheckingState
from ui.viewmodels.document_state import DocumentState
from ui.viewmodels.queue_rows import Row
from ui.viewmodels.review import ReviewPhase
from ui.viewmodels.signing import SigningState
from ui.views.checking_panel import CheckingPanel
from ui.views.document_panel import DocumentPanel
from ui.views.page_area import PageArea
from ui.views.queue_model import ENTRY
from ui.views.review_panel import ReviewPanel
from ui.views.signing_panel import SigningPanel
from ui.widgets.notice import NoticeCard

Part = TypeVar("Part", bound=QWidget)


def main_window() -> MainWindow | None:
    """Return the window once it is shown."""
    windows = QApplication.topLevelWidgets()
    return next(
        (item for item in windows if isinstance(item, MainWindow) and item.isVisible()), None
    )


def part(kind: type[Part]) -> Part:
    """Return the window's one view of a kind, hidden or not."""
    window = main_window()
    found = None if window is None else window.findChild(kind)
    if found is None:
        raise LookupError(kind)
    return found


def document() -> DocumentState:
    """Return what is known of the open document."""
    return part(DocumentPanel).vm.state


def signing() -> SigningState:
    """Return how far a signature is."""
    return part(SigningPanel).vm.state


def notices() -> tuple[str, ...]:
    """Return the codes of what the panel of a signature tells, as far as it is shown."""
    cards = part(SigningPanel).findChildren(NoticeCard)
    return tuple(card.code.text() for card in cards if card.isVisible())


def rows() -> tuple[Row, ...]:
    """Return the rows of the queue in their order, waiting or not."""
    window = main_window()
    return () if window is None else tuple(window.queue._vm.state.rows())


def is_row_of(document_id: str, index: QModelIndex) -> bool:
    """Tell whether a row of the list is a document's."""
    entry = index.data(ENTRY)
    return isinstance(entry, Row) and entry.task.document_id == document_id


def is_drawn() -> bool:
    """Tell whether all pages in sight are sharp."""
    vm = part(PageArea)._vm
    return bool(vm._kept) and not vm._wishes


def report() -> FileReport | None:
    """Return what was found of the file that is checked, once it is there."""
    state = part(ReviewPanel)._vm.state
    return state.review.report if state.phase is ReviewPhase.DONE and state.review else None


def checked() -> CheckingState | None:
    """Return what was found of many files, once all are done."""
    state = part(CheckingPanel).vm.state
    return state if state.phase is CheckingPhase.DONE and state.rows else None


def moving_box() -> QPoint:
    """Return the middle of the box that a person may move, in global coordinates."""
    return part(PageArea).canvas.viewport().mapToGlobal(_box().center())


def is_box_in_sight() -> bool:
    """Tell whether all of that box is seen."""
    return part(PageArea).canvas.viewport().rect().contains(_box())


def _box() -> QRect:
    canvas = part(PageArea).canvas
    key = next(item.key for item in canvas.boxes.boxes if item.is_movable)
    rect = canvas.boxes.rect(key)
    assert rect is not None
    return rect.toRect().translated(-canvas.offset())


def is_synced() -> bool:
    """Tell whether the server has said what waits."""
    window = main_window()
    return window is not None and window.queue._vm.state.synced_at is not None


def is_offline() -> bool:
    """Tell whether the window knows that the server is away."""
    window = main_window()
    return window is not None and not window.top_bar._account.state.is_online


def dress(language: Language, scheme: Scheme) -> None:
    """Show the window in another language and theme."""
    window = main_window()
    assert window is not None
    window._look.words.choose(language)
    window._look.theme.choose(scheme)


def menu_entry(label: str) -> tuple[QWidget, QAction] | None:
    """Return the entry of an open menu."""
    menu = QApplication.activePopupWidget()
    if menu is None:
        return None
    return next(((menu, item) for item in menu.actions() if item.text() == label), None)


def take_picture(path: Path) -> bool:
    """Write what the screen shows of the window."""
    window = main_window()
    assert isinstance(window, QMainWindow)
    path.parent.mkdir(parents=True, exist_ok=True)
    return window.screen().grabWindow(window.winId()).save(str(path))

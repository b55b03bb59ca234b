"""The token drivers that are tried: which file, who named it, what is wrong with it; one's own can be removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.diagnosis.records import TriedModule
from app.workplace.records import Problem
from ui.theme import S_PX, XS_PX, Tone, mark
from ui.views.base import Look
from ui.widgets.elided_label import ElidedLabel, tip
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel


class DriverRow(QWidget):
    """One module; `remove` is there for one's own."""

    def __init__(self, driver: TriedModule, look: Look) -> None:
        super().__init__()
        self.driver = driver
        self._look = look
        info = driver.info
        path = Path(info.path)
        is_good = info.problem is None
        icon, tone = ("check-circle", Tone.GOOD) if is_good else ("warning", Tone.WARN)
        name = ElidedLabel(plain(path.name), elide=Qt.TextElideMode.ElideMiddle)
        mark(name, type="strong")
        name.setToolTip(tip(info.path))
        self.facts = PlainLabel()
        self.facts.setWordWrap(True)
        mark(self.facts, type="caption")
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        texts.addWidget(name)
        texts.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, S_PX, 0, S_PX)
        row.setSpacing(S_PX)
        row.addWidget(IconLabel(look.theme, icon, tone), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.remove = QPushButton()
        self.remove.setObjectName("driver_remove")
        mark(self.remove, role="quiet")
        self.remove.setVisible(driver.origin == "own")
        row.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        self.say()

    def say(self) -> None:
        """Say it in the language of now."""
        name = Path(self.driver.info.path).name
        self.facts.setText(self._facts())
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove the driver {name}").format(name=name))
        self.setAccessibleName(f"{name}: {self.facts.text()}")

    def _facts(self) -> str:
        info = self.driver.info
        origins = {
            "settings": self.tr("from the settings"),
            "own": self.tr("added by you"),
            "known": self.tr("found by itself"),
        }
        parts = [origins[self.driver.origin]]
        if info.bits is not None:
            parts.append(self.tr("{bits} bits").format(bits=info.bits))
        if info.problem is None:
            parts.append(self.tr("answers"))
            parts.append(self.tr("%n token(s)", "", len(info.tokens)))
            return " · ".join(parts)
        params = {"module": Path(info.path).name, "worker": "token"}
        problem = self._look.words.message(Problem(info.problem, params)).what
        return " · ".join(parts) + "\n" + plain(problem)


class DriverList(QVBoxLayout):
    """Rows of modules, made anew only where they changed.

    Signals:
        removed: a module (its path) shall be tried no more.
    """

    removed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setSpacing(0)
        self._look = look
        self._rows: list[DriverRow] = []

    def show_drivers(self, drivers: Sequence[TriedModule], *, is_busy: bool) -> None:
        """Show these; none can be removed while something runs."""
        if [row.driver for row in self._rows] != list(drivers):
            self._clear()
            for driver in drivers:
                row = DriverRow(driver, self._look)
                row.remove.clicked.connect(partial(self._remove, driver))
                self.addWidget(row)
                self._rows.append(row)
        for row in self._rows:
            row.remove.setEnabled(not is_busy)

    def say(self) -> None:
        """Say all in the language of now."""
        for row in self._rows:
            row.say()

    def _clear(self) -> None:
        for row in self._rows:
            self.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()

    def _remove(self, driver: TriedModule) -> None:
        self.removed.emit(Path(driver.info.path))

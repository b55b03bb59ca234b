"""Where there is nothing to show: an icon, a sentence, what may be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.icons import LARGE_PX
from ui.theme import M_PX, S_PX, XL_PX, Theme, Tone, mark
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel


class Empty(QWidget):
    """A quiet picture in the middle of a room, with a button where `set_texts` names one."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel(theme, icon, Tone.MUTED, LARGE_PX)
        self.title = _centred("strong")
        self.hint = _centred("caption")
        self.button = QPushButton()
        self.button.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(XL_PX, XL_PX, XL_PX, XL_PX)
        column.setSpacing(S_PX)
        column.addStretch(2)
        column.addWidget(self.icon, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(S_PX)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addSpacing(M_PX)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def set_texts(self, title: str, hint: str = "", button: str | None = None) -> None:
        """Say what there is to say."""
        self.title.setText(title)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.button.setText(button or "")
        self.button.setAccessibleName(button or "")
        self.button.setVisible(button is not None)


def _centred(kind: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    mark(label, type=kind)
    return label

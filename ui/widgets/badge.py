"""A short word with an icon on a ground of its own: a state that is not told by colour alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import S_PX, XS_PX, Theme, Tone, mark
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel

_ICON_PX = 14


class Badge(QFrame):
    """An icon and a word or two in a tone."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        icon: str = "",
        tone: str = Tone.MUTED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon = IconLabel(theme, size_px=_ICON_PX)
        self.label = PlainLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(S_PX, 2, S_PX, 2)
        row.setSpacing(XS_PX)
        row.addWidget(self.icon)
        row.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(text, icon, tone)

    def set(self, text: str, icon: str = "", tone: str = Tone.MUTED) -> None:
        """Show another state."""
        self.label.setText(text)
        self.icon.set_icon(icon, tone)
        self.icon.setVisible(bool(icon))
        mark(self, role="badge", tone=tone)
        mark(self.label, type="caption", tone=tone)
        self.setAccessibleName(text)

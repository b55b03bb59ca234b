"""An icon that stands still: in a line of text, before a message."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.icons import SMALL_PX, picture
from ui.theme import Theme, Tone


class IconLabel(QWidget):
    """Shows an icon in a tone of the theme. The text beside it says the same, so that it has no name of its own."""

    def __init__(
        self,
        theme: Theme,
        name: str = "",
        tone: str = Tone.TEXT,
        size_px: int = SMALL_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._tone = tone
        self._size_px = size_px
        self.setFixedSize(size_px, size_px)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    @property
    def name(self) -> str:
        """The icon that is shown."""
        return self._name

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon; none where `name` is empty."""
        self._name = name
        self._tone = tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        return QSize(self._size_px, self._size_px)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as sharp as the screen is."""
        del event
        if self._name:
            colour = self._theme.colours.tone(self._tone)
            drawn = picture(self._name, colour, self._size_px, self.devicePixelRatioF())
            QPainter(self).drawPixmap(0, 0, drawn)

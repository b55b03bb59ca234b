"""A label of one line that shortens its text where there is no room; the whole text stands in its tool tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.plain_label import PlainLabel


class ElidedLabel(PlainLabel):
    """Shortens its text at the right, or in the middle (paths)."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text, parent)
        self._elide = elide
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(0)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self._explain()

    def sizeHint(self) -> QSize:
        """Ask for the whole text's room."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Get along with a few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("mmm"), self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text in the tool tip as soon as it is shortened."""
        super().resizeEvent(event)
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        del event
        painter = QPainter(self)
        # The style sheet's colour reaches the palette when the label is polished.
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), int(self.alignment()), self._shortened())

    def _shortened(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._elide, self.contentsRect().width())

    def _explain(self) -> None:
        self.setToolTip(tip(self.text() if self._shortened() != self.text() else ""))


def tip(text: str) -> str:
    """Return a text for a tool tip as it is: tool tips take what looks like markup for markup."""
    if not text:
        return ""
    kept = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<p style="white-space: pre-wrap">{kept}</p>'

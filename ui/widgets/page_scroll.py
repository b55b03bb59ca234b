"""Pages under one another, as sharp as the screen: scrolled, zoomed, their pictures as they come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.messages import Message
from pdf.geometry import PageGeometry
from ui.icons import LARGE_PX, picture
from ui.sheets import Drawn, Wish
from ui.theme import LIGHT, M_PX, TYPE_SCALE, XXL_PX, Theme
from ui.widgets.notice import NoticeCard
from ui.widgets.page_layout import (
    MARGIN_PX,
    PageLayout,
    ZoomMode,
    clamped_zoom,
    fitting_zoom,
    next_zoom,
    picture_dpi,
    real_px_per_mm,
)
from ui.widgets.page_pictures import PagePictures

RING_PX = 2
"""Room for the focus ring around the pages."""
_LINE_PX = 40
"""One stroke of an arrow key."""
_CARD_PX = 420
_NOTCH_ZOOM = 1.15
"""One notch of the wheel zooms by this much."""
_NOTCH = 120
_SHADOW = (36, 18, 7)
"""How dark the lines under a page are, of 255."""


class PageScroll(QAbstractScrollArea):
    """Shows pages; a point of `to_content` counts from the upper left corner of all that can be scrolled to.

    Signals:
        pictures_wanted: the pictures that are missing now (tuple of `Wish`, the most important first).
        painted: a picture of a page is on the screen.
        current_page_changed: another page is the one that is looked at (page index).
        zoom_changed: another zoom, or another mode of it.
    """

    pictures_wanted = Signal(object)
    painted = Signal()
    current_page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.pages: tuple[PageGeometry, ...] = ()
        self.page_layout: PageLayout | None = None
        self.mode = ZoomMode.FIT_WIDTH
        self.zoom = 1.0
        self.current_page = 0
        self._pictures = PagePictures()
        self._failures: dict[int, NoticeCard] = {}
        self._wished: tuple[Wish, ...] = ()
        self._empty_text = ""
        self._is_laying_out = False
        self._told_zoom = self.zoom, self.mode
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportMargins(RING_PX, RING_PX, RING_PX, RING_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(_LINE_PX)
        self.horizontalScrollBar().setSingleStep(_LINE_PX)
        theme.changed.connect(self._repaint_all)

    # what is shown

    def set_pages(self, pages: Sequence[PageGeometry]) -> None:
        """Show another file from its first page, or none."""
        self.pages = tuple(pages)
        self.page_layout = None
        self._pictures.clear()
        self._wished = ()
        for page_index in tuple(self._failures):
            self._forgive(page_index)
        self.verticalScrollBar().setValue(0)
        self.current_page = 0
        self.lay_out()
        self.current_page_changed.emit(0)

    def set_empty_text(self, text: str) -> None:
        """Say this where there is no page."""
        self._empty_text = text
        self.viewport().update()

    def show_picture(self, drawn: Drawn) -> None:
        """Take a page's picture, unless a better one is there."""
        page_index = drawn.picture.page_index
        if self.page_layout is None or page_index >= len(self.pages):
            return
        dpi = self._dpi(page_index)
        if drawn.dpi == dpi:
            self._answered(page_index)
        if self._pictures.take(drawn, dpi):
            self.viewport().update(self.page_layout.places[page_index].translated(-self.offset()))

    def show_failure(self, page_index: int, message: Message) -> None:
        """Say on a page why it cannot be drawn, with a button that tries again."""
        self._answered(page_index)
        card = self._failures.get(page_index)
        if card is None:
            card = NoticeCard(self.theme, self.viewport())
            card.acted.connect(lambda: self.retry(page_index))
            QWidget.setTabOrder(self, card.action)
            self._failures[page_index] = card
        card.set_message(message, action=self.tr("Try again"))
        self._place_failures()

    def retry(self, page_index: int) -> None:
        """Try to draw a page again."""
        self.setFocus()
        self._forgive(page_index)
        self._want()

    # where one looks

    def offset(self) -> QPoint:
        """Return what is scrolled away at the left and above."""
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_content(self, point: QPointF) -> QPointF:
        """Return where a point of the viewport lies among the pages."""
        return point + QPointF(self.offset())

    def room(self) -> QRectF:
        """Return what can be seen."""
        return QRectF(QRect(self.offset(), self.viewport().size()))

    def go_to(self, page_index: int) -> None:
        """Scroll to a page's upper edge."""
        if self.page_layout is not None and 0 <= page_index < len(self.pages):
            self.verticalScrollBar().setValue(self.page_layout.places[page_index].top() - MARGIN_PX)

    def see(self, rect: QRectF) -> None:
        """Scroll as little as shows a part whole, with a margin around."""
        wanted, seen = (
            rect.adjusted(-MARGIN_PX, -3 * MARGIN_PX, MARGIN_PX, 3 * MARGIN_PX),
            self.room(),
        )
        for bar, low, high, from_px, to_px in (
            (self.horizontalScrollBar(), wanted.left(), wanted.right(), seen.left(), seen.right()),
            (self.verticalScrollBar(), wanted.top(), wanted.bottom(), seen.top(), seen.bottom()),
        ):
            away_px = min(low - from_px, 0.0) or max(high - to_px, 0.0)
            bar.setValue(bar.value() + round(away_px))

    # zoom; 1 is a page's real size

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom; what is at a point of the viewport, or in its middle, stays there."""
        self.mode = ZoomMode.FREE
        self.zoom = clamped_zoom(zoom)
        self.lay_out(at or QRectF(self.viewport().rect()).center())

    def set_mode(self, mode: ZoomMode) -> None:
        """Let the zoom follow the window, or stay as it is."""
        self.mode = mode
        self.lay_out()

    def zoom_in(self) -> None:
        """Zoom to the next larger step."""
        self.set_zoom(next_zoom(self.zoom, larger=True))

    def zoom_out(self) -> None:
        """Zoom to the next smaller step."""
        self.set_zoom(next_zoom(self.zoom, larger=False))

    def real_px_per_mm(self) -> float:
        """Return how many pixels measure a millimetre on this screen."""
        screen = self.screen()
        return real_px_per_mm(screen.physicalDotsPerInch(), screen.logicalDotsPerInch())

    # hooks

    def laid_out(self) -> None:
        """The pages stand elsewhere, or in another size."""

    def scrolled(self) -> None:
        """Another part is seen."""

    def paint_over(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw what stands on the pages; coordinates as `to_content`."""

    # layout

    def lay_out(self, anchor: QPointF | None = None) -> None:
        """Place the pages for the room and the zoom there are; what is at `anchor` in the viewport stays there."""
        if self._is_laying_out:
            return  # a scroll bar came or went: it is looked at below
        self._is_laying_out = True
        kept = self._spot(anchor or QPointF(self.viewport().width() / 2, 0))
        size = QSize()
        for _ in range(3):
            if size == self.viewport().size():
                break
            size = self.viewport().size()
            self._stand()
        if kept is not None and self.page_layout is not None:
            point, page_index, right_mm, down_mm = kept
            wanted = self.page_layout.to_px(page_index, right_mm, down_mm) - point
            self.horizontalScrollBar().setValue(round(wanted.x()))
            self.verticalScrollBar().setValue(round(wanted.y()))
        self._is_laying_out = False
        self.laid_out()
        self._place_failures()
        self.viewport().update()
        self._look()
        if self._told_zoom != (self.zoom, self.mode):
            self._told_zoom = self.zoom, self.mode
            self.zoom_changed.emit()

    def _spot(self, point: QPointF) -> tuple[QPointF, int, float, float] | None:
        """Return what lies under a point of the viewport: page and millimetres; None at the very top."""
        layout = self.page_layout
        if layout is None or (self.verticalScrollBar().value() == 0 and point.y() == 0):
            return None
        content = self.to_content(point)
        page_index = layout.nearest_page(content.y())
        return point, page_index, *layout.to_mm(page_index, content)

    def _stand(self) -> None:
        room = self.viewport().size()
        real = self.real_px_per_mm()
        if self.pages and self.mode is not ZoomMode.FREE:
            # Without the scroll bar, whether there is one or not: its coming and going would change the zoom again.
            full = self.maximumViewportSize()
            bar_px = self.verticalScrollBar().sizeHint().width()
            full = QSize(max(full.width() - bar_px, 1), max(full.height(), 1))
            self.zoom = fitting_zoom(self.pages, self.mode, full, real)
        self.page_layout = PageLayout(self.pages, self.zoom * real, room) if self.pages else None
        size = self.page_layout.size if self.page_layout is not None else QSize(0, 0)
        for bar, whole_px, room_px in (
            (self.horizontalScrollBar(), size.width(), room.width()),
            (self.verticalScrollBar(), size.height(), room.height()),
        ):
            bar.setPageStep(max(room_px - _LINE_PX, 1))
            bar.setRange(0, max(whole_px - room_px, 0))

    def _look(self) -> None:
        """Find out which page is looked at and which pictures are missing."""
        layout = self.page_layout
        if layout is not None:
            top_px = self.verticalScrollBar().value()
            current = layout.main_page(top_px, top_px + self.viewport().height())
            if current != self.current_page:
                self.current_page = current
                self.current_page_changed.emit(current)
        self._want()

    def _want(self) -> None:
        wishes: list[Wish] = []
        if self.page_layout is not None:
            top_px = self.verticalScrollBar().value()
            seen = self.page_layout.seen(top_px, top_px + self.viewport().height())
            others = [page for page in seen if page != self.current_page]
            near = [self.current_page, *others, seen.stop, seen.start - 1]
            near = [page for page in near if 0 <= page < len(self.pages)]
            self._pictures.keep_only(near)
            wishes = [Wish(page, self._dpi(page)) for page in near if page not in self._failures]
        missing = tuple(
            wish for wish in wishes if not self._pictures.is_sharp(wish.page_index, wish.dpi)
        )
        if missing != self._wished:
            self._wished = missing
            self.pictures_wanted.emit(missing)

    def _answered(self, page_index: int) -> None:
        """Take note that what was wished for a page is here, or will not come: it may be wished for again."""
        self._wished = tuple(wish for wish in self._wished if wish.page_index != page_index)

    def _dpi(self, page_index: int) -> float:
        assert self.page_layout is not None
        return picture_dpi(
            self.pages[page_index], self.page_layout.px_per_mm * self.devicePixelRatioF()
        )

    def _forgive(self, page_index: int) -> None:
        card = self._failures.pop(page_index)
        card.hide()
        card.deleteLater()

    def _place_failures(self) -> None:
        for page_index, card in self._failures.items():
            if self.page_layout is not None:
                place = self.page_layout.places[page_index].translated(-self.offset())
                width_px = max(
                    min(_CARD_PX, place.width() - 2 * M_PX), card.minimumSizeHint().width()
                )
                card.resize(width_px, max(card.heightForWidth(width_px), card.sizeHint().height()))
                card.move(place.center().x() - card.width() // 2, place.top() + XXL_PX)

    def _repaint_all(self) -> None:
        self.update()
        self.viewport().update()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is exposed."""
        layout, offset = self.page_layout, self.offset()
        exposed = event.rect().translated(offset)
        has_picture = False
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(self.theme.colours.desk))
            if layout is None:
                self._draw_empty(painter)
                return
            painter.translate(-offset)
            for page_index in layout.seen(exposed.top() - MARGIN_PX, exposed.bottom()):
                has_picture |= self._draw_page(painter, page_index, layout.places[page_index])
            self.paint_over(painter, QRectF(exposed))
        if has_picture:
            self.painted.emit()

    def _draw_page(self, painter: QPainter, page_index: int, place: QRect) -> bool:
        painter.fillRect(place, QColor(LIGHT.surface))
        has_picture = self._pictures.draw(painter, page_index, place, self.devicePixelRatioF())
        if not has_picture and page_index not in self._failures:
            font = painter.font()
            font.setPointSizeF(self.font().pointSizeF() * TYPE_SCALE["title"])
            painter.setFont(font)
            painter.setPen(QColor(LIGHT.border))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(page_index + 1))
            painter.setFont(self.font())
        painter.setPen(QColor(self.theme.colours.border))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place.adjusted(-1, -1, 0, 0))
        for below_px, alpha in enumerate(_SHADOW, 1):
            y_px = place.bottom() + 1 + below_px
            painter.fillRect(place.left() + 1, y_px, place.width() - 2, 1, QColor(0, 0, 0, alpha))
        return has_picture

    def _draw_empty(self, painter: QPainter) -> None:
        colours, room = self.theme.colours, self.viewport().rect()
        shown = picture("document", colours.edge, LARGE_PX, self.devicePixelRatioF())
        half_px = LARGE_PX // 2
        painter.drawPixmap(room.center() - QPoint(half_px, LARGE_PX + M_PX), shown)
        painter.setPen(QColor(colours.muted))
        text = QRect(room.left(), room.center().y(), room.width(), room.height() // 2)
        text.adjust(M_PX, 0, -M_PX, 0)
        align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(text, align | Qt.TextFlag.TextWordWrap, self._empty_text)

    # Qt's events

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted already; only what comes into view is painted anew."""
        if self._is_laying_out:
            return
        self.viewport().scroll(dx, dy)
        self._look()
        self.scrolled()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new room."""
        del event
        self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure millimetres anew on whichever screen the window is."""
        super().showEvent(event)
        window = self.window().windowHandle()
        if window is not None:
            window.screenChanged.connect(self._changed_screen, Qt.ConnectionType.UniqueConnection)

    def _changed_screen(self) -> None:
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        """Draw sharper pictures for a sharper screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.lay_out()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom about the mouse."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / _NOTCH
            if self.page_layout is not None:
                self.set_zoom(self.zoom * _NOTCH_ZOOM**notches, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

"""One theme: a few colours, spacings and type sizes. Blue and red are kept for the signatures.

Widgets say what they are by properties, and the style sheet made here says how that looks:
`role` = primary, quiet, card, panel, bar; `type` = title, heading, strong, caption, code; `tone` = good, warn, bad,
info.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

XS_PX, S_PX, M_PX, L_PX, XL_PX, XXL_PX = 4, 8, 12, 16, 24, 32
"""Spacings in device-independent pixels."""
RADIUS_PX = 8
TYPE_SCALE = {"caption": 0.88, "body": 1.0, "strong": 1.0, "heading": 1.18, "title": 1.5}
"""Type sizes as shares of the system's own font size."""


class Scheme(StrEnum):
    """Light or dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme's colours, as #rrggbb. Every text colour has 4.5:1 on every ground that it stands on (a test)."""

    ground: str
    surface: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str
    blue: str  # personal signatures, nothing else
    red: str  # seals, nothing else
    focus: str
    desk: str  # behind the pages


LIGHT = Colours(
    ground="#f5f6f8",
    surface="#ffffff",
    raised="#eceff3",
    border="#d3d9e0",
    text="#1a1f24",
    muted="#56606b",
    accent="#0f766e",
    on_accent="#ffffff",
    good="#17663a",
    warn="#8a5300",
    bad="#8b1a63",
    blue="#1746c7",
    red="#c8102e",
    focus="#0f766e",
    desk="#dfe3e8",
)
DARK = Colours(
    ground="#15181c",
    surface="#1e2328",
    raised="#293037",
    border="#3c454f",
    text="#e9edf1",
    muted="#a6b0bb",
    accent="#2bbfae",
    on_accent="#05211e",
    good="#6fd598",
    warn="#f0b455",
    bad="#f08cc9",
    blue="#8fb0ff",
    red="#ff8a96",
    focus="#2bbfae",
    desk="#0f1114",
)


class Theme(QObject):
    """The scheme in use. Views that paint by hand ask it for colours, and paint anew when it changed.

    Signals:
        changed: other colours are in use.
    """

    changed = Signal()

    def __init__(self, application: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
        super().__init__()
        self._application = application
        self._scheme = scheme
        self._base_pt = application.font().pointSizeF()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    @property
    def colours(self) -> Colours:
        """The colours in use."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the window is dark now."""
        if self._scheme is Scheme.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    @property
    def scheme(self) -> Scheme:
        """What the person chose."""
        return self._scheme

    def choose(self, scheme: Scheme) -> None:
        """Use another scheme from now on."""
        self._scheme = scheme
        self._apply()

    def _apply(self) -> None:
        self._application.setStyle("Fusion")
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(style_sheet(self.colours, self._base_pt))
        self.changed.emit()


def mark(widget: QWidget, **properties: str) -> None:
    """Say what a widget is (`role`, `type`, `tone`) and have it drawn so."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def style_sheet(colours: Colours, base_pt: float) -> str:
    """Return the style sheet of a scheme for the system's font size."""
    sizes = {name: f"{base_pt * share:.1f}pt" for name, share in TYPE_SCALE.items()}
    return f"""
    QLabel[type="title"] {{ font-size: {sizes["title"]}; font-weight: 600; }}
    QLabel[type="heading"] {{ font-size: {sizes["heading"]}; font-weight: 600; }}
    QLabel[type="strong"] {{ font-weight: 600; }}
    QLabel[type="caption"] {{ font-size: {sizes["caption"]}; color: {colours.muted}; }}
    QFrame[role="card"] {{ background: {colours.surface}; border: 1px solid {colours.border};
        border-radius: {RADIUS_PX}px; }}
    QPushButton[role="primary"] {{ background: {colours.accent}; color: {colours.on_accent}; border: none;
        border-radius: {RADIUS_PX}px; padding: {S_PX}px {L_PX}px; font-weight: 600; }}
    """

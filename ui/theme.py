"""One theme: a few colours, spacings and type sizes. Blue and red are kept for the signatures.

Widgets say what they are by properties (`mark`), and the style sheet in `resources/styles` says how that looks:

- `role`: buttons are primary, quiet, or (none) secondary; frames are card, notice, panel, bar, line;
- `type` of a label: title, heading, strong, body, caption, code;
- `tone` of a label, notice or badge: good, warn, bad, info, muted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import resources
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

XS_PX, S_PX, M_PX, L_PX, XL_PX, XXL_PX = 4, 8, 12, 16, 24, 32
"""Spacings in device-independent pixels."""
RADIUS_PX = 8
TYPE_SCALE = {"caption": 0.88, "body": 1.0, "strong": 1.0, "heading": 1.18, "title": 1.5}
"""Type sizes as shares of the system's own font size."""
TINT = 0.1
"""How much of a tone its ground has."""


class Scheme(StrEnum):
    """Light or dark, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a text or an icon says by its colour; the word or the shape beside it always says it too."""

    TEXT = "text"
    MUTED = "muted"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme's colours, as #rrggbb. Every text colour has 4.5:1 on every ground that it stands on (a test)."""

    ground: str
    surface: str
    raised: str
    hover: str
    selected: str
    border: str
    edge: str  # around what can be typed into or ticked: 3:1
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    good: str
    warn: str
    bad: str
    blue: str  # personal signatures, nothing else
    red: str  # seals, nothing else
    focus: str
    desk: str  # behind the pages

    def tone(self, tone: str) -> str:
        """Return a tone's colour for a text or an icon."""
        return self.accent if tone == Tone.INFO else str(getattr(self, tone))

    def tint(self, tone: str) -> str:
        """Return the ground that a notice of a tone stands on."""
        if tone in {Tone.TEXT, Tone.MUTED}:
            return self.raised
        return mix(self.tone(tone), self.surface, TINT)


LIGHT = Colours(
    ground="#f5f6f8",
    surface="#ffffff",
    raised="#eceff3",
    hover="#f0f3f6",
    selected="#dff1ee",
    border="#d9dee5",
    edge="#848f9b",
    text="#1a1f24",
    muted="#56606b",
    accent="#0f766e",
    accent_hover="#0c635c",
    accent_pressed="#094f4a",
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
    hover="#252b31",
    selected="#1c3c3b",
    border="#363f48",
    edge="#8a95a1",
    text="#e9edf1",
    muted="#a6b0bb",
    accent="#2bbfae",
    accent_hover="#4dcfc0",
    accent_pressed="#72dccf",
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

    Where not `is_dressed`, the style sheet waits for `dress`: every widget that gets a parent afterwards has Qt go
    through all its children again, which makes a window take four times as long to build.

    Signals:
        changed: other colours are in use.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        scheme: Scheme = Scheme.SYSTEM,
        *,
        is_dressed: bool = True,
    ) -> None:
        super().__init__()
        self._is_dressed = is_dressed
        self._sheet = ""
        self._application = application
        self._scheme = scheme
        self._base_pt = QFontInfo(application.font()).pointSizeF()
        QDir.setSearchPaths("marks", [str(resources.files("resources") / "styles")])
        application.setStyle("Fusion")
        self._tell_the_system()
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
        if scheme is self._scheme:
            return
        self._scheme = scheme
        self._tell_the_system()
        self._apply()

    def _tell_the_system(self) -> None:
        # The window's own frame and the system's file dialogs follow the person's choice.
        wanted = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(wanted.get(self._scheme, Qt.ColorScheme.Unknown))

    def dress(self) -> None:
        """Put on the style sheet, now that the window is built."""
        if not self._is_dressed:
            self._is_dressed = True
            self._application.setStyleSheet(self._sheet)

    def _apply(self) -> None:
        sheet = style_sheet(self.colours, self._base_pt)
        if sheet == self._sheet:
            return
        self._sheet = sheet
        self._application.setPalette(_palette(self.colours))
        if self._is_dressed:
            self._application.setStyleSheet(sheet)
        self.changed.emit()


def mark(widget: QWidget, **properties: str) -> None:
    """Say what a widget is (`role`, `type`, `tone`) and have it drawn so."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    # A plain QWidget draws no ground of its own without this.
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)  # noqa: FBT003 - Qt's own
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def mix(colour: str, ground: str, share: float) -> str:
    """Return `share` of a colour on a ground, as #rrggbb."""
    over, under = QColor(colour), QColor(ground)
    red, green, blue = (
        round(one * share + other * (1 - share))
        for one, other in (
            (over.red(), under.red()),
            (over.green(), under.green()),
            (over.blue(), under.blue()),
        )
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def style_sheet(colours: Colours, base_pt: float) -> str:
    """Return the style sheet of a scheme for the system's font size."""
    sheet = resources.files("resources") / "styles" / "window.qss"
    sizes = {f"{name}_pt": f"{base_pt * share:.1f}pt" for name, share in TYPE_SCALE.items()}
    tints = {f"{tone}_tint": colours.tint(tone) for tone in Tone}
    return Template(sheet.read_text(encoding="utf-8")).substitute(
        asdict(colours),
        **sizes,
        **tints,
        scheme="dark" if colours is DARK else "light",
        radius=f"{RADIUS_PX}px",
    )


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
        QPalette.ColorRole.Accent: colours.accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.LinkVisited: colours.accent,
        QPalette.ColorRole.Light: colours.raised,
        QPalette.ColorRole.Midlight: colours.raised,
        QPalette.ColorRole.Mid: colours.border,
        QPalette.ColorRole.Dark: colours.edge,
        QPalette.ColorRole.Shadow: colours.edge,
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

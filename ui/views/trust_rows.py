"""What is in the trust store: authorities and revocation lists, each with its state by icon and word."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.workplace.trust_records import Believed, KnownList, KnownPublished, Origin, Store
from signing.trust_records import Likeness, Match
from ui.theme import S_PX, XS_PX, Tone, mark
from ui.views.base import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel, wrapped

_GROUP = 4
_LONG = 400


def grouped(fingerprint: str) -> str:
    """Write a fingerprint in groups that can be compared by eye."""
    groups = (fingerprint[at : at + _GROUP].upper() for at in range(0, len(fingerprint), _GROUP))
    return " ".join(groups)


def match_words(look: Look, match: Match) -> str:
    """Say how a certificate compares with what was published."""
    profile = look.words.label(f"trust.profile.{match.profile}") if match.profile else ""
    params = {
        "published": match.name or "",
        "sha256": grouped(match.sha256 or ""),
        "profile": profile,
    }
    return look.words.label(f"trust.match.{match.likeness.value}", params)


class StoreRow(QWidget):
    """An icon, a name, a word for the state, and facts."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self._name = plain(name)
        self._said: list[str] = []
        self._icon = IconLabel(look.theme)
        self.word = PlainLabel()
        mark(self.word, type="caption")
        title = wrapped("strong")
        title.setText(breakable(self._name))
        head = QHBoxLayout()
        head.setSpacing(S_PX)
        head.addWidget(title, 1)
        head.addWidget(self.word, alignment=Qt.AlignmentFlag.AlignTop)
        self.texts = QVBoxLayout()
        self.texts.setSpacing(XS_PX)
        self.texts.addLayout(head)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, S_PX, 0, S_PX)
        row.setSpacing(S_PX)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.texts, 1)

    def set_state(self, icon: str, tone: Tone, word: str) -> None:
        """Show the state."""
        self._icon.set_icon(icon, tone)
        self.word.setText(word)
        mark(self.word, tone=tone)
        self._said.append(word)

    def add(self, text: str, tone: Tone = Tone.MUTED) -> None:
        """Add a fact below."""
        fact = wrapped("caption")
        fact.setText(breakable(plain(text, _LONG)))
        fact.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark(fact, tone=tone)
        self.texts.addWidget(fact)
        self._said.append(plain(text, _LONG))
        self.setAccessibleName(f"{self._name}: {'. '.join(self._said)}")


class AuthorityRow(StoreRow):
    """One authority. What was added here can be disabled, enabled and removed."""

    def __init__(self, row: Believed, look: Look, now: datetime) -> None:
        one = row.authority
        super().__init__(look, one.name)
        self.row = row
        words = look.words
        self._show_state(now)
        kind = words.label("label.trust_root" if one.is_root else "label.trust_issuing")
        self.add(f"{kind} · {self._origin()}")
        start, end = words.day(one.not_before.date()), words.day(one.not_after.date())
        self.add(self.tr("Valid {start} – {end}").format(start=start, end=end))
        tones = {Likeness.SAME: Tone.GOOD, Likeness.DIFFERS: Tone.BAD}
        self.add(match_words(look, one.match), tones.get(one.match.likeness, Tone.MUTED))
        self.add(f"SHA-256 {grouped(one.sha256)}")
        self.switch = QPushButton(self.tr("Disable") if row.is_enabled else self.tr("Enable"))
        self.switch.setObjectName("trust_switch")
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setObjectName("trust_remove")
        buttons = QHBoxLayout()
        buttons.setSpacing(S_PX)
        for button in (self.switch, self.remove):
            mark(button, role="quiet")
            button.setVisible(row.origin is Origin.ADDED)
            button.setAccessibleName(f"{button.text()}: {plain(one.name)}")
            buttons.addWidget(button)
        buttons.addStretch()
        self.texts.addLayout(buttons)

    def _show_state(self, now: datetime) -> None:
        one = self.row.authority
        if not self.row.is_enabled:
            self.set_state("minus", Tone.MUTED, self.tr("Disabled"))
        elif one.match.likeness is Likeness.DIFFERS:
            self.set_state("warning", Tone.BAD, self.tr("Not as published"))
        elif one.not_after < now:
            self.set_state("warning", Tone.WARN, self.tr("Expired"))
        elif one.is_root:
            self.set_state("check-circle", Tone.GOOD, self.tr("Trusted"))
        else:
            self.set_state("check-circle", Tone.MUTED, self.tr("Known"))

    def _origin(self) -> str:
        note, label = self.row.note, self.look.words.label
        if note is None:
            return label(f"trust.origin.{self.row.origin.value}")
        moment = self.look.words.moment(note.added_at)
        params = {"by": plain(note.added_by), "file": plain(note.file), "moment": moment}
        return label("label.trust_added_from", params)


class ListRow(StoreRow):
    """One revocation list with its age; late ones say so."""

    def __init__(self, known: KnownList, look: Look, now: datetime) -> None:
        crl = known.crl
        super().__init__(look, crl.issuer)
        self.known = known
        words = look.words
        if not crl.is_proven:
            self.set_state("warning", Tone.WARN, self.tr("Not proven"))
        elif known.is_late:
            self.set_state("warning", Tone.WARN, self.tr("Past its time"))
        else:
            self.set_state("check-circle", Tone.GOOD, self.tr("Current"))
        days = max(0, (now - crl.this_update).days)
        params = {"moment": words.moment(crl.this_update), "days": days}
        self.add(f"{words.label('label.trust_age', params)} · {words.label(self._origin())}")
        if crl.next_update is not None:
            params = {"moment": words.moment(crl.next_update)}
            tone = Tone.WARN if known.is_late else Tone.MUTED
            self.add(words.label("label.trust_until", params), tone)

    def _origin(self) -> str:
        return f"trust.list.{self.known.origin}"


class PublishedRow(StoreRow):
    """One published authority of a trust profile: to be got at its address, and compared."""

    def __init__(self, known: KnownPublished, look: Look) -> None:
        super().__init__(look, known.published.name)
        self.known = known
        state = "held" if known.is_held else "absent"
        icon, tone = ("check-circle", Tone.GOOD) if known.is_held else ("minus", Tone.MUTED)
        self.set_state(icon, tone, look.words.label(f"trust.published.{state}"))
        parts = (known.published.valid, known.published.address)
        for text in (" · ".join(filter(None, parts)), f"SHA-256 {grouped(known.published.sha256)}"):
            if text:
                self.add(text)


class StoreRows(QVBoxLayout):
    """Rows of a store, made anew where it changed.

    Signals:
        switched: an authority (its SHA-256, whether it is enabled now) shall count no more, or again.
        removed: an authority (its SHA-256) shall be removed.
    """

    switched = Signal(str, bool)
    removed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setSpacing(0)
        self._look = look
        self._shown: Store | None = None
        self.authorities: list[AuthorityRow] = []
        self.lists: list[ListRow] = []
        self.published: list[PublishedRow] = []

    def show_store(self, store: Store, now: datetime, *, is_busy: bool) -> None:
        """Show a store; nothing can be changed while something runs."""
        if store != self._shown:
            self._shown = store
            self._make(store, now)
        for row in self.authorities:
            row.switch.setEnabled(not is_busy)
            row.remove.setEnabled(not is_busy)

    def say(self) -> None:
        """Say all in the language of now, the next time it is shown."""
        self._shown = None

    def _make(self, store: Store, now: datetime) -> None:
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.authorities = [AuthorityRow(row, self._look, now) for row in store.authorities]
        self.lists = [ListRow(known, self._look, now) for known in store.lists]
        for authority in self.authorities:
            sha256, is_enabled = authority.row.authority.sha256, authority.row.is_enabled
            authority.switch.clicked.connect(partial(self._switch, sha256, is_enabled))
            authority.remove.clicked.connect(partial(self._remove, sha256))
            self.addWidget(authority)
        if self.lists:
            self._head(self.tr("Revocation lists"))
        for known in self.lists:
            self.addWidget(known)
        profile = ""
        self.published = [PublishedRow(one, self._look) for one in store.published]
        for row in self.published:
            if row.known.profile != profile:
                profile = row.known.profile
                name = self._look.words.label(f"trust.profile.{profile}")
                self._head(self.tr("Published: {profile}").format(profile=name))
            self.addWidget(row)
        if self.published:
            source = wrapped("caption")
            source.setText(
                self.tr(
                    "These fingerprints were read in public sources, not told by the authorities themselves: compare "
                    "with what each authority publishes, too."
                )
            )
            self.addWidget(source)

    def _head(self, text: str) -> None:
        title = wrapped("heading")
        title.setText(text)
        self.addSpacing(S_PX)
        self.addWidget(title)

    def _switch(self, sha256: str, is_enabled: bool) -> None:  # noqa: FBT001 - as the signal
        self.switched.emit(sha256, is_enabled)

    def _remove(self, sha256: str) -> None:
        self.removed.emit(sha256)

"""The certificate that a person is asked about: its fingerprint is shown, and compared before a yes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.workplace.records import Problem
from signing.trust_records import Likeness
from ui.theme import M_PX, S_PX, Tone, mark
from ui.viewmodels.trust import Offer, TrustVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.trust_rows import grouped, match_words
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel, wrapped


class TrustOffer(View):
    """Shows `TrustVm`'s offer; hidden where there is none."""

    def __init__(self, vm: TrustVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._vm = vm
        mark(self, role="card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.left = wrapped("caption")
        self.name = wrapped("strong")
        self.subject = wrapped("caption")
        self.period = wrapped("caption")
        self.sha256 = wrapped("code")
        self.sha1 = wrapped("caption")
        for shown in (self.sha256, self.sha1):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.match_icon = IconLabel(look.theme)
        self.match = wrapped("body")
        self.warning = NoteCard(look.theme)
        self.typed_label = wrapped("caption")
        self.typed = QLineEdit()
        self.typed.setObjectName("trust_typed")
        self.typed.textEdited.connect(vm.type)
        self.typed_label.setBuddy(self.typed)
        self.compared_icon = IconLabel(look.theme)
        self.compared = wrapped("body")
        self.accepts = QCheckBox()
        self.accepts.setObjectName("trust_accepts")
        self.accepts.toggled.connect(lambda is_on: vm.accept(accepts=is_on))
        self.keep = QPushButton()
        self.keep.setObjectName("trust_keep")
        mark(self.keep, role="primary")
        self.keep.clicked.connect(vm.keep)
        self.skip = QPushButton()
        self.skip.setObjectName("trust_skip")
        self.skip.clicked.connect(vm.skip)
        self._lay_out()
        self.retranslate()
        self.show_state()
        vm.changed.connect(self.show_state)

    def retranslate(self) -> None:
        """Name the fields and buttons."""
        self.typed_label.setText(
            self.tr("The fingerprint as the authority itself publishes it (SHA-256 or SHA-1)")
        )
        self.typed.setAccessibleName(self.typed_label.text())
        self.accepts.setText(self.tr("Trust it although it is not the published one"))
        self.keep.setText(self.tr("Trust"))
        self.skip.setText(self.tr("Do not trust"))

    def show_state(self) -> None:
        """Show what is asked about, and how it compares."""
        offer = self._vm.state.offer
        self.setVisible(offer is not None)
        if offer is None:
            return
        self._show_certificate(offer)
        self._show_match(offer)
        if self.typed.text() != offer.typed:
            self.typed.setText(offer.typed)
        self.accepts.setChecked(offer.accepts)
        self.accepts.setVisible(offer.differs)
        self._show_compared(offer)
        is_busy = self._vm.state.is_busy
        self.keep.setEnabled(offer.can_keep and not is_busy)
        self.skip.setEnabled(not is_busy)

    def _show_certificate(self, offer: Offer) -> None:
        one, words = offer.offered.authority, self.look.words
        kind = words.label("label.trust_root" if one.is_root else "label.trust_issuing")
        self.left.setText(
            self.tr("{file}: %n certificate(s) to look at", "", offer.left).format(
                file=plain(offer.file)
            )
        )
        self.name.setText(breakable(plain(one.name)))
        self.subject.setText(breakable(plain(one.subject)))
        start, end = words.day(one.not_before.date()), words.day(one.not_after.date())
        valid = self.tr("Valid {start} – {end}").format(start=start, end=end)
        self.period.setText(f"{kind} · {valid}")
        self.sha256.setText(f"SHA-256 {grouped(one.sha256)}")
        self.sha1.setText(f"SHA-1 {grouped(one.sha1)}")
        self.setAccessibleName(plain(one.name))

    def _show_match(self, offer: Offer) -> None:
        match = offer.offered.authority.match
        name, tone = {
            Likeness.SAME: ("check-circle", Tone.GOOD),
            Likeness.DIFFERS: ("cross-circle", Tone.BAD),
            Likeness.UNKNOWN: ("question-circle", Tone.WARN),
        }[match.likeness]
        for part in (self.match_icon, self.match):
            part.setVisible(not offer.differs)
        self.match_icon.set_icon(name, tone)
        self.match.setText(breakable(match_words(self.look, match)))
        mark(self.match, tone=tone)
        params = {
            "name": plain(offer.offered.authority.name),
            "published": plain(match.name),
            "sha256": grouped(match.sha256 or ""),
            "found": grouped(offer.offered.authority.sha256),
        }
        message = self.look.words.message(Problem("trust.not_as_published", params))
        self.warning.set_message(message if offer.differs else None, Tone.BAD)

    def _show_compared(self, offer: Offer) -> None:
        is_asked = offer.offered.authority.match.likeness is not Likeness.SAME
        self.typed_label.setVisible(is_asked)
        self.typed.setVisible(is_asked)
        said = is_asked and bool(offer.typed.strip())
        self.compared.setVisible(said)
        self.compared_icon.setVisible(said)
        if said:
            name, tone = (
                ("check-circle", Tone.GOOD) if offer.is_same else ("cross-circle", Tone.BAD)
            )
            self.compared_icon.set_icon(name, tone)
            mark(self.compared, tone=tone)
            self.compared.setText(
                self.tr("It is this certificate's fingerprint.")
                if offer.is_same
                else self.tr("It is not this certificate's fingerprint.")
            )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        column.setSpacing(S_PX)
        for part in (self.left, self.name, self.subject, self.period, self.sha256, self.sha1):
            column.addWidget(part)
        column.addLayout(_with_icon(self.match_icon, self.match))
        column.addWidget(self.warning)
        column.addWidget(self.typed_label)
        column.addWidget(self.typed)
        column.addLayout(_with_icon(self.compared_icon, self.compared))
        column.addWidget(self.accepts)
        column.addWidget(self.keep)
        column.addWidget(self.skip)


def _with_icon(icon: IconLabel, words: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(S_PX)
    row.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row

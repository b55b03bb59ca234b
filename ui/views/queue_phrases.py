"""What the queue says of its documents, in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QObject

from app.clock import Clock, vietnam_time
from app.workflow.documents import DeadlineState, Queue, Secrecy, Urgency
from ui.theme import Tone
from ui.viewmodels.queue_rows import Group, Row, RowStatus
from ui.views.queue_delegate import STATUS_ICONS, Part, Phrases
from ui.views.queue_model import Entry
from ui.widgets.plain import plain
from ui.words import Words

URGENCY = {
    Urgency.EXPRESS: ("urgent-3", Tone.BAD),
    Urgency.VERY_URGENT: ("urgent-2", Tone.WARN),
    Urgency.URGENT: ("urgent-1", Tone.WARN),
    Urgency.NORMAL: ("", Tone.MUTED),
}

_LONGEST = 400


class QueuePhrases(QObject, Phrases):
    """Puts rows and headings into words, for the eye and for the ear."""

    def __init__(self, words: Words, clock: Clock) -> None:
        super().__init__()
        self._words = words
        self._clock = clock

    def heading(self, group: Group) -> Part:
        """Return a group's urgency."""
        icon, tone = URGENCY[group.urgency]
        return Part(icon, self.urgency(group.urgency).upper(), tone)

    def title(self, row: Row) -> str:
        """Return what a document is: its kind and trích yếu."""
        return plain(f"{row.task.kind_name}: {row.task.abstract}", _LONGEST)

    def parts(self, row: Row) -> Sequence[Part]:
        """Return what there is to know of a document, most important first."""
        task, parts = row.task, []
        if row.status in {RowStatus.SIGNED, RowStatus.KEPT, RowStatus.ACCEPTED, RowStatus.FAILED}:
            _, tone = STATUS_ICONS[row.status]
            parts.append(Part("", self.status(row.status), tone))
        if task.secrecy is not Secrecy.NONE:
            parts.append(
                Part("lock", self._words.label("secrecy." + task.secrecy.value), Tone.WARN)
            )
        elif task.paper_only:
            parts.append(Part("document", self.tr("On paper only"), Tone.WARN))
        if task.returned:
            parts.append(Part("return", self.tr("Returned"), Tone.WARN))
        if task.deadline is not None:
            parts.append(self._due(task.deadline))
        if task.dossier_code is not None:
            parts.append(self._dossier(task.dossier_code, task.deadline_state))
        if task.attachments:
            parts.append(Part("attachment", str(task.attachments)))
        return parts or [Part("", self.queue(task.queue))]

    def told(self, entry: Entry) -> str:
        """Return an entry as it is read aloud."""
        if isinstance(entry, Group):
            return f"{self.heading(entry).text} ({len(entry.rows)})"
        task = entry.task
        said = [self.title(entry), self.status(entry.status)]
        if task.urgency is not Urgency.NORMAL:
            said.append(self.urgency(task.urgency))
        said += [part.text for part in self.parts(entry) if part.icon and part.icon != "attachment"]
        if task.attachments:
            said.append(self.tr("%n attachment(s)", "", task.attachments))
        if entry.is_ticked:
            said.append(self.tr("Ticked for signing"))
        return "\n".join(said)

    def urgency(self, urgency: Urgency) -> str:
        """Return độ khẩn. Not from the catalogue, which takes longer to read than all else before the first paint."""
        names = {
            Urgency.EXPRESS: self.tr("Express"),
            Urgency.VERY_URGENT: self.tr("Very urgent"),
            Urgency.URGENT: self.tr("Urgent"),
            Urgency.NORMAL: self.tr("Normal"),
        }
        return names[urgency]

    def queue(self, queue: Queue) -> str:
        """Return a queue's short name."""
        names = {
            Queue.TO_INITIAL: self.tr("To initial"),
            Queue.TO_SIGN: self.tr("To sign"),
            Queue.TO_ISSUE: self.tr("To issue"),
            Queue.INCOMING: self.tr("Incoming"),
            Queue.RECEIVED: self.tr("Received"),
        }
        return names[queue]

    def status(self, status: RowStatus) -> str:
        """Return how far a document has come with me."""
        names = {
            RowStatus.UNREAD: self.tr("Unread"),
            RowStatus.READ: self.tr("Read"),
            RowStatus.SIGNED: self.tr("Signed, being sent"),
            RowStatus.KEPT: self.tr("Signed, waiting to be sent"),
            RowStatus.ACCEPTED: self.tr("Accepted by the server"),
            RowStatus.FAILED: self.tr("Not signed"),
        }
        return names[status]

    def _dossier(self, code: str, state: DeadlineState | None) -> Part:
        names = {
            DeadlineState.EARLY: self.tr("ahead of the deadline"),
            DeadlineState.ON_TIME: self.tr("due today"),
            DeadlineState.OVERDUE: self.tr("overdue"),
        }
        told = self.tr("Dossier {code}").format(code=plain(code, _LONGEST))
        tone = Tone.BAD if state is DeadlineState.OVERDUE else Tone.MUTED
        return Part("inbox", told if state is None else f"{told}: {names[state]}", tone)

    def _due(self, deadline: datetime) -> Part:
        moment = vietnam_time(deadline)
        now = vietnam_time(self._clock())
        if deadline < now:
            late = self.tr("Overdue since {moment}").format(moment=self._words.moment(deadline))
            return Part("warning", late, Tone.BAD)
        days = {now.date(): self.tr("Today"), now.date() + timedelta(days=1): self.tr("Tomorrow")}
        day = days.get(moment.date()) or self._words.day(moment.date())
        return Part("clock", f"{day}, {moment:%H:%M}")

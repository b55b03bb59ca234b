"""The rows of the queue, put in order where nobody waits for it: ten thousand are sorted and made ready in a lane."""

from __future__ import annotations

import bisect
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby

from app.workflow.documents import Queue, Secrecy, Task, Urgency
from app.workflow.queues import MOST_URGENT_FIRST, most_urgent_first


class RowStatus(StrEnum):
    """How far a document has come with me."""

    UNREAD = "unread"
    READ = "read"
    SIGNED = "signed"  # on its way to the server
    KEPT = "kept"  # signed and kept here until the server answers
    ACCEPTED = "accepted"  # with the server
    FAILED = "failed"


IS_SIGNED = frozenset({RowStatus.SIGNED, RowStatus.KEPT, RowStatus.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. Only what was reviewed `can_tick`, for a batch."""

    task: Task
    status: RowStatus = RowStatus.UNREAD
    is_ticked: bool = False
    can_tick: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one urgency, the earliest deadline first."""

    urgency: Urgency
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Sheet:
    """All my tasks in order.

    `place` is a document's line; `kept` is one that is still shown and waits for me no more.
    """

    tasks: tuple[Task, ...] = ()
    rows: list[Row] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)
    counts: Mapping[Queue, int] = field(default_factory=dict)
    kept: str | None = None

    def row(self, document_id: str | None) -> Row | None:
        """Return a document's row."""
        place = None if document_id is None else self.place.get(document_id)
        return None if place is None else self.rows[place]

    def set(self, document_id: str, **changes: object) -> bool:
        """Change a document's row; return whether it is another now."""
        row = self.row(document_id)
        if row is None:
            return False
        changed = replace(row, **changes)  # type: ignore[arg-type]  # names and types are those of Row
        self.rows[self.place[document_id]] = changed
        return changed != row

    def drop_kept(self) -> bool:
        """Show no longer what waits for me no more; return whether there was such a row."""
        if self.kept is None:
            return False
        del self.rows[self.place[self.kept]]
        self.place, self.kept = _places(self.rows), None
        return True

    def groups(self, shown: Queue | None, search: str) -> tuple[Group, ...]:
        """Return the rows of a queue, or of all, that have every word of `search`, most urgent first."""
        words = folded(search).split()
        found: Iterable[Row] = self.rows
        if words:
            found = (row for row in found if _has(text_of(row.task), words))
        if shown is not None:
            found = (row for row in found if row.task.queue is shown)
        return tuple(
            Group(urgency, tuple(rows))
            for urgency, rows in groupby(found, key=lambda row: row.task.urgency)
        )


def arrange(
    tasks: Sequence[Task], queues: Collection[Queue], before: Sheet, kept: Task | None = None
) -> Sheet:
    """Put the tasks of these queues in order; `before` itself where nothing changed. Any thread may do that.

    No queues mean all. `kept` is one that stays on the sheet even where it is no task any more.
    """
    given = tuple(tasks)
    if given == before.tasks and (kept is None or kept.document_id in before.place):
        return before
    mine = [task for task in given if not queues or task.queue in queues]
    counts = Counter(task.queue for task in mine)
    ordered = list(most_urgent_first(mine))
    if kept is not None and all(task.document_id != kept.document_id for task in mine):
        ordered.insert(_place_of(kept, ordered, before), kept)
    else:
        kept = None
    rows = [Row(task) for task in ordered]
    return Sheet(given, rows, _places(rows), counts, None if kept is None else kept.document_id)


def ready_for_search(sheet: Sheet) -> Sheet:
    """Return the same sheet, with its texts made ready; whoever searches need not wait for that."""
    for row in sheet.rows:
        text_of(row.task)
    return sheet


def is_for_paper(task: Task) -> bool:
    """Tell whether a document is never signed here: it is classified, or one for paper only."""
    return task.paper_only or task.secrecy is not Secrecy.NONE


def text_of(task: Task) -> str:
    """Return what a search looks at."""
    return _text(task.abstract, task.kind_name, task.document_id, task.dossier_code or "")


@lru_cache(maxsize=20_000)
def _text(*parts: str) -> str:
    return folded(" ".join(parts))


def _has(text: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - ten thousand generators take three times as long
        if word not in text:
            return False
    return True


def folded(text: str) -> str:
    """Return a text without case and without Vietnamese marks, for a search with any keyboard."""
    text = text.lower()
    return text if text.isascii() else text.translate(_bare_letters())


@cache
def _bare_letters() -> Mapping[int, str | None]:
    """Latin letters by their marked forms, and every mark by nothing."""
    bare: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for sign in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))):
        bare[ord(sign)] = unicodedata.normalize("NFD", sign)[0]
    return {**bare, ord("đ"): "d"}


def _place_of(kept: Task, ordered: Sequence[Task], before: Sheet) -> int:
    """Return where a task stays: below the one that it stood below, among those of its urgency."""
    places = {task.document_id: at for at, task in enumerate(ordered)}
    above = reversed(before.rows[: before.place.get(kept.document_id, 0)])
    at = next((places[id_] + 1 for row in above if (id_ := row.task.document_id) in places), 0)
    urgency = MOST_URGENT_FIRST.index(kept.urgency)
    first = bisect.bisect_left(ordered, urgency, key=_urgency)
    return min(max(at, first), bisect.bisect_right(ordered, urgency, key=_urgency))


def _urgency(task: Task) -> int:
    return MOST_URGENT_FIRST.index(task.urgency)


def _places(rows: Sequence[Row]) -> dict[str, int]:
    return {row.task.document_id: at for at, row in enumerate(rows)}

"""Which queues are whose, and what comes first in them. Loads nothing heavy: the window's first picture needs it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from app.workflow.documents import Queue, Role, Task, Urgency

QUEUES = {
    Role.INITIALLER: (Queue.TO_INITIAL,),
    Role.LEADER: (Queue.TO_SIGN,),
    Role.CLERK: (Queue.TO_ISSUE, Queue.INCOMING),
    Role.RECIPIENT: (Queue.RECEIVED,),
}
MOST_URGENT_FIRST = (Urgency.EXPRESS, Urgency.VERY_URGENT, Urgency.URGENT, Urgency.NORMAL)
_NO_DEADLINE = datetime.max.replace(tzinfo=UTC)


def queues_of(roles: Iterable[Role]) -> tuple[Queue, ...]:
    """Return the queues of a person's roles, each once."""
    return tuple(dict.fromkeys(queue for role in roles for queue in QUEUES[role]))


def most_urgent_first(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Order tasks by độ khẩn, then by deadline; what has none comes after what has one."""
    return tuple(
        sorted(
            tasks,
            key=lambda task: (
                MOST_URGENT_FIRST.index(task.urgency),
                task.deadline or _NO_DEADLINE,
            ),
        )
    )

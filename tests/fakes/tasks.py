"""Tasks as a queue's tests need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.workflow.documents import Person, Queue, Role, Secrecy, Task, Urgency
from tests.fakes.records import NOON

LEADING = Person("u1", "Nguyễn Văn An", "Sở Tư pháp", (Role.LEADER,), (), (), "bhxh-599-2018")
CLERK = replace(LEADING, roles=(Role.CLERK,))
BOTH = replace(LEADING, roles=(Role.LEADER, Role.INITIALLER))


def task(document_id: str = "d1", **changes: Any) -> Task:
    made = Task(
        task_id=f"t-{document_id}",
        queue=Queue.TO_SIGN,
        document_id=document_id,
        abstract="Về việc kiểm tra",
        kind_name="Công văn",
        urgency=Urgency.NORMAL,
        secrecy=Secrecy.NONE,
        paper_only=False,
        deadline=None,
        attachments=0,
        updated_at=NOON - timedelta(days=1),
    )
    return replace(made, **changes)


def tasks(*document_ids: str, **changes: Any) -> tuple[Task, ...]:
    return tuple(task(document_id, **changes) for document_id in document_ids)

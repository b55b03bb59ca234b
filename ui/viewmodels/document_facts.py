"""What is asked of a task before it is opened, and of two copies of a document."""

from __future__ import annotations

from app.workflow.documents import Secrecy, Task
from app.workplace.records import Paper, Problem


def refusal_of(task: Task) -> Problem | None:
    """Say why this program does not open a document."""
    if task.secrecy is not Secrecy.NONE:
        return Problem("workflow.secret")
    return Problem("workflow.paper_only") if task.paper_only else None


def has_the_same_files(one: Paper, other: Paper) -> bool:
    """Say whether two copies of a document are the same bytes, attachments included."""
    return one.main.sha256 == other.main.sha256 and _attached(one) == _attached(other)


def _attached(paper: Paper) -> dict[str, str]:
    return {item.file_id: item.sha256 for item in paper.document.attachments}

"""`trinhky queue`: what waits for me, the most urgent first."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from app.cli.account import server_address
from app.cli.terminal import EXIT_OK, Terminal, plain, read_secret
from app.clock import vietnam_time
from app.server.client import HttpDocumentServer
from app.server.sign_in import restore_session, session_from_refresh_token
from app.settings import Settings
from app.workflow.documents import Queue, Secrecy, Task
from app.workflow.queues import most_urgent_first, queues_of


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List the queues of the signed-in person's roles, or the one asked for."""
    address = server_address(arguments, settings)
    if arguments.refresh_token_stdin:
        session = session_from_refresh_token(address, read_secret("Refresh token: "))
    else:
        session = restore_session(address, settings.user)
    queues = (Queue(arguments.queue),) if arguments.queue else queues_of(session.person.roles)
    tasks = most_urgent_first(task for queue in queues for task in _all(session.server, queue))
    session.server.close()
    for task in tasks:
        terminal.say(_line(task, terminal))
    if not tasks:
        terminal.say(terminal.short("label.queue_empty"))
    terminal.result(
        {
            "schema": "trinhky.queue/1",
            "user": session.person.user_id,
            "tasks": [plain(task) for task in tasks],
        }
    )
    return EXIT_OK


def _all(server: HttpDocumentServer, queue: Queue) -> Iterator[Task]:
    cursor: str | None = None
    while True:
        page = server.tasks(queue, cursor)
        yield from page.changed
        if not page.more:
            return
        cursor = page.cursor


def _line(task: Task, terminal: Terminal) -> str:
    parts = [
        terminal.short("queue." + task.queue.value),
        terminal.short("urgency." + task.urgency.value),
    ]
    if task.secrecy is not Secrecy.NONE:
        parts.insert(0, terminal.short("secrecy." + task.secrecy.value))
    if task.deadline:
        parts.append(vietnam_time(task.deadline).strftime("%d/%m/%Y %H:%M"))
    if task.dossier_code:
        parts.append(task.dossier_code)
    if task.deadline_state:
        parts.append(terminal.short("deadline." + task.deadline_state.value))
    return f"{task.document_id}  {task.kind_name}: {task.abstract}  [{' · '.join(parts)}]"

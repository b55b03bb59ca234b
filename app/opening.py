"""Opens the window: what this machine remembers is shown at once, everything heavier is loaded behind it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from app.messages import Language
from app.settings import Settings

if TYPE_CHECKING:
    from app.workflow.documents import Person, Task
    from app.workplace.workplace import Workplace


def open_window(
    settings: Settings,
    *,
    language: Language,
    told: Callable[[AppError], object],
    file: Path | None = None,
    sign_in: Callable[[str], bool] | None = None,
    environment: Mapping[str, str] | None = None,
    seats: Sequence[tuple[str, int]] = (),
) -> int:
    """Show the window until the person closes it; return the exit code.

    Args:
        settings: the program's.
        language: the window's, at first.
        told: told of what ends the program before there is a window.
        file: shown and checked at once.
        sign_in: opens the sign-in page in place of the system's browser; somebody signs in with it at once.
        environment: of the token process, say where a software token keeps its store.
        seats: where else the person may sit down, in the demo office, with the exit code that says so.

    Raises:
        AppError: `usage.no_window` where this machine lacks what Qt stands on; the store's, as `QueueCache`.
    """
    # What is made before the first picture stays; looking through it for rubbish takes a twentieth of the start.
    gc.disable()
    try:
        from ui.application import Application  # noqa: PLC0415 - what is missing is told
        from ui.starting import telling_fatal  # noqa: PLC0415
        from ui.window import Seat, Window  # noqa: PLC0415
    except ImportError as error:
        raise AppError("usage.no_window", why=str(error)) from error
    with closing(Loaded()) as loaded:

        def load() -> Workplace:
            # Brings HTTP, the rules' model and the keyring: longer than the window takes to open.
            from app.bootstrap import open_workplace  # noqa: PLC0415
            from app.store import open_store  # noqa: PLC0415

            with ExitStack() as opened:
                store = opened.enter_context(open_store(settings.data))
                workplace = open_workplace(
                    settings, store=store, environment=environment, sign_in=sign_in
                )
                opened.callback(workplace.close)
                if sign_in is not None:
                    workplace.sign_in(sign_in)
                loaded.keep(opened)
            return workplace

        with telling_fatal(lambda why: told(AppError("usage.no_window", why=why))):
            application = Application(load, language=language)
        person, tasks = _remembered(settings.data)
        offered = [Seat(label, _leaving(application.qt.exit, code)) for label, code in seats]
        window = Window(application, settings.server, offered)
        window.window.painted.connect(gc.enable)
        window.open(person, tasks, () if file is None else (file,))
        try:
            return application.run()
        finally:
            gc.enable()
            application.bridge.stop()


class Loaded:
    """What was loaded behind the window; closed with it, or at once where it comes after the window is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = ExitStack()
        self._is_over = False

    def keep(self, opened: ExitStack) -> None:
        """Take over what was opened. Raises `worker.cancelled` after `close`: it is the caller's to close."""
        with self._lock:
            if self._is_over:
                raise AppError("worker.cancelled", worker="workplace")
            self._kept.push(opened.pop_all())

    def close(self) -> None:
        """Close what was loaded, and take no more."""
        with self._lock:
            self._is_over = True
            self._kept.close()


def _remembered(data: Path) -> tuple[Person | None, tuple[Task, ...]]:
    """Return who was signed in last and what waited for them; of the store nothing else is opened yet."""
    from app.store import CACHE_FILE, QueueCache  # noqa: PLC0415 - after Qt, without which nobody needs it
    from app.workflow.queues import queues_of  # noqa: PLC0415
    from app.workflow.syncing import tasks_in  # noqa: PLC0415

    path = data / CACHE_FILE
    if not path.exists():
        return None, ()
    with closing(QueueCache(path)) as cache:
        person = cache.person()
        return person, () if person is None else tasks_in(cache, queues_of(person.roles))


def _leaving(leave: Callable[[int], None], code: int) -> Callable[[], None]:
    return lambda: leave(code)

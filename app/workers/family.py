"""A child and the programs that it has started: left alone by Ctrl-C, and ended together."""

from __future__ import annotations

import sys
from contextlib import suppress

if sys.platform != "win32":
    import os
    import signal
    from collections.abc import Iterator
    from contextlib import contextmanager

    @contextmanager
    def undisturbed() -> Iterator[None]:
        """Start processes that Ctrl-C never reaches, not even before they can say so: their parent answers it."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def begin() -> None:
        """Make this process the head of a group of its own: whatever it starts belongs to it."""
        os.setsid()

    def kill(head: int) -> None:
        """Kill a head, by its process id, and its group; harmless where they are gone."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(head, signal.SIGKILL)

else:
    import subprocess
    from contextlib import AbstractContextManager, nullcontext

    def undisturbed() -> AbstractContextManager[None]:
        """Do nothing: here no process is a copy of one that imports."""
        return nullcontext()

    _TASKKILL_S = 10.0

    def begin() -> None:
        """Do nothing: Windows knows who started whom as long as they live."""

    def kill(head: int) -> None:
        """Kill a head, by its process id, and whatever it has started; harmless where they are gone."""
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(head)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_TASKKILL_S,
                check=False,
            )

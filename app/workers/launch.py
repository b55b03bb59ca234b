"""One life of a child: started clean, ended by the pipe's closing or by a kill, and reaped."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, SpawnContext

from app.workers import child, family, shared

_AFRESH = multiprocessing.get_context("spawn")
_ENGINES = (
    "app.workers.services_jobs",
    "app.workers.signing_jobs",
    "signing.desk",
    "app.workers.verify_jobs",
    "app.workers.settled",  # the last
)


def _context() -> SpawnContext | ForkServerContext:
    """Return how most children come into being: each afresh; on Linux as copies of one that has pyHanko imported.

    That one runs no thread and no request, so whatever it is copied into begins clean.
    """
    if sys.platform != "linux" or getattr(sys, "frozen", False):
        return _AFRESH
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_ENGINES))
    return context


CONTEXT = _context()
_REAP_S = (
    5.0  # a killed process can outlive its kill only inside the kernel, in a broken reader's driver
)
_GOODBYE_S = 2.0

_TABLE = threading.Lock()
"""`multiprocessing` reaps every process's children in any thread that starts one: one at a time."""


class Child:
    """A started process. `ready` is set by its owner when it has said so, `has_served` when it gets a request."""

    def __init__(self, setup: child.Setup) -> None:
        """Start it and return at once; the first copy waits until the process that it is made from has its imports.

        Raises:
            OSError: the system has no room for another process.
        """
        self.ready = self.has_served = False
        self._with_descendants = setup.with_descendants
        self._segment_name = shared.new_name()
        self.connection, theirs = CONTEXT.Pipe(duplex=True)
        whole = replace(setup, environment={**os.environ, **setup.environment})
        self._process = (_AFRESH if setup.is_afresh else CONTEXT).Process(
            target=child.run,
            args=(theirs, whole, self._segment_name),
            name=f"trinhky-{setup.name}",
            daemon=True,
        )
        try:
            with _TABLE, family.undisturbed():
                self._process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()
        self.pid = self._process.pid
        self.sentinel = self._process.sentinel

    def take(self, size_bytes: int) -> bytes:
        """Return the big part of a result. Raises as `app.workers.shared.take`."""
        return shared.take(self._segment_name, size_bytes)

    def kill(self) -> int | None:
        """End it now, whatever it does; return its exit code."""
        self._kill()
        return self._reap(_REAP_S)

    def say_goodbye(self) -> None:
        """Close the pipe, so that an idle child ends by itself; kill it where it does not."""
        self.connection.close()
        if not wait([self.sentinel], _GOODBYE_S):
            self._kill()
        self._reap(_REAP_S)

    def bury(self) -> int | None:
        """Reap a child whose pipe has ended; return its exit code, negative for a signal."""
        wait([self.sentinel], _GOODBYE_S)
        self._kill()
        return self._reap(_REAP_S)

    def _kill(self) -> None:
        # Before it is reaped: until then nobody else can have its id. The group outlives its head.
        if self._with_descendants and self.pid is not None:
            family.kill(self.pid)
        with suppress(OSError):
            self._process.kill()

    def _reap(self, patience_s: float) -> int | None:
        self.connection.close()
        exit_code = None
        if wait([self.sentinel], patience_s):
            with _TABLE:
                self._process.join()
                exit_code = self._process.exitcode
                self._process.close()
        # Only now: a living child could still make its segment, or register it.
        shared.discard(self._segment_name)
        return exit_code

"""The services process: asks time stamping and certification authorities, so that nothing else waits for them."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

from app.workers.process import SupervisedProcess
from signing.extension import ExtendedFile, ExtensionRequest

FILE_DEADLINE_S = 60.0
"""Of the file itself; the services have their own time."""
MEMORY_LIMIT_BYTES = 3 * 1024**3
_STAMPS = 2
"""At most: one over what was signed, one over its validation data."""


class ServicesProcess:
    """Implements `app.workflow.ports.Services`; starts at its first call."""

    def __init__(self, trust: tuple[Path, ...]) -> None:
        self._trust = trust
        self._running: Future[Any] | None = None
        self._process = SupervisedProcess(
            "services",
            preload=("app.workers.services_jobs",),
            memory_limit_bytes=MEMORY_LIMIT_BYTES,
        )

    def extend(self, base: Path, out: Path, request: ExtensionRequest) -> ExtendedFile:
        """Extend a signed file into a new one; errors as `signing.extending.extend_file`."""
        stamps_s = _STAMPS * len(request.tsa_urls) * request.tsa_timeout_s
        future = self._process.submit(
            "app.workers.services_jobs:extend",
            base,
            out,
            request,
            self._trust,
            deadline_s=FILE_DEADLINE_S + request.status_s + stamps_s,
        )
        self._running = future
        try:
            return cast("ExtendedFile", self._process.result_of(future))
        finally:
            self._running = None

    def skip_time_stamp(self) -> None:
        """Wait no more for time stamps: the signature stands without. Does not block."""
        running = self._running
        if running is not None:
            self._process.ask_to_stop(running)

    def close(self) -> None:
        """End the process; harmless twice."""
        self._process.close()

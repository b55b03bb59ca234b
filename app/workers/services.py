"""The services process: asks time stamping and certification authorities, so that nothing else waits for them."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from app.workers.process import SupervisedProcess
from signing.extension import ExtendedFile, ExtensionRequest
from signing.status import CertificateStatus

FILE_DEADLINE_S = 60.0
"""Of the file itself; the services have their own time."""
MEMORY_LIMIT_BYTES = 3 * 1024**3
STATUS_WITHIN_S = 2.0
"""How long the network may take to tell a status: a person waits for the PIN's field."""
STATUS_DEADLINE_S = 5.0
"""With what no time-out of a socket covers, the look-up of a name say; then the process is started anew."""
KNOWN_FOR = timedelta(minutes=1)
"""How long an answer counts that does not say it itself; batch after batch does not wait for a network that is away."""
_STAMPS = 2
"""At most: one over what was signed, one over its validation data."""


class ServicesProcess:
    """Implements `app.workflow.ports.Services`; starts at its first call."""

    def __init__(self, trust: tuple[Path, ...]) -> None:
        self._trust = trust
        self._running: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._statuses: dict[str, CertificateStatus] = {}
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
        with self._lock:
            self._running.add(future)
        try:
            return cast("ExtendedFile", self._process.result_of(future))
        finally:
            with self._lock:
                self._running.discard(future)

    def start(self) -> None:
        """Start the process before it is needed."""
        self._process.start()

    def status(self, certificate: bytes, authorities: tuple[bytes, ...]) -> CertificateStatus:
        """Say what is known of a certificate (DER); a good answer is used again until it goes out of date.

        Raises:
            AppError: `worker.…` where the process died or was too late.
            SigningError: `trust.not_readable`.
        """
        key = hashlib.sha256(certificate).hexdigest()
        known = self.known_status(key)
        if known is None:
            known = cast(
                "CertificateStatus",
                self._process.call(
                    "app.workers.services_jobs:status",
                    certificate,
                    authorities,
                    self._trust,
                    STATUS_WITHIN_S,
                    deadline_s=STATUS_DEADLINE_S,
                ),
            )
            self._statuses[key] = known
        return known

    def known_status(self, certificate_sha256: str) -> CertificateStatus | None:
        """Return the last status of a certificate that is still to be used; None where there is none."""
        known = self._statuses.get(certificate_sha256)
        if known is None:
            return None
        until = known.usable_until if known.revocation == "good" else None
        until = until or known.checked_at + KNOWN_FOR
        return known if datetime.now(UTC) < until else None

    def forget(self) -> None:
        """Forget every status that was told: the trust store is another one."""
        self._statuses.clear()

    def skip_time_stamp(self) -> None:
        """Wait no more for time stamps: the signature stands without. Does not block."""
        with self._lock:
            running = tuple(self._running)
        for future in running:
            self._process.ask_to_stop(future)

    def close(self) -> None:
        """End the process; harmless twice."""
        self._process.close()

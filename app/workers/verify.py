"""The verify processes as the window sees them: many files at once, each under its own deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from copy import copy
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from app.errors import AppError
from app.workers.pool import WorkerPool
from app.workers.process import SupervisedProcess
from pdf.sheet import Sheet
from signing.errors import SigningError
from signing.facts import FileFacts
from signing.opinions import OpinionLayout, OpinionRoom
from signing.profile import VerificationProfile
from signing.report import FileReport, Revision
from signing.request import Appearance, DrawnText, FieldValue
from signing.roots import TrustedRoot
from signing.terms import Verdict

if TYPE_CHECKING:
    from signing.trust_records import Bundle, OfferedList, StoreContents

MEMORY_LIMIT_BYTES = 3 * 1024**3
"""Of address space, each process."""

DEFAULT_PROFILE = VerificationProfile()
FILE_S = 60.0
PART_S = 0.2
"""For each part of a sheet that is laid out."""
ONLINE_S = 150.0
"""With the network: a time stamping authority took 131 s in the field."""


class VerifyClient:
    """Judges files in a pool of processes."""

    def __init__(
        self,
        anchors: Sequence[Path],
        *,
        profile: VerificationProfile = DEFAULT_PROFILE,
        processes: int = 2,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
    ) -> None:
        """Prepare the pool; nothing runs yet.

        Args:
            anchors: files and folders of the trust store, read in the processes and again when they change.
            profile: what the office asks beyond the standards.
            processes: how many files are judged at once.
            memory_limit_bytes: of each process.
        """
        self._anchors = tuple(anchors)
        self._profile = profile
        self._side_by_side = 4 * processes
        self._pool = WorkerPool(
            lambda index: SupervisedProcess(
                f"verify-{index + 1}",
                preload=("app.workers.verify_jobs",),
                memory_limit_bytes=memory_limit_bytes,
            ),
            processes,
        )

    def start(self) -> None:
        """Start one process before it is needed."""
        self._pool.start()

    def verify(
        self,
        path: Path,
        *,
        at: datetime | None = None,
        online: bool = False,
        deadline_s: float | None = None,
    ) -> Future[FileReport]:
        """Judge a file; returns at once.

        Args:
            path: the file.
            at: the moment to judge at; now where None.
            online: whether revocation data may be fetched: a person's choice.
            deadline_s: `FILE_S` where None, `ONLINE_S` when online.

        Returns:
            A future. Its errors: `SigningError` as `signing.verification.verify_file`, or a `worker.` code.
        """
        limit_s = deadline_s or (ONLINE_S if online else FILE_S)
        return self._pool.submit(
            "app.workers.verify_jobs:verify",
            path,
            self._anchors,
            at,
            online=online,
            profile=self._profile,
            deadline_s=limit_s,
        )

    def trusted_roots(self) -> Future[tuple[TrustedRoot, ...]]:
        """Name the trust anchors of the store; errors as `signing.trust.TrustAnchors.load`."""
        return self._pool.submit(
            "app.workers.verify_jobs:trusted_roots", self._anchors, deadline_s=FILE_S
        )

    def look(self, path: Path) -> Future[FileFacts]:
        """Describe a file's signatures and fields; errors as `signing.fields.look`."""
        return self._pool.submit("signing.fields:look", path, deadline_s=FILE_S)

    def drawn_texts(
        self, path: Path, fields: tuple[str, ...]
    ) -> Future[tuple[DrawnText | None, ...]]:
        """Say where signature fields that are text alone draw it; errors as `signing.drawn_text.drawn_texts`."""
        return self._pool.submit("signing.drawn_text:drawn_texts", path, fields, deadline_s=FILE_S)

    def revisions(self, path: Path) -> Future[tuple[Revision, ...]]:
        """Return a file's revisions, oldest first; errors as `signing.revisions.list_revisions`."""
        return self._pool.submit("signing.revisions:list_revisions", path, deadline_s=FILE_S)

    def list_content(self, path: Path) -> Future[tuple[str, ...]]:
        """Name what in a file may show differently elsewhere or acts; errors as `signing.content.list_content`."""
        return self._pool.submit("signing.content:list_content", path, deadline_s=FILE_S)

    def read_strictly(self, path: Path) -> Future[None]:
        """Read a file, forgiving nothing; errors as `signing.strict_reading.read_strictly`."""
        return self._pool.submit("signing.strict_reading:read_strictly", path, deadline_s=FILE_S)

    def draw_appearance(
        self, appearance: Appearance, width_pt: float, height_pt: float, out: Path
    ) -> Future[None]:
        """Write a PDF whose one page is what a signature will show; errors as `signing.preview.appearance_page`."""
        return self._pool.submit(
            "signing.preview:appearance_page",
            appearance,
            width_pt,
            height_pt,
            out,
            deadline_s=FILE_S,
        )

    def fill_copy(self, base: Path, out: Path, values: tuple[FieldValue, ...]) -> Future[None]:
        """Write a copy with number and date, to be drawn; errors as `signing.filled_copy.fill_copy`."""
        return self._pool.submit(
            "signing.filled_copy:fill_copy", base, out, values, deadline_s=FILE_S
        )

    def write_sheet(self, sheet: Sheet, out: Path) -> Future[None]:
        """Write a sheet for the printer; errors as `app.workers.sheet_jobs.write_sheet`.

        Not in the render process: of a thousand files it takes minutes, and pages are to be drawn meanwhile.
        """
        deadline_s = FILE_S + len(sheet.parts) * PART_S
        return self._pool.submit(
            "app.workers.sheet_jobs:write_sheet", sheet, out, deadline_s=deadline_s
        )

    def lay_out_opinion(self, text: str, room: OpinionRoom) -> Future[OpinionLayout]:
        """Say how an opinion will stand in its field; errors as `signing.preview.opinion_layout`."""
        return self._pool.submit("signing.preview:opinion_layout", text, room, deadline_s=FILE_S)

    def draw_opinion(self, text: str, room: OpinionRoom, out: Path) -> Future[OpinionLayout]:
        """Write a PDF whose one page is the filled field; errors as `signing.preview.opinion_page`."""
        return self._pool.submit("signing.preview:opinion_page", text, room, out, deadline_s=FILE_S)

    def list_store(self, places: tuple[Path, ...]) -> StoreContents:
        """Describe a trust store; waits. Errors as `signing.trust_listing.list_store`, or a `worker.` code."""
        return cast("StoreContents", self._told("list_store", places))

    def read_bundle(self, path: Path, places: tuple[Path, ...]) -> Bundle:
        """Read what a file offers to it; waits. Errors as `signing.trust_listing.read_bundle`, or a `worker.` code."""
        return cast("Bundle", self._told("read_bundle", path, places))

    def prove_lists(
        self, lists: tuple[bytes, ...], places: tuple[Path, ...]
    ) -> tuple[OfferedList, ...]:
        """Describe CRLs; waits. Errors as `signing.trust_listing.prove_lists`, or a `worker.` code."""
        return cast("tuple[OfferedList, ...]", self._told("prove_lists", lists, places))

    def _told(self, name: str, *arguments: object) -> object:
        job = f"signing.trust_listing:{name}"
        return self._pool.submit(job, *arguments, deadline_s=FILE_S).result()

    def judging_by(self, profile: VerificationProfile) -> VerifyClient:
        """Return a client of the same processes that judges by another office's demands."""
        other = copy(self)
        other._profile = profile  # noqa: SLF001 - its own copy
        return other

    def verify_each(
        self,
        paths: Sequence[Path],
        *,
        at: datetime | None = None,
        online: bool = False,
        deadline_s: float | None = None,
    ) -> Iterator[tuple[int, FileReport]]:
        """Judge many files; yields (index in `paths`, report) as they are done. Closing the iterator gives up the rest.

        A file whose process died or was too late is `unreadable` with that code: it could not be checked. Few wait at a
        time, so that a single file that a person opens meanwhile is not behind a thousand others.
        """
        waiting = enumerate(paths)
        running: dict[Future[FileReport], int] = {}

        def start_next() -> None:
            for index, path in islice(waiting, self._side_by_side - len(running)):
                future = self.verify(path, at=at, online=online, deadline_s=deadline_s)
                running[future] = index

        try:
            start_next()
            while running:
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    index = running.pop(future)
                    start_next()
                    yield index, _report(paths[index], future)
        finally:
            for future in running:
                self._pool.cancel(future)

    def give_up(self, future: Future[Any]) -> None:
        """Drop a file, also a running one."""
        self._pool.cancel(future)

    def close(self) -> None:
        """End the processes; harmless twice."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _report(path: Path, future: Future[FileReport]) -> FileReport:
    try:
        return future.result()
    except CancelledError:
        reason = "worker.cancelled"
    except (AppError, SigningError) as error:
        reason = error.code
    return FileReport(str(path), Verdict.UNREADABLE, reason, sha256=None, pages=None)

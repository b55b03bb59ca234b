"""The render process as the window sees it: pictures, places and differences of hostile documents."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.workers.process import SupervisedProcess
from app.workers.records import Difference, DocumentFacts, PagePicture, Rewriting
from pdf.geometry import BoxPt
from pdf.places import OpinionPlace, PlaceKind, PlacementRules, Proposal, TypedDate
from pdf.traces import Signed, SinceSigned, Traces, Widget

__all__ = ["Difference", "DocumentFacts", "PagePicture", "RenderClient"]

MEMORY_LIMIT_BYTES = 3 * 1024**3
"""Of address space: the engine, a file of 300 MB and the largest picture fit well."""

_JOBS = "app.workers.render_jobs"
_PAGE_S = 20.0
_LOOK_S = 30.0
_COMPARE_S = 120.0
_REWRITE_S = 240.0


class RenderClient:
    """Draws and reads documents in one process, the newest request first.

    All methods return at once. Their futures raise `PdfError` as the room `pdf` says, or a `worker.` code.
    `future.cancel()` takes back what still waits, as a page that was scrolled away; `give_up` also what runs.
    """

    def __init__(self, *, memory_limit_bytes: int = MEMORY_LIMIT_BYTES) -> None:
        self._process = SupervisedProcess(
            "render",
            preload=(_JOBS, "pdf.placement"),
            memory_limit_bytes=memory_limit_bytes,
            newest_first=True,
            is_afresh=True,  # the first page waits for it
        )

    def start(self) -> None:
        """Start the process before it is needed."""
        self._process.start()

    def facts(self, path: Path) -> Future[DocumentFacts]:
        """Look at a file's pages and properties."""
        return self._process.submit(f"{_JOBS}:facts", path, deadline_s=_LOOK_S)

    def page(
        self, path: Path, page_index: int, dpi: float, *, transparent: bool = False
    ) -> Future[PagePicture]:
        """Draw a page; on no paper at all where it is to be `transparent`."""
        return self._process.submit(
            f"{_JOBS}:page", path, page_index, dpi, transparent=transparent, deadline_s=_PAGE_S
        )

    def write_png(self, path: Path, page_index: int, dpi: float, out: Path) -> Future[None]:
        """Draw a page into a PNG file."""
        return self._process.submit(
            "pdf.render:write_png", path, page_index, dpi, out, deadline_s=_PAGE_S
        )

    def propose(
        self, path: Path, kind: PlaceKind, rules: PlacementRules, signer: str | None = None
    ) -> Future[tuple[Proposal, ...]]:
        """Propose places, the best first."""
        return self._process.submit(
            "pdf.placement:propose", path, kind, rules, signer, deadline_s=_LOOK_S
        )

    def read_symbol(self, path: Path) -> Future[str | None]:
        """Return the symbol beside the blank of the number."""
        return self._process.submit("pdf.symbol:read_symbol", path, deadline_s=_LOOK_S)

    def typed_date(self, path: Path) -> Future[TypedDate | None]:
        """Return what of a document's date is typed."""
        return self._process.submit("pdf.typed_date:typed_date", path, deadline_s=_LOOK_S)

    def find_opinions(
        self, path: Path, headings: tuple[tuple[str, ...], ...], rules: PlacementRules
    ) -> Future[tuple[OpinionPlace, ...]]:
        """Find where each level of an internal form writes and signs."""
        return self._process.submit(
            "pdf.opinions:find_opinions", path, headings, rules, deadline_s=_LOOK_S
        )

    def covers_text(
        self, path: Path, boxes: tuple[tuple[int, BoxPt], ...]
    ) -> Future[tuple[bool, ...]]:
        """Say for each (page index, box) whether it lies over the author's words."""
        return self._process.submit("pdf.covering:covers_text", path, boxes, deadline_s=_LOOK_S)

    def leaves_words(
        self, path: Path, field: str, page_index: int, box: BoxPt, glyphs: tuple[BoxPt, ...]
    ) -> Future[bool]:
        """Say whether a field that draws these glyphs over words leaves every word as it was."""
        return self._process.submit(
            "pdf.untouched:leaves_words", path, field, page_index, box, glyphs, deadline_s=_LOOK_S
        )

    def traces(self, path: Path, widgets: tuple[Widget, ...]) -> Future[tuple[Traces, ...]]:
        """Say of each field what it does to the words that it may lie over or beside."""
        return self._process.submit("pdf.tracing:traces", path, widgets, deadline_s=_LOOK_S)

    def since_signed(
        self, path: Path, signed: tuple[Signed, ...]
    ) -> Future[tuple[SinceSigned, ...]]:
        """Say for each signature what of its file is seen now and was not then."""
        return self._process.submit("pdf.since:since_signed", path, signed, deadline_s=_COMPARE_S)

    def typefaces(self, path: Path) -> Future[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return a file's font families, and those of them that are not in it."""
        return self._process.submit("pdf.typefaces:typefaces", path, deadline_s=_LOOK_S)

    def letters(self, path: Path) -> Future[str]:
        """Return every letter of a file's text once."""
        return self._process.submit("pdf.typefaces:letters", path, deadline_s=_COMPARE_S)

    def compare(self, before: Path, after: Path) -> Future[tuple[Difference, ...]]:
        """Say where two revisions look different."""
        return self._process.submit(f"{_JOBS}:differences", before, after, deadline_s=_COMPARE_S)

    def write_print(
        self, path: Path, out: Path, without: tuple[str, ...], subject: str
    ) -> Future[None]:
        """Write what a person sees of a document into a new PDF for the printer, some fields left out."""
        return self._process.submit(
            "pdf.printing:write_print",
            path,
            out,
            without=without,
            subject=subject,
            deadline_s=_COMPARE_S,
        )

    def rewrite(self, path: Path, out: Path, *, flatten: bool) -> Future[Rewriting]:
        """Write a new unsigned base out of an unsigned file, and hold the two against each other."""
        return self._process.submit(
            f"{_JOBS}:rewrite", path, out, flatten=flatten, deadline_s=_REWRITE_S
        )

    def give_up(self, future: Future[Any]) -> None:
        """Drop a request, also a running one: its process is killed, the next request starts another."""
        self._process.cancel(future)

    def close(self) -> None:
        """End the process; harmless twice."""
        self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

"""Open documents, received files, and what is drawn of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from app.errors import AppError
from app.rules import CopyForm
from app.store import Store
from app.workers.records import PagePicture
from app.workflow.checking import check_file
from app.workflow.converting import Told as Converting
from app.workflow.converting import conversion_notes, converted, is_word, is_word_name
from app.workflow.covering import covers_signature
from app.workflow.documents import Document, FileRef
from app.workflow.fetching import fetch, refuse_paper_documents
from app.workflow.issue import NUMBER_TO_COME
from app.workflow.mending import mend_file
from app.workflow.office import Office, Workbench
from app.workflow.opinions import covers_opinion
from app.workflow.placing import as_box, place_at
from app.workflow.planning import COVERS_TEXT, is_over_text
from app.workflow.showing import appearance_of, corner_wish
from app.workflow.signatories import named_by
from app.workflow.wish import Wish
from app.workplace.account import Account, Seat
from app.workplace.records import (
    OpinionPreview,
    Paper,
    PlacedBox,
    Review,
    ShownFile,
    problem_of,
)
from app.workplace.seats import my_seat_on
from pdf.errors import PdfError
from pdf.geometry import POINTS_PER_MM, BoxMm, PageGeometry, box_to_view_space
from signing.errors import SigningError
from signing.facts import SignatureWidget
from signing.opinions import OpinionRoom
from signing.request import Appearance
from signing.terms import OF_THE_AGENCY_ALONE, SignatureKind, Verdict

AWAY = ("server.unreachable", "server.timeout")
"""The server cannot be asked; what is here can be shown."""
PREVIEWS = 16
"""Drawn appearances that are kept for the next time."""
LOOKED_AT = 256
"""Files whose pages are remembered; the same hash has the same pages."""
MENDED = "workflow.mended"


class Painter(Protocol):
    """Draws pages; `app.workers.render.RenderClient` is one."""

    def page(
        self, path: Path, page_index: int, dpi: float, *, transparent: bool = False
    ) -> Future[PagePicture]:
        """Draw a page."""


class Papers:
    """Documents as they are shown. Safe to call from several threads."""

    def __init__(self, account: Account, store: Store, bench: Workbench, painter: Painter) -> None:
        """Prepare it.

        Args:
            account: who asks.
            store: what is here already.
            bench: judges and looks where nobody is signed in.
            painter: draws.
        """
        self._account = account
        self._store = store
        self._bench = bench
        self._painter = painter
        self._previews: OrderedDict[tuple[Appearance, float, float], Path] = OrderedDict()
        self._drawing = threading.Lock()
        self._looked_at: OrderedDict[str, tuple[PageGeometry, ...]] = OrderedDict()
        self._looking = threading.Lock()

    def stored(self, document_id: str) -> Paper | None:
        """Open a document from the store alone."""
        document = self._store.cache.document(document_id)
        if document is None or not self._store.files.holds(document.main_file.sha256):
            return None
        try:
            refuse_paper_documents(document)
            path = self._store.files.path_of(document.main_file.sha256)
        except AppError:
            return None
        return None if is_word(path) else self._paper(document, path, is_fresh=False)

    def open(self, document_id: str, converting: Converting | None = None) -> Paper:
        """Open a document as the server has it; from the store where the server is away.

        A draft that came as a Word file is converted first, offline too; `converting` is told the file's name.
        """
        try:
            seat = self._account.seated()
            document = seat.office.server.document(document_id)
            paper = self._converted(seat.office, document, converting)
        except AppError as error:
            kept = self._kept(document_id, converting) if error.code in AWAY else None
            if kept is None:
                raise
            return kept
        self._store.signatories.remember(named_by(paper.document, seat.person))
        return paper

    def mend(self, document_id: str) -> Paper:
        """Put a new unsigned base in place of a draft that cannot be signed as it came, and open that.

        Raises:
            AppError, PdfError, SigningError: as `mend_file`.
        """
        seat = self._account.seated()
        document = seat.office.server.document(document_id)
        mended = mend_file(seat.office, document, document.main_file).document
        self._store.cache.remember(mended)
        return self._paper(mended, fetch(seat.office, mended, mended.main_file))

    def _kept(self, document_id: str, converting: Converting | None) -> Paper | None:
        """Open a document from the store; one that lies there as a Word file is converted, and waits to be sent."""
        paper, seat = self.stored(document_id), self._account.seat
        document = self._store.cache.document(document_id)
        if paper is not None or seat is None or document is None:
            return paper
        if not self._store.files.holds(document.main_file.sha256):
            return None
        return replace(self._converted(seat.office, document, converting), is_fresh=False)

    def _converted(
        self, office: Office, document: Document, converting: Converting | None
    ) -> Paper:
        found = converted(office, document, converting)
        path = fetch(office, found.document, found.document.main_file)
        self._store.cache.remember(found.document)
        problems = tuple(problem_of(error) for error in found.problems)
        return replace(self._paper(found.document, path), problems=problems)

    def _paper(self, document: Document, path: Path, *, is_fresh: bool = True) -> Paper:
        main = document.main_file
        notes = self._conversion_notes(main, path)
        return Paper(document, self.shown(main, path), is_fresh=is_fresh, notes=notes)

    def attachment(self, paper: Paper, file_id: str) -> ShownFile:
        """Show another file of an open document; from the store where it lies there.

        Raises:
            AppError: as `fetch`; `workflow.not_pdf` where it is a Word file that nobody has converted.
            PdfError: it is no PDF that can be shown.
        """
        file = {item.file_id: item for item in paper.document.files}[file_id]
        refuse_paper_documents(paper.document)
        if self._account.seat is None and self._store.files.holds(file.sha256):
            path = self._store.files.path_of(file.sha256)
        else:
            path = fetch(self._account.seated().office, paper.document, file)
        if is_word(path):
            raise AppError("workflow.not_pdf", file=file.name)
        return self.shown(file, path)

    def shown(self, file: FileRef, path: Path) -> ShownFile:
        """Look at a file's pages."""
        with self._looking:
            pages = self._looked_at.get(file.sha256)
        if pages is None:
            pages = self._pages(path)
            with self._looking:
                self._looked_at[file.sha256] = pages
                if len(self._looked_at) > LOOKED_AT:
                    self._looked_at.popitem(last=False)
        return ShownFile(file, path, file.sha256, pages)

    def review(self, path: Path) -> Review:
        """Judge a file on this machine, and say where its signatures stand."""
        bench = self._bench_now()
        report = check_file(bench.judge, bench.eyes, path)
        if report.verdict is Verdict.UNREADABLE:
            return Review(report, path, self._pages_or_none(path))
        try:
            pages = self._pages(path)
            facts = bench.judge.look(path).result()
        except (PdfError, SigningError):
            return Review(report, path, self._pages_or_none(path))
        return Review(report, path, pages, boxes_of(facts.signatures, pages))

    def warnings(self, file: ShownFile, box: PlacedBox) -> tuple[str, ...]:
        """Say what speaks against a place."""
        bench = self._bench_now()
        place = place_at(bench.eyes, file.path, box.page_index, box.box_mm)
        facts = bench.judge.look(file.path).result()
        is_over_opinion = covers_opinion(facts, box.page_index, place.user_box)
        is_over_words = is_over_opinion or is_over_text(bench, file.path, place)
        found = [COVERS_TEXT] if is_over_words else []
        if covers_signature(facts, box.kind, place.page.page_index, place.user_box):
            found.append("workflow.covers_signature")
        return tuple(found)

    def page(self, path: Path, page_index: int, dpi: float) -> Future[PagePicture]:
        """Draw a page; returns at once."""
        return self._painter.page(path, page_index, dpi)

    def preview(self, paper: Paper, box: PlacedBox, dpi: float, form: CopyForm) -> PagePicture:
        """Draw what will stand in a box."""
        seat = self._account.seated()
        bench = seat.office.bench
        wish = preview_wish(seat, paper.document, box.kind, form)
        # A page may count in larger units than points, and what is drawn in its boxes with it (ISO 32000-2, 14.11.2).
        unit = paper.main.pages[box.page_index].user_unit
        name = wish.signer or seat.person.name
        appearance = appearance_of(bench, wish, name, bench.clock(), unit)
        width_pt = round(box.box_mm.width_mm * POINTS_PER_MM / unit, 2)
        height_pt = round(box.box_mm.height_mm * POINTS_PER_MM / unit, 2)
        with self._drawing:
            drawn = self._preview_page(seat.office, appearance, width_pt, height_pt)
            return self._painter.page(drawn, 0, dpi * unit, transparent=True).result()

    def preview_opinion(
        self, text: str, room: OpinionRoom, dpi: float, unit: float
    ) -> OpinionPreview:
        """Draw an opinion as it will stand in its field; what does not fit raises as `signing.opinion_text`."""
        drawn = self._store.files.aside()
        try:
            layout = self._bench_now().judge.draw_opinion(text, room, drawn).result()
            picture = self._painter.page(drawn, 0, dpi * unit, transparent=True).result()
        finally:
            drawn.unlink(missing_ok=True)
        return OpinionPreview(picture, len(layout.lines), layout.size_pt)

    def _preview_page(
        self, office: Office, appearance: Appearance, width_pt: float, height_pt: float
    ) -> Path:
        key = (appearance, width_pt, height_pt)
        if key not in self._previews:
            out = self._store.files.aside()
            office.bench.judge.draw_appearance(appearance, width_pt, height_pt, out).result()
            self._previews[key] = out
            if len(self._previews) > PREVIEWS:
                _, oldest = self._previews.popitem(last=False)
                oldest.unlink(missing_ok=True)
        return self._previews[key]

    def _conversion_notes(self, file: FileRef, path: Path) -> tuple[str, ...]:
        was = file.converted_from
        if was is None:
            return ()
        if not is_word_name(was.name):
            return (MENDED,)
        files = self._store.files
        original = files.path_of(was.sha256) if files.holds(was.sha256) else None
        return conversion_notes(self._bench, original, path)

    def _bench_now(self) -> Workbench:
        seat = self._account.seat
        return self._bench if seat is None else seat.office.bench

    def _pages(self, path: Path) -> tuple[PageGeometry, ...]:
        pages: tuple[PageGeometry, ...] = self._bench.eyes.facts(path).result().pages
        return pages

    def _pages_or_none(self, path: Path) -> tuple[PageGeometry, ...]:
        try:
            return self._pages(path)
        except (AppError, PdfError):
            return ()


def boxes_of(
    widgets: tuple[SignatureWidget, ...], pages: tuple[PageGeometry, ...]
) -> dict[str, tuple[int, BoxMm]]:
    """Return where fields stand on the pages as shown, by name; invisible ones stand nowhere."""
    return {
        widget.name: (
            widget.page_index,
            box_to_view_space(as_box(widget.box), pages[widget.page_index]),
        )
        for widget in widgets
        if widget.box is not None
        and widget.page_index is not None
        and widget.page_index < len(pages)
    }


def preview_wish(
    seat: Seat, document: Document, kind: SignatureKind, form: CopyForm = "sao_y"
) -> Wish:
    """Return what a signature of a kind will show on a document, as far as it can be known before."""
    office, person = seat.office, seat.person
    if kind in OF_THE_AGENCY_ALONE:
        return corner_wish(
            office.bench,
            kind,
            person.office,
            image=office.seal_image,
            number=document.number or NUMBER_TO_COME,
            symbol=document.symbol,
            form=form,
        )
    if kind is SignatureKind.SEAL:
        return Wish(kind, image=office.seal_image, signer=person.office)
    if kind is SignatureKind.INITIAL:
        return Wish(kind, image=office.initial_image, signer=person.name)
    signer = my_seat_on(document, person)
    return Wish(kind, image=office.personal_image, signer=signer.name if signer else person.name)

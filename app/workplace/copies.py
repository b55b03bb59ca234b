"""What calling an open document a copy would put on it, said before any PIN is asked for."""

from __future__ import annotations

from app.errors import AppError
from app.rules import CopyForm
from app.workflow.checking import check_file
from app.workflow.copying import check_form, copy_notes, copy_wish, refuse_own_draft
from app.workflow.fetching import fetch, refuse_paper_documents
from app.workflow.given import with_given
from app.workflow.planning import look_at, refuse_second_signature
from app.workplace.account import Account, Seat
from app.workplace.papers import Papers
from app.workplace.proposals import placed
from app.workplace.records import CopyProposal, Paper, PlacedBox, SealedCorner, problem_of
from signing.errors import SigningError
from signing.report import FileReport
from signing.terms import SignatureKind


class Copies:
    """Proposes copies to whoever is signed in."""

    def __init__(self, account: Account, papers: Papers) -> None:
        self._account = account
        self._papers = papers

    def propose(self, paper: Paper, form: CopyForm) -> CopyProposal:
        """Judge the document and say what its copy would show, and where.

        Raises:
            AppError: as `look_at`; the server's where a file is not here yet.
        """
        seat = self._account.seated()
        office, document = seat.office, paper.document
        refuse_paper_documents(document)
        report = check_file(office.bench.judge, office.bench.eyes, paper.main.path)
        box, notes = self._placed(seat, paper, form)
        rule = office.bench.profile.copies
        problem = None
        try:
            notes = (*self._allowed(seat, paper, report, form), *notes)
        except (AppError, SigningError) as error:
            problem = problem_of(error)
        others = []
        for file in document.attachments:
            shown = self._papers.shown(file, fetch(office, document, file))
            others.append(SealedCorner(shown, self._placed(seat, Paper(document, shown), form)[0]))
        return CopyProposal(
            report=report,
            forms=rule.forms,
            form=form,
            box=box,
            size_mm=(rule.width_mm, rule.height_mm),
            attachments=tuple(others),
            notes=notes,
            problem=problem,
        )

    def _allowed(
        self, seat: Seat, paper: Paper, report: FileReport, form: CopyForm
    ) -> tuple[str, ...]:
        bench = seat.office.bench
        check_form(bench.profile, paper.document, form)
        refuse_own_draft(paper.document, report)
        agency = seat.person.agency_certificate_sha256
        facts = look_at(bench, paper.main.path)
        refuse_second_signature(bench, paper.main.path, SignatureKind.COPY, facts, agency)
        return copy_notes(report, form)

    def _placed(
        self, seat: Seat, paper: Paper, form: CopyForm
    ) -> tuple[PlacedBox | None, tuple[str, ...]]:
        wish = copy_wish(seat.office, seat.person.office, form)
        wish = with_given(wish, paper.document, paper.main.ref)
        facts = seat.office.bench.judge.look(paper.main.path).result()
        return placed(seat.office, paper, wish, facts)

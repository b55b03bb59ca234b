"""Facts about prints at the clerk's workplace: the paper has the number that the seal will lock."""

from __future__ import annotations

from pathlib import Path

from app.demo.people import CLERK
from tests.integration.signing.office import told
from tests.integration.workplace.workplaces import Workplaces, issue_order


def test_a_print_before_the_seal_takes_the_number_that_the_seal_then_locks(
    places: Workplaces, tmp_path: Path
) -> None:
    document_id = places.world.to_issue()
    store = places.world.demo.store
    with places.of(CLERK) as workplace:
        paper = workplace.open(document_id)
        assert workplace.rules().publish.archive == "numbered"
        kind, _ = workplace.print_paper(paper, tmp_path / "ink.pdf")
        taken = store.document(document_id).number
        again = workplace.open(document_id)
        places.issue(workplace, issue_order(again, workplace.propose_issue(again)))
    published = store.document(document_id)
    assert (kind, published.number) == ("numbered", taken)
    assert taken is not None
    assert taken in told("pdftotext", "-layout", tmp_path / "ink.pdf", "-")
    assert published.state == "published"


def test_printing_adds_no_revision(places: Workplaces, tmp_path: Path) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        paper = workplace.open(document_id)
        before = (places.world.content(document_id), places.world.main_revision(document_id))
        workplace.print_paper(paper, tmp_path / "ink.pdf")
    assert before == (places.world.content(document_id), places.world.main_revision(document_id))

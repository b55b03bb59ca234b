"""Facts about moves without a signature, whose answers get lost while the document goes its way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.office.faults import Fault, FaultKind
from app.errors import AppError
from app.workflow.routing import pass_on, send_back
from tests.integration.workflow.killing import Tripwire
from tests.integration.workflow.paper_world import PaperWorld, paper_world


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[PaperWorld]:
    with paper_world(tmp_path) as opened:
        yield opened


def test_a_document_that_comes_back_can_be_returned_again_though_an_answer_was_lost(
    papers: PaperWorld,
) -> None:
    document_id = papers.draft()
    papers.faults.add(Fault(FaultKind.LOSE_ANSWER, "/return", "POST"))
    with papers.desk("leader", Tripwire()) as leader, papers.desk("drafter", Tripwire()) as drafter:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            send_back(leader, document_id, "Sai thể thức")
        assert pass_on(drafter, document_id).state == "to_sign"
        returned = send_back(leader, document_id, "Sai thẩm quyền")
    assert papers.store.document(document_id).state == returned.state == "returned"
    reasons = [item.comment for item in returned.history if item.action == "return"]
    assert reasons == ["Sai thể thức", "Sai thẩm quyền"]


def test_a_return_is_asked_for_once_where_nothing_went_wrong(papers: PaperWorld) -> None:
    document_id = papers.draft()
    with papers.desk("leader", Tripwire()) as leader:
        returned = send_back(leader, document_id, "Sai thể thức")
    assert len(papers.faults.seen("/return", "POST")) == 1
    assert returned.state == "returned"

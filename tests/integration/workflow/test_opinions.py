"""A phiếu trình over the real server and store: level after level, a program that dies, the end without a seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.demo.office.records import NewDocument, NewFile, Seat
from app.errors import AppError
from app.workflow.documents import Queue
from app.workflow.office import Office
from app.workflow.plan import WorkState
from app.workflow.sign_draft import SignedDraft, open_draft, plan_draft, resume_draft, sign_draft
from pdf.geometry import BoxMm
from pdf.places import OpinionPlace
from tests.fakes.engines import DRAFT, FakeEyes, signatures_in
from tests.fakes.records import LEADER, LEADERS, certificate
from tests.integration.workflow.killing import Tripwire
from tests.integration.workflow.paper_world import PaperWorld, paper_world

LEVELS = (
    OpinionPlace(1, 0, BoxMm(30, 80, 190, 98), BoxMm(145, 100, 190, 122), 13.0, 0.95, "below"),
)
TEXT = "Đồng ý ban hành."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PaperWorld]:
    with paper_world(tmp_path) as opened:
        yield opened


def _slip(world: PaperWorld) -> str:
    path = world.folder / "phieu-trinh.pdf"
    path.write_bytes(DRAFT)
    return world.store.add_document(
        NewDocument(
            abstract="Về việc ban hành Quy chế",
            kind_name="Phiếu trình",
            symbol="PTr-VP",
            files=(NewFile(path, path.name),),
            signers=(Seat("leader", "Giám đốc"),),
        )
    )


def _with_levels(desk: Office) -> Office:
    eyes = FakeEyes()
    eyes.opinions = LEVELS
    return replace(desk, bench=replace(desk.bench, eyes=eyes))


def _sign(desk: Office, document_id: str, text: str) -> SignedDraft:
    draft = open_draft(desk, document_id)
    plan, _ = plan_draft(desk, draft, certificate(LEADER, LEADERS), opinion=text)
    return sign_draft(desk, draft, plan)


def test_a_form_without_a_seal_ends_with_its_last_signature(world: PaperWorld) -> None:
    document_id = _slip(world)
    with world.desk("leader", Tripwire()) as desk:
        assert _sign(_with_levels(desk), document_id, TEXT).document.state == "published"
    with world.desk("recipient", Tripwire()) as desk:
        (task,) = desk.server.tasks(Queue.RECEIVED).changed
    assert task.document_id == document_id
    (line,) = signatures_in(world.content(document_id))
    assert line["fill"] == {"YK_1": TEXT}
    with world.desk("clerk", Tripwire()) as desk:
        assert desk.server.tasks(Queue.TO_ISSUE).changed == ()


def test_an_opinion_that_was_signed_before_a_crash_is_sent_and_not_written_again(
    world: PaperWorld,
) -> None:
    document_id = _slip(world)
    with world.desk("leader", Tripwire()) as desk:
        away = _with_levels(desk)
        broken = replace(away, server=_Away(away))
        with pytest.raises(AppError, match=r"server\.unreachable"):
            _sign(broken, document_id, TEXT)
        (work,) = desk.journal.unfinished()
        assert work.state is WorkState.SIGNED
    with world.desk("leader", Tripwire()) as desk:
        document = resume_draft(_with_levels(desk), document_id)
    assert document is not None
    assert document.state == "published"
    assert len(world.token.made) == 1


def test_nothing_of_an_opinion_is_in_the_journal(world: PaperWorld) -> None:
    document_id = _slip(world)
    with world.desk("leader", Tripwire()) as desk:
        _sign(_with_levels(desk), document_id, TEXT)
    folder = world.folder / "stores" / "leader"
    journals = [path for path in folder.rglob("*") if path.is_file() and ".db" in path.name]
    assert journals
    assert [path for path in journals if TEXT.encode() in path.read_bytes()] == []


class _Away:
    """A server whose uploads find no way."""

    def __init__(self, desk: Office) -> None:
        self._server = desk.server

    def __getattr__(self, name: str) -> Any:
        return getattr(self._server, name)

    def upload(self, *_: Any, **__: Any) -> Any:
        raise AppError("server.unreachable", server="–")

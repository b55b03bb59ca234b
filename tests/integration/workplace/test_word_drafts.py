"""Facts about a leader's workplace before drafts that come as Word files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import Processes
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.opening import MEDIA_TYPES
from app.demo.people import LEADER
from app.errors import AppError
from app.workers.convert import ConvertClient
from app.workplace.records import Step
from tests.integration.workflow.test_word_drafts import word_document
from tests.integration.workplace.workplaces import (
    Workplaces,
    endings,
    sign_order,
    to_sign,
)


@pytest.fixture
def without_converter(places: Workplaces, processes: Processes, tmp_path: Path) -> Workplaces:
    """The same office on a machine without LibreOffice."""
    nothing = replace(processes, convert=ConvertClient(tmp_path / "nowhere" / "soffice"))
    return replace(places, world=replace(places.world, processes=nothing))


def test_it_is_opened_as_a_pdf_that_says_what_it_was(places: Workplaces) -> None:
    document_id = word_document(places.world)
    told: list[str] = []
    with places.of() as workplace:
        paper = workplace.open(document_id, told.append)
        again = workplace.open(document_id, told.append)
    was = paper.main.ref.converted_from
    assert was is not None
    assert (was.name, was.by, was.at is None) == (
        "cong-van-word.docx",
        LEADER.common_name,
        False,
    )
    assert told == ["cong-van-word.docx"]
    assert paper.notes[0] == "convert.layout"
    assert again.notes == paper.notes
    assert len(paper.main.pages) == 1


def test_it_is_proposed_signed_and_with_the_clerk(places: Workplaces) -> None:
    document_id = word_document(places.world, attached=True)
    with places.of() as workplace:
        told = places.sign(workplace, to_sign(workplace, document_id))
    assert endings(told) == [(Step.DONE, None)]
    assert places.world.demo.store.document(document_id).state == "to_issue"
    files = places.world.demo.store.document(document_id).files
    assert {file.media_type for file in files} == {"application/pdf"}


def test_offline_a_stored_word_draft_is_read_signed_kept_and_sent_later(places: Workplaces) -> None:
    document_id = word_document(places.world)
    with places.of() as workplace:
        workplace.prefetch(workplace.sync())
        places.lose_the_server()
        paper = workplace.open(document_id)
        told = places.sign(workplace, sign_order(paper, workplace.propose_signing(paper)))
        kept = [item.kind for item in workplace.waiting()]
        places.find_the_server()
        assert workplace.send_waiting() == ()
    assert not paper.is_fresh
    assert paper.main.ref.converted_from is not None
    assert paper.main.ref.converted_from.by is None
    assert endings(told) == [(Step.KEPT, "server.unreachable")]
    assert kept == ["personal"]
    assert places.world.main_revision(document_id) == 2
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_what_was_opened_offline_is_signed_as_shown_once_the_server_is_back(
    places: Workplaces,
) -> None:
    document_id = word_document(places.world)
    with places.of() as workplace:
        workplace.prefetch(workplace.sync())
        places.lose_the_server()
        order = to_sign(workplace, document_id)
        places.find_the_server()
        told = places.sign(workplace, order)
    assert endings(told) == [(Step.DONE, None)]
    assert places.world.main_revision(document_id) == 2


def test_without_libreoffice_the_person_is_told_and_can_return_it(
    without_converter: Workplaces,
) -> None:
    document_id = word_document(without_converter.world)
    with without_converter.of() as workplace:
        with pytest.raises(AppError, match=r"convert\.missing"):
            workplace.open(document_id)
        assert workplace.stored(document_id) is None
        returned = workplace.send_back(document_id, "Đề nghị gửi bản PDF")
    assert returned.state == "returned"


def test_a_pdf_with_a_word_attachment_is_read_and_not_signed_where_nothing_converts(
    without_converter: Workplaces,
) -> None:
    world = without_converter.world
    pdf = world.demo.folder / "drafts" / "cong-van" / "cong-van.pdf"
    word_document(world)
    annex = world.folder / "cong-van-word.docx"
    document_id = world.demo.store.add_document(
        NewDocument(
            abstract="Về việc phụ lục",
            kind_name="Công văn",
            symbol="STP-PL",
            files=(
                NewFile(pdf, pdf.name),
                NewFile(annex, "phu-luc.docx", "attachment", MEDIA_TYPES[".docx"]),
            ),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            drafting_unit="Văn phòng",
        )
    )
    with without_converter.of() as workplace:
        paper = workplace.open(document_id)
        with pytest.raises(AppError, match=r"convert\.missing"):
            workplace.propose_signing(paper)
        with pytest.raises(AppError, match=r"workflow\.not_pdf"):
            workplace.attachment(paper, "f2")
    assert [(item.code, item.params["file"]) for item in paper.problems] == [
        ("convert.missing", "phu-luc.docx")
    ]

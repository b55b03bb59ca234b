"""Facts about the attachments of an open document: whoever may read it may read them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.demo.opening import RECIPIENT
from app.demo.people import CLERK
from app.errors import AppError
from app.workflow.documents import FileRef, Secrecy
from tests.integration.workplace.workplaces import Workplaces, to_issue


def is_here(places: Workplaces, file: FileRef) -> bool:
    """Say whether a file's bytes are in somebody's store."""
    return any(path.name.startswith(file.sha256) for path in places.world.folder.rglob("*"))


def test_a_leader_reads_an_attachment_that_is_fetched_when_it_is_asked_for(
    places: Workplaces,
) -> None:
    document_id = places.world.draft("cong-van-phu-luc")
    with places.of() as workplace:
        paper = workplace.open(document_id)
        (ref,) = paper.document.attachments
        file = workplace.attachment(paper, ref.file_id)
    assert (file.ref, file.sha256) == (ref, ref.sha256)
    assert (
        file.path.read_bytes()
        == places.world.demo.store.content_path(document_id, ref.file_id).read_bytes()
    )
    assert file.pages


def test_an_attachment_that_lies_here_is_read_offline_and_before_anybody_is_signed_in(
    places: Workplaces,
) -> None:
    document_id = places.world.draft("cong-van-phu-luc")
    with places.of() as workplace:
        paper = workplace.open(document_id)
        file_id = paper.document.attachments[0].file_id
        file = workplace.attachment(paper, file_id)
        places.lose_the_server()
        assert workplace.attachment(paper, file_id) == file
    with places.of(signed_in=False) as workplace:
        assert workplace.attachment(paper, file_id) == file


def test_an_attachment_that_is_not_here_does_not_come_offline(places: Workplaces) -> None:
    document_id = places.world.draft("cong-van-phu-luc")
    with places.of() as workplace:
        paper = workplace.open(document_id)
        places.lose_the_server()
        with pytest.raises(AppError, match=r"server\.unreachable"):
            workplace.attachment(paper, paper.document.attachments[0].file_id)


def test_nothing_of_a_secret_document_is_fetched(places: Workplaces) -> None:
    document_id = places.world.draft("cong-van-phu-luc")
    with places.of() as workplace:
        paper = workplace.open(document_id)
        secret = replace(paper, document=replace(paper.document, secrecy=Secrecy.CONFIDENTIAL))
        (annex,) = paper.document.attachments
        with pytest.raises(AppError, match=r"workflow\.secret"):
            workplace.attachment(secret, annex.file_id)
    assert (is_here(places, paper.main.ref), is_here(places, annex)) == (True, False)


def test_a_recipient_reads_the_sealed_attachment(places: Workplaces) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    with places.of(CLERK) as workplace:
        places.issue(workplace, to_issue(workplace, document_id))
    with places.of(RECIPIENT) as workplace:
        paper = workplace.open(document_id)
        file = workplace.attachment(paper, paper.document.attachments[0].file_id)
        review = workplace.review(file.path)
    assert "VanBanKemTheo" in review.boxes

"""Facts about drafts that come as Word files, from the leader's desk to the published document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.drafts import word_draft
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.opening import MEDIA_TYPES
from app.demo.people import CLERK, LEADER
from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.converting import convert
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Secrecy
from app.workflow.office import Office
from app.workflow.plan import WorkState
from app.workflow.routing import send_back
from app.workflow.sign_draft import open_draft, plan_draft, sign_draft
from signing.terms import Verdict
from tests.integration.workflow.killing import KilledError, Tripwire
from tests.integration.workflow.test_leader import files_below
from tests.integration.workflow.world import World


def word_document(world: World, *, attached: bool = False, secrecy: Secrecy = Secrecy.NONE) -> str:
    """Put a draft that is a Word file before the leader, with another one beside it where `attached`."""
    spec = word_draft()
    path = world.folder / spec.files[0].name
    spec.files[0].build(path)
    files = [NewFile(path, path.name, "main", MEDIA_TYPES[".docx"])]
    if attached:
        files.append(NewFile(path, "phu-luc.docx", "attachment", MEDIA_TYPES[".docx"]))
    return world.demo.store.add_document(
        NewDocument(
            abstract=spec.abstract,
            kind_name=spec.kind_name,
            symbol=f"STP-W{path.stat().st_ino}",
            files=tuple(files),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            drafting_unit="Văn phòng",
            secrecy=secrecy,
        )
    )


def without_converter(desk: Office) -> Office:
    return replace(desk, bench=replace(desk.bench, converter=None))


def test_what_is_shown_is_the_pdf_that_the_server_then_has(world: World) -> None:
    document_id = word_document(world)
    original = world.content(document_id)
    with world.desk() as desk:
        draft = open_draft(desk, document_id)
        content = draft.path.read_bytes()
        kept = desk.files.path_of(hashlib.sha256(original).hexdigest()).read_bytes()
    assert content.startswith(b"%PDF-")
    assert content == world.content(document_id)
    assert (draft.file.name, draft.file.media_type) == ("cong-van-word.pdf", "application/pdf")
    assert kept == original


def test_the_next_person_sees_what_it_was_and_who_converted_it(world: World) -> None:
    document_id = word_document(world)
    original = hashlib.sha256(world.content(document_id)).hexdigest()
    with world.desk() as desk:
        open_draft(desk, document_id)
    with world.desk(CLERK) as desk:
        was = desk.server.document(document_id).main_file.converted_from
    assert was is not None
    assert (was.sha256, was.name, was.media_type, was.by) == (
        original,
        "cong-van-word.docx",
        MEDIA_TYPES[".docx"],
        LEADER.common_name,
    )


def test_a_word_draft_is_signed_numbered_sealed_and_valid(world: World) -> None:
    document_id = word_document(world, attached=True)
    with world.desk() as desk:
        world.sign(desk, document_id)
    with world.desk(CLERK) as desk:
        issued = world.issue(desk, document_id)
        verdicts = [
            check_file(
                desk.bench.judge,
                desk.bench.eyes,
                world.demo.store.content_path(document_id, file.file_id),
            ).verdict
            for file in issued.document.files
        ]
    assert verdicts == [Verdict.VALID, Verdict.VALID]


def test_opening_it_again_converts_nothing(world: World) -> None:
    document_id = word_document(world)
    with world.desk() as desk:
        first = open_draft(desk, document_id)
        again = open_draft(without_converter(desk), document_id)
    assert again.shown_sha256 == first.shown_sha256
    assert world.main_revision(document_id) == 1


def test_offline_it_is_read_and_signed_and_all_is_sent_in_order_later(world: World) -> None:
    document_id = word_document(world)
    world.break_calls("/revisions", times=2)
    with world.desk() as desk:
        draft = open_draft(desk, document_id)
        plan = plan_draft(desk, draft, world.certificate())[0]
        with pytest.raises(AppError, match=r"server\.unreachable"):
            sign_draft(desk, draft, plan)
        assert world.main_revision(document_id) == 0
        deliver_unfinished(desk)
        states = {work.state for work in desk.journal.works_of(document_id)}
    assert states == {WorkState.ACCEPTED}
    assert world.main_revision(document_id) == 2
    assert world.content(document_id).startswith(draft.path.read_bytes())


def test_without_a_converter_the_leader_is_told_and_can_return_it(world: World) -> None:
    document_id = word_document(world)
    with world.desk() as desk:
        with pytest.raises(AppError) as told:
            open_draft(without_converter(desk), document_id)
        returned = send_back(desk, document_id, "Đề nghị gửi bản PDF")
    assert told.value.code == "convert.missing"
    assert told.value.params["file"] == "cong-van-word.docx"
    assert returned.state == "returned"


def test_an_attachment_that_cannot_be_converted_stops_the_signature(world: World) -> None:
    document_id = word_document(world)
    broken = world.folder / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 no package")
    pdf = world.demo.folder / "drafts" / "cong-van" / "cong-van.pdf"
    document_id = world.demo.store.add_document(
        NewDocument(
            abstract="Về việc kiểm tra",
            kind_name="Công văn",
            symbol="STP-VP",
            files=(
                NewFile(pdf, pdf.name),
                NewFile(broken, broken.name, "attachment", MEDIA_TYPES[".docx"]),
            ),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            drafting_unit="Văn phòng",
        )
    )
    with world.desk() as desk, pytest.raises(AppError) as told:
        open_draft(desk, document_id)
    assert (told.value.code, told.value.params["file"]) == ("convert.not_word", "hong.docx")


def test_no_number_is_taken_for_a_document_with_a_file_that_cannot_be_sealed(world: World) -> None:
    pdf = world.demo.folder / "drafts" / "cong-van" / "cong-van.pdf"
    sheet = world.folder / "so-lieu.xlsx"
    sheet.write_bytes(b"numbers")
    document_id = world.demo.store.add_document(
        NewDocument(
            abstract="Về việc số liệu",
            kind_name="Công văn",
            symbol="STP-VP",
            files=(
                NewFile(pdf, pdf.name),
                NewFile(sheet, sheet.name, "attachment", "application/vnd.ms-excel"),
            ),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            drafting_unit="Văn phòng",
        )
    )
    with world.desk() as desk:
        world.sign(desk, document_id)
    with world.desk(CLERK) as desk:
        with pytest.raises(AppError, match=r"workflow\.not_pdf"):
            world.issue(desk, document_id)
        assert desk.server.document(document_id).number is None


def test_nothing_of_a_secret_word_draft_reaches_this_machine(world: World, tmp_path: Path) -> None:
    document_id = word_document(world, secrecy=Secrecy.CONFIDENTIAL)
    with world.desk() as desk:
        with pytest.raises(AppError, match=r"workflow\.secret"):
            open_draft(desk, document_id)
        store = tmp_path / LEADER.key
    assert not any(found.startswith(b"PK\x03\x04") for found in files_below(store))
    assert world.faults.seen("/content") == ()


@pytest.mark.parametrize(
    "step", [*range(1, 8, 2), *(pytest.param(step, marks=pytest.mark.soak) for step in (2, 4, 6))]
)
def test_a_crash_after_any_step_leaves_a_draft_that_is_converted_once(
    world: World, step: int
) -> None:
    document_id = word_document(world)
    with world.desk() as desk, pytest.raises(KilledError):
        open_draft(Tripwire(step).around(desk), document_id)
    with world.desk() as desk:
        draft = open_draft(desk, document_id)
        deliver_unfinished(desk)
        assert desk.journal.unfinished() == ()
    assert world.content(document_id) == draft.path.read_bytes()
    assert world.main_revision(document_id) == 1


def test_a_result_that_is_too_large_to_send_is_dropped(world: World, tmp_path: Path) -> None:
    with world.desk() as desk:
        limits = replace_limit(desk, 1000)
        draft = tmp_path / "draft.docx"
        word_draft().files[0].build(draft)
        with pytest.raises(AppError, match=r"workflow\.too_large"):
            convert(limits.bench, draft, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def replace_limit(desk: Office, file_bytes: int) -> Office:
    profile = desk.bench.profile
    limits = profile.limits.model_copy(update={"file_bytes": file_bytes})
    return replace(
        desk, bench=replace(desk.bench, profile=profile.model_copy(update={"limits": limits}))
    )

"""Facts about copies (sao y, sao lục, trích sao), on real tokens, processes and HTTP."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.clock import VIETNAM
from app.demo.people import AGENCY, AGENCY_SEAL, CLERK, LEADER
from app.errors import AppError
from app.rules import CopyForm
from app.workflow.copying import Copied, copy_document, finish_copy
from app.workflow.incoming import register
from app.workflow.office import Office
from signing.opening import file_sha256
from signing.report import FileReport
from signing.terms import SignatureKind, Verdict
from tests.integration.signing.office import told
from tests.integration.workflow.test_clerk import ARRIVAL
from tests.integration.workflow.world import World

DECREE = "nd30-2020"


def copied(world: World, desk: Office, document_id: str, form: CopyForm = "sao_y") -> Copied:
    return copy_document(desk, document_id, world.certificate(AGENCY_SEAL.key), form)


def arrived(desk: Office, path: Path) -> str:
    """Register a file that came in, without signing it."""
    came = register(desk, path, ARRIVAL, None, shown_sha256=file_sha256(path))
    return came.document.document_id


def issued_elsewhere(world: World) -> Path:
    """A document that its agency has issued electronically."""
    document_id = world.to_issue()
    with world.desk(CLERK) as desk:
        world.issue(desk, document_id)
    return world.demo.store.content_path(document_id, "f1")


def judged(world: World, document_id: str) -> FileReport:
    with world.desk(CLERK) as desk:
        return desk.bench.judge.verify(world.demo.store.content_path(document_id, "f1")).result()


def test_a_scan_of_paper_is_copied_and_goes_out(world: World) -> None:
    document_id = world.draft("sao-y", signers=())
    with world.desk(CLERK, profile_id=DECREE) as desk:
        done = copied(world, desk, document_id)
    report = judged(world, document_id)
    assert (done.document.state, done.notes) == ("published", ())
    assert [(item.field, item.verdict) for item in report.signatures] == [("SaoY", Verdict.VALID)]


@pytest.mark.parametrize(
    ("form", "words"), [("sao_y", "SAO Y"), ("sao_luc", "SAO LỤC"), ("trich_sao", "TRÍCH SAO")]
)
def test_the_line_names_form_and_agency_and_the_moment_that_the_signature_claims(
    world: World, form: CopyForm, words: str
) -> None:
    document_id = world.draft("sao-y", signers=())
    with world.desk(CLERK, profile_id=DECREE) as desk:
        copied(world, desk, document_id, form)
    path = world.demo.store.content_path(document_id, "f1")
    line = re.search(
        rf"{words}; {AGENCY}; (\d\d/\d\d/\d{{4}}; \d\d:\d\d:\d\d) \+07:00",
        " ".join(told("pdftotext", "-l", "1", path, "-").split()),
    )
    assert line is not None
    written = datetime.strptime(line[1], "%d/%m/%Y; %H:%M:%S").replace(tzinfo=VIETNAM)
    claimed = judged(world, document_id).signatures[0].signature_info.claimed_time
    assert claimed is not None
    assert abs(claimed - written) < timedelta(seconds=2)


@pytest.mark.parametrize(("form", "is_warned"), [("sao_y", True), ("trich_sao", False)])
def test_a_sao_y_of_an_electronic_original_is_warned_of_and_an_extract_is_not(
    world: World, form: CopyForm, is_warned: bool
) -> None:
    path = issued_elsewhere(world)
    with world.desk(CLERK, profile_id=DECREE) as desk:
        done = copied(world, desk, arrived(desk, path), form)
    assert ("workflow.copy_of_signed" in done.notes) is is_warned
    assert done.document.state == "incoming"


def test_what_the_own_leader_signed_goes_out_sealed_and_not_as_a_copy(world: World) -> None:
    document_id = world.to_issue()
    with (
        world.desk(CLERK, profile_id=DECREE) as desk,
        pytest.raises(AppError, match=r"workflow\.copy_of_own_draft"),
    ):
        copied(world, desk, document_id)
    assert world.demo.store.document(document_id).state == "to_issue"


def test_a_persons_certificate_makes_no_copy(world: World) -> None:
    document_id = world.draft("sao-y", signers=())
    with (
        world.desk(CLERK, profile_id=DECREE) as desk,
        pytest.raises(AppError, match=r"workflow\.not_the_agency"),
    ):
        copy_document(desk, document_id, world.certificate(LEADER.key), "sao_y")
    assert world.main_revision(document_id) == 0


def test_a_form_that_the_rules_do_not_have_is_refused(world: World) -> None:
    document_id = world.draft("sao-y", signers=())
    with world.desk(CLERK, profile_id=DECREE) as desk:
        rules = desk.bench.profile
        copies = rules.copies.model_copy(update={"forms": ("sao_y",)})
        object.__setattr__(desk.bench, "profile", rules.model_copy(update={"copies": copies}))
        with pytest.raises(AppError, match=r"workflow\.copy_form_unused"):
            copied(world, desk, document_id, "trich_sao")


@pytest.mark.parametrize("call", ["/revisions", "/forward"])
def test_a_copy_whose_answer_was_lost_is_one_copy_and_goes_out(world: World, call: str) -> None:
    document_id = world.draft("sao-y", signers=())
    with world.desk(CLERK, profile_id=DECREE) as desk:
        world.lose_answers(call)
        with pytest.raises(AppError, match=r"server\.unreachable"):
            copied(world, desk, document_id)
        finish_copy(desk, document_id)
        kinds = [work.kind for work in desk.journal.works_of(document_id)]
    assert kinds == [SignatureKind.COPY.value]
    assert world.demo.store.document(document_id).state == "published"
    assert len(judged(world, document_id).signatures) == 1

"""Facts about issuing what other software signed: a number signature, then the seal, each once, whatever dies."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from app.demo.people import AGENCY_SEAL, CLERK
from app.errors import AppError
from app.rules import load_profile
from app.workflow.checking import check_file
from app.workflow.issue import issue
from app.workflow.sign_draft import forward_once, open_draft, plan_draft
from signing.terms import SignatureKind, Verdict
from tests.integration.workflow.killing import KilledError, Tripwire
from tests.integration.workflow.world import World

BOTH = [SignatureKind.NUMBER, SignatureKind.SEAL]


def signed_elsewhere(world: World) -> str:
    """Bring a document before the clerk whose leader signed it with a program that prepares no fields."""
    document_id = world.draft()
    certificate = world.certificate()
    with world.desk() as desk:
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        signed = world.folder / f"{document_id}.pdf"
        request = replace(plan.request, prepare=())
        desk.bench.token.sign(draft.path, signed, request)
        desk.server.upload(
            document_id,
            draft.file.file_id,
            signed=signed,
            kind=SignatureKind.PERSONAL.value,
            base_sha256=draft.file.sha256,
            idempotency_key=f"elsewhere-{document_id}",
        )
        forward_once(desk, desk.server.document(document_id), "to_clerk")
    return document_id


def test_a_document_that_other_software_signed_is_numbered_and_sealed(world: World) -> None:
    document_id = signed_elsewhere(world)
    with world.desk(CLERK) as desk:
        issued = world.issue(desk, document_id)
        path = world.demo.store.content_path(document_id, "f1")
        report = check_file(desk.bench.judge, desk.bench.eyes, path)
    assert [(item.field, item.verdict) for item in report.signatures] == [
        ("LanhDao", Verdict.VALID),
        ("SoVanBan", Verdict.VALID),
        ("ConDau", Verdict.VALID),
    ]
    paper = world.demo.store.document(document_id)
    assert (paper.state, paper.number) == ("published", issued.numbering.text)
    assert "workflow.number_signed_apart" in issued.notes


@pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.soak)])
def test_the_clerks_program_may_die_after_any_step_of_it(world: World, stride: int) -> None:
    """Between the token and the journal alone is a signature lost; nothing is on the document twice."""
    step, rounds, taken = 0, 0, set()
    agency = world.certificate(AGENCY_SEAL.key)
    while True:
        step += stride
        document_id = signed_elsewhere(world)
        wire = Tripwire(step)
        store = world.folder / f"clerk-{step}"
        with suppress(KilledError), world.desk(CLERK, store) as desk:
            issue(wire.around(desk), document_id, agency)
        if len(wire.trace) < step:
            break
        with world.desk(CLERK, store) as desk:
            with suppress(AppError):
                issue(desk, document_id, agency)
            path = world.demo.store.content_path(document_id, "f1")
            fields = [item.field for item in desk.bench.judge.verify(path).result().signatures]
        assert fields == ["LanhDao", "SoVanBan", "ConDau"], wire.trace
        paper = world.demo.store.document(document_id)
        assert paper.state == "published"
        taken.add(paper.number)
        actions = [item.action for item in paper.history]
        assert [actions.count(f"sign:{kind.value}") for kind in BOTH] == [1, 1]
        assert actions.count("number") == 1
        rounds += 1
    assert step > 15
    assert len(taken) == rounds


def test_a_number_signature_made_before_midnight_keeps_its_date(world: World) -> None:
    document_id = signed_elsewhere(world)
    agency = world.certificate(AGENCY_SEAL.key)
    with world.desk(CLERK) as desk:
        day = date(2026, 11, 20)
        world.break_calls("/forward")
        with pytest.raises(AppError, match=r"server\.unreachable"):
            issue(desk, document_id, agency, issue_date=day)
        issued = issue(desk, document_id, agency)
    assert issued.numbering.issue_date == day


def test_an_office_of_exactly_two_signatures_takes_no_number_for_it(world: World) -> None:
    document_id = signed_elsewhere(world)
    agency = world.certificate(AGENCY_SEAL.key)
    with world.desk(CLERK) as desk:
        strict = replace(desk.bench, profile=load_profile("stp-binh-phuoc-2019"))
        with pytest.raises(AppError, match=r"workflow\.signature_count"):
            issue(replace(desk, bench=strict), document_id, agency)
    assert world.demo.store.document(document_id).number is None

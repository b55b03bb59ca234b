"""Facts about levels in the office's day: raised before the upload, caught up later, never with a signature more."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.people import AGENCY_SEAL, CLERK, LEADER, Holder
from app.demo.serving import claim_port
from app.errors import AppError
from app.workflow.issue import finish_issue, issue
from app.workflow.office import Office
from app.workflow.sign_draft import SignedDraft
from signing.report import FileReport
from signing.terms import PadesLevel, SignatureKind, Verdict
from tests.integration.workflow.world import World

B_LT = PadesLevel.B_LT


@contextmanager
def desk_at(
    world: World, holder: Holder, *, tsa: tuple[str, ...] | None = None
) -> Iterator[Office]:
    """Sit somebody down in an office that publishes at B-LT."""
    with world.desk(holder) as desk:
        rules = desk.bench.profile
        publish = rules.publish.model_copy(update={"level": B_LT.value})
        bench = replace(
            desk.bench,
            profile=rules.model_copy(update={"publish": publish}),
            level=PadesLevel.B_T,
            tsa_urls=desk.bench.tsa_urls if tsa is None else tsa,
        )
        yield replace(desk, bench=bench)


@pytest.fixture
def nobody() -> Iterator[tuple[str, ...]]:
    """The address of a time stamping authority that is away."""
    with claim_port() as port:
        yield (f"http://127.0.0.1:{port.getsockname()[1]}/tsa",)


def sign(world: World, desk: Office, document_id: str) -> SignedDraft:
    return world.sign(desk, document_id)


def report_of(world: World, desk: Office, document_id: str, file_id: str = "f1") -> FileReport:
    path = world.demo.store.content_path(document_id, file_id)
    report = desk.bench.judge.verify(path).result()
    assert report.verdict is Verdict.VALID
    check_elsewhere(path)
    return report


def check_elsewhere(path: Path) -> None:
    run = [["pdfsig", "-nocert", str(path)], ["qpdf", "--check", str(path)]]
    said, _ = (
        subprocess.run(item, capture_output=True, text=True, check=True).stdout for item in run
    )
    assert "Signature is Valid." in said
    assert "Signature is Invalid" not in said


def levels(report: FileReport) -> list[PadesLevel | None]:
    stamp = SignatureKind.DOCUMENT_TIMESTAMP
    return [item.signature_info.level for item in report.signatures if item.kind is not stamp]


def test_leader_and_clerk_reach_the_level_before_their_uploads(world: World) -> None:
    document_id = world.draft("cong-van-phu-luc")
    with desk_at(world, LEADER) as desk:
        signed = sign(world, desk, document_id)
        assert (signed.level, levels(report_of(world, desk, document_id))) == ("B-LT", [B_LT])
    with desk_at(world, CLERK) as desk:
        issued = issue(desk, document_id, world.certificate(AGENCY_SEAL.key))
        assert levels(report_of(world, desk, document_id)) == [B_LT, B_LT]
        assert levels(report_of(world, desk, document_id, "f2")) == [B_LT]
    assert issued.document.state == "published"
    # One upload for each signature: nothing was sent twice.
    assert [item.revision for item in issued.document.files] == [2, 1]


def test_a_document_sealed_while_the_services_were_away_is_published_later(
    world: World, nobody: tuple[str, ...]
) -> None:
    document_id = world.draft()
    with desk_at(world, LEADER, tsa=nobody) as desk:
        signed = sign(world, desk, document_id)
        assert (signed.level, "timestamp.missing" in signed.notes) == ("B-B", True)
    with desk_at(world, CLERK, tsa=nobody) as desk, pytest.raises(AppError) as below:
        issue(desk, document_id, world.certificate(AGENCY_SEAL.key))
    assert below.value.code == "workflow.level_missing"
    assert world.demo.store.document(document_id).state == "to_issue"
    with desk_at(world, CLERK) as desk:
        published = finish_issue(desk, document_id)
        assert levels(report_of(world, desk, document_id)) == [B_LT, B_LT]
        fields = [item.field for item in report_of(world, desk, document_id).signatures]
    assert published is not None
    assert published.state == "published"
    assert fields == ["LanhDao", "ConDau", "DauThoiGian"]


def test_issuing_again_catches_up_and_publishes_without_another_number(
    world: World, nobody: tuple[str, ...]
) -> None:
    document_id = world.draft()
    with desk_at(world, LEADER) as desk:
        sign(world, desk, document_id)
    with desk_at(world, CLERK, tsa=nobody) as desk, pytest.raises(AppError, match="level_missing"):
        issue(desk, document_id, world.certificate(AGENCY_SEAL.key))
    number = world.demo.store.document(document_id).number
    with desk_at(world, CLERK) as desk:
        issued = issue(desk, document_id, world.certificate(AGENCY_SEAL.key))
        assert levels(report_of(world, desk, document_id)) == [B_LT, B_LT]
    assert issued.document.state == "published"
    assert issued.numbering.text == number

"""Facts about opinions at the workplace: proposed, previewed, signed level after level, read by the next one."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.people import CHIEF, DEPUTY, LEADER, SPECIALIST, Holder
from app.errors import AppError
from app.workflow.checking import check_file
from app.workplace.records import Order, Progress, Step
from app.workplace.workplace import Workplace
from signing.errors import SigningError
from signing.fields import look
from signing.opinions import LEAST_SIZE_PT
from signing.request import Appearance, SignatureRequest
from signing.terms import SignatureKind, Verdict
from tests.integration.workplace.workplaces import (
    Workplaces,
    carried_out,
    endings,
    sign_order,
)

SLIP = "phieu-trinh"
LEVELS = (SPECIALIST, CHIEF, DEPUTY, LEADER)
FIRST = "Kính trình Lãnh đạo Văn phòng xem xét."
SECOND = "Văn phòng thống nhất với đề xuất của chuyên viên."


def _slip(places: Workplaces, *signers: Holder) -> str:
    return places.world.draft(SLIP, signers=signers or LEVELS, kind_name="Phiếu trình")


def _order(workplace: Workplace, document_id: str, text: str = "") -> Order:
    paper = workplace.open(document_id)
    proposal = workplace.propose_signing(paper)
    assert proposal.opinion is not None
    order = sign_order(paper, proposal)
    return replace(order, opinion=text, level=proposal.opinion.level)


def _say(places: Workplaces, holder: Holder, document_id: str, text: str = "") -> list[Progress]:
    with places.of(holder) as workplace:
        order = _order(workplace, document_id, text)
        return carried_out(workplace, places.key(workplace, order, holder), order)


def _file(places: Workplaces, document_id: str) -> Path:
    return places.world.demo.store.content_path(document_id, "f1")


def _as_poppler_shows(path: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_level_is_told_where_and_how_much_it_may_say(places: Workplaces) -> None:
    document_id = _slip(places)
    with places.of(SPECIALIST) as workplace:
        proposal = workplace.propose_signing(workplace.open(document_id))
    opinion = proposal.opinion
    assert opinion is not None
    assert (opinion.level, opinion.is_required, opinion.page_index) == (1, False, 0)
    assert opinion.heading == "Ý kiến đề xuất của chuyên viên/ Lãnh đạo phòng"
    assert opinion.lines >= 3
    assert opinion.box_mm is not None
    assert proposal.box is not None
    assert not opinion.box_mm.intersects(proposal.box.box_mm)
    assert (proposal.blanks, proposal.notes) == ((), ())


def test_a_letter_asks_for_no_opinion(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        assert workplace.propose_signing(workplace.open(document_id)).opinion is None


def test_the_preview_is_the_field_as_it_will_be_and_says_how_many_lines_it_takes(
    places: Workplaces,
) -> None:
    document_id = _slip(places)
    with places.of(SPECIALIST) as workplace:
        paper = workplace.open(document_id)
        opinion = workplace.propose_signing(paper).opinion
        assert opinion is not None
        assert opinion.box_mm is not None
        shown = workplace.preview_opinion(paper, opinion, f"{FIRST}\n{SECOND}", 72)
        assert (shown.lines, shown.size_pt) == (2, 14.0)
        assert shown.picture.has_alpha
        assert shown.picture.width_px == pytest.approx(opinion.box_mm.width_mm * 72 / 25.4, abs=1.5)
        with pytest.raises(SigningError, match=r"prepare\.opinion_too_long"):
            workplace.preview_opinion(paper, opinion, "dòng\n" * 30, 72)
        small = workplace.preview_opinion(paper, opinion, f"{FIRST} " * 5, 72)
        assert LEAST_SIZE_PT <= small.size_pt <= 14.0


def test_level_after_level_signs_and_the_form_ends_with_its_recipients(places: Workplaces) -> None:
    document_id = _slip(places)
    said = (FIRST, SECOND, "", "Đồng ý ban hành.")
    for holder, text in zip(LEVELS, said, strict=True):
        assert endings(_say(places, holder, document_id, text)) == [(Step.DONE, None)]
    assert places.world.demo.store.document(document_id).state == "published"
    path = _file(places, document_id)
    processes = places.world.processes
    report = check_file(processes.verify, processes.render, path)
    assert [item.verdict for item in report.signatures] == [Verdict.VALID] * 4
    fields = look(path).opinions
    assert [(item.is_filled, item.locked_by) for item in fields] == [
        (True, ("LanhDao",)),
        (True, ("LanhDao_2",)),
        (False, ("LanhDao_3",)),
        (True, ("LanhDao_4",)),
    ]


def test_the_next_level_reads_the_opinion_on_the_page(places: Workplaces) -> None:
    document_id = _slip(places)
    with places.of(SPECIALIST) as workplace:
        paper = workplace.open(document_id)
        opinion = workplace.propose_signing(paper).opinion
        before = workplace.page(paper.main.path, 0, 50).result()
    _say(places, SPECIALIST, document_id, FIRST)
    assert FIRST in _as_poppler_shows(_file(places, document_id))
    with places.of(CHIEF) as workplace:
        paper = workplace.open(document_id)
        after = workplace.page(paper.main.path, 0, 50).result()
        changes = places.world.processes.render.compare(
            places.world.demo.folder / "drafts" / SLIP / f"{SLIP}.pdf", paper.main.path
        ).result()
    assert before.pixels != after.pixels
    assert opinion is not None
    assert opinion.box_mm is not None
    assert any(change.box_mm.intersects(opinion.box_mm) for change in changes)


def test_nobody_speaks_at_a_level_that_was_not_shown(places: Workplaces) -> None:
    document_id = _slip(places)
    with places.of(SPECIALIST) as workplace:
        order = replace(_order(workplace, document_id, FIRST), level=2)
        told = carried_out(workplace, places.key(workplace, order, SPECIALIST), order)
    assert endings(told) == [(Step.FAILED, "workflow.not_what_was_shown")]
    assert places.world.main_revision(document_id) == 0


def test_a_text_without_room_ends_unsigned(places: Workplaces) -> None:
    document_id = _slip(places)
    told = _say(places, SPECIALIST, document_id, "dòng\n" * 30)
    assert endings(told) == [(Step.FAILED, "prepare.opinion_too_long")]
    assert places.world.main_revision(document_id) == 0


def test_a_later_signature_over_an_opinion_is_invalid(places: Workplaces, tmp_path: Path) -> None:
    document_id = _slip(places)
    _say(places, SPECIALIST, document_id, FIRST)
    base, out = _file(places, document_id), tmp_path / "over.pdf"
    facts = look(base)
    certificate = places.world.certificate(LEADER.key)
    attack = SignatureRequest(
        SignatureKind.PERSONAL,
        facts.sha256,
        certificate.sha256,
        0,
        facts.opinions[0].widget.box,
        Appearance(lines=("Không đồng ý.",)),
    )
    processes = places.world.processes
    processes.token.sign(base, out, attack)
    assert check_file(processes.verify, processes.render, out).verdict is Verdict.INVALID


def test_an_opinion_on_a_letter_is_refused(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        paper = workplace.open(document_id)
        order = replace(sign_order(paper, workplace.propose_signing(paper)), opinion="Đồng ý")
        told = places.sign(workplace, order)
    assert endings(told) == [(Step.FAILED, "workflow.no_opinion_here")]


def test_a_next_level_that_is_shown_anothers_words_cannot_sign(places: Workplaces) -> None:
    document_id = _slip(places)
    _say(places, SPECIALIST, document_id, FIRST)
    with places.of(CHIEF) as workplace:
        paper = workplace.open(document_id)
        first = replace(paper.document.signers[0], certificate_sha256="0" * 64)
        signers = (first, *paper.document.signers[1:])
        other = replace(paper, document=replace(paper.document, signers=signers))
        with pytest.raises(AppError, match=r"workflow\.opinion_of_another"):
            workplace.propose_signing(other)

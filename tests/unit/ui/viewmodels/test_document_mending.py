"""Facts about a draft that cannot be signed as it came, and about the texts that the office keeps ready."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import AppError
from app.workflow.documents import Queue
from app.workplace.records import Problem
from signing.errors import SigningError
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, picture, shows_at_once, task, to_sign
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm

MENDED = "d" * 64
TEXTS = ("Hồ sơ chưa đủ thành phần theo quy định.",)


def opened(queue: Queue = Queue.TO_SIGN, code: str = "", **answers: Any) -> Any:
    told: dict[str, Any] = {"open": paper(), "propose_signing": to_sign(), "preview": picture()}
    workplace = FakeWorkplace(**(told | answers))
    if code:
        workplace.errors["propose_signing"] = SigningError(code, detail="xref", count=2)
    vm = DocumentVm(FakeBridge(workplace))
    shows_at_once(vm)
    vm.open(task(queue))
    return vm, workplace


@pytest.mark.parametrize("code", ["sign.damaged", "sign.own_form_fields"])
def test_a_draft_that_can_be_mended_is_mended_only_when_asked(code: str) -> None:
    vm, workplace = opened(code=code, mend=paper(MENDED))
    assert vm.state.can_mend
    assert workplace.asked("mend") == []
    del workplace.errors["propose_signing"]
    vm.mend()
    assert workplace.asked("mend") == [("d1",)]
    assert vm.state.paper is not None
    assert vm.state.paper.main.sha256 == MENDED
    assert vm.state.signing is not None


def test_what_is_wrong_otherwise_offers_no_mending() -> None:
    vm, workplace = opened(code="sign.certified_no_changes", mend=paper(MENDED))
    vm.mend()
    assert (vm.state.can_mend, workplace.asked("mend")) == (False, [])


def test_why_it_was_not_mended_is_told() -> None:
    vm, workplace = opened(code="sign.damaged")
    workplace.errors["mend"] = AppError("workflow.mend_failed")
    vm.mend()
    assert vm.state.problem == Problem("workflow.mend_failed")
    assert not vm.state.is_busy


def test_a_dossiers_document_has_the_offices_texts_for_its_return() -> None:
    vm, _ = opened(open=paper(dossier_code="000.00.01.H99-261122-0007"), guidance=TEXTS)
    assert vm.state.guidance == TEXTS


def test_another_document_asks_for_no_such_texts() -> None:
    vm, workplace = opened(guidance=TEXTS)
    assert (vm.state.guidance, workplace.asked("guidance")) == ((), [])

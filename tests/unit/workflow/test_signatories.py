"""Facts about whom the register knows: it grants nothing, it tells a known certificate from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.workflow.documents import Person, Role, Signer
from app.workflow.signatories import Signatory, named_by, notes_on_names
from tests.fakes import papers, reviews

REPORT = reviews.leader_only()
SIGNED_BY = REPORT.signatures[0]
NAME = str(SIGNED_BY.signer)
CERTIFICATE = str(SIGNED_BY.certificate_sha256)
ME = Person("u1", NAME, "Sở Tư pháp", (Role.CLERK,), ("aa" * 32,), ("bb" * 32,), "nd30-2020")


class _Known:
    def __init__(self, *known: Signatory) -> None:
        self._known = known

    def remember(self, signatories: Iterable[Signatory]) -> None:
        raise AssertionError(f"only looked at here: {signatories}")

    def all(self) -> tuple[Signatory, ...]:
        return self._known


def _notes(signer: Signer, *known: Signatory) -> tuple[str, ...]:
    document = replace(papers.paper().document, signers=(signer,))
    return notes_on_names(_Known(*known), document, REPORT)


def test_a_signer_known_by_another_certificate_is_asked_about() -> None:
    known = Signatory("ee" * 32, NAME, is_agency=False)
    assert _notes(Signer(NAME, "Giám đốc"), known) == ("workflow.signer_certificate_new",)


def test_a_signer_with_the_certificate_that_is_known_needs_no_word() -> None:
    assert _notes(Signer(NAME, "Giám đốc"), Signatory(CERTIFICATE, NAME, is_agency=False)) == ()


def test_a_signer_whom_nobody_knows_yet_needs_no_word() -> None:
    assert _notes(Signer(NAME, "Giám đốc")) == ()


def test_where_the_task_names_the_certificate_the_register_is_not_asked() -> None:
    known = Signatory("ee" * 32, NAME, is_agency=False)
    assert _notes(Signer(NAME, "Giám đốc", CERTIFICATE), known) == ()


def test_a_document_names_its_signers_the_agency_and_me() -> None:
    signer = Signer("Trần Thị Bình", "Phó Giám đốc", "cc" * 32)
    document = replace(papers.paper().document, signers=(signer, Signer("Không rõ", "")))
    named = {item.certificate_sha256: item.name for item in named_by(document, ME)}
    assert named == {"bb" * 32: "Sở Tư pháp", "aa" * 32: NAME, "cc" * 32: "Trần Thị Bình"}

"""Who may sign for whom: the authorised signers and agencies that the document server has named on this machine.

The program keeps this register itself (TT 41/2017, Article 6; research: domain, 3.3, S13). It grants nothing: the
task's own fingerprint decides. Where a task carries only a name, it tells a certificate that is known from another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.workflow.documents import Document, Person, same_name
from signing.report import FileReport

NEW_CERTIFICATE = "workflow.signer_certificate_new"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody whose certificate the server has named: a person, or an agency where `is_agency`.

    `title` is the position as the last document had it; `office` the agency that the person works in.
    """

    certificate_sha256: str
    name: str
    is_agency: bool
    title: str | None = None
    office: str | None = None
    first_seen: datetime | None = None
    last_seen: datetime | None = None


class SignatoryRegister(Protocol):
    """Keeps them on this machine; `app.store.signatories.SignatoryStore` is one."""

    def remember(self, signatories: Iterable[Signatory]) -> None:
        """Take them in, or note that they were seen again."""

    def all(self) -> tuple[Signatory, ...]:
        """Return everybody, agencies first, by name."""


def named_by(document: Document, person: Person) -> tuple[Signatory, ...]:
    """Return whom a document and the signed-in person's description name with their certificates."""
    signers = (
        Signatory(item.certificate_sha256, item.name, is_agency=False, title=item.title)
        for item in document.signers
        if item.certificate_sha256 is not None
    )
    agencies = (
        Signatory(sha256, person.office, is_agency=True)
        for sha256 in person.agency_certificate_sha256
    )
    mine = (
        Signatory(sha256, person.name, is_agency=False, office=person.office)
        for sha256 in person.certificate_sha256
    )
    return (*agencies, *mine, *signers)


def notes_on_names(
    register: SignatoryRegister, document: Document, report: FileReport
) -> tuple[str, ...]:
    """Say where a signer who is known by name alone signed with another certificate than the ones known of them.

    Source: design, signing: where a task carries only a name, a difference is asked about.
    """
    by_name = [item for item in document.signers if item.certificate_sha256 is None]
    if not by_name:
        return ()
    known = register.all()
    for signer in by_name:
        certificates = {
            item.certificate_sha256 for item in known if same_name(item.name, signer.name)
        }
        signed = {
            item.certificate_sha256
            for item in report.signatures
            if same_name(item.signer, signer.name)
        }
        if certificates and signed and not signed & certificates:
            return (NEW_CERTIFICATE,)
    return ()

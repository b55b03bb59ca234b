"""The machine's journal as one person sees it: several sit at one machine, and each sends what is their own."""

from __future__ import annotations

from dataclasses import dataclass

from app.workflow.documents import Person, Role, UploadReceipt
from app.workflow.plan import BASE, SigningPlan, Work
from app.workflow.ports import Journal
from signing.terms import SignatureKind

_PERSONS = {SignatureKind.PERSONAL.value, SignatureKind.INITIAL.value, BASE}


@dataclass(frozen=True, slots=True)
class OwnJournal:
    """Fills `Journal`. What somebody else signed here is not seen, so it is neither sent nor given up."""

    whole: Journal
    person: Person

    def begin(self, plan: SigningPlan, by: str | None = None) -> Work:
        """Record a plan as this person's."""
        return self.whole.begin(plan, by or self.person.user_id)

    def begin_base(
        self, document_id: str, file_id: str, original_sha256: str, by: str | None = None
    ) -> Work:
        """Record a new base as this person's."""
        whose = by or self.person.user_id
        return self.whole.begin_base(document_id, file_id, original_sha256, whose)

    def begin_extension(
        self, document_id: str, file_id: str, base_sha256: str, by: str | None = None
    ) -> Work:
        """Record an extension as this person's."""
        whose = by or self.person.user_id
        return self.whole.begin_extension(document_id, file_id, base_sha256, whose)

    def signed(self, work_id: str, *, signed_sha256: str, level: str) -> Work:
        """As the whole journal."""
        return self.whole.signed(work_id, signed_sha256=signed_sha256, level=level)

    def extended(self, work_id: str, *, extended_sha256: str, level: str) -> Work:
        """As the whole journal."""
        return self.whole.extended(work_id, extended_sha256=extended_sha256, level=level)

    def sending(self, work_id: str) -> Work:
        """As the whole journal."""
        return self.whole.sending(work_id)

    def accepted(self, work_id: str, receipt: UploadReceipt) -> Work:
        """As the whole journal."""
        return self.whole.accepted(work_id, receipt)

    def dropped(self, work_id: str, *, reason: str) -> Work:
        """As the whole journal."""
        return self.whole.dropped(work_id, reason=reason)

    def failed_once(self, work_id: str, *, code: str) -> None:
        """As the whole journal."""
        self.whole.failed_once(work_id, code=code)

    def unfinished(self) -> tuple[Work, ...]:
        """Return what of mine is planned or signed and not yet accepted, oldest first."""
        return tuple(filter(self._is_mine, self.whole.unfinished()))

    def works_of(self, document_id: str) -> tuple[Work, ...]:
        """Return my work on a document, oldest first."""
        return tuple(filter(self._is_mine, self.whole.works_of(document_id)))

    def key_for(self, purpose: str, document_id: str) -> str:
        """As the whole journal."""
        return self.whole.key_for(purpose, document_id)

    def settle(self, purpose: str, document_id: str) -> None:
        """As the whole journal."""
        self.whole.settle(purpose, document_id)

    def _is_mine(self, work: Work) -> bool:
        """What the agency's key made is any clerk's of the office to send; the rest is its signer's alone."""
        if work.kind not in _PERSONS:
            return Role.CLERK in self.person.roles
        if work.user_id is not None:
            return work.user_id == self.person.user_id
        # Written down before the journal noted who signed.
        return work.certificate_sha256 in self.person.certificate_sha256

"""What later revisions did, in terms a person knows, and whether the signature before them allows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

from signing.difference import POLICY
from signing.form import walk_fields
from signing.locks import plain, read_lock
from signing.opinions import OPINION_NAMES
from signing.pdf_objects import UNREADABLE, entry
from signing.report import Change
from signing.revision_steps import Finding, StepReader
from signing.terms import ChangeKind

_MAY_BE_ALLOWED = frozenset(
    {ChangeKind.SIGNATURE_ADDED, ChangeKind.FORM_FILLED, ChangeKind.VALIDATION_DATA}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a signature itself forbids for the time after it: DocMDP and FieldMDP (ISO 32000-1, 12.8.2)."""

    doc_mdp: MDPPerm | None = None
    field_mdp: FieldMDPSpec | None = None

    def widens(self, earlier: Limits) -> bool:
        """Whether a later signature permits more than this earlier one did (ISO 32000-2, 12.8.2.2)."""
        before, now = earlier.doc_mdp, self.doc_mdp
        return before is not None and now is not None and now.value > before.value

    def locks(self, field_name: str | None) -> bool:
        """Whether a form field may not be filled any more."""
        spec = self.field_mdp
        return spec is not None and field_name is not None and bool(spec.is_locked(field_name))


@dataclass(frozen=True, slots=True)
class ChangesAfter:
    """The changes after one signature; `signed_after_certification` tells field.md's case apart."""

    changes: tuple[Change, ...]
    signed_after_certification: bool = False

    @property
    def allowed(self) -> bool:
        """Whether the signature survives all of them."""
        return all(change.allowed for change in self.changes)


class ChangeReader:
    """Reads the revisions of one file once, for all its signatures."""

    def __init__(self, reader: Any, limits: Mapping[int, Limits]) -> None:
        """`limits` are those of every signature of the file, by the revision that it signed."""
        self._reader = reader
        self._limits = limits
        self._steps = StepReader(reader)

    def after(self, revision: int) -> ChangesAfter:
        """List what every revision after the signed `revision` did, each change with its verdict."""
        limits = self._limits[revision]
        changes: list[Change] = []
        certified_further = False
        for later in range(revision + 1, self._reader.total_revisions):
            findings = self._steps.findings(later)
            reason = self._objection(revision, later, limits)
            changes += self._unsigned_opinions(later, findings)
            changes += _judged(findings, limits, objection=reason)
            if later in self._limits and self._limits[later].widens(limits):
                changes.append(Change(ChangeKind.OTHER, allowed=False, detail="permission_widened"))
            certified_further |= limits.doc_mdp is not None and any(
                finding.new_field and finding.kind is ChangeKind.SIGNATURE_ADDED
                for finding in findings
            )
        return ChangesAfter(tuple(dict.fromkeys(changes)), certified_further)

    def opinions_of_others(self, revision: int) -> tuple[Change, ...]:
        """Tell a signature that gave more than one level's opinion in its own revision; each is its level's to sign."""
        limits = self._limits[revision]
        locked = [name for name in OPINION_NAMES if limits.locks(name)]
        if len(locked) < 2:
            return ()
        before = self._opinions_at(revision - 1) if revision else {}
        given = [
            name for name in locked if self._opinions_at(revision).get(name) != before.get(name)
        ]
        several = Change(ChangeKind.OTHER, allowed=False, detail="opinions_of_others")
        return (several,) if len(given) > 1 else ()

    def _unsigned_opinions(self, later: int, findings: Sequence[Finding]) -> Iterable[Change]:
        """Opinions that were filled without the signature that locks them: anybody may have written them."""
        signed = self._limits.get(later)
        for finding in findings:
            is_opinion = finding.detail in OPINION_NAMES and not finding.new_field
            if is_opinion and not (signed is not None and signed.locks(finding.detail)):
                yield Change(
                    ChangeKind.OTHER, allowed=False, page=finding.page, detail="unsigned_opinion"
                )

    def _opinions_at(self, revision: int) -> dict[str, str]:
        fields = walk_fields(self._reader.get_historical_resolver(revision))
        texts = {field.name: str(entry(field.dictionary, "/V") or "") for field in fields}
        return {name: text for name, text in texts.items() if text and name in OPINION_NAMES}

    def _objection(self, base: int, later: int, limits: Limits) -> str | None:
        """A short code why the difference policy refuses the later revision, or None."""
        reader = self._reader
        try:
            result = POLICY.apply(
                old=reader.get_historical_resolver(base),
                new=reader.get_historical_resolver(later),
                field_mdp_spec=limits.field_mdp,
                doc_mdp=None,
            )
        except SuspiciousModification:
            return "unexplained_objects"
        except UNREADABLE:
            # What cannot be compared cannot be vouched for.
            return "not_comparable"
        level, permitted = result.modification_level, limits.doc_mdp
        if level == ModificationLevel.OTHER:
            return "unexplained_objects"
        if permitted is not None and level.value > permitted.value:
            return "forbidden_by_certification"
        return None


def _judged(
    findings: Sequence[Finding], limits: Limits, *, objection: str | None
) -> Iterable[Change]:
    judged = [_change(finding, limits, objection) for finding in findings]
    if objection and all(change.allowed for change in judged):
        judged.append(Change(ChangeKind.OTHER, allowed=False, detail=objection))
    return judged


def _change(finding: Finding, limits: Limits, objection: str | None) -> Change:
    allowed = finding.kind in _MAY_BE_ALLOWED and not finding.forbidden
    if finding.kind is ChangeKind.FORM_FILLED and limits.locks(finding.detail):
        allowed = False
    if objection == "forbidden_by_certification":
        allowed = allowed and finding.long_term
    return Change(finding.kind, allowed=allowed, page=finding.page, detail=finding.detail)


def limits_of(signature: Any) -> Limits:
    """Read a signature's DocMDP and FieldMDP, the latter also from the field's /Lock where the reference lacks it.

    A lock that cannot be read locks everything.
    """
    doc_mdp: MDPPerm | None = None
    field_mdp: FieldMDPSpec | None = None
    try:
        doc_mdp = signature.docmdp_level
    except UNREADABLE:
        doc_mdp = MDPPerm.NO_CHANGES
    try:
        field_mdp = signature.fieldmdp
        if field_mdp is None and "/Lock" in signature.sig_field:
            field_mdp = read_lock(signature.sig_field["/Lock"])
        elif field_mdp is not None:
            field_mdp = plain(field_mdp)
    except UNREADABLE:
        doc_mdp = MDPPerm.NO_CHANGES
    return Limits(doc_mdp, field_mdp)

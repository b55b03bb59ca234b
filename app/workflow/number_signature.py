"""Number and date of a document that other software signed: one signature of their own, before the seal.

Such a file has no prepared fields, and whatever else is drawn on it breaks the leader's signature. So the agency signs
twice: one wide signature on the page of the number shows number and date in their blanks, then comes the seal. The
texts stand as the seal would have filled them in (`signing.prepare`); the words between the blanks stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app.clock import vietnam_time
from app.errors import AppError
from app.workflow.dates import date_notes, typed_date_notes
from app.workflow.limits import limit_notes
from app.workflow.office import Workbench
from app.workflow.order import count_kinds, refuse_out_of_order
from app.workflow.placing import Place, as_box, blanks_of, pages_of
from app.workflow.planning import (
    NUMBER_FIELD,
    Planned,
    look_at,
    plan_signature,
    refuse_second_signature,
)
from app.workflow.wish import Wish
from app.workflow.writing import field_texts
from pdf.geometry import box_to_view_space
from signing.errors import SigningError
from signing.facts import FileFacts, check_request
from signing.request import (
    Appearance,
    PlacedText,
    SignatureRequest,
    TextFieldSpec,
    UserBox,
)
from signing.terms import SignatureKind
from signing.token.records import CertificateInfo

LISTED_APART = "workflow.number_signed_apart"
"""Told before: viewers will list one signature more than on a document that was prepared here."""
_DIGIT_EM = 0.5
"""Width of a digit in Times New Roman and its twins."""


def needs_number_signature(facts: FileFacts) -> bool:
    """Say whether a number can be shown on a file by a signature of its own alone, and is not yet."""
    prepared = (*facts.open_fields, *facts.filled_fields)
    return facts.signed and not prepared and not has_number_signature(facts)


def has_number_signature(facts: FileFacts) -> bool:
    """Say whether a file carries a number signature."""
    return count_kinds(facts)[SignatureKind.NUMBER] > 0


def plan_number(
    bench: Workbench,
    base: Path,
    wish: Wish,
    certificate: CertificateInfo,
    *,
    shown_sha256: str | None = None,
) -> Planned:
    """Settle the signature that shows number and date.

    Args:
        bench: the processes and the office's rules.
        base: the file that other software signed.
        wish: number, date, and the blanks where a person placed them.
        certificate: the agency's.
        shown_sha256: hash of the bytes whose pages were shown; the file must still have it.

    Raises:
        AppError: `workflow.number_missing`, `workflow.number_by_seal` (the file has fields for it),
            `workflow.already_numbered`, `workflow.number_before_leader`, `workflow.number_no_blank`,
            `workflow.blanks_apart`, `workflow.covers_text` (a blank that was placed over words),
            `workflow.date_differs` (strict profile), `workflow.person_for_agency`; as `look_at` and
            `refuse_out_of_order`.
        SigningError: `prepare.text_too_wide`; as `signing.facts.check_request`.
    """
    if certificate.purpose == "person":
        raise AppError("workflow.person_for_agency", subject=certificate.subject)
    facts = look_at(bench, base)
    _refuse_other_files(facts, wish)
    refuse_second_signature(bench, base, SignatureKind.NUMBER, facts, (certificate.sha256,))
    refuse_out_of_order(bench.profile, SignatureKind.NUMBER, facts)
    notes = (
        LISTED_APART,
        *limit_notes(facts),
        *date_notes(bench, wish.issue_date),
        *typed_date_notes(bench, base, wish.issue_date),
    )
    specs = number_places(bench, base, wish)
    box = _around(specs)
    texts = field_texts(wish.number, wish.issue_date, bench.profile.date)
    page = pages_of(bench.eyes, base)[specs[0].page_index]
    place = Place(page, box_to_view_space(as_box(box), page), reason="blanks of number and date")
    request = SignatureRequest(
        kind=SignatureKind.NUMBER,
        base_sha256=shown_sha256 or facts.sha256,
        certificate_sha256=certificate.sha256,
        page_index=specs[0].page_index,
        box=box,
        appearance=Appearance(placed=tuple(_placed(spec, texts[spec.name], box) for spec in specs)),
        level=bench.level,
        tsa_urls=bench.tsa_urls,
        digest=bench.digest or certificate.digest,
        rsa_pss=bench.rsa_pss and certificate.can_pss,
        signer_name=certificate.subject,
        reason=wish.reason,
        signing_time=vietnam_time(bench.clock()),
    )
    check_request(facts, request)
    return Planned(request, place, facts, notes, wish)


def plan_in_order(
    bench: Workbench, base: Path, wish: Wish, certificate: CertificateInfo
) -> tuple[Planned, ...]:
    """Settle every signature that a wish takes on a file, in the order in which they are made under one PIN.

    It is one, but for the numbered seal of a document that other software signed: number and date come first, in a
    signature of their own.

    Raises:
        AppError: `workflow.already_numbered` where such a signature is there already; as `plan_number` and
            `plan_signature`.
        SigningError: as these.
    """
    if wish.kind is SignatureKind.NUMBER:
        return (plan_number(bench, base, wish, certificate),)
    if wish.kind is SignatureKind.SEAL and wish.number is not None:
        facts = look_at(bench, base)
        if has_number_signature(facts):
            raise AppError("workflow.already_numbered")
        if needs_number_signature(facts):
            number = replace(wish, kind=SignatureKind.NUMBER, page_index=None, box=None)
            seal = replace(wish, number=None, blanks=())
            return (
                plan_number(bench, base, number, certificate),
                plan_signature(bench, base, seal, certificate, to_come=1),
            )
    return (plan_signature(bench, base, wish, certificate),)


def plan_on(
    bench: Workbench, base: Path, planned: Planned, certificate: CertificateInfo
) -> Planned:
    """Settle a planned signature anew on the revision that the one before it made: same page, same box.

    Raises:
        AppError, SigningError: as `plan_signature`.
    """
    place = planned.place
    wish = replace(planned.wish, page_index=place.page.page_index, box=place.box_mm)
    return plan_signature(bench, base, wish, certificate)


def number_places(bench: Workbench, base: Path, wish: Wish) -> tuple[TextFieldSpec, ...]:
    """Return the blanks of number and date on one page, the number's first.

    Raises:
        AppError: as `plan_number`.
    """
    placed = bool(wish.blanks)
    found = blanks_of(bench.eyes, base, bench.profile, wish)
    if not any(spec.name == NUMBER_FIELD for spec in found):
        raise AppError("workflow.number_no_blank")
    texts = field_texts(wish.number, wish.issue_date, bench.profile.date)
    missing = [spec.name for spec in found if spec.name not in texts]
    if missing:
        raise AppError("workflow.number_missing", fields=", ".join(missing))
    if len({spec.page_index for spec in found}) > 1:
        raise AppError("workflow.blanks_apart")
    if placed:
        boxes = tuple((spec.page_index, as_box(spec.box)) for spec in found)
        if any(bench.eyes.covers_text(base, boxes).result()):
            raise AppError("workflow.covers_text", page=found[0].page_index + 1)
    return tuple(sorted(found, key=lambda spec: spec.name != NUMBER_FIELD))


def _refuse_other_files(facts: FileFacts, wish: Wish) -> None:
    if wish.number is None:
        raise AppError("workflow.number_missing", fields="number")
    if not facts.signed:
        raise AppError("workflow.number_before_leader")
    if facts.filled_fields or has_number_signature(facts):
        raise AppError("workflow.already_numbered")
    if facts.open_fields:
        raise AppError("workflow.number_by_seal")


def _around(specs: Sequence[TextFieldSpec]) -> UserBox:
    boxes = [spec.box for spec in specs]
    return UserBox(
        min(box.left_pt for box in boxes),
        min(box.bottom_pt for box in boxes),
        max(box.right_pt for box in boxes),
        max(box.top_pt for box in boxes),
    )


def _placed(spec: TextFieldSpec, text: str, around: UserBox) -> PlacedText:
    box = spec.box
    longest_pt = max(box.right_pt - box.left_pt, box.top_pt - box.bottom_pt)
    if len(text) * _DIGIT_EM * spec.font_size_pt > longest_pt:
        raise SigningError("prepare.text_too_wide", field=spec.name, text=text)
    moved = UserBox(
        box.left_pt - around.left_pt,
        box.bottom_pt - around.bottom_pt,
        box.right_pt - around.left_pt,
        box.top_pt - around.bottom_pt,
    )
    return PlacedText(spec.name, text, moved, spec.font_size_pt, spec.italic)

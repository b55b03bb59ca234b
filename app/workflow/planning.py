"""What one signature will be: looked at, placed and settled before any PIN is asked for."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.clock import vietnam_time
from app.errors import AppError
from app.workflow.blanks import FIELD_NAMES
from app.workflow.covering import covers_filled, covers_number, covers_signature
from app.workflow.dates import date_notes, typed_date_notes
from app.workflow.limits import limit_notes, refuse_against_certification
from app.workflow.office import Workbench
from app.workflow.opinions import fields_for, opinion_to_fill, signature_place
from app.workflow.order import refuse_out_of_order
from app.workflow.placing import (
    GIVEN,
    Place,
    as_box,
    blanks_of,
    given_blanks_of,
    is_where_the_seal_belongs,
    pages_of,
    place_at,
    propose_place,
)
from app.workflow.showing import appearance_of
from app.workflow.soundness import refuse_repaired
from app.workflow.wish import Wish
from app.workflow.writing import field_texts
from signing.errors import SigningError
from signing.facts import FileFacts, SignatureWidget, check_request, refuse_unsignable
from signing.opinions import level_of
from signing.request import FieldValue, SignatureRequest, TextFieldSpec
from signing.terms import FIELD_STEMS, OF_A_PERSON, OF_THE_AGENCY_ALONE, SignatureKind
from signing.token.records import CertificateInfo

FIRST_SIGNATURES = OF_A_PERSON
"""Kinds that come before the number is known, and so prepare its fields on an unsigned draft."""

SAME_PLACE_PT = 1.0
"""How far a field that is there may lie from the blank found."""
NUMBER_FIELD = FIELD_NAMES["number"]
COVERS_TEXT = "workflow.covers_text"
GIVEN_UNUSABLE = "workflow.given_place_unusable"
"""The server sent a place that nothing may be drawn into; another was found."""
GIVEN_BLANK_UNUSABLE = "workflow.given_blank_unusable"
"""Likewise for number or date."""
LOW_CONFIDENCE = 0.5
"""Below this a person should look at the proposed place before agreeing."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A settled signature. `notes` are message codes that a person should read before agreeing.

    `level` is the level of an internal form at which it is. `wish` is what was wanted.
    """

    request: SignatureRequest
    place: Place
    facts: FileFacts
    notes: tuple[str, ...]
    wish: Wish
    level: int | None = None


def plan_signature(
    bench: Workbench,
    base: Path,
    wish: Wish,
    certificate: CertificateInfo,
    *,
    shown_sha256: str | None = None,
    to_come: int = 0,
) -> Planned:
    """Look at a file, place the signature, and say what cannot work.

    Args:
        bench: the processes and the office's rules.
        base: the file as it was shown.
        wish: what to put on it.
        certificate: who signs.
        shown_sha256: hash of the bytes whose pages were shown; the file must still have it.
        to_come: agency signatures that come before this one in the same act.

    Raises:
        AppError: `workflow.no_place`, `workflow.outside_page`, `workflow.not_prepared`, `workflow.number_missing`,
            `workflow.date_differs` (strict profile), `workflow.too_large`, `workflow.already_signed`,
            `workflow.already_numbered`, `workflow.covers_text` (on a signed file), `workflow.opinion_no_room`,
            `workflow.person_for_agency`; as `refuse_out_of_order`.
        SigningError: as `signing.facts.check_request`; `prepare.opinion_too_long`, `prepare.opinion_letters`.
    """
    if wish.kind in OF_THE_AGENCY_ALONE and certificate.purpose == "person":
        raise AppError("workflow.person_for_agency", subject=certificate.subject)
    facts = look_at(bench, base)
    refuse_second_signature(bench, base, wish.kind, facts, (certificate.sha256,))
    refuse_out_of_order(bench.profile, wish.kind, facts, to_come=to_come)
    notes = (*limit_notes(facts), *date_notes(bench, wish.issue_date))
    if wish.kind is SignatureKind.SEAL:
        notes = (*notes, *typed_date_notes(bench, base, wish.issue_date))
    place, of_place = place_signature(bench, base, wish, facts)
    if facts.signed and COVERS_TEXT in of_place:
        # It would change what somebody has signed; no verifier should call that valid.
        raise AppError("workflow.covers_text", page=place.page.page_index + 1)
    prepare, of_fields = fields_to_prepare(bench, base, wish, facts)
    is_personal = wish.kind is SignatureKind.PERSONAL
    fill = (
        *texts_to_fill(bench, facts, wish),
        *(opinion_to_fill(bench, base, wish.said, facts, prepare) if is_personal else ()),
    )
    moment = vietnam_time(bench.clock())
    request = SignatureRequest(
        kind=wish.kind,
        base_sha256=shown_sha256 or facts.sha256,
        certificate_sha256=certificate.sha256,
        page_index=place.page.page_index,
        box=place.user_box,
        appearance=appearance_of(bench, wish, certificate.subject, moment, place.page.user_unit),
        prepare=prepare,
        fill=fill,
        level=bench.level,
        tsa_urls=bench.tsa_urls,
        digest=bench.digest or certificate.digest,
        rsa_pss=bench.rsa_pss and certificate.can_pss,
        signer_name=certificate.subject,
        reason=wish.reason,
        signing_time=moment,
    )
    check_request(facts, request)
    level = None if wish.said is None else wish.said.level
    return Planned(request, place, facts, (*notes, *of_place, *of_fields), wish, level)


def at_this_moment(bench: Workbench, planned: Planned) -> SignatureRequest:
    """Return a planned request as it is signed now: somebody may have taken a while to type the PIN.

    What the text says and what the signature claims are one moment.
    """
    request, moment = planned.request, vietnam_time(bench.clock())
    if request.appearance.placed:
        return replace(request, signing_time=moment)
    unit = planned.place.page.user_unit
    appearance = appearance_of(bench, planned.wish, request.signer_name or "", moment, unit)
    return replace(request, appearance=appearance, signing_time=moment)


def look_at(bench: Workbench, base: Path) -> FileFacts:
    """Look at a file that is to be signed.

    Raises:
        AppError: `workflow.too_large`, `workflow.certified_strict`.
        SigningError: as `signing.facts.refuse_unsignable` and `refuse_repaired`.
    """
    size_bytes = base.stat().st_size
    if size_bytes > bench.profile.limits.file_bytes:
        raise AppError(
            "workflow.too_large", bytes=size_bytes, limit=bench.profile.limits.file_bytes
        )
    facts = bench.judge.look(base).result()
    refuse_unsignable(facts)
    refuse_repaired(bench, base)
    refuse_against_certification(bench.profile, facts)
    return facts


def place_signature(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[Place, tuple[str, ...]]:
    """Return where a signature goes, and what speaks against that place as message codes.

    Raises:
        AppError: `workflow.no_place`, `workflow.outside_page`.
    """
    place, notes = _place(bench, base, wish, facts)
    if place.confidence < LOW_CONFIDENCE:
        notes = (*notes, "workflow.low_confidence")
    if _covers(bench, base, place, facts):
        notes = (*notes, COVERS_TEXT)
    return place, notes


def fields_to_prepare(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[tuple[TextFieldSpec, ...], tuple[str, ...]]:
    """Return the empty text fields that a first signature adds, and notes where a blank is missing or unusable.

    Raises:
        SigningError: `sign.own_form_fields` where a draft brings a field under our name in another place.
    """
    prepare = _prepare(bench, base, wish, facts)
    if wish.kind not in FIRST_SIGNATURES or facts.signed or not wish.is_numbered:
        return prepare, ()
    usable = () if wish.blanks else given_blanks_of(bench.eyes, base, wish)
    is_fallen_back = not wish.blanks and len(usable) < len(wish.given_blanks)
    notes = (GIVEN_BLANK_UNUSABLE,) if is_fallen_back else ()
    if not _has_number_field(facts, prepare):
        notes = (*notes, "workflow.number_blank_missing")
    return prepare, notes


def _covers(bench: Workbench, base: Path, place: Place, facts: FileFacts) -> bool:
    at = (facts, place.page.page_index, place.user_box)
    return is_over_text(bench, base, place) or covers_filled(*at) or covers_number(*at)


def is_over_text(bench: Workbench, base: Path, place: Place) -> bool:
    """Say whether a place lies over the author's words."""
    box = (place.page.page_index, as_box(place.user_box))
    return bench.eyes.covers_text(base, (box,)).result()[0]


def refuse_second_signature(
    bench: Workbench,
    base: Path,
    kind: SignatureKind,
    facts: FileFacts,
    certificates: Collection[str],
) -> None:
    """Refuse to sign again what one of these certificates, by fingerprint, has signed already as this kind.

    Raises:
        AppError: `workflow.already_signed`.
    """
    stem = FIELD_STEMS[kind]
    if not any(item.name.split("_")[0] == stem for item in facts.signatures):
        return
    for item in bench.judge.verify(base).result().signatures:
        if item.kind is kind and item.certificate_sha256 in certificates:
            raise AppError("workflow.already_signed")


def _prepare(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[TextFieldSpec, ...]:
    """Return the fields to add before the first signature; those that are there must lie over the blanks found.

    Raises:
        SigningError: `sign.own_form_fields` where a draft brings a field under our name in another place: what is
            put into it later could cover the text.
    """
    if wish.kind not in FIRST_SIGNATURES or facts.signed:
        return ()
    found: tuple[TextFieldSpec, ...] = ()
    if wish.is_numbered:
        found = blanks_of(bench.eyes, base, bench.profile, wish)
    said = wish.said
    levels = () if said is None else fields_for(said, pages_of(bench.eyes, base))
    there = (*facts.open_widgets, *(item.widget for item in facts.opinions))
    for widget in there:
        if not any(_is_over(widget, spec) for spec in (*found, *levels)):
            raise SigningError("sign.own_form_fields", count=len(there))
    names = [widget.name for widget in there]
    wanted = [spec for spec in levels if said is not None and said.is_seated(level_of(spec.name))]
    missing = tuple(spec for spec in wanted if spec.name not in names)
    return missing if facts.open_fields else (*found, *missing)


def _is_over(widget: SignatureWidget, spec: TextFieldSpec) -> bool:
    if widget.box is None or (widget.name, widget.page_index) != (spec.name, spec.page_index):
        return False
    there, wanted = widget.box, spec.box
    sides = (
        (there.left_pt, wanted.left_pt),
        (there.bottom_pt, wanted.bottom_pt),
        (there.right_pt, wanted.right_pt),
        (there.top_pt, wanted.top_pt),
    )
    return all(abs(one - other) <= SAME_PLACE_PT for one, other in sides)


def _has_number_field(facts: FileFacts, prepare: tuple[TextFieldSpec, ...]) -> bool:
    return NUMBER_FIELD in facts.open_fields or any(spec.name == NUMBER_FIELD for spec in prepare)


def _place(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[Place, tuple[str, ...]]:
    """Return the place: where a person put it, else where the server has it, else where it is found."""
    if wish.box is not None:
        return place_at(bench.eyes, base, wish.page_index or 0, wish.box), ()
    given = _given_place(bench, base, wish, facts)
    if given is not None:
        return given, ()
    return _found_place(bench, base, wish, facts), (GIVEN_UNUSABLE,) if wish.given else ()


def _given_place(bench: Workbench, base: Path, wish: Wish, facts: FileFacts) -> Place | None:
    """Return the first of the server's places that can be used."""
    for page_index, box_mm in wish.given:
        with suppress(AppError):
            place = place_at(bench.eyes, base, page_index, box_mm)
            if _is_usable(bench, base, wish, facts, place):
                return replace(place, reason=GIVEN)
    return None


def _is_usable(bench: Workbench, base: Path, wish: Wish, facts: FileFacts, place: Place) -> bool:
    """Say whether a place lies over no words or signatures, and is a seal's where one is asked for."""
    pages = pages_of(bench.eyes, base)
    if wish.kind is SignatureKind.SEAL and not is_where_the_seal_belongs(
        place, pages, facts, bench.profile, wish.beside
    ):
        return False
    over = covers_signature(facts, wish.kind, place.page.page_index, place.user_box)
    return not over and not _covers(bench, base, place, facts)


def _found_place(bench: Workbench, base: Path, wish: Wish, facts: FileFacts) -> Place:
    if wish.said is not None and wish.kind is SignatureKind.PERSONAL:
        place = signature_place(wish.said, pages_of(bench.eyes, base))
        if place is not None:
            return place
    return propose_place(
        bench.eyes,
        base,
        wish.kind,
        profile=bench.profile,
        facts=facts,
        signer=wish.signer,
        beside=wish.beside,
    )


def texts_to_fill(bench: Workbench, facts: FileFacts, wish: Wish) -> tuple[FieldValue, ...]:
    """Return the texts for the prepared fields that are there; a blank that was typed has no field.

    Raises:
        AppError: `workflow.already_numbered`, `workflow.not_prepared`, `workflow.number_missing`.
    """
    if wish.kind is not SignatureKind.SEAL:
        return ()
    texts = field_texts(wish.number, wish.issue_date, bench.profile.date)
    if facts.filled_fields:
        # Filled by somebody else after the leader signed: no lock of ours would cover it.
        raise AppError("workflow.already_numbered")
    if wish.number is not None and NUMBER_FIELD not in facts.open_fields:
        raise AppError("workflow.not_prepared")
    missing = [name for name in facts.open_fields if name not in texts]
    if missing:
        raise AppError("workflow.number_missing", fields=", ".join(missing))
    # What no level said stays unsaid: the seal locks it too.
    silent = (item.name for item in facts.opinions if not item.is_filled and not item.locked_by)
    return (
        *(FieldValue(name, texts[name]) for name in facts.open_fields),
        *(FieldValue(name, "") for name in silent),
    )

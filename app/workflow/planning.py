"""What one signature will be: looked at, placed and settled before any PIN is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import AppError
from app.rules import CopyForm
from app.workflow.blanks import FIELD_NAMES, PlacedBlank
from app.workflow.dates import date_notes, typed_date_notes
from app.workflow.office import Workbench
from app.workflow.opinion import Said
from app.workflow.opinions import covers_opinion, fields_for, opinion_to_fill, signature_place
from app.workflow.order import refuse_out_of_order
from app.workflow.placing import (
    Place,
    as_box,
    blanks,
    blanks_at,
    pages_of,
    place_at,
    propose_place,
)
from app.workflow.writing import (
    COPY_FORMS,
    block_lines,
    date_text,
    field_texts,
    personal_lines,
    time_text,
)
from pdf.geometry import BoxMm
from signing.errors import SigningError
from signing.facts import FileFacts, SignatureWidget, check_request, refuse_unsignable
from signing.opinions import level_of
from signing.request import Appearance, FieldValue, SignatureRequest, TextFieldSpec
from signing.terms import FIELD_STEMS, SignatureKind
from signing.token.records import CertificateInfo

FIRST_SIGNATURES = (SignatureKind.PERSONAL, SignatureKind.INITIAL)
"""Kinds that come before the number is known, and so prepare its fields on an unsigned draft."""

SAME_PLACE_PT = 1.0
"""How far a field that is there may lie from the blank found."""
NUMBER_FIELD = FIELD_NAMES["number"]
COVERS_TEXT = "workflow.covers_text"
LOW_CONFIDENCE = 0.5
"""Below this a person should look at the proposed place before agreeing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person, or a document's task, wants signed. Where `box` is None the place is proposed.

    `number` and `issue_date` are filled in by a seal. `signer` is the name in the signer's block. `blanks` are
    those of number and date where a person placed them. `beside` names the signature field that a seal covers a
    third of. `said` is what a level of an internal form says; a form that is not `is_numbered` gets no number.
    """

    kind: SignatureKind
    image: Path | None = None
    lines: tuple[str, ...] = ()
    font_size_pt: float = 10.0
    signer: str | None = None
    page_index: int | None = None
    box: BoxMm | None = None
    number: str | None = None
    issue_date: date | None = None
    reason: str | None = None
    blanks: tuple[PlacedBlank, ...] = ()
    beside: str | None = None
    said: Said | None = None
    is_numbered: bool = True


@dataclass(frozen=True, slots=True)
class Planned:
    """A settled signature. `notes` are message codes that a person should read before agreeing.

    `level` is the level of an internal form at which it is.
    """

    request: SignatureRequest
    place: Place
    facts: FileFacts
    notes: tuple[str, ...]
    level: int | None = None


def corner_wish(
    bench: Workbench,
    kind: SignatureKind,
    agency: str,
    *,
    image: Path | None,
    number: str = "",
    symbol: str = "",
    form: CopyForm = "sao_y",
) -> Wish:
    """Return what a corner of page 1 shows by the office's rules: image or text, or both.

    Args:
        bench: whose profile and clock count.
        kind: ATTACHMENT, INCOMING or COPY.
        agency: its name as it is written.
        image: the agency's seal; left out where the profile shows none.
        number: số or số đến.
        symbol: ký hiệu.
        form: of a copy.

    Raises:
        AppError: `workflow.number_missing` where the rules' text shows a number and there is none.
    """
    profile = bench.profile
    rule = {
        SignatureKind.ATTACHMENT: profile.attachment,
        SignatureKind.INCOMING: profile.incoming,
        SignatureKind.COPY: profile.copies,
    }[kind]
    if not number and any("{number}" in line for line in rule.lines):
        raise AppError("workflow.number_missing", fields="number")
    lines = block_lines(
        rule.lines,
        agency=agency,
        moment=bench.clock(),
        number=number,
        symbol=symbol,
        form=COPY_FORMS[form],
    )
    return Wish(
        kind, image=image if rule.image else None, lines=lines, font_size_pt=rule.font_size_pt
    )


def plan_signature(
    bench: Workbench,
    base: Path,
    wish: Wish,
    certificate: CertificateInfo,
    *,
    shown_sha256: str | None = None,
) -> Planned:
    """Look at a file, place the signature, and say what cannot work.

    Args:
        bench: the processes and the office's rules.
        base: the file as it was shown.
        wish: what to put on it.
        certificate: who signs.
        shown_sha256: hash of the bytes whose pages were shown; the file must still have it.

    Raises:
        AppError: `workflow.no_place`, `workflow.outside_page`, `workflow.not_prepared`, `workflow.number_missing`,
            `workflow.date_differs` (strict profile), `workflow.too_large`, `workflow.already_signed`,
            `workflow.already_numbered`, `workflow.covers_text` (on a signed file), `workflow.opinion_no_room`; as
            `refuse_out_of_order`.
        SigningError: as `signing.facts.check_request`; `prepare.opinion_too_long`, `prepare.opinion_letters`.
    """
    facts = look_at(bench, base)
    refuse_second_signature(bench, base, wish.kind, facts, (certificate.sha256,))
    refuse_out_of_order(bench.profile, wish.kind, facts)
    notes = date_notes(bench, wish.issue_date)
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
    request = SignatureRequest(
        kind=wish.kind,
        base_sha256=shown_sha256 or facts.sha256,
        certificate_sha256=certificate.sha256,
        page_index=place.page.page_index,
        box=place.user_box,
        appearance=appearance_of(bench, wish, certificate.subject),
        prepare=prepare,
        fill=fill,
        level=bench.level,
        tsa_url=bench.tsa_url,
        signer_name=certificate.subject,
        reason=wish.reason,
    )
    check_request(facts, request)
    level = None if wish.said is None else wish.said.level
    return Planned(request, place, facts, (*notes, *of_place, *of_fields), level)


def look_at(bench: Workbench, base: Path) -> FileFacts:
    """Look at a file that is to be signed.

    Raises:
        AppError: `workflow.too_large`.
        SigningError: as `signing.facts.refuse_unsignable`.
    """
    size_bytes = base.stat().st_size
    if size_bytes > bench.profile.limits.file_bytes:
        raise AppError(
            "workflow.too_large", bytes=size_bytes, limit=bench.profile.limits.file_bytes
        )
    facts = bench.judge.look(base).result()
    refuse_unsignable(facts)
    return facts


def place_signature(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[Place, tuple[str, ...]]:
    """Return where a signature goes, and what speaks against that place as message codes.

    Raises:
        AppError: `workflow.no_place`, `workflow.outside_page`.
    """
    place = _place(bench, base, wish, facts)
    notes: tuple[str, ...] = ()
    if place.confidence < LOW_CONFIDENCE:
        notes = (*notes, "workflow.low_confidence")
    is_over_words = is_over_text(bench, base, place)
    if is_over_words or covers_opinion(facts, place.page.page_index, place.user_box):
        notes = (*notes, COVERS_TEXT)
    return place, notes


def fields_to_prepare(
    bench: Workbench, base: Path, wish: Wish, facts: FileFacts
) -> tuple[tuple[TextFieldSpec, ...], tuple[str, ...]]:
    """Return the empty text fields that a first signature adds, and a note where the number has no blank.

    Raises:
        SigningError: `sign.own_form_fields` where a draft brings a field under our name in another place.
    """
    prepare = _prepare(bench, base, wish, facts)
    is_first = wish.kind in FIRST_SIGNATURES and not facts.signed
    if is_first and wish.is_numbered and not _has_number_field(facts, prepare):
        return prepare, ("workflow.number_blank_missing",)
    return prepare, ()


def appearance_of(bench: Workbench, wish: Wish, name: str) -> Appearance:
    """Return what a signature will show; `name` stands where there is neither image nor text."""
    if wish.kind is SignatureKind.PERSONAL and not wish.lines:
        return _personal_appearance(bench, wish, name)
    return Appearance(wish.image, wish.lines or _own_lines(bench, wish, name), wish.font_size_pt)


def _personal_appearance(bench: Workbench, wish: Wish, name: str) -> Appearance:
    """Return the leader's look by the office's rules: image, text or both."""
    rule = bench.profile.personal
    image = wish.image if rule.image else None
    lines = personal_lines(rule.lines, signer=name, moment=bench.clock())
    if image is None and not lines:
        return Appearance(None, _own_lines(bench, replace(wish, image=None), name))
    return Appearance(image, lines, rule.font_size_pt)


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
        found = blanks_at(bench.eyes, base, wish.blanks) or blanks(bench.eyes, base, bench.profile)
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


def _place(bench: Workbench, base: Path, wish: Wish, facts: FileFacts) -> Place:
    if wish.box is not None:
        return place_at(bench.eyes, base, wish.page_index or 0, wish.box)
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


def _own_lines(bench: Workbench, wish: Wish, name: str) -> tuple[str, ...]:
    if wish.image is not None:
        return ()
    if wish.kind is SignatureKind.NUMBER:
        if wish.number is None:
            raise AppError("workflow.number_missing", fields="number")
        day = wish.issue_date.strftime("%d/%m/%Y") if wish.issue_date else None
        return tuple(text for text in (wish.number, day) if text)
    now = bench.clock()
    return (f"Ký bởi: {name}", f"Thời gian ký: {date_text(now)} {time_text(now)}")

"""Opinions on an internal form (phiếu trình): each level fills, locks and signs its own field in one update.

The levels are the rule profile's, their places the form's own. A level that agrees without a word locks its field
empty, and so is every field of a level that nobody signs: nobody can write in its name later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from app.rules import FormRule, RuleProfile
from app.workflow.documents import Document, Signer
from app.workflow.office import Workbench
from app.workflow.opinion import Form, Said
from app.workflow.placing import Place, pages_of, user_box
from app.workflow.ports import Eyes
from app.workflow.signed_by import is_by
from pdf.geometry import PageGeometry
from signing.facts import FileFacts
from signing.opinions import OPINION_NAMES, OpinionRoom, field_of, level_of
from signing.report import FileReport
from signing.request import FieldValue, TextFieldSpec, UserBox

if TYPE_CHECKING:
    from app.workflow.wish import Wish

FEWEST_LEVELS = 2
"""So many of a form's headings tell it where nobody says what kind of document it is."""


def find_form(eyes: Eyes, path: Path, profile: RuleProfile, kind_name: str | None) -> Form | None:
    """Find the levels of an internal form; None where the document asks for no opinions.

    Args:
        eyes: the render process.
        path: the form, signed or not.
        profile: the office's.
        kind_name: loại văn bản; None where nobody says it: then the form's headings tell.
    """
    rules = [rule for rule in profile.forms if rule.opinions]
    if kind_name is not None:
        rules = [rule for rule in rules if rule is profile.form_of(kind_name)]
    fewest = FEWEST_LEVELS if kind_name is None else 1
    for rule in rules:
        headings = tuple(level.headings for level in rule.opinions)
        places = eyes.find_opinions(path, headings, profile.placement()).result()
        if len(places) >= fewest:
            return Form(rule, places)
    return None


def level_of_signer(form: Form, signers: Sequence[Signer], signer: Signer) -> int | None:
    """Return the level at which one of a document's signers signs; None where that cannot be told.

    As many signers as levels sign in their order; else each one's title names the level.
    """
    if len(signers) == len(form.places):
        return form.places[signers.index(signer)].level
    levels = [form.rule.level_of_title(one.title) for one in signers]
    level = levels[signers.index(signer)]
    is_there = level is not None and form.place_of(level) is not None
    return level if is_there and levels.count(level) == 1 else None


def as_the_form_asks(
    bench: Workbench,
    path: Path,
    document: Document,
    signer: Signer | None,
    wish: Wish,
    *,
    opinion: str = "",
) -> Wish:
    """Return a person's signature as the document's form asks for it: its level, what it says, the levels to come.

    Whoever gives ký nháy is none of the signers (None) and says nothing; the levels' fields are prepared all the same.

    Raises:
        AppError: `workflow.no_opinion_here` where there is a text and no level for it; `workflow.opinion_missing`
            where the level must say something.
    """
    rule = bench.profile.form_of(document.kind_name)
    wish = replace(wish, is_numbered=rule is None or rule.number)
    form = find_form(bench.eyes, path, bench.profile, document.kind_name) if rule else None
    text = opinion.strip()
    if form is None:
        if text:
            raise AppError("workflow.no_opinion_here")
        return wish
    level = None if signer is None else level_of_signer(form, document.signers, signer)
    seats = [level_of_signer(form, document.signers, one) for one in document.signers]
    said = Said(form, level, text, tuple(seat for seat in seats if seat is not None))
    check_said(said)
    return replace(wish, said=said)


def check_said(said: Said) -> None:
    """Hold what is said against the level that says it.

    Raises:
        AppError: `workflow.no_opinion_here`, `workflow.opinion_missing`.
    """
    if said.level is None or said.place is None:
        if said.text or said.level is not None:
            raise AppError("workflow.no_opinion_here")
        return
    rule = said.form.rule.opinions[said.level - 1]
    if rule.required and not said.text:
        raise AppError("workflow.opinion_missing", heading=rule.heading)


def signature_place(said: Said, pages: Sequence[PageGeometry]) -> Place | None:
    """Return where a level signs on its form."""
    found = said.place
    if found is None:
        return None
    return Place(pages[found.page_index], found.signature_mm, found.confidence, found.reason)


def fields_for(said: Said, pages: Sequence[PageGeometry]) -> tuple[TextFieldSpec, ...]:
    """Return the empty fields of all levels that have room for a line."""
    specs = []
    for place in said.form.places:
        if place.text_mm is None:
            continue
        page = pages[place.page_index]
        unit = page.user_unit
        specs.append(
            TextFieldSpec(
                field_of(place.level),
                place.page_index,
                user_box(place.text_mm, page),
                round(place.font_size_pt / unit, 2),
                is_multiline=True,
                leading_pt=None if place.leading_pt is None else round(place.leading_pt / unit, 3),
            )
        )
    return tuple(specs)


def opinion_to_fill(
    bench: Workbench,
    path: Path,
    said: Said | None,
    facts: FileFacts,
    prepare: Sequence[TextFieldSpec],
) -> tuple[FieldValue, ...]:
    """Return what a level's signature fills and locks: its own field, and the empty ones of levels without a signer.

    Raises:
        AppError: `workflow.opinion_no_room` where there is a text and no field for it.
        SigningError: `prepare.opinion_too_long`, `prepare.opinion_letters`: said before any PIN.
    """
    if said is None or said.level is None:
        return ()
    open_fields = {item.name for item in facts.opinions if not item.locked_by}
    there = open_fields | {spec.name for spec in prepare}
    own = field_of(said.level)
    if said.text:
        room = room_for(said.level, facts, prepare, pages_of(bench.eyes, path))
        if own not in there or room is None:
            raise AppError("workflow.opinion_no_room")
        bench.judge.lay_out_opinion(said.text, room).result()
    unseated = [name for name in OPINION_NAMES if not said.is_seated(level_of(name))]
    silent = tuple(FieldValue(name, "") for name in unseated if name in there and name != own)
    return (FieldValue(own, said.text), *silent) if own in there else silent


def room_for(
    level: int,
    facts: FileFacts,
    prepare: Sequence[TextFieldSpec],
    pages: Sequence[PageGeometry],
) -> OpinionRoom | None:
    """Return the room of a level's field: of the one that is there, else of the one to be prepared."""
    name = field_of(level)
    found = next((item for item in facts.opinions if item.name == name), None)
    if found is not None and found.widget.box is not None and found.widget.page_index is not None:
        page = pages[found.widget.page_index]
        return _room(found.widget.box, page, found.size_pt, found.leading_pt)
    spec = next((item for item in prepare if item.name == name), None)
    if spec is None:
        return None
    return _room(spec.box, pages[spec.page_index], spec.font_size_pt, spec.leading_pt)


def _room(
    box: UserBox, page: PageGeometry, size_pt: float, leading_pt: float | None
) -> OpinionRoom:
    width_pt, height_pt = box.right_pt - box.left_pt, box.top_pt - box.bottom_pt
    if page.rotation_deg in (90, 270):
        width_pt, height_pt = height_pt, width_pt
    return OpinionRoom(round(width_pt, 3), round(height_pt, 3), size_pt, leading_pt)


def check_levels(document: Document, report: FileReport, facts: FileFacts, form: Form) -> None:
    """Hold the opinions that are given against who was to give them.

    Raises:
        AppError: `workflow.opinion_of_another`.
    """
    seated = {level_of_signer(form, document.signers, one): one for one in document.signers}
    for given in facts.opinions:
        if not given.is_filled:
            continue
        signer = seated.get(given.level)
        locking = [item for item in report.signatures if item.field in given.locked_by]
        if signer is None or not any(is_by(item, signer) for item in locking):
            headings = [level.heading for level in form.rule.opinions]
            heading = dict(enumerate(headings, 1)).get(given.level, given.name)
            raise AppError(
                "workflow.opinion_of_another",
                heading=heading,
                signer="–" if signer is None else signer.name,
            )


def refuse_others_opinions(bench: Workbench, path: Path, document: Document, said: Said) -> None:
    """Refuse to sign below an opinion that is not its level's own.

    Raises:
        AppError: as `check_levels`.
    """
    facts = bench.judge.look(path).result()
    if any(item.is_filled for item in facts.opinions):
        check_levels(document, bench.judge.verify(path).result(), facts, said.form)


def covers_opinion(facts: FileFacts, page_index: int, box: UserBox) -> bool:
    """Say whether a box lies over an opinion that is given."""
    return any(
        item.is_filled and item.widget.page_index == page_index and _share(item.widget.box, box)
        for item in facts.opinions
    )


def closes_with_seal(rule: FormRule | None) -> bool:
    """Say whether a document ends at the clerk's; a form without a seal ends with its last signature."""
    return rule is None or rule.seal


def _share(one: UserBox | None, other: UserBox) -> bool:
    return (
        one is not None
        and one.left_pt < other.right_pt
        and other.left_pt < one.right_pt
        and one.bottom_pt < other.top_pt
        and other.bottom_pt < one.top_pt
    )

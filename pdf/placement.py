"""Proposes where signatures, seals, numbers and dates go, each with a reason and a confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, assert_never

from pdf.blanks import Blank, date_blanks, has_number, number_blank
from pdf.corners import corner_proposal
from pdf.document import is_scanned, open_document, page_geometry, reading
from pdf.geometry import BoxMm, box_to_user_space, box_to_view_space
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.signers import SigningPlace, find_signing_places
from pdf.skimming import skim_page
from pdf.stamps import (
    initial_proposals,
    personal_proposal,
    seal_proposal,
    zone_proposal,
)
from pdf.text import PageText, geometry_as_read, page_text

_HEADER_SHARE = 0.45
_HEADER_PAGES = 3
_ABOVE_TITLE_MM = 18.0
_ON_ITS_SIDE = 0.5
"""Marks stand upright as the page is shown, across its words: a person should look at them first."""


def propose(
    path: Path, kind: PlaceKind, rules: PlacementRules, signer: str | None = None
) -> tuple[Proposal, ...]:
    """Propose places for one kind of mark, the best first.

    `signer` is the full name of the person who signs; it tells two signers apart. An empty answer
    means that a person must choose the place. For `date` there is one proposal a blank, in the
    order day, month, year.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`, `pdf.render_failed`.
    """
    with open_document(path) as document:
        match kind:
            case PlaceKind.ATTACHMENT:
                return (corner_proposal(document, kind, rules.attachment, path),)
            case PlaceKind.INCOMING:
                return (corner_proposal(document, kind, rules.incoming, path),)
            case PlaceKind.COPY:
                return (corner_proposal(document, kind, rules.copy, path),)
            case PlaceKind.PERSONAL | PlaceKind.SEAL:
                found = _signature(document, kind, rules, signer, path)
            case PlaceKind.INITIAL:
                found = _initial(document, rules, signer, path)
            case PlaceKind.NUMBER:
                found = _number(document, path)
            case PlaceKind.DATE:
                found = _date(document, path, signer)
            case _:
                assert_never(kind)
        return tuple(_as_shown(proposal, document, path) for proposal in found)


def _as_shown(proposal: Proposal, document: Any, path: Path) -> Proposal:
    """Bring a place that was found in the way of reading back to the page as shown."""
    read = geometry_as_read(document, proposal.page_index, path)
    with reading(path):
        shown = page_geometry(document, proposal.page_index)
    if read == shown:
        return proposal
    return replace(
        proposal,
        box_mm=box_to_view_space(box_to_user_space(proposal.box_mm, read), shown),
        confidence=proposal.confidence * _ON_ITS_SIDE,
        reason=f"{proposal.reason}, on a page that lies on its side",
        baseline_mm=None,
        is_turned=True,
    )


def _initial(
    document: Any, rules: PlacementRules, signer: str | None, path: Path
) -> tuple[Proposal, ...]:
    places = find_signing_places(document, path, signer)
    return initial_proposals(places[0], document, rules, path) if places else ()


def _signature(
    document: Any, kind: PlaceKind, rules: PlacementRules, signer: str | None, path: Path
) -> tuple[Proposal, ...]:
    places = find_signing_places(document, path, signer)
    if not places and is_scanned(document, last := len(document) - 1, path):
        with reading(path):
            page = page_geometry(document, last)
        return (zone_proposal(kind, page, rules),)
    one = personal_proposal if kind is PlaceKind.PERSONAL else seal_proposal
    return _best_first(one(place, rules) for place in places)


def _best_first(ranked: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """No place is surer than one that is preferred to it."""
    found: list[Proposal] = []
    ceiling = 1.0
    for proposal in ranked:
        ceiling = min(ceiling, proposal.confidence)
        found.append(replace(proposal, confidence=ceiling))
    return tuple(found)


def _number(document: Any, path: Path) -> tuple[Proposal, ...]:
    for page, zone in headers(document, path):
        blank = number_blank(page, zone)
        if blank is not None:
            return (_filling(PlaceKind.NUMBER, blank),)
        if has_number(page):
            break
    return ()


def _date(document: Any, path: Path, signer: str | None) -> tuple[Proposal, ...]:
    for page, zone in headers(document, path):
        blanks = date_blanks(page, zone)
        if blanks is not None:
            return tuple(_filling(PlaceKind.DATE, blank) for blank in blanks)
    for place in find_signing_places(document, path, signer)[:1]:
        blanks = date_blanks(place.page, _above_title(place))
        return tuple(
            replace(proposal, confidence=proposal.confidence * 0.8)
            for proposal in (_filling(PlaceKind.DATE, blank) for blank in blanks or ())
        )
    return ()


def headers(document: Any, path: Path) -> Iterator[tuple[PageText, BoxMm]]:
    """Return the upper parts of the first pages, to the letter's head: a cover may lie on top of it."""
    for index in range(min(_HEADER_PAGES, len(document))):
        hints = skim_page(document, index, path)
        if index > 0 and hints.opens_appendix:
            return
        page = page_text(document, index, path, as_read=True)
        height_mm = _HEADER_SHARE * page.geometry.height_mm
        zone = BoxMm(0, 0, page.geometry.width_mm, height_mm)
        yield page, zone
        is_numbered = has_number(page) or date_blanks(page, zone) is not None
        if hints.heads_document and is_numbered:
            return


def _above_title(place: SigningPlace) -> BoxMm:
    """Forms carry their date right above the position."""
    title = place.block.title_box_mm
    return BoxMm(0, title.top_mm - _ABOVE_TITLE_MM, place.page.geometry.width_mm, title.top_mm + 1)


def _filling(kind: PlaceKind, blank: Blank) -> Proposal:
    confidence = 0.99 if blank.is_closed or blank.which == "year" else 0.75
    if not blank.is_roomy:
        confidence = 0.4
    if blank.page_index > 0:
        confidence -= 0.2
    return Proposal(
        kind=kind,
        page_index=blank.page_index,
        box_mm=blank.box_mm,
        confidence=confidence,
        reason=f"blank in «{blank.quote}»"
        if kind is PlaceKind.NUMBER
        else f"blank of the {blank.which} in «{blank.quote}»",
        text_format=f"%({blank.which})s",
        font_size_pt=blank.font_size_pt,
        baseline_mm=blank.baseline_mm,
        italic=blank.italic,
        which=blank.which,
    )

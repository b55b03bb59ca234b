"""Places the leader's image, the agency's seal and the ký nháy around a signer's block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from pathlib import Path
from typing import Any

from pdf.fields import signature_boxes
from pdf.geometry import BoxMm, PageGeometry
from pdf.layout import find_recipients, signer_blocks
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.rows import size_mm
from pdf.signers import SigningPlace
from pdf.text import PageText, TextLine, page_text

_CLEARANCE_MM = 0.8
_TOUCH_MM = 0.4
_BETWEEN_BLOCKS_MM = 20.0
_SLANTING_EM = 2.0
_LEAST_WIDTH_MM = 12.0
_PAGE_EDGE_MM = 5.0
_SIGNATURE_REACH_MM = 15.0
_FARTHEST_SHIFT_MM = 9
_INITIAL_GAP_MM = 1.0
_MOST_INITIALS = 4
_ZONE_CENTRE = (147 / 210, 226 / 297)
"""Where the decree's diagram shows the signature (Annex I, IV, ô 7c), as shares of the page."""
_ZONE_CONFIDENCE = 0.2


def personal_proposal(place: SigningPlace, rules: PlacementRules) -> Proposal:
    """Propose the leader's image between position and name, centred on them."""
    box = _personal_box(place, rules)
    block = place.block
    confidence, reason = block.confidence, _between(place)
    if box.width_mm < _LEAST_WIDTH_MM:
        confidence = min(confidence, 0.4)
        reason += ", little room"
    if any(block.gap_mm.intersects(signature) for signature in place.signatures_mm):
        confidence = min(confidence, 0.3)
        reason += ", a signature stands there"
    return Proposal(PlaceKind.PERSONAL, block.page_index, box, confidence, reason)


def seal_proposal(place: SigningPlace, rules: PlacementRules) -> Proposal:
    """Propose the seal over the left third of the leader's image, at its real diameter.

    It may cover position, name and image, never nơi nhận or the body (Decree 30/2020, Annex I,
    II.8 a): where the exact place would, it moves as little as it can.
    """
    signed = _signature_here(place)
    image = signed or _personal_box(place, rules)
    radius_mm = rules.seal_diameter_mm / 2
    right_mm = image.left_mm + rules.overlap * image.width_mm
    exact = BoxMm.around(
        right_mm - radius_mm, image.centre_y_mm, rules.seal_diameter_mm, rules.seal_diameter_mm
    )
    over = "the signature" if signed else "the place of the signature"
    reason = f"over the left of {over} {_between(place)}"
    confidence = place.block.confidence
    signers = [box for block in signer_blocks(place.page) for box in block.boxes_mm]
    own = place.block.boxes_mm
    forbidden = [
        line.box_mm
        for line in _lines_in_the_way(place.page)
        if not any(box.grown_by(0.1).contains(line.box_mm) for box in (*own, *signers))
    ]
    forbidden.extend(box for box in place.signatures_mm if box != signed)
    paper = place.page.geometry.box_mm
    for right, down in _shifts(image):
        seal = exact.moved_by(right, down)
        if paper.contains(seal) and not any(_circle_covers(seal, box) for box in forbidden):
            break
    else:
        return Proposal(
            PlaceKind.SEAL, place.block.page_index, exact, confidence / 2, f"{reason}, over text"
        )
    if seal != exact:
        confidence, reason = confidence * 0.85, f"{reason}, moved off the text beside it"
    if any(_circle_covers(seal, box) for box in signers if box not in own):
        confidence, reason = confidence * 0.85, f"{reason}, touches another signer's words"
    return Proposal(PlaceKind.SEAL, place.block.page_index, seal, confidence, reason)


def initial_proposals(
    place: SigningPlace, document: Any, rules: PlacementRules, path: Path
) -> tuple[Proposal, ...]:
    """Propose the ký nháy after the last words of the body, and after nơi nhận."""
    proposals = []
    body = _last_body_line(place, document, path)
    if body is not None:
        page, line = body
        signatures = signature_boxes(document, page.geometry, path)
        box, is_free = _behind(line.box_mm, page, rules, signatures)
        confidence = 0.85 if is_free else 0.4
        reason = "after the last words of the body"
        proposals.append(Proposal(PlaceKind.INITIAL, line.page_index, box, confidence, reason))
    recipients = find_recipients(place.page)
    if recipients is not None:
        box, is_free = _behind(recipients.last_line_mm, place.page, rules, place.signatures_mm)
        confidence = 0.75 if is_free else 0.35
        reason = "after the last line of nơi nhận"
        proposals.append(
            Proposal(PlaceKind.INITIAL, place.block.page_index, box, confidence, reason)
        )
    return tuple(sorted(proposals, key=lambda proposal: -proposal.confidence))


def zone_proposal(kind: PlaceKind, page: PageGeometry, rules: PlacementRules) -> Proposal:
    """Propose the decree's zone on a page without text, for a person to correct."""
    centre_x_mm, centre_y_mm = _ZONE_CENTRE[0] * page.width_mm, _ZONE_CENTRE[1] * page.height_mm
    box = BoxMm.around(centre_x_mm, centre_y_mm, rules.personal_width_mm, rules.personal_height_mm)
    if kind is PlaceKind.SEAL:
        radius_mm = rules.seal_diameter_mm / 2
        right_mm = box.left_mm + rules.overlap * box.width_mm
        box = BoxMm.around(right_mm - radius_mm, centre_y_mm, 2 * radius_mm, 2 * radius_mm)
    reason = "the usual zone: the page has no text to go by"
    return Proposal(kind, page.page_index, box, _ZONE_CONFIDENCE, reason)


def _between(place: SigningPlace) -> str:
    block = place.block
    title = block.titles[-1]
    words = f"between {title} and {block.name}" if block.name else f"below {title}"
    return f"{words}, which is not the name asked for" if place.is_someone_elses else words


def _personal_box(place: SigningPlace, rules: PlacementRules) -> BoxMm:
    """The image at its size, or as large as gap and neighbours allow, its shape kept."""
    gap, centre_x_mm = place.block.gap_mm, place.block.centre_x_mm
    half_mm = min(centre_x_mm, place.page.geometry.width_mm - centre_x_mm) - _PAGE_EDGE_MM
    words = [line.box_mm for line in _lines_in_the_way(place.page)]
    for box in (*words, *place.signatures_mm):
        if box.bottom_mm <= gap.top_mm or box.top_mm >= gap.bottom_mm:
            continue
        if box.left_mm > centre_x_mm:
            half_mm = min(half_mm, box.left_mm - _CLEARANCE_MM - centre_x_mm)
        elif box.right_mm < centre_x_mm:
            half_mm = min(half_mm, centre_x_mm - box.right_mm - _CLEARANCE_MM)
    scale = min(
        1.0,
        (gap.height_mm - 2 * _CLEARANCE_MM) / rules.personal_height_mm,
        2 * max(half_mm, 1.0) / rules.personal_width_mm,
    )
    return BoxMm.around(
        centre_x_mm,
        gap.centre_y_mm,
        rules.personal_width_mm * scale,
        rules.personal_height_mm * scale,
    )


def _signature_here(place: SigningPlace) -> BoxMm | None:
    """The signature that stands in the gap already, wherever exactly a person put it."""
    gap = place.block.gap_mm
    reach = gap.grown_by(_SIGNATURE_REACH_MM)
    near = [
        box
        for box in place.signatures_mm
        if box.width_mm >= _LEAST_WIDTH_MM
        and reach.left_mm < box.centre_x_mm < reach.right_mm
        and gap.top_mm - 5 < box.centre_y_mm < gap.bottom_mm + 5
    ]
    return min(near, key=lambda box: abs(box.centre_x_mm - place.block.centre_x_mm), default=None)


def _shifts(image: BoxMm) -> Iterator[tuple[float, float]]:
    """No shift first, then the small ones: up or down, or further over the image."""
    steps = [
        (right / 2, down / 2)
        for right in range(int(image.width_mm / 2))
        for down in range(-2 * _FARTHEST_SHIFT_MM, 2 * _FARTHEST_SHIFT_MM + 1)
    ]
    yield from sorted(steps, key=lambda step: (hypot(*step), step))


def _lines_in_the_way(page: PageText) -> list[TextLine]:
    """The lines that nothing may cover: all but those that run across the page as watermarks do."""
    return [line for line in page.lines if line.is_upright or not _is_slanting(line)]


def _is_slanting(line: TextLine) -> bool:
    return min(line.box_mm.width_mm, line.box_mm.height_mm) > _SLANTING_EM * size_mm(line)


def _circle_covers(seal: BoxMm, text: BoxMm) -> bool:
    """Whether a round seal hides any of a text, or touches it: its corners are empty."""
    text = text.grown_by(_TOUCH_MM)
    across_mm = max(text.left_mm - seal.centre_x_mm, 0, seal.centre_x_mm - text.right_mm)
    along_mm = max(text.top_mm - seal.centre_y_mm, 0, seal.centre_y_mm - text.bottom_mm)
    return hypot(across_mm, along_mm) < seal.width_mm / 2


def _last_body_line(
    place: SigningPlace, document: Any, path: Path
) -> tuple[PageText, TextLine] | None:
    title_top_mm = _top_of_blocks(place)
    recipients = find_recipients(place.page)
    end_mm = min(title_top_mm, recipients.box_mm.top_mm) if recipients else title_top_mm
    page, line = place.page, _lowest(place.page, end_mm + 1)
    if line is None and place.block.page_index > 0:
        page = page_text(document, place.block.page_index - 1, path, as_read=True)
        line = _lowest(page, page.geometry.height_mm)
    return None if line is None else (page, line)


def _top_of_blocks(place: SigningPlace) -> float:
    """Where the signers' blocks begin: they may stand in rows one under another."""
    top_mm = place.block.title_box_mm.top_mm
    blocks = sorted(signer_blocks(place.page), key=lambda block: -block.gap_mm.bottom_mm)
    for block in blocks:
        if top_mm - _BETWEEN_BLOCKS_MM < block.gap_mm.bottom_mm <= top_mm:
            top_mm = min(top_mm, block.title_box_mm.top_mm)
        elif block.title_box_mm.top_mm <= top_mm < block.gap_mm.bottom_mm:
            top_mm = block.title_box_mm.top_mm
    return top_mm


def _lowest(page: PageText, end_mm: float) -> TextLine | None:
    """The lowest line of words above a height; page numbers are no words."""
    body = [
        line
        for line in page.lines
        if line.is_upright
        and line.box_mm.bottom_mm <= end_mm
        and any(char.isalpha() for char in line.text)
    ]
    return max(body, key=lambda line: (line.baseline_mm, line.box_mm.right_mm), default=None)


def _behind(
    line: BoxMm, page: PageText, rules: PlacementRules, signatures: Sequence[BoxMm]
) -> tuple[BoxMm, bool]:
    """A place right behind a line and the marks that stand there, or else below; and whether it is free."""
    width_mm, height_mm = rules.initial_width_mm, rules.initial_height_mm
    step_mm = width_mm + _INITIAL_GAP_MM
    behind = BoxMm.around(
        line.right_mm + _INITIAL_GAP_MM + width_mm / 2, line.centre_y_mm, width_mm, height_mm
    )
    below = BoxMm.around(
        line.right_mm - width_mm / 2,
        line.bottom_mm + _INITIAL_GAP_MM / 2 + height_mm / 2,
        width_mm,
        height_mm,
    )
    paper = page.geometry.box_mm.grown_by(-_PAGE_EDGE_MM / 2)
    taken = [*(other.box_mm for other in _lines_in_the_way(page)), *signatures]
    rightwards = [behind.moved_by(step_mm * at, 0) for at in range(_MOST_INITIALS)]
    leftwards = [below.moved_by(-step_mm * at, 0) for at in range(_MOST_INITIALS)]
    for box in (*rightwards, *leftwards):
        if paper.contains(box) and not any(box.intersects(other) for other in taken):
            return box, True
    return behind if paper.contains(behind) else below, False

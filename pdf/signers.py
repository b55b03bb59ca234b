"""Chooses, over a whole document, where a person signs.

The last page that has a signer's block with nơi nhận beside it is the page of signatures; names in
the body, and blocks of forms in an appendix, come after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pdf.document import page_geometry, reading
from pdf.fields import letter_text, signature_boxes
from pdf.geometry import BoxMm, PageGeometry
from pdf.layout import SignerBlock, matches_signer, opens_appendix, signer_blocks
from pdf.text import PageText, page_text
from pdf.words import hints_at_title

_MOST_PAGES = 200
_OTHER_SIGNER_CONFIDENCE = 0.35
_OPEN_CHOICE = 0.75
_APPENDIX = 0.6


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A signer's block with its page, and the signatures that stand there already."""

    page: PageText
    block: SignerBlock
    signatures_mm: tuple[BoxMm, ...]
    is_someone_elses: bool = False


def find_signing_places(
    document: Any, path: Path, signer: str | None = None
) -> tuple[SigningPlace, ...]:
    """Find where a person signs, the likeliest place first.

    Without a name, or where nobody of that name signs, every block is an answer, with less
    confidence; of two side by side the right one comes first (Decree 30/2020: the head signs right).
    """
    count = len(document)
    places: list[SigningPlace] = []
    appendix_at = count
    for index in range(count - 1, max(-1, count - 1 - _MOST_PAGES), -1):
        with reading(path):
            if not hints_at_title(document[index].get_text("text")):
                continue
        page = letter_text(document, index, path)
        signatures = signature_boxes(document, page.geometry, path)
        if opens_appendix(page):
            appendix_at = index
        found = [SigningPlace(page, block, signatures) for block in signer_blocks(page, signer)]
        places.extend(found)
        if appendix_at != index and any(_settles(place.block, signer) for place in found):
            break
    return _ranked([_doubted(place, appendix_at) for place in places], signer)


def has_text_on_last_page(document: Any, path: Path) -> bool:
    """Whether the last page has any text: a scan has none."""
    return bool(page_text(document, len(document) - 1, path).lines)


def last_page(document: Any, path: Path) -> PageGeometry:
    """The last page's geometry."""
    with reading(path):
        return page_geometry(document, len(document) - 1)


def _settles(block: SignerBlock, signer: str | None) -> bool:
    is_right_one = signer is None or matches_signer(block, signer)
    return block.has_recipients and block.name is not None and is_right_one


def _doubted(place: SigningPlace, appendix_at: int) -> SigningPlace:
    """Trust a block of an appendix less, unless nơi nhận stands beside it."""
    block = place.block
    if block.page_index < appendix_at or block.has_recipients:
        return place
    return _scaled(place, _APPENDIX)


def _ranked(places: list[SigningPlace], signer: str | None) -> tuple[SigningPlace, ...]:
    asked_for = [p for p in places if signer is not None and matches_signer(p.block, signer)]
    if asked_for:
        return _by_confidence(asked_for)
    places = [place for place in places if place.block.name] or places
    if signer is not None:
        return _by_confidence([_of_someone_else(place) for place in places])
    factor = _OPEN_CHOICE if len(places) > 1 else 1.0
    return _by_confidence([_scaled(place, factor) for place in places])


def _scaled(place: SigningPlace, factor: float) -> SigningPlace:
    block = place.block
    return replace(place, block=replace(block, confidence=block.confidence * factor))


def _of_someone_else(place: SigningPlace) -> SigningPlace:
    confidence = min(_OTHER_SIGNER_CONFIDENCE, place.block.confidence)
    return replace(place, block=replace(place.block, confidence=confidence), is_someone_elses=True)


def _by_confidence(places: list[SigningPlace]) -> tuple[SigningPlace, ...]:
    return tuple(
        sorted(
            places,
            key=lambda place: (
                -place.block.has_recipients,
                -round(place.block.confidence, 1),
                -place.block.page_index,
                -place.block.centre_x_mm,
            ),
        )
    )

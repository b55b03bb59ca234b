"""Chooses, over a whole document, where a person signs.

A document is signed before its appendices begin; names in the body, and blocks of the forms and
model letters of an appendix, come after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from pdf.fields import letter_text, signature_boxes
from pdf.geometry import BoxMm
from pdf.layout import SignerBlock, matches_signer, signer_blocks
from pdf.skimming import PageHints, appendices_at, skim
from pdf.text import PageText

_MOST_CLOSE_LOOKS = 40
_OTHER_SIGNER_CONFIDENCE = 0.35
_OPEN_CHOICE = 0.75
_APPENDIX = 0.6
_SURE = 0.75


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A signer's block with its page, and the signatures that stand there already."""

    page: PageText
    block: SignerBlock
    signatures_mm: tuple[BoxMm, ...]
    is_someone_elses: bool = False
    is_in_appendix: bool = False


def find_signing_places(
    document: Any, path: Path, signer: str | None = None
) -> tuple[SigningPlace, ...]:
    """Find where a person signs, the likeliest place first.

    Without a name, or where nobody of that name signs, every block is an answer, with less
    confidence; of two side by side the right one comes first (Decree 30/2020: the head signs right).
    """
    pages = skim(document, path, signer)
    named = [page for page in pages if page.names_signer]
    places = list(_looked_at(document, path, named, pages, signer))
    if not any(_is_right(place, signer) for place in places):
        others = [page for page in pages if page.may_be_signed and page not in named]
        places.extend(_looked_at(document, path, others, pages, None))
    return _ranked([_doubted(place) for place in places], signer)


def _looked_at(
    document: Any,
    path: Path,
    chosen: Sequence[PageHints],
    pages: Sequence[PageHints],
    signer: str | None,
) -> Iterator[SigningPlace]:
    """Read pages closely, the last before the appendices first, until one settles it."""
    opening = appendices_at(pages)
    appendix_at = len(document) if opening is None else opening
    order = sorted(chosen, key=lambda page: (page.page_index >= appendix_at, -page.page_index))
    is_signed_before = False
    for hints in islice(order, _MOST_CLOSE_LOOKS):
        index = hints.page_index
        in_appendix = index >= appendix_at
        if in_appendix and is_signed_before:
            return
        page = letter_text(document, index, path)
        signatures = signature_boxes(document, page.geometry, path)
        found = [
            SigningPlace(page, block, signatures, is_in_appendix=in_appendix)
            for block in signer_blocks(page, signer)
        ]
        yield from found
        right = [place.block for place in found if place.block.name and _is_right(place, signer)]
        if not in_appendix and any(block.has_recipients for block in right):
            return
        is_signed_before |= any(block.confidence >= _SURE for block in right)


def _is_right(place: SigningPlace, signer: str | None) -> bool:
    return signer is None or matches_signer(place.block, signer)


def _doubted(place: SigningPlace) -> SigningPlace:
    """Trust a block of an appendix less, unless nơi nhận stands beside it."""
    if not place.is_in_appendix or place.block.has_recipients:
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

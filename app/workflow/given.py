"""Places that the server sends with a document: proposed before any that is found, and checked like those."""

from __future__ import annotations

from dataclasses import replace

from app.workflow.blanks import FIELD_NAMES, PlacedBlank
from app.workflow.documents import Document, FileRef, GivenPlace, same_name
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.terms import OF_A_PERSON, SignatureKind


def with_given(wish: Wish, document: Document, file: FileRef) -> Wish:
    """Return a wish with the places that the server sent for it."""
    here = [item for item in document.places if item.file_id == file.file_id]
    mine = [item for item in here if item.kind == wish.kind.value and _is_for(item, wish, document)]
    return replace(
        wish,
        given=tuple((item.page_index, BoxMm(*item.box_mm)) for item in mine),
        given_blanks=tuple(
            PlacedBlank(item.kind, item.page_index, BoxMm(*item.box_mm))
            for item in here
            if item.kind in FIELD_NAMES
        ),
    )


def _is_for(place: GivenPlace, wish: Wish, document: Document) -> bool:
    """Say whether a place is that of whoever signs; one that names nobody is it where only one can be meant."""
    if wish.kind not in OF_A_PERSON:
        return True
    if place.signer is None:
        return wish.kind is SignatureKind.INITIAL or len(document.signers) == 1
    return same_name(place.signer, wish.signer)

"""What fields do to the words around them, and what is seen since a signature, as records that load no engine."""

from __future__ import annotations

from dataclasses import dataclass

from pdf.geometry import BoxPt


@dataclass(frozen=True, slots=True)
class Widget:
    """A field's full name, the page where it shows, its box in user space, and those of `earlier` signatures there."""

    field: str
    page_index: int
    box: BoxPt
    earlier: tuple[BoxPt, ...] = ()


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person no longer reads, or reads otherwise, because a field is drawn.

    `touches_words`: it draws on letters, or between words, that no signature may lie over.
    `hides_whole`: a line of a signer's position or name, or an earlier signature.
    `hides_part`: some of one, or of the sign that ends a text.
    `touches_number`: it draws right beside a number, as if it were more digits of it.
    `stands_beside`: it goes on where a line of words begins or ends.
    """

    touches_words: bool = False
    hides_whole: bool = False
    hides_part: bool = False
    touches_number: bool = False
    stands_beside: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers: the first bytes of a file; and the fields that were `signed` or `filled` later."""

    end_bytes: int
    signed: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SinceSigned:
    """What is seen of a file that was not seen when it was signed; pages count from 0.

    `changed_pages` look different outside of the later fields; on `hidden_pages` a filled field hides words.
    `prepared` are those later signatures whose field was there, `is_repaired`: what was signed had to be rebuilt.
    """

    changed_pages: tuple[int, ...] = ()
    hidden_pages: tuple[int, ...] = ()
    prepared: tuple[str, ...] = ()
    is_repaired: bool = False

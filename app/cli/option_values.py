"""What options are given, parsed and checked: numbers, lengths, moments, places on a page."""

from __future__ import annotations

import argparse
from datetime import datetime

from app.clock import VIETNAM
from app.workflow.blanks import FIELD_NAMES, PlacedBlank
from app.workflow.writing import number_text
from pdf.geometry import BoxMm
from signing.opinions import MOST_LEVELS


def number(text: str) -> str:
    """Parse a number of the register and write it as documents do: below 10 with a leading zero."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("numbers start at 1")
    return number_text(value)


def level(text: str) -> int:
    """Parse a level of an internal form, from 1."""
    value = int(text)
    if not 1 <= value <= MOST_LEVELS:
        raise argparse.ArgumentTypeError(f"levels run from 1 to {MOST_LEVELS}")
    return value


def length(text: str) -> float:
    """Parse a length in millimetres."""
    value = float(text)
    if not 3 <= value <= 200:
        raise argparse.ArgumentTypeError("expected millimetres between 3 and 200")
    return value


def count(text: str) -> int:
    """Parse how many, from 0."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return value


def moment(text: str) -> datetime:
    """Parse RFC 3339; a time without an offset is Vietnam's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def blank(text: str) -> PlacedBlank:
    """Parse `number=1:52,36,64,42`."""
    which, _, place = text.partition("=")
    if which not in FIELD_NAMES:
        raise argparse.ArgumentTypeError(f"expected one of {', '.join(FIELD_NAMES)}")
    return PlacedBlank(which, *box(place))


def box(text: str) -> tuple[int, BoxMm]:
    """Parse `PAGE:LEFT,TOP,RIGHT,BOTTOM`, pages from 1, millimetres from the top-left corner."""
    try:
        page, _, sides = text.partition(":")
        left, top, right, bottom = (float(side) for side in sides.split(","))
        index = int(page) - 1
    except ValueError as error:
        raise argparse.ArgumentTypeError("expected PAGE:LEFT,TOP,RIGHT,BOTTOM in mm") from error
    if index < 0 or left >= right or top >= bottom:
        raise argparse.ArgumentTypeError("expected PAGE:LEFT,TOP,RIGHT,BOTTOM in mm")
    return index, BoxMm(left, top, right, bottom)

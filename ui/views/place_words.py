"""Puts the reason of a proposed place into the person's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ui.widgets.plain import plain
from ui.words import Words

_REMARKS: Mapping[str, str] = {
    ", little room": "place.little_room",
    ", a signature stands there": "place.signature_there",
    ", over text": "place.over_text",
    ", moved off the text beside it": "place.moved_off",
    ", touches another signer's words": "place.touches_signer",
    ", on a page that lies on its side": "place.on_its_side",
    ", which is not the name asked for": "place.other_name",
    ", over what is printed there": "place.over_print",
}
"""What may stand at the end of a reason (`pdf.stamps`, `pdf.corners`, `pdf.placement`)."""
_SMALLER = re.compile(r", at (?P<share>\d+%) of its size$")
_HEADS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), code)
    for pattern, code in (
        (r"over the left of the signature (?P<rest>.+)", "place.over_signature"),
        (
            r"over the left of the place of the signature (?P<rest>.+)",
            "place.over_signature_place",
        ),
        (r"between (?P<title>.+) and (?P<name>.+)", "place.between"),
        (r"below (?P<title>.+)", "place.below"),
        (r"left third of .+", "place.left_third"),
        (r"after the last words of the body", "place.after_body"),
        (r"after the last line of nơi nhận", "place.after_recipients"),
        (r"the usual zone: .+", "place.usual_zone"),
        (r"sent by the document server", "place.given"),
        (r"top left corner of page 1", "place.top_left"),
        (r"top right corner of page 1", "place.top_right"),
        (r"free place near the top left corner of page 1", "place.near_top_left"),
        (r"free place near the top right corner of page 1", "place.near_top_right"),
    )
)


def why_there(reason: str, words: Words) -> str:
    """Say in words why a place is proposed; without a reason a person chose it.

    A reason is English and stable. One that is not known is told in general words rather than in another language.
    """
    if not reason:
        return _sentence([words.label("place.chosen")])
    remarks: list[str] = []
    smaller = _SMALLER.search(reason)
    if smaller is not None:
        remarks.append(words.label("place.smaller", {"share": smaller["share"]}))
        reason = reason[: smaller.start()]
    while (end := next((item for item in _REMARKS if reason.endswith(item)), None)) is not None:
        remarks.insert(0, words.label(_REMARKS[end]))
        reason = reason.removesuffix(end)
    return _sentence([_where(reason, words), *remarks])


def _where(reason: str, words: Words) -> str:
    for pattern, code in _HEADS:
        found = pattern.fullmatch(reason)
        if found is not None:
            quoted = {name: plain(text).strip("«»") for name, text in found.groupdict().items()}
            rest = quoted.pop("rest", None)
            where = words.label(code, quoted)
            return f"{where}, {_where(rest, words)}" if rest else where
    return words.label("place.layout")


def _sentence(parts: list[str]) -> str:
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."

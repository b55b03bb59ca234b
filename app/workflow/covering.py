"""Which later signatures lie over what somebody signed before: over words, over what was filled in, over the number.

A wide number signature may lie over words that its text leaves untouched; nothing else may.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.workflow.opinions import covers_opinion
from app.workflow.placing import as_box
from app.workflow.ports import Eyes, Judge
from pdf.traces import Traces, Widget
from signing.facts import FileFacts
from signing.findings import LaterFindings
from signing.report import FileReport
from signing.request import DrawnText, SignatureWidget, UserBox
from signing.terms import ChangeKind, SignatureKind, kind_of_field

SEALED_OVER = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)
"""Whose signature a seal may lie over: the leader's, also one that other software made."""


def findings_of_later(
    report: FileReport,
    path: Path,
    judge: Judge,
    eyes: Eyes,
    prepared: Mapping[str, Collection[str]],
) -> LaterFindings:
    """Return, by signature field, the pages (from 1) on which a signature added later does something to the words.

    Args:
        report: as the judge gave it.
        path: the file.
        judge: says where its signatures show.
        eyes: look at the pages.
        prepared: by signature field, the later ones whose place was there when it was signed; they may lie over words
            that they leave as they were.
    """
    later = {
        item.field: {
            change.detail or ""
            for change in item.authentication.changes_after
            if change.what is ChangeKind.SIGNATURE_ADDED
        }
        for item in report.signatures
    }
    names = set().union(*later.values()) if later else set()
    if not names:
        return LaterFindings()
    facts = judge.look(path).result()
    look = _Look(path, facts, judge, eyes)
    widgets = [widget for widget in facts.signatures if widget.name in names]
    over = look.over_the_document(widgets)
    known = set().union(*prepared.values())
    traces = look.traces(
        (item for item in widgets if item.name not in over or item.name in known), later
    )
    covered: dict[str, tuple[int, ...]] = {}
    for field, added in later.items():
        agreed = {
            name
            for name in prepared.get(field, ())
            if name in traces and not traces[name][1].touches_words
        }
        pages = {over[name] for name in added - agreed if name in over}
        pages |= look.over_number(field, added)
        if pages:
            covered[field] = tuple(sorted(pages))

    def pages_where(does: Callable[[Traces], bool]) -> dict[str, tuple[int, ...]]:
        pages = {
            field: {traces[name][0] for name in added if name in traces and does(traces[name][1])}
            for field, added in later.items()
        }
        return {field: tuple(sorted(found)) for field, found in pages.items() if found}

    return LaterFindings(
        covered_text=covered,
        hidden_signer=pages_where(lambda seen: seen.hides_whole),
        partly_hidden=pages_where(lambda seen: seen.hides_part),
        longer_number=pages_where(lambda seen: seen.touches_number),
        beside_words=pages_where(lambda seen: seen.stands_beside),
    )


def covers_filled(facts: FileFacts, page_index: int, box: UserBox) -> bool:
    """Say whether a box lies over an opinion, a number or a date that is given."""
    given = [item for item in facts.filled_widgets if item.page_index == page_index]
    return covers_opinion(facts, page_index, box) or any(
        item.box is not None and _meet(item.box, box) for item in given
    )


def covers_signature(facts: FileFacts, kind: SignatureKind, page_index: int, box: UserBox) -> bool:
    """Say whether a box lies over a signature shown; a seal belongs over the personal one."""
    return any(
        item.box is not None
        and item.page_index == page_index
        and _meet(item.box, box)
        and not (kind is SignatureKind.SEAL and kind_of_field(item.name) in SEALED_OVER)
        for item in facts.signatures
    )


def covers_number(facts: FileFacts, page_index: int, box: UserBox) -> bool:
    """Say whether a box lies over a number signature."""
    return any(
        item.box is not None and item.page_index == page_index and _meet(item.box, box)
        for item in _numbers(facts)
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """One file, with whom to ask about it."""

    path: Path
    facts: FileFacts
    judge: Judge
    eyes: Eyes

    def over_the_document(self, widgets: Iterable[SignatureWidget]) -> dict[str, int]:
        """Return the pages, from 1, of those that lie over the author's words or what was filled in."""
        shown = [
            (widget.name, widget.page_index, widget.box)
            for widget in widgets
            if widget.page_index is not None and widget.box is not None
        ]
        boxes = tuple((page, as_box(box)) for _, page, box in shown)
        answers = self.eyes.covers_text(self.path, boxes).result()
        over: dict[str, int] = {}
        for (name, page, box), is_over in zip(shown, answers, strict=True):
            if covers_filled(self.facts, page, box) or (
                is_over and not self._leaves_words(name, page, box)
            ):
                over[name] = page + 1
        return over

    def traces(
        self, widgets: Iterable[SignatureWidget], later: Mapping[str, Collection[str]]
    ) -> dict[str, tuple[int, Traces]]:
        """Return the page, from 1, of each, and what it does to the words that it may lie over or beside."""
        places = {item.name: item for item in self.facts.signatures}
        shown: list[Widget] = []
        for item in widgets:
            if item.page_index is None or item.box is None:
                continue
            before = [
                places[field]
                for field, added in later.items()
                if item.name in added and field in places
            ]
            boxes = [
                as_box(one.box)
                for one in before
                if one.box is not None and one.page_index == item.page_index
            ]
            shown.append(Widget(item.name, item.page_index, as_box(item.box), tuple(boxes)))
        found = self.eyes.traces(self.path, tuple(shown)).result() if shown else ()
        return {
            widget.field: (widget.page_index + 1, traces)
            for widget, traces in zip(shown, found, strict=True)
        }

    def over_number(self, field: str, added: Iterable[str]) -> set[int]:
        """Return the pages, from 1, on which one of these lies over the text of a number signature."""
        places = {item.name: item for item in self.facts.signatures}
        number = places.get(field)
        if number is None or number not in _numbers(self.facts) or number.box is None:
            return set()
        drawn = self._drawn(field)
        texts = (number.box,) if drawn is None else drawn.glyphs
        return {
            item.page_index + 1
            for item in (places[name] for name in added if name in places)
            if item.page_index is not None
            and item.page_index == number.page_index
            and item.box is not None
            and any(_meet(text, item.box) for text in texts)
        }

    def _leaves_words(self, name: str, page_index: int, box: UserBox) -> bool:
        drawn = self._drawn(name)
        if drawn is None:
            return False
        glyphs = tuple(as_box(glyph) for glyph in drawn.glyphs)
        return self.eyes.leaves_words(self.path, name, page_index, as_box(box), glyphs).result()

    def _drawn(self, name: str) -> DrawnText | None:
        return self.judge.drawn_texts(self.path, (name,)).result()[0]


def _numbers(facts: FileFacts) -> tuple[SignatureWidget, ...]:
    return tuple(
        item for item in facts.signatures if kind_of_field(item.name) is SignatureKind.NUMBER
    )


def _meet(one: UserBox, other: UserBox) -> bool:
    return (
        one.left_pt < other.right_pt
        and other.left_pt < one.right_pt
        and one.bottom_pt < other.top_pt
        and other.bottom_pt < one.top_pt
    )

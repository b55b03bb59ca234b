"""Facts about the reasons of proposed places: every one that is given has words in the person's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.drafts import sample_drafts
from app.messages import Language
from pdf.placement import propose
from pdf.places import PlaceKind, PlacementRules
from ui.views.base import Look
from ui.views.place_words import why_there
from ui.words import Words

LAYOUT = {"vi": "Theo bố cục của trang", "en": "By the layout of the page"}
KINDS = (
    PlaceKind.PERSONAL,
    PlaceKind.SEAL,
    PlaceKind.INITIAL,
    PlaceKind.ATTACHMENT,
    PlaceKind.COPY,
)


@pytest.fixture
def words(look: Look) -> Words:
    return look.words


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("between GIÁM ĐỐC and Nguyễn Văn An", "Between «GIÁM ĐỐC» and «Nguyễn Văn An»."),
        (
            "between Q. GIÁM ĐỐC and A, which is not the name asked for, little room",
            "Between «Q. GIÁM ĐỐC» and «A»; which is not the name asked for; little room.",
        ),
        ("below TRƯỞNG PHÒNG", "Below «TRƯỞNG PHÒNG»."),
        ("below «2. Ý kiến:»", "Below «2. Ý kiến:»."),
        (
            "free place near the top left corner of page 1, at 85% of its size",
            "Free place near the top left corner of page 1; at 85% of its size.",
        ),
        (
            "over the left of the signature between GIÁM ĐỐC and An, over text",
            "Over the left of the signature, between «GIÁM ĐỐC» and «An»; over text.",
        ),
        (
            "over the left of the place of the signature below GIÁM ĐỐC",
            "Over the left of the place of the signature, below «GIÁM ĐỐC».",
        ),
        ("left third of LanhDao_2", "Over the left third of the leader's signature."),
        (
            "free place near the top right corner of page 1",
            "Free place near the top right corner of page 1.",
        ),
        (
            "top left corner of page 1, over what is printed there",
            "Top left corner of page 1; over what is printed there.",
        ),
        ("", "The place that you chose."),
        ("something new", "By the layout of the page."),
    ],
)
def test_a_reason_is_told_in_words(reason: str, told: str, words: Words) -> None:
    assert why_there(reason, words) == told


def test_a_title_from_a_document_cannot_steer_how_the_text_runs(words: Words) -> None:
    assert "\u202e" not in why_there("below GIÁM\u202e ĐỐC", words)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_that_the_sample_drafts_give_has_words(
    tmp_path: Path, language: Language, words: Words
) -> None:
    words.choose(language)
    told = []
    for draft in sample_drafts()[:4]:
        path = tmp_path / f"{draft.key}.pdf"
        draft.files[0].build(path)
        told += [
            why_there(proposal.reason, words)
            for kind in KINDS
            for proposal in propose(path, kind, PlacementRules())
        ]
    assert len(told) > 10
    assert [text for text in told if LAYOUT[language] in text] == []

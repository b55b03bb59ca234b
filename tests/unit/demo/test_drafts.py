from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.drafts import DraftSpec, more_drafts, sample_drafts, sample_incoming
from app.demo.people import AGENCY_SEAL, TOKEN_HOLDERS
from app.workflow.documents import Secrecy, Urgency

DRAFTS = sample_drafts()


def _draft(key: str) -> DraftSpec:
    return next(one for one in DRAFTS if one.key == key)


def test_there_are_ten_drafts_and_one_incoming_document() -> None:
    assert len({one.key for one in DRAFTS}) == 10
    assert len(sample_incoming()) == 1


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda one: one.key)
def test_every_signer_has_a_token_and_is_a_person(draft: DraftSpec) -> None:
    assert draft.signers
    assert {one.holder for one in draft.signers} <= set(TOKEN_HOLDERS) - {AGENCY_SEAL}


def test_file_names_are_unique() -> None:
    names = [file.name for draft in DRAFTS for file in draft.files]
    assert len(set(names)) == len(names)


def test_only_the_secret_draft_is_secret_and_kept_on_paper() -> None:
    secret = [one for one in DRAFTS if one.secrecy is not Secrecy.NONE]
    assert secret == [one for one in DRAFTS if one.paper_only] == [_draft("cong-van-mat")]


def test_the_storm_warning_is_of_the_highest_urgency() -> None:
    assert _draft("cong-van-hoa-toc").urgency is Urgency.EXPRESS


def test_the_joint_plan_has_two_signers() -> None:
    assert [one.holder.key for one in _draft("ke-hoach-lien-tich").signers] == ["leader", "partner"]


def test_the_attachment_is_a_file_of_its_own() -> None:
    names = [one.name for one in _draft("cong-van-phu-luc").files]
    assert names == ["cong-van-phu-luc.pdf", "phu-luc-bieu-mau.pdf"]


def test_more_drafts_are_the_same_for_the_same_index(tmp_path: Path) -> None:
    first, again = tmp_path / "first.pdf", tmp_path / "again.pdf"
    more_drafts(5)[4].files[0].build(first)
    more_drafts(9)[4].files[0].build(again)
    assert first.read_bytes() == again.read_bytes()


def test_more_drafts_differ_from_each_other() -> None:
    drafts = more_drafts(200)
    assert len({one.key for one in drafts}) == len({one.abstract for one in drafts}) == 200

"""Facts about one-stop dossiers."""

from __future__ import annotations

import pytest

from app.rules import load_profile
from app.workflow.documents import DeadlineState
from app.workflow.dossiers import dossier_notes, guidance_for
from tests.fakes.records import document

ONE_STOP = load_profile("mot-cua-tuyen-quang-2020")
ELSEWHERE = load_profile("nd30-2020")


@pytest.mark.parametrize(
    ("code", "state", "notes"),
    [
        ("HS-1", DeadlineState.EARLY, ()),
        ("HS-1", DeadlineState.ON_TIME, ()),
        ("HS-1", DeadlineState.OVERDUE, ("workflow.dossier_overdue",)),
        (None, None, ("workflow.dossier_missing",)),
    ],
)
def test_the_clerk_is_told_what_is_wrong_with_a_dossier(
    code: str | None, state: DeadlineState | None, notes: tuple[str, ...]
) -> None:
    assert dossier_notes(ONE_STOP, document(dossier_code=code, deadline_state=state)) == notes


def test_where_there_are_no_dossiers_none_is_missed() -> None:
    assert dossier_notes(ELSEWHERE, document()) == ()


def test_an_incomplete_dossier_is_returned_with_the_guidance_kept_ready() -> None:
    assert guidance_for(ONE_STOP, document(dossier_code="HS-1")) == ONE_STOP.dossier.guidance
    assert ONE_STOP.dossier.guidance
    assert guidance_for(ONE_STOP, document()) == ()

"""Facts about fetching: secrecy first, the hash checked, the store believed only where it is intact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.documents import Secrecy
from app.workflow.fetching import fetch
from app.workflow.sign_draft import open_draft
from tests.fakes.desk import desk_of, profile
from tests.fakes.engines import DRAFT, sha256_of
from tests.fakes.records import document


@pytest.mark.parametrize("secrecy", [item for item in Secrecy if item is not Secrecy.NONE])
def test_nothing_of_a_secret_document_is_fetched(tmp_path: Path, secrecy: Secrecy) -> None:
    desk = desk_of(tmp_path, paper=document(secrecy=secrecy))
    with pytest.raises(AppError) as caught:
        open_draft(desk.office, "d1")
    assert (caught.value.code, caught.value.params) == (
        "workflow.secret",
        {"secrecy": secrecy.value},
    )
    assert desk.server.downloads == 0
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_a_paper_document_is_fetched(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, paper=document(paper_only=True))
    with pytest.raises(AppError, match=r"workflow\.paper_only"):
        fetch(desk.office, desk.server.paper, desk.server.paper.main_file)
    assert desk.server.downloads == 0


def test_a_file_above_the_limit_is_not_fetched(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, rules=profile(file_bytes=len(DRAFT) - 1))
    with pytest.raises(AppError, match=r"workflow\.too_large"):
        open_draft(desk.office, "d1")
    assert desk.server.downloads == 0


def test_a_file_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    first, second = open_draft(desk.office, "d1"), open_draft(desk.office, "d1")
    assert first.path == second.path
    assert desk.server.downloads == 1


def test_a_stored_file_that_was_damaged_is_fetched_anew(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    open_draft(desk.office, "d1").path.write_bytes(b"rotten")
    assert open_draft(desk.office, "d1").path.read_bytes() == DRAFT
    assert desk.server.downloads == 2


def test_other_bytes_than_the_server_named_are_refused(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    main = desk.server.paper.main_file
    desk.server.content = b"something else"
    with pytest.raises(AppError) as caught:
        fetch(desk.office, desk.server.paper, main)
    assert (caught.value.code, caught.value.params) == (
        "server.hash_mismatch",
        {"file": "cong-van.pdf"},
    )
    assert not desk.files.holds(main.sha256)


def test_what_is_shown_carries_the_hash_of_its_bytes(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    draft = open_draft(desk.office, "d1")
    assert draft.shown_sha256 == sha256_of(draft.path.read_bytes()) == draft.file.sha256
    assert replace(draft.file) == desk.server.paper.main_file

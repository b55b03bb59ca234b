"""Facts about the letter to the sender of a document that is not accepted."""

from __future__ import annotations

import pytest

from app.messages import LANGUAGES, Language
from app.workflow.report_letter import is_returnable, letter
from tests.fakes import reviews
from tests.fakes.records import NOON

RETURNED = [name for name, make in reviews.SAMPLES.items() if is_returnable(make())]


def text(sample: str, language: Language = "vi") -> str:
    return letter(reviews.SAMPLES[sample](), "412-UBND.pdf", NOON, language)


@pytest.mark.parametrize("sample", RETURNED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_is_whole_in_words(sample: str, language: Language) -> None:
    told = text(sample, language)
    assert "412-UBND.pdf" in told
    assert not any(mark in told for mark in ("verify.", "return.", "verdict.", "{"))


def test_every_signature_that_is_as_bad_as_the_file_is_told() -> None:
    told = text("changed_after")
    assert told.count("Sau khi ký, tệp đã bị sửa theo cách không được phép.") == 2
    assert "Chữ ký 1/2 (Chữ ký số cá nhân, mang tên «Nguyễn Văn An»)" in told


def test_a_file_without_signatures_is_told_by_its_own_reason() -> None:
    assert "Lý do: Văn bản không có chữ ký số." in text("unsigned")


def test_the_letter_names_the_bytes_and_the_moment() -> None:
    told = text("untrusted", "en")
    assert "SHA-256: aaaa" in told
    assert "22/11/2026 12:00:00 +07:00" in told


def test_a_valid_file_is_no_ground_for_a_return() -> None:
    assert {"issued", "leader_only", "with_remarks"}.isdisjoint(RETURNED)

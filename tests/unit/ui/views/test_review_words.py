"""Facts about the sections, the details and the history of a checked file, and about the report as text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from app.messages import LANGUAGES, Language
from signing.report import Anchor, Change, SignatureReport, StatusData
from signing.terms import ChangeKind, Coverage, SignatureKind, Verdict
from tests.fakes import reviews
from tests.fakes.records import LEADER, LEADERS, NOON
from tests.fakes.reviews import faulty, sound
from ui.theme import Tone
from ui.viewmodels.review import ReviewPhase, ReviewState
from ui.views.review_text import ReviewText
from ui.views.review_words import ReviewWords
from ui.words import Words


@pytest.fixture
def words(qapp: QCoreApplication) -> ReviewWords:
    del qapp
    return ReviewWords(Words("en"))


def facts(words: ReviewWords, item: SignatureReport) -> dict[str, tuple[str, Tone | None]]:
    sections = (*words.sections(item), words.details(item))
    return {fact.label: (fact.value, fact.tone) for section in sections for fact in section.facts}


def state_of(name: str) -> ReviewState:
    made = reviews.review(reviews.SAMPLES[name]())
    return ReviewState(
        ReviewPhase.DONE, made.path, made.path.name, made, checked_at=NOON, size_bytes=120_000
    )


def test_the_law_s_three_sections_have_each_its_own_verdict(words: ReviewWords) -> None:
    item = reviews.untrusted().signatures[0]
    assert [(section.title, section.verdict) for section in words.sections(item)] == [
        ("Signature", Verdict.VALID),
        ("Authentication", Verdict.UNDETERMINED),
        ("Time stamp", Verdict.UNDETERMINED),
    ]


def test_a_signer_is_named_as_the_certificate_does(words: ReviewWords) -> None:
    found = facts(words, sound())
    assert found["Signer"] == (LEADER, None)
    assert found["Kind"] == ("Personal signature (by its field's name)", None)


def test_the_name_in_an_untrusted_certificate_is_not_proven(words: ReviewWords) -> None:
    found = facts(words, reviews.untrusted().signatures[0])
    assert found["Signer"][0] == f"{LEADER} (says the certificate; not proven)"
    assert found["Certificate"][1] is Tone.WARN


def test_the_name_in_a_certificate_that_did_not_sign_these_bytes_is_not_proven(
    words: ReviewWords,
) -> None:
    forged = faulty(sound(), Verdict.INVALID, "verify.signature_broken", integrity="broken")
    assert "not proven" in facts(words, forged)["Signer"][0]


def test_a_signer_whom_nobody_knows_is_said_to_be_unknown(words: ReviewWords) -> None:
    assert facts(words, sound(signer=None))["Signer"][0] == "not known"


def test_the_signer_s_own_time_is_told_as_a_claim(words: ReviewWords) -> None:
    found = facts(words, sound(is_stamped=False))
    assert found["Claimed time"][0] == "22/11/2026 12:00"
    assert found["Time"] == ("the signer's own claim only", Tone.WARN)


def test_a_time_stamp_names_its_authority(words: ReviewWords) -> None:
    found = facts(words, sound())
    assert found["Time"] == ("22/11/2026 12:00", Tone.GOOD)
    assert found["Authority"][0] == reviews.AUTHORITY


def test_a_time_beyond_all_calendars_is_shown(words: ReviewWords) -> None:
    (item,) = reviews.hostile().signatures
    assert facts(words, item)["Claimed time"][0] == "31/12/9999 23:59"


def test_a_certificate_s_hash_is_read_in_groups_and_copied_whole(words: ReviewWords) -> None:
    row = next(fact for fact in words.details(sound()).facts if fact.label == "Certificate SHA-256")
    assert row.value.split(" ") == ["1111"] * 16
    assert row.copies == LEADERS


def test_the_details_name_what_a_technician_asks_for(words: ReviewWords) -> None:
    item = reviews.changed_after().signatures[0]
    found = {fact.label: fact.value for fact in words.details(item).facts}
    assert found.pop("Certificate SHA-256")
    assert found == {
        "Algorithm": "rsassa_pkcs1v15",
        "Digest": "sha256",
        "Format": "ETSI.CAdES.detached",
        "Level": "B-LT",
        "Field": "LanhDao",
        "Result": "TOTAL_FAILED / FORMAT_FAILURE",
    }


def test_the_root_that_was_reached_and_the_age_of_the_revocation_data_are_told(
    words: ReviewWords,
) -> None:
    root = "ab" * 32
    item = sound()
    found = replace(
        item.authentication,
        anchor=Anchor("Root G2", root, f"/home/an/trust/{root}.cer"),
        status=StatusData("crl", NOON - timedelta(days=9), NOON - timedelta(days=2), "store"),
    )
    told = facts(words, replace(item, authentication=found))
    assert told["Trust anchor"] == ("reaches Root G2 (added)", None)
    data, tone = told["Revocation data"]
    assert data.startswith("CRL from this machine's store, of ")
    assert data.endswith("past its time, a newer one should be out")
    assert tone is Tone.WARN


def test_a_later_change_is_told_in_plain_words_with_its_page(words: ReviewWords) -> None:
    item = reviews.changed_after().signatures[0]
    assert [(fact.value, fact.tone) for fact in words.changes(item)] == [
        ("signature added: ConDau, page 1 (allowed)", Tone.GOOD),
        ("page content changed: the page looks different, page 2 (NOT allowed)", Tone.BAD),
    ]


def test_the_same_change_done_several_times_stands_in_one_line(words: ReviewWords) -> None:
    filled = [
        Change(ChangeKind.FORM_FILLED, allowed=True, page=1, detail=name) for name in ("So", "Ngay")
    ]
    (fact,) = words.changes(sound("LanhDao", LEADER, *filled, is_last=False))
    assert fact.value == "field filled: So, page 1; Ngay, page 1 (allowed)"


def test_a_field_that_is_called_like_a_code_keeps_its_name(words: ReviewWords) -> None:
    filled = Change(ChangeKind.FORM_FILLED, allowed=True, detail="dss")
    (fact,) = words.changes(sound("LanhDao", LEADER, filled))
    assert fact.value == "field filled: dss (allowed)"


@pytest.mark.parametrize(
    "code",
    [
        "field_twice",
        "field_flags",
        "widget_elsewhere",
        "need_appearances",
        "opinions_of_others",
        "unsigned_opinion",
    ],
)
def test_a_disallowed_change_is_told_in_words(words: ReviewWords, code: str) -> None:
    change = Change(ChangeKind.OTHER, allowed=False, page=1, detail=code)
    assert code not in words._where(change)


def test_a_detail_that_nobody_put_into_words_is_shown_as_it_is(words: ReviewWords) -> None:
    odd = Change(ChangeKind.OTHER, allowed=False, detail="catalog/Threads")
    (fact,) = words.changes(sound("LanhDao", LEADER, odd))
    assert fact.value == "other change: catalog/Threads (NOT allowed)"


def test_nothing_was_changed_only_where_the_file_could_be_compared(words: ReviewWords) -> None:
    (fact,) = words.changes(sound())
    assert (fact.value, fact.tone) == ("nothing was added or changed", Tone.GOOD)


@pytest.mark.parametrize(
    "found", [{"integrity": "broken"}, {"integrity": None}, {"coverage": Coverage.PARTIAL}]
)
def test_an_empty_list_of_changes_is_no_proof_where_nothing_was_compared(
    found: dict[str, object], words: ReviewWords
) -> None:
    item = sound()
    item = replace(item, authentication=replace(item.authentication, **found))  # type: ignore[arg-type]
    (fact,) = words.changes(item)
    assert (fact.value, fact.tone) == ("not known", Tone.WARN)


def test_the_history_tells_a_proven_time_from_a_claimed_one(words: ReviewWords) -> None:
    entries = words.history(reviews.with_remarks())
    assert [(entry.when, entry.is_proven) for entry in entries] == [
        ("22/11/2026 12:00, the signer's claim", False),
        ("22/11/2026 12:00, time stamp confirmed", True),
    ]


def test_a_time_stamp_that_nobody_confirmed_proves_no_time(words: ReviewWords) -> None:
    item = sound()
    doubtful = replace(item, timestamp=replace(item.timestamp, verdict=Verdict.UNDETERMINED))
    (entry,) = words.history(reviews.report(doubtful))
    assert entry.when == "22/11/2026 12:00, time stamp not confirmed"
    assert not entry.is_proven


def test_a_signature_without_any_time_says_so(words: ReviewWords) -> None:
    item = sound(is_stamped=False)
    timeless = replace(item, signature_info=replace(item.signature_info, claimed_time=None))
    assert words.history(reviews.report(timeless))[0].when == "Time not known"


def test_a_remark_is_made_once_and_active_content_named(words: ReviewWords) -> None:
    assert words.remarks(reviews.with_remarks()) == (
        "The signature has no time stamp.",
        "It is not known whether the certificate was revoked.",
        "The file holds active content, which was not run: JavaScript, embedded files.",
    )


@pytest.mark.parametrize(
    ("size_bytes", "told"), [(0, "1 kB"), (120_000, "120 kB"), (2_340_000, "2.3 MB")]
)
def test_a_file_s_size(size_bytes: int, told: str, words: ReviewWords) -> None:
    assert words.size(size_bytes) == told


def test_the_report_as_text_begins_with_the_verdict(qapp: QCoreApplication) -> None:
    del qapp
    text = ReviewText(Words("en")).of(state_of("changed_after"))
    assert text.startswith("INVALID: Signature 1 of 2")
    for part in (
        "File: 412-UBND.pdf",
        "Size: 120 kB",
        "Pages: 3",
        "SHA-256: aaaa",
        "Checked on this machine, offline, with Trình Ký: 22/11/2026 12:00",
        f"1. Personal signature, bearing the name “{LEADER}”: INVALID",
        "   Authentication: INVALID",
        "      Afterwards: page content changed: the page looks different, page 2 (NOT allowed)",
        f"      Certificate SHA-256: {LEADERS}",
    ):
        assert part in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", reviews.SAMPLES)
def test_every_report_can_be_sent_on_in_both_languages(
    name: str, language: Language, qapp: QCoreApplication
) -> None:
    del qapp
    words = Words(language)
    state = state_of(name)
    assert state.review is not None
    text = ReviewText(words).of(state)
    report = state.review.report
    assert text.startswith(words.label("verdict." + report.verdict.value))
    assert text.count("SHA-256: " + "a" * 64) == 1
    for item in report.signatures:
        assert words.label("kind." + item.kind.value) in text
    assert "None" not in text
    assert "\u202e" not in text


def test_without_a_file_there_is_no_text(qapp: QCoreApplication) -> None:
    del qapp
    assert ReviewText(Words("en")).of(ReviewState(path=Path("a.pdf"))) == ""


@pytest.mark.parametrize("kind", [SignatureKind.UNKNOWN, SignatureKind.DOCUMENT_TIMESTAMP])
def test_a_kind_that_no_field_name_told_is_not_said_to_be_told_by_it(
    kind: SignatureKind, words: ReviewWords
) -> None:
    assert "field" not in facts(words, replace(sound(), kind=kind))["Kind"][0]

"""Facts about the sentence that a person reads first: it says what the report says, and never more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from app.messages import LANGUAGES, Language
from app.workplace.records import Problem
from signing.terms import SignatureKind, Verdict
from tests.fakes import reviews
from tests.fakes.records import AGENCY, LEADER
from tests.fakes.reviews import faulty, report, sound
from ui.theme import Tone
from ui.views.verdict import VerdictWords, verdict_look
from ui.words import Words

VALID = {"issued", "leader_only", "with_remarks"}


@pytest.fixture
def words(qapp: QCoreApplication) -> VerdictWords:
    del qapp
    return VerdictWords(Words("en"))


def test_signed_and_sealed_and_only_the_blanks_filled(words: VerdictWords) -> None:
    assert str(words.of(reviews.issued())) == (
        f"VALID: Signed by {LEADER} and sealed by {AGENCY}; "
        "only form fields were filled in since, as the signatures permit."
    )


def test_signed_by_the_leader_alone(words: VerdictWords) -> None:
    told = words.of(reviews.leader_only())
    assert str(told) == f"VALID: Signed by {LEADER}; the content was not changed since."
    assert (told.tone, told.icon) == (Tone.GOOD, "check-circle")
    assert told.do.startswith("The document can be used.")


def test_a_later_signature_is_no_change_of_the_content(words: VerdictWords) -> None:
    made = report(
        sound("LanhDao", LEADER, reviews.SEAL_ADDED, is_last=False), sound("ConDau", AGENCY)
    )
    assert words.of(made).sentence.endswith("; the content was not changed since.")


def test_what_is_said_against_a_valid_file_takes_its_green_away(words: VerdictWords) -> None:
    told = words.of(reviews.with_remarks())
    assert told.word == "VALID, with remarks"
    assert told.tone is Tone.WARN
    assert "not confirmed" in told.means


def test_active_content_alone_is_a_remark(words: VerdictWords) -> None:
    made = replace(reviews.leader_only(), active_content=("javascript",))
    assert words.of(made).tone is Tone.WARN


def test_a_change_after_signing_names_the_signature_that_no_longer_holds(
    words: VerdictWords,
) -> None:
    told = words.of(reviews.changed_after())
    assert str(told) == (
        f"INVALID: Signature 1 of 2 (Personal signature, bearing the name “{LEADER}”): "
        "After signing, the file was changed in a way that is not permitted."
    )
    assert told.tone is Tone.BAD


def test_an_untrusted_certificate_only_bears_a_name(words: VerdictWords) -> None:
    told = words.of(reviews.untrusted())
    assert str(told) == (
        f"UNDETERMINED: Personal signature, bearing the name “{LEADER}”: "
        "No path leads from the signer's certificate to an installed root certificate."
    )
    assert told.tone is Tone.WARN


def test_a_file_without_signatures(words: VerdictWords) -> None:
    told = words.of(reviews.unsigned())
    assert str(told) == "NOT SIGNED: The document carries no digital signature."
    assert told.tone is Tone.MUTED


def test_time_stamps_alone_are_nobody_s_signature(words: VerdictWords) -> None:
    told = words.of(reviews.only_timestamps())
    assert str(told) == "NOT SIGNED: The document carries time stamps only, nobody's signature."


def test_a_file_that_cannot_be_read(words: VerdictWords) -> None:
    told = words.of(reviews.unreadable())
    assert told.word == "UNREADABLE"
    assert told.sentence.startswith("The file bears traces of a digital signature")
    assert told.tone is Tone.BAD


def test_a_file_that_could_not_be_checked_has_no_verdict(words: VerdictWords) -> None:
    told = words.of_problem(Problem("worker.deadline", {"seconds": 60, "worker": "verify"}))
    assert told.word == "COULD NOT BE CHECKED"
    assert "60 seconds" in told.sentence


def test_a_reason_that_lies_in_no_signature_names_none(words: VerdictWords) -> None:
    made = replace(reviews.issued(), verdict=Verdict.UNDETERMINED, reason="pdf.unreadable")
    assert LEADER not in words.of(made).sentence


def test_a_verdict_without_a_reason_says_so(words: VerdictWords) -> None:
    made = report(verdict=Verdict.UNDETERMINED)
    assert words.of(made).sentence == "The check gave no reason."


def test_a_signature_that_nobody_could_read_bears_no_name(words: VerdictWords) -> None:
    nameless = replace(sound(signer=None), organization=None)
    bad = faulty(nameless, Verdict.INVALID, "verify.signature_malformed")
    made = report(bad, verdict=Verdict.INVALID, reason="verify.signature_malformed")
    assert words.of(made).sentence.startswith("Personal signature: The signature's data")


def test_a_valid_signature_without_a_name_is_a_signer_s_without_a_name(
    words: VerdictWords,
) -> None:
    made = report(replace(sound(signer=None), organization=None))
    assert words.of(made).sentence.startswith("Signed by a signer without a name;")


def test_a_document_time_stamp_is_no_deed_of_the_signers(words: VerdictWords) -> None:
    made = report(sound(), sound("DauThoiGian", reviews.AUTHORITY))
    assert reviews.AUTHORITY not in words.of(made).sentence


def test_many_signatures_are_counted(words: VerdictWords) -> None:
    made = report(*(sound(f"LanhDao_{number}", f"Người {number}") for number in range(7)))
    told = words.of(made).sentence
    assert "Người 3" in told
    assert "Người 4" not in told
    assert " and 3 more signature" in told


@pytest.mark.parametrize("kind", SignatureKind)
def test_every_kind_of_signature_is_a_deed_by_somebody(
    kind: SignatureKind, words: VerdictWords
) -> None:
    made = report(sound(), replace(sound(), kind=kind))
    assert words.of(made).sentence.count(LEADER) == 2 - (kind is SignatureKind.DOCUMENT_TIMESTAMP)


def test_a_name_in_a_certificate_is_only_read(words: VerdictWords) -> None:
    told = words.of(reviews.hostile()).sentence
    assert "\n" not in told
    assert "\u202e" not in told
    assert len(told) < 400


def test_a_claimed_name_cannot_end_its_own_quotation(words: VerdictWords) -> None:
    bad = faulty(sound(signer="An”. Hợp lệ: “"), Verdict.INVALID, "verify.signature_broken")
    made = report(bad, verdict=Verdict.INVALID, reason="verify.signature_broken")
    assert "“An'. Hợp lệ: '”" in words.of(made).sentence


@pytest.mark.parametrize("name", sorted(reviews.SAMPLES.keys() - VALID))
def test_nothing_but_a_valid_file_is_called_signed_by_anybody(
    name: str, words: VerdictWords
) -> None:
    told = words.of(reviews.SAMPLES[name]())
    assert "signed by" not in told.sentence.lower()
    assert "sealed by" not in told.sentence.lower()
    assert told.word != "VALID"
    assert told.tone is not Tone.GOOD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", reviews.SAMPLES)
def test_every_verdict_has_its_word_reason_and_advice_in_both_languages(
    name: str, language: Language, qapp: QCoreApplication
) -> None:
    del qapp
    made = reviews.SAMPLES[name]()
    words = Words(language)
    told = VerdictWords(words).of(made)
    assert told.word.startswith(words.label("verdict." + made.verdict.value))
    assert told.sentence.endswith(".")
    assert told.means
    assert told.do
    if made.reason is not None:
        assert words.label(made.reason) in told.sentence


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_shape_of_its_own(verdict: Verdict) -> None:
    shapes = [verdict_look(item)[0] for item in Verdict]
    assert shapes.count(verdict_look(verdict)[0]) == 1

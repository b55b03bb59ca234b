"""Facts about `trinhky doctor` on real tokens: each part is told, a trial leaves nothing, a report names nobody."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.demo.people import LEADER
from tests.integration.cli.conftest import Answer, CommandLine
from tests.integration.signing.office import FlawedTokens, SigningOffice


@pytest.fixture(scope="module")
def answer(trinhky: CommandLine) -> Answer:
    return trinhky.run("doctor", "--json")


def rows(answer: Answer, name: str) -> list[dict[str, Any]]:
    return [row for row in answer.json["checks"] if row["name"] == name]


def leaders(office: SigningOffice) -> str:
    return office.leader.certificate_sha256


def tries(machine: CommandLine, *options: str, pin: str) -> Answer:
    return machine.run("doctor", "--json", "--test-signature", *options, stdin=f"{pin}\n")


def test_module_bits_and_readers_are_told(answer: Answer, signing_office: SigningOffice) -> None:
    ours = {
        name: [it for it in rows(answer, name) if it["params"]["module"] == signing_office.module]
        for name in ("module", "slots")
    }
    assert [it["state"] for it in ours["module"]] == ["ok"]
    assert [it["params"]["filled"] for it in ours["slots"]] == [str(len(signing_office.tokens))]
    assert [it["detail"] for it in rows(answer, "bits") if it["state"] == "ok"] == ["64"]


def test_each_token_says_how_it_signs_and_each_certificate_how_long(
    answer: Answer, signing_office: SigningOffice
) -> None:
    signing_by = {row["params"]["serial"]: row["detail"] for row in rows(answer, "mechanisms")}
    days = {row["params"]["subject"]: row["params"]["days"] for row in rows(answer, "certificate")}
    for token in signing_office.tokens.values():
        assert "SHA256_RSA_PKCS" in signing_by[token.serial]
    assert int(days[LEADER.common_name]) > 0


def test_each_certificate_reaches_the_trust_anchor(answer: Answer) -> None:
    found = {row["params"]["subject"]: row["code"] for row in rows(answer, "chain")}
    assert found[LEADER.common_name] == "doctor.chain_ok"


def test_a_certificate_that_is_out_of_date_or_revoked_is_told(
    trinhky: CommandLine, flawed: FlawedTokens
) -> None:
    there = replace(trinhky, environment={**trinhky.environment, **flawed.environment})
    answer = there.run("doctor", "--json")
    reasons = {row["params"].get("reason") for row in rows(answer, "certificate")}
    assert {"certificate.expired", "certificate.key_usage"} <= reasons
    assert ("error", "certificate.revoked") in [
        (row["state"], row["code"]) for row in rows(answer, "chain")
    ]
    assert answer.code == 1


def test_a_test_signature_is_made_checked_and_thrown_away(
    trinhky: CommandLine,
    signing_office: SigningOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pin = signing_office.leader.user_pin
    answer = tries(trinhky, "--certificate", leaders(signing_office), pin=pin)
    (row,) = rows(answer, "test_signature")
    assert (row["state"], row["code"]) == ("ok", "doctor.test_ok"), row
    assert not list(tmp_path.rglob("*.pdf"))
    assert pin not in trinhky.left_behind + answer.out + answer.err


def test_a_wrong_pin_is_told_as_that_and_remembered_by_the_token(
    trinhky: CommandLine, signing_office: SigningOffice
) -> None:
    chosen = ("--certificate", leaders(signing_office))
    answer = tries(trinhky, *chosen, pin="00000000")
    (row,) = rows(answer, "test_signature")
    assert (row["state"], row["code"], answer.code) == ("error", "token.pin_incorrect", 1)
    # SoftHSM's mark of a wrong PIN goes with the next right one.
    again = tries(trinhky, *chosen, pin=signing_office.leader.user_pin)
    assert "doctor.pin_low" in {row["code"] for row in rows(again, "tokens")}
    after = trinhky.run("doctor", "--json")
    serial = signing_office.leader.serial
    states = {row["params"].get("serial"): row["state"] for row in rows(after, "tokens")}
    assert states[serial] == "ok"


def test_an_empty_pin_is_not_tried(trinhky: CommandLine, signing_office: SigningOffice) -> None:
    answer = tries(trinhky, "--certificate", leaders(signing_office), pin="")
    assert rows(answer, "test_signature")[0]["code"] == "usage.no_secret"


def test_no_signature_is_tried_unless_asked_for(answer: Answer) -> None:
    assert rows(answer, "test_signature") == []


def test_a_report_names_no_person_no_home_and_no_serial_number(
    trinhky: CommandLine, signing_office: SigningOffice
) -> None:
    machine = replace(
        trinhky, environment={**trinhky.environment, "TRINHKY_SERVER": "http://an:pw@127.0.0.1:9"}
    )
    text = machine.run("doctor", "--report").out
    assert "SHA256_RSA_PKCS" in text
    assert "[doctor.token_ok]" in text
    assert LEADER.common_name not in text
    assert str(trinhky.home) not in text
    assert "an:pw" not in text
    for token in signing_office.tokens.values():
        assert token.serial not in text
        assert token.serial[-4:] in text

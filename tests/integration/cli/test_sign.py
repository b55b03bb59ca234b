"""Facts about `trinhky sign` and its neighbours, told by exit codes, JSON and what lies on disk."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.cli.arguments import build_parser
from app.demo.people import CHIEF, DEPUTY, LEADER, PARTNER
from signing.fields import look
from tests.integration.cli.conftest import Answer, CommandLine
from tests.integration.signing.office import FlawedTokens, SigningOffice, told

ROW = {"path", "out", "status", "sha256", "level", "error"}


@pytest.fixture(scope="session")
def apart(trinhky: CommandLine) -> CommandLine:
    """The same command line, in a process of its own as a person starts it."""
    return CommandLine(trinhky.home, trinhky.environment)


@pytest.fixture
def draft(signing_office: SigningOffice, tmp_path: Path) -> Path:
    path = tmp_path / "draft.pdf"
    path.write_bytes(signing_office.draft.read_bytes())
    return path


@pytest.fixture(scope="session")
def approved(
    apart: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Answer, Path]:
    out = tmp_path_factory.mktemp("command-line") / "approved.pdf"
    answer = apart.signs(
        *("--kind", "personal", "--image", signing_office.signature_image),
        *("--level", "B-T", "--tsa", signing_office.pki.tsa_url),
        *(signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    return answer, out


@pytest.fixture(scope="session")
def issued(
    apart: CommandLine, signing_office: SigningOffice, approved: tuple[Answer, Path]
) -> tuple[Answer, Path]:
    base = approved[1]
    out = base.with_name("issued.pdf")
    answer = apart.signs(
        *("--kind", "seal", "--number", "05", "--date", "2026-11-22"),
        *("--image", signing_office.seal_image, base, "--out", out),
        pin=signing_office.agency.user_pin,
    )
    return answer, out


def test_the_leader_signs_and_is_told_so_in_json(
    approved: tuple[Answer, Path], signing_office: SigningOffice
) -> None:
    answer, out = approved
    assert answer.code == 0
    assert set(answer.json) == {"schema", "files"}
    assert answer.json["schema"] == "trinhky.sign/1"
    assert answer.rows == [
        {
            "path": str(signing_office.draft),
            "out": str(out),
            "status": "signed",
            "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
            "level": "B-T",
            "error": None,
        }
    ]


def test_an_unsigned_draft_is_prepared_by_its_first_signature(
    approved: tuple[Answer, Path],
) -> None:
    assert look(approved[1]).open_fields == ("VT_SO", "VT_NGAY", "VT_THANG")


def test_the_clerk_numbers_and_seals_in_one_go(issued: tuple[Answer, Path]) -> None:
    answer, out = issued
    assert (answer.code, answer.rows[0]["status"], answer.rows[0]["level"]) == (0, "signed", "B-B")
    assert look(out).filled_fields == ("VT_SO", "VT_NGAY", "VT_THANG")
    assert told("pdfsig", "-nocert", out).count("Signature is Valid.") == 2
    assert re.search(r"Số: +05 +/STP-VP", told("pdftotext", "-layout", out, "-"))


def test_the_issued_letter_is_verified_with_exit_code_0(
    trinhky: CommandLine, issued: tuple[Answer, Path]
) -> None:
    answer = trinhky.run("verify", "--json", issued[1])
    assert answer.code == 0
    assert answer.json["schema"] == "trinhky.verify/1"
    (row,) = answer.json["files"]
    assert (row["path"], row["verdict"]) == (str(issued[1]), "valid")
    assert [item["kind"] for item in row["signatures"]] == ["personal", "seal"]
    assert row["signatures"][0]["signer"] == LEADER.common_name


def test_the_worst_file_decides_the_exit_code_of_verify(
    trinhky: CommandLine, issued: tuple[Answer, Path], draft: Path
) -> None:
    broken = draft.with_name("broken.pdf")
    broken.write_bytes(b"PK\x03\x04")
    answer = trinhky.run("verify", "--json", issued[1], draft, broken)
    verdicts = [row["verdict"] for row in answer.json["files"]]
    assert (answer.code, verdicts) == (4, ["valid", "unsigned", "unreadable"])


def test_a_dry_run_asks_for_no_pin_and_writes_nothing(trinhky: CommandLine, draft: Path) -> None:
    answer = trinhky.run("sign", "--kind", "personal", "--dry-run", "--json", draft)
    assert answer.code == 0
    (row,) = answer.rows
    plan = row.pop("plan")
    assert set(row) == ROW
    assert (row["status"], row["error"], row["out"]) == ("skipped", None, None)
    assert plan["certificate"] == LEADER.common_name
    assert plan["fields"] == ["VT_SO", "VT_NGAY", "VT_THANG"]
    assert list(draft.parent.iterdir()) == [draft]


@pytest.fixture(scope="session")
def batch(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Answer, list[Path], Path]:
    """Four files under one PIN: the second is broken, the third's result lies there already."""
    folder = tmp_path_factory.mktemp("batch")
    paths = [folder / f"{name}.pdf" for name in ("mot", "hai", "ba", "bon")]
    for path in paths:
        path.write_bytes(signing_office.draft.read_bytes())
    paths[1].write_bytes(b"%PDF-1.7 no more")
    out = folder / "out"
    out.mkdir()
    (out / "ba.signed.pdf").write_bytes(b"kept")
    answer = trinhky.signs(
        *("--kind", "personal", "--batch", "--out-dir", out),
        *paths,
        pin=signing_office.leader.user_pin,
    )
    return answer, paths, out


def test_one_pin_signs_a_batch_and_a_bad_file_does_not_stop_it(
    batch: tuple[Answer, list[Path], Path],
) -> None:
    answer, paths, out = batch
    assert answer.code == 1
    assert [row["status"] for row in answer.rows] == ["signed", "failed", "failed", "signed"]
    assert [row["path"] for row in answer.rows] == [str(path) for path in paths]
    assert all(set(row) == ROW for row in answer.rows)
    made = sorted(path.name for path in out.iterdir())
    assert made == ["ba.signed.pdf", "bon.signed.pdf", "mot.signed.pdf"]
    for row in (answer.rows[0], answer.rows[3]):
        assert hashlib.sha256(Path(row["out"]).read_bytes()).hexdigest() == row["sha256"]


def test_each_file_of_a_batch_that_failed_says_why(
    batch: tuple[Answer, list[Path], Path],
) -> None:
    answer, _, _ = batch
    codes = [row["error"] and row["error"]["code"] for row in answer.rows]
    assert codes == [None, "sign.damaged", "usage.out_exists", None]
    assert all(row["error"]["message"] for row in answer.rows[1:3])
    assert "[sign.damaged]" in answer.err


def test_a_file_that_is_there_is_never_overwritten(
    batch: tuple[Answer, list[Path], Path],
) -> None:
    assert (batch[2] / "ba.signed.pdf").read_bytes() == b"kept"


def test_of_two_files_whose_results_would_have_one_name_the_first_gets_it(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    paths = [tmp_path / folder / "mot.pdf" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(signing_office.draft.read_bytes())
    answer = trinhky.signs(
        *("--kind", "personal", "--batch", "--out-dir", tmp_path),
        *paths,
        pin=signing_office.leader.user_pin,
    )
    codes = [row["error"] and row["error"]["code"] for row in answer.rows]
    assert codes == [None, "usage.out_twice"]
    assert "Signature is Valid." in told("pdfsig", "-nocert", tmp_path / "mot.signed.pdf")


def test_a_wrong_pin_stops_a_batch_and_is_not_tried_again(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    paths = [tmp_path / "hai.pdf", tmp_path / "mot.pdf"]
    for path in paths:
        path.write_bytes(signing_office.draft.read_bytes())
    pins = f"00001111\n{signing_office.leader.user_pin}"
    answer = trinhky.signs("--kind", "personal", "--batch", *paths, pin=pins)
    assert answer.code == 1
    assert [row["status"] for row in answer.rows] == ["skipped"] * 2
    assert {row["error"]["code"] for row in answer.rows} == {"token.pin_incorrect"}
    assert sorted(tmp_path.iterdir()) == paths


def test_no_pin_at_all_is_not_tried_on_the_token(trinhky: CommandLine, draft: Path) -> None:
    answer = trinhky.run("sign", "--kind", "personal", "--json", draft)
    (row,) = answer.rows
    assert (answer.code, row["status"]) == (1, "skipped")
    assert row["error"]["code"] == "usage.no_secret"
    assert list(draft.parent.iterdir()) == [draft]


def test_without_a_token_every_file_is_told_as_skipped(
    trinhky: CommandLine, draft: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    configuration = tmp_path / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {store}\n", encoding="utf-8")
    environment = {**trinhky.environment, "SOFTHSM2_CONF": str(configuration)}
    nobody = replace(trinhky, environment=environment)
    answer = nobody.run("sign", "--kind", "personal", "--json", draft)
    assert answer.code == 1
    assert set(answer.json) == {"schema", "files"}
    (row,) = answer.rows
    assert set(row) == ROW
    assert (row["path"], row["status"]) == (str(draft), "skipped")
    assert row["error"]["code"] == "token.none"


@pytest.fixture
def at_flawed_tokens(trinhky: CommandLine, flawed: FlawedTokens) -> CommandLine:
    return replace(trinhky, environment={**trinhky.environment, **flawed.environment})


def test_the_tokens_are_listed_with_the_reason_why_they_cannot_sign(
    at_flawed_tokens: CommandLine, flawed: FlawedTokens, signing_office: SigningOffice
) -> None:
    answer = at_flawed_tokens.run("tokens", "--json")
    assert (answer.code, answer.json["schema"]) == (0, "trinhky.tokens/1")
    module = answer.json["modules"][0]
    assert module["path"] == signing_office.module
    assert (module["found"], module["bits"], module["problem"]) == (True, 64, None)
    reasons = {
        LEADER.key: "certificate.expired",
        DEPUTY.key: "certificate.key_usage",
        CHIEF.key: "certificate.weak_key",
    }
    listed = {token["serial"]: token for token in module["tokens"]}
    for holder, reason in reasons.items():
        token = listed[flawed.tokens[holder].serial]
        (certificate,) = token["certificates"]
        assert token["pin_state"] == "ok"
        assert certificate["sha256"] == flawed.tokens[holder].certificate_sha256
        assert certificate["cannot_sign"] == reason


def test_an_expired_certificate_signs_nothing_whatever_the_pin(
    at_flawed_tokens: CommandLine, flawed: FlawedTokens, draft: Path
) -> None:
    token = flawed.tokens[LEADER.key]
    answer = at_flawed_tokens.signs(
        *("--kind", "personal", "--certificate", token.certificate_sha256, draft),
        pin=token.user_pin,
    )
    (row,) = answer.rows
    assert (answer.code, row["status"]) == (1, "skipped")
    assert row["error"]["code"] == "workflow.certificate_unusable"
    assert list(draft.parent.iterdir()) == [draft]


def test_a_revoked_certificate_is_refused_before_the_pin_is_read(
    at_flawed_tokens: CommandLine, flawed: FlawedTokens, draft: Path
) -> None:
    token = flawed.tokens[PARTNER.key]
    answer = at_flawed_tokens.run(
        *("sign", "--json", "--kind", "personal", "--certificate", token.certificate_sha256, draft)
    )
    (row,) = answer.rows
    assert (answer.code, row["status"]) == (1, "skipped")
    assert row["error"]["code"] == "certificate.revoked"
    assert list(draft.parent.iterdir()) == [draft]


def test_a_certificate_that_cannot_be_checked_is_told_of_in_the_dry_run(
    trinhky: CommandLine, draft: Path, tmp_path: Path
) -> None:
    (tmp_path / "no-trust").mkdir()
    environment = {**trinhky.environment, "TRINHKY_TRUST": str(tmp_path / "no-trust")}
    stranger = replace(trinhky, environment=environment)
    options = ("sign", "--json", "--dry-run", "--kind", "personal", draft)
    answer = stranger.run(*options)
    doubts = ["certificate.untrusted", "certificate.status_unknown"]
    assert (answer.code, answer.rows[0]["plan"]["certificate_notes"]) == (0, doubts)
    assert "could not be checked" in answer.err
    assert trinhky.run(*options).rows[0]["plan"]["certificate_notes"] == []


def test_several_files_need_the_word_batch(trinhky: CommandLine, draft: Path) -> None:
    assert trinhky.run("sign", "--kind", "personal", draft, draft).code == 64


def test_a_pin_cannot_be_given_as_an_argument(trinhky: CommandLine, draft: Path) -> None:
    assert trinhky.run("sign", "--kind", "personal", "--pin", "12345678", draft).code == 64


@pytest.mark.parametrize(
    "command", ["sign", "prepare", "place", "verify", "tokens", "doctor", "login", "queue", "demo"]
)
def test_no_option_of_a_command_takes_a_secret(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args([command, "--help"])
    options = re.findall(r"--[a-z-]+", capsys.readouterr().out)
    assert "--json" in options
    assert not [name for name in options if re.search(r"\bpin\b|passw|secret", name)]


def test_the_blank_of_the_number_is_told_in_millimetres_with_its_format(
    trinhky: CommandLine, draft: Path
) -> None:
    answer = trinhky.run("place", "--kind", "number", "--json", draft)
    assert (answer.code, answer.json["schema"]) == (0, "trinhky.place/1")
    assert answer.json["file"] == str(draft)
    best = answer.json["proposals"][0]
    assert set(best) == {"kind", "page", "box_mm", "confidence", "reason", "text_format"}
    assert (best["kind"], best["page"], best["text_format"]) == ("number", 1, "%(number)s")
    left, top, right, bottom = best["box_mm"]
    assert 30 < left < right < 100
    assert 20 < top < bottom < 60


def test_a_prepared_copy_has_text_fields_and_nothing_to_sign(
    trinhky: CommandLine, draft: Path
) -> None:
    out = draft.with_name("prepared.pdf")
    answer = trinhky.run("prepare", draft, "--out", out, "--json")
    assert answer.code == 0
    assert answer.json == {
        "schema": "trinhky.prepare/1",
        "file": str(draft),
        "out": str(out),
        "fields": ["VT_SO", "VT_NGAY", "VT_THANG"],
        "mended": [],
        "removed": [],
    }
    assert out.read_bytes().startswith(draft.read_bytes())
    assert "does not contain any signatures" in told("pdfsig", out, codes=(0, 2))
    assert "No syntax or stream encoding errors" in told("qpdf", "--check", out)


def test_the_doctor_says_of_each_part_how_it_is(trinhky: CommandLine) -> None:
    answer = trinhky.run("doctor", "--json")
    assert answer.json["schema"] == "trinhky.doctor/1"
    states = {row["name"]: row["state"] for row in answer.json["checks"]}
    assert {"fonts", "profile", "modules", "tokens", "store", "trust"} <= set(states)
    assert {states[name] for name in ("fonts", "profile", "modules", "trust")} == {"ok"}
    # SoftHSM remembers another test's wrong PIN until the next right one.
    told = {row["code"] for row in answer.json["checks"] if row["name"] == "tokens"}
    assert told <= {"doctor.token_ok", "doctor.pin_low"}
    assert (answer.code, "error" in states.values()) == (0, False)
    assert all(row["message"] for row in answer.json["checks"])


def test_neither_logs_nor_output_hold_a_pin(
    trinhky: CommandLine, signing_office: SigningOffice, issued: tuple[Answer, Path]
) -> None:
    answer, _ = issued
    told_and_kept = trinhky.left_behind + answer.out + answer.err
    assert told_and_kept
    for token in signing_office.tokens.values():
        assert token.user_pin not in told_and_kept


def test_a_number_that_was_used_for_another_document_is_said(
    trinhky: CommandLine, signing_office: SigningOffice, approved: tuple[Answer, Path]
) -> None:
    other = approved[1].with_name("other.pdf")
    answer = trinhky.signs(
        *("--kind", "personal", signing_office.draft, "--out", other),
        pin=signing_office.leader.user_pin,
    )
    assert answer.code == 0, answer.err
    said: list[bool] = []
    for base in (approved[1], other, other):
        answer = trinhky.signs(
            *("--kind", "seal", "--number", "77", "--date", "2026-11-22"),
            *(base, "--out", base.with_name(f"numbered-{len(said)}.pdf")),
            pin=signing_office.agency.user_pin,
        )
        assert answer.code == 0, answer.err
        said.append("was used on this machine" in answer.err)
    assert said == [False, True, True]

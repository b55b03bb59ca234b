"""Facts about `trinhky extend` and `sign --level`: levels told by exit codes and JSON, and judged by `verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.demo.serving import claim_port
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice


@pytest.fixture(scope="module")
def offline(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("extend") / "offline.pdf"
    answer = trinhky.signs(
        *("--kind", "personal", signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    assert answer.rows[0]["level"] == "B-B"
    return out


def _level(trinhky: CommandLine, path: Path) -> Any:
    answer = trinhky.run("verify", path, "--json")
    assert answer.code == 0, answer.out
    return answer.rows[0]["signatures"][0]["signature_info"]["level"]


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_a_file_signed_offline_is_extended_without_a_token(
    trinhky: CommandLine,
    signing_office: SigningOffice,
    offline: Path,
    tmp_path: Path,
    level: str,
) -> None:
    out = tmp_path / "extended.pdf"
    options = ("--level", level, "--tsa", signing_office.pki.tsa_url)
    answer = trinhky.run("extend", offline, "--out", out, *options, "--json")
    assert (answer.code, answer.json["level"]) == (0, level)
    assert answer.json["authorities"][0]["code"] == "timestamp.stamped"
    assert out.read_bytes().startswith(offline.read_bytes())
    assert _level(trinhky, out) == level


def test_signing_reaches_the_level_asked_for_in_one_go(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    out = tmp_path / "signed.pdf"
    answer = trinhky.signs(
        *("--kind", "personal", "--level", "B-LTA", "--tsa", signing_office.pki.tsa_url),
        *(signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    assert (answer.code, answer.rows[0]["level"]) == (0, "B-LTA")
    assert _level(trinhky, out) == "B-LTA"


def test_a_signature_without_its_level_is_kept_and_the_level_told(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    out = tmp_path / "signed.pdf"
    with claim_port() as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"
        answer = trinhky.signs(
            *("--kind", "personal", "--level", "B-LT", "--tsa", away),
            *(signing_office.draft, "--out", out),
            pin=signing_office.leader.user_pin,
        )
    assert (answer.code, answer.rows[0]["status"], answer.rows[0]["level"]) == (0, "signed", "B-B")
    assert out.is_file()


def test_nothing_is_written_where_no_service_answers(
    trinhky: CommandLine, offline: Path, tmp_path: Path
) -> None:
    out = tmp_path / "extended.pdf"
    with claim_port() as nobody:
        away = f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"
        answer = trinhky.run("extend", offline, "--out", out, "--tsa", away, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "extend.no_services")
    assert not out.exists()


def test_without_an_authority_it_is_wrong_usage(
    trinhky: CommandLine, offline: Path, tmp_path: Path
) -> None:
    assert trinhky.run("extend", offline, "--out", tmp_path / "x.pdf").code == 64

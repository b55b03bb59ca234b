"""Facts about `trinhky evidence`: each signature leaves it, it can be taken away whole, and deleted on request."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ocsp

from app.store.journal import SqliteJournal
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice


@pytest.fixture(scope="module")
def machine(trinhky: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    data = str(tmp_path_factory.mktemp("evidence") / "data")
    return replace(trinhky, environment={**trinhky.environment, "TRINHKY_DATA": data})


@pytest.fixture(scope="module")
def signed(
    machine: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("evidence") / "signed.pdf"
    answer = machine.signs(
        *("--kind", "personal", signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    return answer.rows[0]


def listed(machine: CommandLine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = machine.run("evidence", "list", "--json").json["signatures"]
    return rows


def test_a_signature_leaves_the_status_that_its_certificate_had(
    machine: CommandLine, signed: dict[str, Any], signing_office: SigningOffice
) -> None:
    (row,) = listed(machine)
    assert row["signed_sha256"] == signed["sha256"]
    assert row["certificate_sha256"] == signing_office.leader.certificate_sha256
    assert (row["revocation"], row["trusted"], row["kind"]) == ("good", True, "personal")


def test_it_is_written_out_with_the_certificates_and_answers_it_rests_on(
    machine: CommandLine, signed: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    answer = machine.run("evidence", "export", signed["sha256"], "--out", out, "--json")
    assert answer.code == 0
    folder = out / signed["sha256"]
    told = json.loads((folder / "signing-evidence.json").read_text())
    signer = x509.load_der_x509_certificate((folder / "certificate-1.cer").read_bytes())
    assert told["revocation"] == "good"
    data = [path for path in folder.iterdir() if path.suffix in (".ocsp", ".crl")]
    assert data
    for path in folder.glob("*.ocsp"):
        status = ocsp.load_der_ocsp_response(path.read_bytes())
        assert status.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert signer.issuer != signer.subject
    again = machine.run("evidence", "export", signed["sha256"], "--out", out, "--json")
    assert again.json["error"]["code"] == "usage.out_exists"


def test_it_is_deleted_only_with_a_yes_and_the_journal_says_so(
    machine: CommandLine, signed: dict[str, Any]
) -> None:
    sha256 = signed["sha256"]
    unsure = machine.run("evidence", "delete", sha256, "--json")
    assert (unsure.code, unsure.json["error"]["code"]) == (1, "evidence.not_confirmed")
    assert len(listed(machine)) == 1
    assert machine.run("evidence", "delete", sha256, "--yes", "--json").json["deleted"] == [sha256]
    assert listed(machine) == []
    with closing(
        SqliteJournal(Path(machine.environment["TRINHKY_DATA"]) / "journal.db")
    ) as journal:
        assert [item[0] for item in journal.deletions()] == [sha256]
    gone = machine.run("evidence", "delete", sha256, "--yes", "--json")
    assert gone.json["error"]["code"] == "evidence.none"
    assert machine.run("evidence", "export", sha256).code == 64

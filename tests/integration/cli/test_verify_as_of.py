"""Facts about `trinhky verify`: as of which time, and for which purpose, certificates count."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.certificates import Flaw
from app.demo.people import LEADER
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice


@pytest.mark.parametrize(
    ("moment", "found"),
    [
        (None, ("valid", None)),
        ("2020-01-01T08:00:00+07:00", ("undetermined", "OUT_OF_BOUNDS_NO_POE")),
        ("2090-01-01", ("undetermined", "OUT_OF_BOUNDS_NO_POE")),
    ],
)
def test_a_signature_without_a_time_stamp_is_judged_as_of_the_time_that_is_asked_for(
    trinhky: CommandLine,
    signing_office: SigningOffice,
    tmp_path: Path,
    moment: str | None,
    found: tuple[str, str | None],
) -> None:
    who = signing_office.pki.issue_with_key(LEADER)
    path = sign_as_incumbent(signing_office.draft, tmp_path / "a.pdf", Mark("Signature1", who))
    options = () if moment is None else ("--at", moment)
    (row,) = trinhky.run("verify", "--json", path, *options).rows
    assert (row["verdict"], row["signatures"][0]["subindication"]) == found


def test_a_certificate_that_is_not_for_signing_makes_nothing_valid(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    who = signing_office.pki.issue_with_key(LEADER, Flaw.WRONG_KEY_USAGE)
    path = sign_as_incumbent(signing_office.draft, tmp_path / "a.pdf", Mark("Signature1", who))
    answer = trinhky.run("verify", "--json", path)
    assert answer.code == 2
    assert answer.rows[0]["reason"] == "verify.wrong_key_usage"

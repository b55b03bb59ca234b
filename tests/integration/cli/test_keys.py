"""Facts about `trinhky keys`: a PKCS#12 file that was added once signs as a token does."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from app.demo.certificates import Identity
from app.demo.people import LEADER
from app.workers import token as token_process
from signing.certificates import fingerprint
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice, told

PASSWORD = "mật khẩu của tệp"


@pytest.fixture(scope="module")
def identity(signing_office: SigningOffice) -> Identity:
    return signing_office.pki.issue_with_key(LEADER)


@pytest.fixture
def key_file(signing_office: SigningOffice, identity: Identity, tmp_path: Path) -> Path:
    path = tmp_path / "an.p12"
    above = [signing_office.pki.issuing.certificate]
    sealed = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(
            b"an", identity.key, identity.certificate, above, sealed
        )
    )
    return path


@pytest.fixture
def machine(trinhky: CommandLine, tmp_path: Path) -> CommandLine:
    """A machine with a store of its own, where no PKCS#11 module finds a token."""
    home = tmp_path / "home"
    store = home / "tokens"
    store.mkdir(parents=True)
    configuration = home / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {store}\n", encoding="utf-8")
    own = {"TRINHKY_DATA": str(home / "data"), "SOFTHSM2_CONF": str(configuration)}
    return replace(trinhky, home=home, environment={**trinhky.environment, **own})


@pytest.fixture
def ready(machine: CommandLine, key_file: Path) -> CommandLine:
    """The same machine, where the file was added."""
    answer = machine.run("keys", "add", key_file, stdin=f"{PASSWORD}\n")
    assert answer.code == 0, answer.err
    return machine


@pytest.fixture
def draft(signing_office: SigningOffice, tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    return Path(shutil.copy(signing_office.draft, folder / "draft.pdf"))


def listed(machine: CommandLine) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = machine.run("keys", "--json").json["keys"]
    return rows


def test_a_file_that_was_added_is_listed_as_a_token_and_as_a_key(
    ready: CommandLine, key_file: Path, identity: Identity
) -> None:
    modules = ready.run("tokens", "--json").json["modules"]
    (token,) = next(item for item in modules if item["path"] == str(key_file))["tokens"]
    sha256 = fingerprint(identity.certificate)
    assert (token["label"], token["serial"], token["is_file"]) == ("an.p12", sha256, True)
    assert [item["cannot_sign"] for item in token["certificates"]] == [None]
    (row,) = listed(ready)
    assert (row["path"], row["sha256"], row["problem"]) == (str(key_file), sha256, None)


def test_it_signs_and_other_programs_believe_it(
    ready: CommandLine, signing_office: SigningOffice, draft: Path
) -> None:
    out = draft.with_name("signed.pdf")
    answer = ready.signs("--kind", "personal", draft, "--out", out, pin=PASSWORD)
    assert answer.code == 0, answer.err
    assert "Signature is Valid." in told("pdfsig", "-nocert", out)
    report = ready.run("verify", out, "--trust", signing_office.trust, "--json").rows[0]
    assert (report["verdict"], len(report["signatures"])) == ("valid", 1)


def test_neither_the_store_nor_a_log_holds_the_password_or_the_key(
    ready: CommandLine, draft: Path, identity: Identity
) -> None:
    answer = ready.signs("--kind", "personal", draft, pin=PASSWORD)
    assert answer.code == 0, answer.err
    secret = identity.key.private_numbers().d
    raw = secret.to_bytes(256, "big")
    left = ready.left_behind + answer.out + answer.err
    assert "file_sha256" in left
    assert PASSWORD.encode().decode("latin-1") not in left
    assert raw.decode("latin-1") not in left


def test_a_wrong_password_adds_nothing(machine: CommandLine, key_file: Path) -> None:
    answer = machine.run("keys", "add", key_file, "--json", stdin="khác\n")
    assert (answer.code, answer.json["error"]["code"]) == (1, "token.password_incorrect")
    assert listed(machine) == []


def test_a_wrong_password_signs_nothing_and_leaves_nothing(ready: CommandLine, draft: Path) -> None:
    other = Path(shutil.copy(draft, draft.with_name("other.pdf")))
    answer = ready.signs("--kind", "personal", "--batch", draft, other, pin=f"khác\n{PASSWORD}")
    assert answer.code == 1
    assert {row["error"]["code"] for row in answer.rows} == {"token.password_incorrect"}
    assert sorted(draft.parent.iterdir()) == [draft, other]


def test_a_file_that_is_gone_or_another_is_said_and_does_not_sign(
    ready: CommandLine, key_file: Path, draft: Path
) -> None:
    key_file.write_bytes(key_file.read_bytes() + b"\0")
    assert [row["problem"] for row in listed(ready)] == ["token.file_changed"]
    key_file.unlink()
    assert [row["problem"] for row in listed(ready)] == ["token.file_missing"]
    (row,) = ready.signs("--kind", "personal", draft, pin=PASSWORD).rows
    assert row["error"]["code"] == "token.file_missing"


def test_a_file_that_moved_is_added_again_and_takes_the_place_of_the_old(
    ready: CommandLine, key_file: Path
) -> None:
    moved = key_file.rename(key_file.with_name("moved.pfx"))
    assert ready.run("keys", "add", moved, stdin=f"{PASSWORD}\n").code == 0
    assert [(row["path"], row["problem"]) for row in listed(ready)] == [(str(moved), None)]


def test_a_key_that_is_removed_is_a_token_no_more_and_its_file_stays(
    ready: CommandLine, key_file: Path, identity: Identity
) -> None:
    sha256 = fingerprint(identity.certificate)
    assert ready.run("keys", "remove", sha256.upper()).code == 0
    assert listed(ready) == []
    assert key_file.exists()
    modules = ready.run("tokens", "--json").json["modules"]
    assert str(key_file) not in {item["path"] for item in modules}
    again = ready.run("keys", "remove", sha256, "--json")
    assert again.json["error"]["code"] == "usage.no_key_file"


def test_a_record_that_was_put_in_anothers_place_counts_for_nothing(ready: CommandLine) -> None:
    (kept,) = (ready.home / "data" / "keys").glob("*.json")
    kept.rename(kept.with_name(f"{'0' * 64}.json"))
    assert listed(ready) == []


def test_a_hostile_file_is_given_up(
    machine: CommandLine, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = Pfx.load(key_file.read_bytes())
    hostile["mac_data"]["iterations"] = 2_000_000_000
    key_file.write_bytes(hostile.dump(force=True))
    monkeypatch.setattr(token_process, "KEY_FILE_DEADLINE_S", 1.0)
    answer = machine.run("keys", "add", key_file, "--json", stdin=f"{PASSWORD}\n")
    assert (answer.code, answer.json["error"]["code"]) == (1, "worker.deadline")
    assert listed(machine) == []

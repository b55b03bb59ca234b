"""The functions that the law asks of a verification program, V1 to V11, each shown working.

The list is that of Circular 15/2025/TT-BKHCN, Article 6 ("Đ6") with its Annex II ("PL II"), of Circular
41/2017/TT-BTTTT, and of Decision 599/QĐ-BHXH (seed 004). What is used: the command line on files of a small
certification authority, each flawed in one thing, judged in one go as of one moment.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.demo.people import CLERK
from app.workflow.documents import Arrival
from app.workplace.records import Order, OrderKind, Step
from signing.terms import PadesLevel, SignatureKind
from signing.trust import TrustAnchors
from tests.integration.cli.conftest import Answer, CommandLine, CommandLineHere
from tests.integration.signing.office import told
from tests.integration.workplace.workplaces import Workplaces
from tests.unit.signing import verification_world as world
from tests.unit.signing.verification_world import NOW, Person

AT = NOW.isoformat()
WITHIN = NOW - timedelta(days=60)
"""While the certificate that has expired since was still valid."""
FIELD = "LanhDao"


@dataclass(frozen=True)
class Machine:
    """The command line on a machine that trusts one root, and what it said of the folder of samples."""

    trinhky: CommandLine
    samples: Path
    rows: Mapping[str, dict[str, Any]]

    def signature(self, name: str) -> dict[str, Any]:
        """What was found of a sample's one signature."""
        (found,) = self.rows[name]["signatures"]
        return dict(found)

    def verify(self, *arguments: str | Path) -> Answer:
        return self.trinhky.run("verify", "--at", AT, *arguments)


def samples() -> dict[str, bytes]:
    """One letter that holds, and others that fail in one thing each."""
    draft, root = world.draft(), world.root()
    revoked = world.agency()
    stranger = world._issue("Người lạ", world.stranger_root())
    sound = world.sign(draft, FIELD, world.rsa_signer(), at=NOW)
    return {
        "sound": sound,
        "other_key": world.sign(draft, FIELD, Person(world.leader().certificate, revoked.key)),
        "stranger": world.sign(draft, FIELD, stranger),
        "expired": world.sign(draft, FIELD, world.expired()),
        "expired_since": world.sign(draft, FIELD, world.expired(), at=WITHIN),
        "revoked": world.sign(draft, FIELD, revoked),
        "other_use": world.sign(draft, FIELD, root),
        "sha1": world.sign(draft, FIELD, world.rsa_signer(), digest="sha1", at=NOW),
        "altered": sound.replace(b"Quyet dinh", b"Quyen dinh", 1),
        "unstamped": world.sign(draft, FIELD, world.leader()),
    }


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    home = tmp_path_factory.mktemp("verifying")
    folder, trust = home / "samples", home / "trust"
    folder.mkdir()
    trust.mkdir()
    for name, data in samples().items():
        (folder / f"{name}.pdf").write_bytes(data)
    (trust / "root.pem").write_bytes(world.root().pem)
    (trust / "list.crl").write_bytes(world.revocation_list(world.agency()))
    own = {"HOME": str(home), "TRINHKY_TRUST": str(trust), "TRINHKY_LANG": "vi"}
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("TRINHKY_", "XDG_"))
    }
    trinhky = CommandLineHere(home, {**inherited, **own})
    answer = trinhky.run("verify", "--json", "--at", AT, folder)
    assert answer.out, answer.err
    rows = {Path(row["path"]).stem: row for row in answer.rows}
    return Machine(trinhky, folder, rows)


def test_v1_a_signature_that_the_certificate_s_key_did_not_make_is_found(machine: Machine) -> None:
    """Verify the signature with the public key in the certificate: Đ6; TT 41/2017."""
    assert machine.signature("sound")["verdict"] == "valid"
    found = machine.signature("other_key")
    assert (found["verdict"], found["reason"]) == ("invalid", "verify.signature_broken")


def test_v2_the_chain_must_reach_a_trusted_root(machine: Machine) -> None:
    """Build the chain to a trusted root: Đ6."""
    assert machine.signature("sound")["authentication"]["trusted"]
    found = machine.signature("stranger")
    assert (found["verdict"], found["reason"]) == ("undetermined", "verify.untrusted")
    assert not found["authentication"]["trusted"]


def test_v3_the_certificate_must_have_been_valid_and_fit_when_it_was_used(
    machine: Machine,
) -> None:
    """Dates, revocation, algorithms and scope of the certificate at the time of signing: PL II."""
    reasons = {
        name: machine.signature(name)["reason"] for name in ("expired", "revoked", "other_use")
    }
    assert reasons == {
        "expired": "verify.expired",
        "revoked": "verify.revoked",
        "other_use": "verify.wrong_key_usage",
    }
    assert machine.signature("expired_since")["verdict"] == "valid"
    assert "verify.sha1" in machine.signature("sha1")["warnings"]


def test_v4_another_hash_than_the_signed_one_is_found(machine: Machine) -> None:
    """The recomputed hash equals the signed hash: Đ6; TT 41/2017."""
    assert machine.signature("sound")["authentication"]["integrity"] == "intact"
    found = machine.signature("altered")
    assert found["authentication"]["integrity"] == "broken"
    assert (found["verdict"], found["reason"]) == ("invalid", "verify.bytes_changed")


def test_v5_a_time_stamp_is_judged_where_there_is_one_and_its_lack_is_told(
    machine: Machine, tmp_path: Path
) -> None:
    """Validity of the time stamp, if present: Đ6."""
    stamp = machine.signature("sound")["timestamp"]
    assert (stamp["verdict"], stamp["authority"]) == ("valid", "Máy chủ dấu thời gian")
    assert datetime.fromisoformat(stamp["time"]) == NOW
    lacking = machine.signature("unstamped")
    assert (lacking["timestamp"]["verdict"], lacking["timestamp"]["time"]) == ("undetermined", None)
    assert "verify.no_timestamp" in lacking["warnings"]
    nobody = TrustAnchors(anchors=(world.stranger_root().der,))
    (found,) = world.judge(tmp_path, samples()["sound"], nobody).signatures
    assert found.timestamp.verdict == "undetermined"
    assert "verify.timestamp_untrusted" in found.warnings


def test_v6_an_authority_is_added_and_removed_and_its_signatures_follow(
    machine: Machine, tmp_path: Path
) -> None:
    """Install, update, add and remove certificates of authorities: Đ6; TT 41/2017 Đ12.5."""
    file, root = machine.samples / "stranger.pdf", tmp_path / "stranger.pem"
    root.write_bytes(world.stranger_root().pem)
    own = {"TRINHKY_DATA": str(tmp_path / "data")}
    trinhky = replace(machine.trinhky, environment={**machine.trinhky.environment, **own})

    def is_trusted() -> bool:
        (row,) = trinhky.run("verify", "--json", "--at", AT, file).rows
        return bool(row["signatures"][0]["authentication"]["trusted"])

    added = trinhky.run("trust", "add", root, "--yes")
    assert added.code == 0, added.err
    assert is_trusted()
    listed = trinhky.run("trust", "list", "--json").json["certificates"]
    sha256 = next(item["sha256"] for item in listed if item["name"] == "Tổ chức chứng thực lạ")
    assert trinhky.run("trust", "remove", sha256).code == 0
    assert not is_trusted()


def test_v7_what_was_found_is_kept_with_its_grounds_where_a_person_wants_it_and_nowhere_else(
    machine: Machine, tmp_path: Path
) -> None:
    """Keep and delete evidence, certificates and results of status checks: Đ6; TT 41/2017."""
    report = tmp_path / "report.pdf"
    answer = machine.verify("--json", machine.samples / "revoked.pdf", "--report", report)
    (row,) = answer.rows
    text = told("pdftotext", report, "-")
    kept = "".join(text.split())
    for evidence in (row["sha256"], row["signatures"][0]["certificate_sha256"]):
        assert evidence.upper() in kept
    assert "đã bị thu hồi" in text
    assert "Chứng thư gốc được tin 1/1" in text
    report.unlink()
    assert row["sha256"] not in machine.trinhky.left_behind


def test_v8_valid_or_not_is_told_in_vietnamese_with_all_that_the_law_lists(
    machine: Machine,
) -> None:
    """Say valid or not in Vietnamese, with authority, signer, times, integrity, validity and its period: Đ6."""
    answer = machine.verify(machine.samples / "sound.pdf", machine.samples / "altered.pdf")
    sound, altered = answer.out.split("altered.pdf:")
    for said in (
        *("sound.pdf: HỢP LỆ", "Người ký: Lê Văn C · UBND tỉnh"),
        *("Tổ chức chứng thực: Tổ chức chứng thực thử nghiệm", "Dấu thời gian: HỢP LỆ"),
        *("nội dung nguyên vẹn", "không bị thu hồi", "Thời hạn chứng thư số: từ 18/10/2025"),
    ):
        assert said in sound
    assert altered.lstrip().startswith("KHÔNG HỢP LỆ")
    assert "nội dung đã bị sửa" in altered


@pytest.mark.parametrize("flawed", ["expired", "revoked", "other_key", "altered", "stranger"])
def test_v9_one_condition_that_fails_keeps_a_signature_from_being_valid(
    machine: Machine, flawed: str
) -> None:
    """Valid only with a valid certificate, the right key and integrity together: TT 41/2017."""
    assert machine.rows["sound"]["verdict"] == "valid"
    assert machine.rows[flawed]["verdict"] in ("invalid", "undetermined")
    assert machine.signature(flawed)["reason"] is not None


def test_v10_what_came_in_is_kept_with_certificates_their_status_and_a_time_stamp(
    places: Workplaces, machine: Machine, tmp_path: Path
) -> None:
    """Keep certificates, the CRL and a time stamp valid at receipt with what came in: TT 41/2017 Đ9."""
    came = tmp_path / "came.pdf"
    shutil.copyfile(machine.samples / "unstamped.pdf", came)
    arrival = Arrival("Báo cáo", "UBND xã", "07/UBND", date(2026, 11, 20))
    store = places.world.demo.store
    before = store.documents()
    with places.of(CLERK, level="B-LT") as workplace:
        sha256 = workplace.review(came).report.sha256 or ""
        order = Order(
            OrderKind.INCOMING,
            sha256,
            arrival.abstract,
            {sha256: sha256},
            None,
            arrival=arrival,
            path=came,
        )
        assert places.issue(workplace, order)[-1].step is Step.DONE
        (document_id,) = set(store.documents()) - set(before)
        kept = store.content_path(document_id, "f1")
        found = workplace.review(kept).report.signatures
    assert kept.read_bytes().startswith(came.read_bytes())
    block = next(item for item in found if item.kind is SignatureKind.INCOMING)
    assert block.signature_info.level in (PadesLevel.B_LT, PadesLevel.B_LTA)
    assert block.timestamp.verdict == "valid"


@pytest.mark.parametrize(
    ("flawed", "section"),
    [("other_key", "authentication"), ("altered", "authentication"), ("revoked", "authentication")],
)
def test_v11_one_section_that_is_invalid_makes_the_document_worthless(
    machine: Machine, flawed: str, section: str
) -> None:
    """Signature, authentication and time stamp are each checked; any invalid one decides: seed 004, Article 6."""
    sections = ("signature_info", "authentication", "timestamp")
    sound = machine.signature("sound")
    assert [sound[name]["verdict"] for name in sections] == ["valid"] * 3
    found = machine.signature(flawed)
    assert found[section]["verdict"] == "invalid"
    assert machine.rows[flawed]["verdict"] == "invalid"

"""Facts about verification reports: what they say, how they are put into files, what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import AppError
from app.messages import LANGUAGES, Language
from app.workflow.folders import FoundFile
from app.workflow.report_sheet import Check, CheckedFile, report_sheet
from app.workflow.report_words import label
from app.workflow.reporting import (
    ReportForm,
    check_of,
    harmless,
    json_text,
    table_text,
    write_check,
)
from pdf.sheet import Banner, Facts, Heading, Remark, Sheet, Table, Title
from signing.report import Anchor, Change, FileReport, StatusData
from signing.roots import TrustedRoot
from signing.terms import ChangeKind
from tests.fakes import reviews
from tests.fakes.engines import FakeJudge
from tests.fakes.records import LEADER

CHECKED_AT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
ROOT = TrustedRoot("Tổ chức chứng thực thử nghiệm", "ab" * 32)


def check(*reports: FileReport, roots: tuple[TrustedRoot, ...] = (ROOT,)) -> Check:
    files = tuple(CheckedFile(item, Path(item.path).name, 12345) for item in reports)
    return Check(files, CHECKED_AT, roots, "Trình Ký 0.1.0")


def texts(sheet: Sheet) -> str:
    return "\n".join(_texts(sheet))


def _texts(sheet: Sheet) -> Iterator[str]:
    for part in sheet.parts:
        if isinstance(part, Title | Heading | Remark):
            yield part.text
        elif isinstance(part, Banner):
            yield from (part.word, *part.texts)
        elif isinstance(part, Facts):
            yield from (f"{name}: {value}" for name, value in part.rows)
        elif isinstance(part, Table):
            yield from (" | ".join(row) for row in (part.heading, *part.rows))


def said(report: FileReport, language: Language = "en") -> str:
    return texts(report_sheet(check(report), language))


# what the report says


def test_the_verdict_is_told_before_anything_else_of_the_file() -> None:
    parts = report_sheet(check(reviews.changed_after()), "vi").parts
    banner = parts[1]
    assert isinstance(parts[0], Title)
    assert isinstance(banner, Banner)
    assert (banner.sign, banner.word) == ("invalid", "KHÔNG HỢP LỆ")


def test_a_remark_takes_the_plain_tick_away() -> None:
    banner = report_sheet(check(reviews.with_remarks()), "en").parts[1]
    assert isinstance(banner, Banner)
    assert (banner.sign, banner.word) == ("remarks", "VALID, with remarks")


def test_the_signature_that_decided_is_named() -> None:
    assert "Signature 1 of 2 (Personal signature, bearing the name" in said(reviews.changed_after())


@pytest.mark.parametrize("sample", reviews.SAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_left_without_words(sample: str, language: Language) -> None:
    told = said(reviews.SAMPLES[sample](), language)
    assert re.search(r"\b(report|verify|verdict|label|kind|change)\.[a-z]", told) is None
    assert "{" not in told


def test_all_facts_of_a_signature_are_told() -> None:
    told = said(reviews.issued())
    for fact in (
        *("SHA-256: AAAA", "Pages: 3", "Size: 12,345 bytes"),
        *(f"Signer: {LEADER}", "Issuer: CA thử nghiệm", "ETSI.CAdES.detached, B-LT"),
        *("rsassa_pkcs1v15, sha256", "22/11/2026 12:00:00 +07:00", "1111 1111"),
        *("Signed content: intact", "Coverage: covers the whole revision signed"),
        *("Certificate: trusted certificate", "Revocation: not revoked"),
        "Certificate valid: from 01/01/2025 07:00:00 +07:00 to 01/01/2027 07:00:00 +07:00",
        *("After it: signature added, ConDau, page 1: allowed", "Authority: TSA thử nghiệm"),
        *("ETSI EN 319 102-1: TOTAL_PASSED", "1. Signature: VALID", "3. Time stamp: VALID"),
    ):
        assert fact in told


def test_a_change_is_told_with_page_place_and_verdict() -> None:
    assert "page content changed, the page looks different, page 2: NOT allowed" in said(
        reviews.changed_after()
    )


def test_a_change_that_no_list_knows_is_told_by_its_code() -> None:
    change = Change(ChangeKind.OTHER, allowed=False, detail="something_new")
    assert "other change, something_new" in said(
        reviews.report(reviews.sound("LanhDao", LEADER, change))
    )


def test_who_is_not_proven_is_told_as_a_claim() -> None:
    told = said(reviews.untrusted())
    assert f"Signer: {LEADER} (says the certificate; not proven)" in told


def test_the_root_that_was_reached_and_the_age_of_the_status_are_told() -> None:
    item = reviews.sound()
    found = replace(
        item.authentication,
        anchor=Anchor(ROOT.name, ROOT.sha256),
        status=StatusData("crl", CHECKED_AT - timedelta(days=3), CHECKED_AT - timedelta(days=1)),
    )
    told = said(reviews.report(replace(item, authentication=found)))
    assert f"{ROOT.name}; SHA-256 ABAB" in told
    assert "CRL" in told
    assert "25/11/2026 09:00:00 +07:00" in told
    assert label("label.trust_late", "en") in told


def test_active_content_is_named() -> None:
    assert "Active content, never run: JavaScript, embedded files" in said(reviews.with_remarks())


def test_what_the_check_rests_on_is_told() -> None:
    told = said(reviews.issued())
    assert "Program: Trình Ký 0.1.0" in told
    assert "Checked at: 28/11/2026 09:00:00 +07:00" in told
    assert "Network: not used" in told
    assert f"{ROOT.name}; SHA-256 ABAB ABAB" in told


def test_a_machine_that_trusts_nobody_says_so() -> None:
    sheet = report_sheet(check(reviews.untrusted(), roots=()), "en")
    assert "this machine trusts no root certificate yet" in texts(sheet)


def test_a_name_in_a_file_cannot_write_the_verdict_into_a_heading() -> None:
    sheet = report_sheet(check(reviews.hostile()), "vi")
    heading = next(part for part in sheet.parts if isinstance(part, Heading) and part.is_large)
    assert "mang tên «<h1>Đã xác minh</h1>" in heading.text
    assert heading.text.endswith("»")
    assert not {"\u202e", "\n", "\x00", "\u2028"} & set(texts(sheet).replace("\n", ""))


def test_several_files_begin_with_a_table_in_the_order_given() -> None:
    sheet = report_sheet(check(reviews.issued(), reviews.changed_after()), "en")
    (table,) = [part for part in sheet.parts if isinstance(part, Table)]
    assert [row[2] for row in table.rows] == ["VALID", "INVALID"]
    assert table.signs == ("valid", "invalid")
    assert "After signing, the file was changed" in table.rows[1][4]
    assert isinstance(sheet.parts[1], Heading)
    assert "File 2 of 2: 412-UBND.pdf" in texts(sheet)


# how it is put into files


def test_a_check_says_by_which_program_and_trust_store(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"12345")
    made = check_of(FakeJudge(), ((FoundFile(path, "a.pdf"), reviews.issued()),), CHECKED_AT)
    assert made.program.startswith("Trình Ký ")
    assert [root.name for root in made.roots] == ["CA thử nghiệm"]
    assert made.files[0].size_bytes == 5


@pytest.mark.parametrize("form", ["pdf", "csv", "json"])
def test_what_is_there_is_not_replaced_without_a_yes(form: ReportForm, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("before")
    with pytest.raises(AppError) as told:
        write_check(FakeJudge(), check(reviews.issued()), out, form, "vi", may_replace=False)
    assert told.value.code == "usage.out_exists"
    assert out.read_text() == "before"
    write_check(FakeJudge(), check(reviews.issued()), out, form, "vi", may_replace=True)
    assert out.read_text() != "before"
    assert list(tmp_path.iterdir()) == [out]


def test_a_report_that_fails_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    class Failing(FakeJudge):
        def write_sheet(self, sheet: Sheet, out: Path) -> Future[None]:
            super().write_sheet(sheet, out)
            raise AppError("worker.crashed", worker="verify-1", exit_code=1)

    out = tmp_path / "out.pdf"
    out.write_text("before")
    with pytest.raises(AppError):
        write_check(Failing(), check(reviews.issued()), out, "pdf", "vi", may_replace=True)
    assert [path.name for path in tmp_path.iterdir()] == ["out.pdf"]
    assert out.read_text() == "before"


def test_a_folder_that_is_not_there_is_told_before_the_check(tmp_path: Path) -> None:
    out = tmp_path / "none" / "a.csv"
    with pytest.raises(AppError) as told:
        write_check(FakeJudge(), check(reviews.issued()), out, "csv", "vi", may_replace=False)
    assert told.value.code == "usage.out_not_writable"


def test_the_table_is_read_by_a_spreadsheet(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    made = check(reviews.issued(), reviews.changed_after())
    write_check(FakeJudge(), made, out, "csv", "vi", may_replace=False)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["Kết luận"] for row in rows] == ["HỢP LỆ", "KHÔNG HỢP LỆ"]
    assert rows[0]["Người ký"].startswith(LEADER)
    assert rows[0]["SHA-256"] == "a" * 64


@pytest.mark.parametrize(
    "value", ["=1+1", "+84", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =HYPERLINK(1)"]
)
def test_what_would_act_as_a_formula_is_quoted(value: str) -> None:
    assert harmless(value) == f"'{value}"


def test_a_name_that_is_a_formula_reaches_no_cell() -> None:
    item = replace(reviews.sound(), signer='=HYPERLINK("http://example.invalid")')
    rows = list(csv.reader(table_text(check(reviews.report(item)), "en").splitlines()))
    assert rows[1][3].startswith("'=HYPERLINK")


def test_json_is_what_the_command_line_prints() -> None:
    document = json.loads(json_text(check(replace(reviews.issued(), path="/tmp/\udcff.pdf"))))
    assert document["schema"] == "trinhky.verify/1"
    assert document["files"][0]["path"] == "/tmp/\udcff.pdf"

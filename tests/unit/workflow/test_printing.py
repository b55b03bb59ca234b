"""Facts about prints for paper: what is drawn, what is left out, and that nothing of it stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import AppError
from app.rules import load_profile
from app.workflow.planning import plan_signature
from app.workflow.printing import PrintKind, write_print
from app.workflow.wish import Wish
from signing.terms import SignatureKind
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import DRAFT
from tests.fakes.records import AGENCY_CERTIFICATE, certificate

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path)


def _signed(desk: Desk) -> Path:
    base = desk.files.path_of(desk.files.put(DRAFT))
    planned = plan_signature(desk.bench, base, Wish(SignatureKind.PERSONAL), certificate())
    out = desk.files.aside()
    desk.token.sign(base, out, planned.request)
    return out


def _sealed(desk: Desk) -> Path:
    base = _signed(desk)
    wish = Wish(SignatureKind.SEAL, number="05", issue_date=TODAY)
    out = desk.files.aside()
    desk.token.sign(base, out, plan_signature(desk.bench, base, wish, AGENCY_CERTIFICATE).request)
    return out


def _printed(desk: Desk, base: Path, kind: PrintKind | None, **more: object) -> tuple[Path, str]:
    out = desk.files.aside()
    chosen, _ = write_print(desk.bench, base, out, kind=kind, **more)  # type: ignore[arg-type]
    return out, chosen


def test_number_and_date_are_drawn_before_there_is_a_seal(desk: Desk) -> None:
    base = _signed(desk)
    _printed(desk, base, "numbered", number="05", issue_date=TODAY)
    ((drawn, without, subject),) = desk.eyes.printed
    assert drawn.endswith(b"%filled VT_SO=05 VT_NGAY=22 VT_THANG=11 VT_NAM=2026\n")
    assert without == ()
    assert "numbered" in subject


def test_nothing_of_the_filled_copy_stays_and_the_document_is_as_it_was(desk: Desk) -> None:
    base = _signed(desk)
    before, files = base.read_bytes(), set(base.parent.iterdir())
    out, _ = _printed(desk, base, "numbered", number="05", issue_date=TODAY)
    assert set(base.parent.iterdir()) == files | {out}
    assert base.read_bytes() == before


def test_nothing_of_the_filled_copy_stays_where_the_print_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = _signed(desk)
    files = set(base.parent.iterdir())

    def full(*_: object) -> None:
        raise AppError("store.full")

    monkeypatch.setattr(desk.eyes, "write_print", full)
    with pytest.raises(AppError, match=r"store\.full"):
        _printed(desk, base, "numbered", number="05", issue_date=TODAY)
    assert set(base.parent.iterdir()) == files


def test_of_a_sealed_document_the_seal_is_left_out(desk: Desk) -> None:
    _printed(desk, _sealed(desk), "numbered")
    assert desk.eyes.printed[0][1] == ("ConDau",)


def test_the_issued_document_is_printed_with_its_seal(desk: Desk) -> None:
    _printed(desk, _sealed(desk), "issued")
    assert desk.eyes.printed[0][1] == ()


def test_what_is_not_sealed_is_not_printed_as_issued(desk: Desk) -> None:
    with pytest.raises(AppError, match=r"workflow\.print_not_issued"):
        _printed(desk, _signed(desk), "issued")


def test_a_paper_without_its_number_is_not_printed(desk: Desk) -> None:
    with pytest.raises(AppError) as caught:
        _printed(desk, _signed(desk), "numbered", issue_date=TODAY)
    assert caught.value.code == "workflow.print_number_missing"
    assert caught.value.params == {"fields": "VT_SO"}


def test_a_draft_that_nobody_has_signed_is_not_printed_for_the_seal(desk: Desk) -> None:
    base = desk.files.path_of(desk.files.put(DRAFT))
    with pytest.raises(AppError, match=r"workflow\.leader_signature_missing"):
        _printed(desk, base, "numbered", number="05", issue_date=TODAY)


@pytest.mark.parametrize(
    ("profile_id", "kind"),
    [
        ("bhxh-599-2018", "numbered"),
        ("snn-tuyen-quang-2019", "issued"),
        ("nd30-2020", "issued"),
    ],
)
def test_the_print_is_the_one_that_the_offices_archive_keeps(
    tmp_path: Path, profile_id: str, kind: str
) -> None:
    desk = desk_of(tmp_path, rules=load_profile(profile_id))
    assert _printed(desk, _sealed(desk), None)[1] == kind

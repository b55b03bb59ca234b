"""Facts about orders: which key carries them out, and how each one ends, with fakes for server and engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.settings import Settings
from app.store import Store, open_store
from app.workplace.account import Account
from app.workplace.orders import Orders
from app.workplace.papers import Papers
from app.workplace.proposals import Proposals
from app.workplace.records import Key, Order, OrderKind, PlacedBox, Progress, Step
from pdf.geometry import BoxMm
from signing.errors import SigningError
from signing.request import SignedFile
from signing.terms import PinState, SignatureKind, Verdict
from signing.token.records import CertificateInfo, ModuleInfo, TokenInfo
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import sha256_of
from tests.fakes.records import (
    AGENCY_CERTIFICATE,
    AGENCYS,
    LEADER,
    LEADERS,
    PARTNER,
    PARTNERS,
    certificate,
)
from tests.fakes.server import FakeServer

PLACE = PlacedBox(SignatureKind.PERSONAL, 0, BoxMm(120, 200, 165, 222))
SEAL = PlacedBox(SignatureKind.SEAL, 0, BoxMm(100, 190, 136, 226))


class SignedInOnce:
    """A session without a network."""

    not_kept = None

    def __init__(self, server: FakeServer) -> None:
        self.server, self.person = server, server.me()

    def sign_out(self) -> None:
        return


@dataclass
class Chair:
    """Somebody at a workplace made of fakes and a real store."""

    desk: Desk
    store: Store
    account: Account
    orders: Orders
    proposals: Proposals
    papers: Papers

    def order(self, kind: OrderKind = OrderKind.SIGN, **changes: object) -> Order:
        main = self.desk.server.paper.main_file
        box = PLACE if kind is OrderKind.SIGN else SEAL
        made = Order(kind, "d1", "Về việc kiểm tra", {main.file_id: main.sha256}, box, LEADER)
        return replace(made, **changes)  # type: ignore[arg-type]  # whatever the test changes

    def carry_out(self, *orders: Order, by: CertificateInfo | None = None) -> list[Progress]:
        told: list[Progress] = []
        self.orders.carry_out(orders, Key(token(), by or certificate()), told.append)
        return told

    def issue(self, **changes: object) -> list[Progress]:
        return self.carry_out(self.order(OrderKind.ISSUE, **changes), by=AGENCY_CERTIFICATE)


@pytest.fixture
def chair(tmp_path: Path) -> Iterator[Chair]:
    desk = desk_of(tmp_path)
    with open_store(tmp_path / "store") as store:
        office = replace(desk.office, files=store.files, journal=store.journal)

        account = Account(Settings(data=tmp_path), store.cache, lambda *_: office)
        account.take(SignedInOnce(desk.server))
        papers = Papers(account, store, office.bench, None)  # type: ignore[arg-type]  # nothing is drawn
        orders, proposals = Orders(account, store), Proposals(account, papers, store.signatories)
        yield Chair(desk, store, account, orders, proposals, papers)


def token(*certificates: CertificateInfo, serial: str = "1") -> TokenInfo:
    return TokenInfo(
        "/lib/token.so", 0, "Token", serial, "Ai đó", "", PinState.OK, False, certificates
    )


def module(*tokens: TokenInfo) -> ModuleInfo:
    return ModuleInfo("/lib/token.so", found=True, bits=64, problem=None, tokens=tokens)


def last(told: list[Progress]) -> tuple[Step, str | None]:
    return told[-1].step, told[-1].problem.code if told[-1].problem else None


def test_a_certificate_that_the_server_knows_as_mine_wins(chair: Chair) -> None:
    named = certificate(LEADER, "9" * 64)
    known = certificate("Tên khác trên chứng thư", LEADERS)
    modules = (module(token(named, serial="1"), token(known, serial="2")),)
    key = chair.orders.choose_key(modules, chair.order())
    assert (key.token.serial, key.certificate) == ("2", known)


def test_without_a_known_certificate_the_signer_s_name_decides(chair: Chair) -> None:
    named = certificate(LEADER, "9" * 64)
    modules = (module(token(certificate(PARTNER, PARTNERS)), token(named, serial="2")),)
    assert chair.orders.choose_key(modules, chair.order()).certificate == named


def test_a_known_certificate_that_has_expired_gives_way(chair: Chair) -> None:
    expired = certificate(LEADER, LEADERS, cannot_sign="certificate.expired")
    renewed = certificate(LEADER, "9" * 64)
    modules = (module(token(expired, renewed)),)
    assert chair.orders.choose_key(modules, chair.order()).certificate == renewed
    with pytest.raises(AppError, match=r"workflow\.certificate_unusable"):
        chair.orders.choose_key((module(token(expired)),), chair.order())


@pytest.mark.parametrize("kind", [OrderKind.ISSUE, OrderKind.INCOMING])
def test_what_the_agency_does_asks_for_its_certificate(chair: Chair, kind: OrderKind) -> None:
    modules = (module(token(certificate(), AGENCY_CERTIFICATE)),)
    key = chair.orders.choose_key(modules, chair.order(kind))
    assert key.certificate.sha256 == AGENCYS


def test_no_token_is_told_as_that(chair: Chair) -> None:
    with pytest.raises(SigningError, match=r"token\.none"):
        chair.orders.choose_key((module(),), chair.order())


def test_an_order_without_a_place_is_not_carried_out(chair: Chair) -> None:
    assert last(chair.carry_out(chair.order(box=None))) == (Step.FAILED, "workflow.no_place")
    assert chair.desk.token.made == []


def test_a_refused_upload_leaves_nothing_kept(chair: Chair) -> None:
    chair.desk.server.refuse("upload", "server.conflict")
    assert last(chair.carry_out(chair.order())) == (Step.FAILED, "server.conflict")
    assert chair.orders.waiting() == ()


def test_a_sign_in_that_ended_meanwhile_keeps_the_signature(chair: Chair) -> None:
    chair.desk.server.refuse("upload", "server.sign_in_again")
    assert last(chair.carry_out(chair.order())) == (Step.KEPT, "server.sign_in_again")
    assert [item.kind for item in chair.orders.waiting()] == ["personal"]


def fails_once(monkeypatch: pytest.MonkeyPatch, port: object, call: str, error: Exception) -> None:
    """Let the next call of a port raise; the one after it works."""
    works = getattr(port, call)

    def fail(*_: object) -> object:
        monkeypatch.setattr(port, call, works)
        raise error

    monkeypatch.setattr(port, call, fail)


@pytest.mark.parametrize("code", ["token.removed", "token.pin_each_time", "token.failed"])
def test_what_puts_the_token_in_doubt_ends_the_rest(
    chair: Chair, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    fails_once(monkeypatch, chair.desk.token, "sign", SigningError(code))
    told = chair.carry_out(chair.order(), chair.order())
    assert [(item.step, item.problem.code) for item in told if item.problem] == [
        (Step.FAILED, code),
        (Step.SKIPPED, code),
    ]


def test_what_is_wrong_with_one_file_does_not_keep_the_next(
    chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_once(monkeypatch, chair.desk.token, "sign", SigningError("sign.image_unreadable"))
    told = chair.carry_out(chair.order(), chair.order())
    assert [item.step for item in told if item.step in (Step.FAILED, Step.DONE)] == [
        Step.FAILED,
        Step.DONE,
    ]


@pytest.mark.parametrize(("worker", "step"), [("token", Step.SKIPPED), ("verify-1", Step.FAILED)])
def test_a_dead_token_process_ends_the_rest_and_a_dead_judge_does_not(
    chair: Chair, monkeypatch: pytest.MonkeyPatch, worker: str, step: Step
) -> None:
    def dies(*_: object) -> SignedFile:
        raise AppError("worker.crashed", worker=worker, exit_code=-9)

    monkeypatch.setattr(chair.desk.token, "sign", dies)
    told = chair.carry_out(chair.order(), chair.order())
    assert [item.step for item in told if item.problem] == [Step.FAILED, step]


def test_what_is_left_of_a_batch_is_not_carried_out_for_who_signs_in_next(chair: Chair) -> None:
    told: list[Progress] = []

    def then_another_sits_down(progress: Progress) -> None:
        told.append(progress)
        if progress.step is Step.DONE:
            session = SignedInOnce(chair.desk.server)
            session.person = replace(session.person, user_id="somebody-else")
            chair.account.take(session)

    orders = [chair.order(), chair.order()]
    chair.orders.carry_out(orders, Key(token(), certificate()), then_another_sits_down)
    assert [(item.step, item.problem and item.problem.code) for item in told[-2:]] == [
        (Step.DONE, None),
        (Step.FAILED, "server.sign_in_again"),
    ]


def test_a_bug_in_one_order_is_told_and_the_next_has_its_turn(
    chair: Chair, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_once(monkeypatch, chair.desk.server, "document", ZeroDivisionError())
    told = chair.carry_out(chair.order(), chair.order())
    assert [(item.step, item.problem.code) for item in told if item.problem] == [
        (Step.FAILED, "bug")
    ]
    assert last(told) == (Step.DONE, None)


def test_a_reason_lifts_an_undetermined_leader_s_signature(chair: Chair) -> None:
    chair.carry_out(chair.order())
    chair.desk.judge.verdicts["LanhDao"] = Verdict.UNDETERMINED
    paper = chair.papers.open("d1")
    problem = chair.proposals.of_issue(paper).leader_problem
    assert problem is not None
    assert problem.code == "workflow.leader_signature_undetermined"
    assert last(chair.issue()) == (Step.FAILED, "workflow.leader_signature_undetermined")
    told = chair.issue(reason="Đã gọi điện xác nhận")
    assert last(told) == (Step.DONE, None)
    assert told[-1].notes == ("workflow.sealed_with_reason",)
    assert told[-1].detail == "01/STP-VP"


def test_what_needs_a_reason_is_not_published_by_itself(chair: Chair) -> None:
    chair.carry_out(chair.order())
    chair.desk.judge.verdicts["LanhDao"] = Verdict.UNDETERMINED
    chair.desk.server.refuse("upload", "server.unreachable")
    assert last(chair.issue(reason="Đã gọi điện xác nhận")) == (Step.KEPT, "server.unreachable")
    chair.desk.server.moves.clear()
    assert chair.orders.send_waiting() == ()
    assert chair.desk.server.moves == []


def test_a_number_whose_field_was_never_prepared_stops_the_issue_before_a_reason_is_asked_for(
    chair: Chair,
) -> None:
    chair.carry_out(chair.order())
    chair.desk.judge.verdicts["LanhDao"] = Verdict.UNDETERMINED
    server = chair.desk.server
    content = server.content.replace(b'"VT_SO", ', b"")
    server.content = content
    main = replace(server.paper.main_file, sha256=sha256_of(content), size_bytes=len(content))
    server.paper = replace(server.paper, files=(main,))
    problem = chair.proposals.of_issue(chair.papers.open("d1")).leader_problem
    assert problem is not None
    assert problem.code == "workflow.not_prepared"


def test_a_seal_of_the_agency_that_is_not_mine_stops_the_issue(
    chair: Chair, tmp_path: Path
) -> None:
    chair.carry_out(chair.order())
    chair.issue()
    with open_store(tmp_path / "elsewhere") as other:
        office = replace(chair.desk.office, files=other.files, journal=other.journal)
        account = Account(Settings(data=tmp_path), other.cache, lambda *_: office)
        account.take(SignedInOnce(chair.desk.server))
        papers = Papers(account, other, office.bench, None)  # type: ignore[arg-type]  # nothing is drawn
        problem = (
            Proposals(account, papers, other.signatories).of_issue(papers.open("d1")).leader_problem
        )
    assert problem is not None
    assert problem.code == "workflow.already_signed"


def test_a_person_is_told_their_own_signature_stands_already(chair: Chair) -> None:
    chair.carry_out(chair.order())
    with pytest.raises(AppError, match=r"workflow\.already_signed"):
        chair.proposals.of_signing(chair.papers.open("d1"))


def test_a_low_confidence_is_said_and_no_place_is_no_error(chair: Chair) -> None:
    chair.desk.eyes.confidence = 0.3
    proposal = chair.proposals.of_signing(chair.papers.open("d1"))
    assert proposal.notes == ("workflow.low_confidence",)
    chair.desk.eyes.places.clear()
    proposal = chair.proposals.of_signing(chair.papers.open("d1"))
    assert (proposal.box, proposal.notes) == (None, ("workflow.number_blank_missing",))


def test_a_taken_number_and_its_date_are_proposed_again(chair: Chair) -> None:
    chair.carry_out(chair.order())
    chair.desk.server.refuse("upload", "server.unreachable")
    chair.issue()
    proposal = chair.proposals.of_issue(chair.papers.open("d1"))
    assert (proposal.number, proposal.issue_date) == ("01", chair.desk.server.paper.issue_date)
    assert proposal.seal is not None
    assert proposal.seal.box_mm.left_mm == pytest.approx(SEAL.box_mm.left_mm, abs=0.01)


def test_nobody_is_signed_in_until_somebody_is(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        account = Account(Settings(data=tmp_path), store.cache, lambda *_: pytest.fail("no office"))
        with pytest.raises(AppError, match=r"server\.sign_in_again"):
            account.seated()
        account.cancel()
        account.sign_out()

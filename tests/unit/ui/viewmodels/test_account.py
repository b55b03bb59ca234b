"""Facts about signing in and out, as the window sees it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import Person, Role
from app.workplace.records import Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.account import AccountPhase, AccountVm

AN = Person("u1", "Nguyễn Văn An", "Sở Tư pháp", (Role.LEADER,), (), (), "bhxh-599-2018")
OTHER = Person("u2", "Trần Thị Bình", "Sở Tư pháp", (Role.CLERK,), (), (), "bhxh-599-2018")
URL, CODE = "https://vanban.example/device", "WDJB-MJHT"

pytestmark = pytest.mark.usefixtures("qapp")


class Scene:
    """An account, and what it told."""

    def __init__(self) -> None:
        self.workplace = FakeWorkplace(restore=AN, sign_in=AN, sign_in_with_code=AN)
        self.bridge = FakeBridge(self.workplace, is_held=True)
        self.vm = AccountVm(self.bridge, "https://vanban.example", lambda _: True)
        self.told: list[object] = []
        self.vm.signed_in.connect(self.told.append)
        self.vm.signed_out.connect(lambda: self.told.append("out"))

    @property
    def phase(self) -> AccountPhase:
        return self.vm.state.phase

    @property
    def problem(self) -> str | None:
        return self.vm.state.problem.code if self.vm.state.problem else None

    def fail(self, name: str, code: str) -> None:
        self.workplace.errors[name] = AppError(code, server="s")


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def at_work(scene: Scene) -> Scene:
    scene.vm.start(AN)
    scene.bridge.run()
    scene.told.clear()
    return scene


def test_whom_this_machine_remembers_is_at_work_before_the_server_answered(scene: Scene) -> None:
    scene.vm.start(AN)
    assert (scene.phase, scene.vm.state.person) == (AccountPhase.SIGNED_IN, AN)
    assert scene.told == [AN]


def test_the_server_confirming_who_it_is_tells_nobody_again(scene: Scene) -> None:
    scene.vm.start(AN)
    scene.bridge.run()
    assert scene.told == [AN]


def test_what_the_server_knows_of_a_person_counts(scene: Scene) -> None:
    scene.workplace.answers["restore"] = OTHER
    scene.vm.start(AN)
    scene.bridge.run()
    assert scene.vm.state.person == OTHER
    assert scene.told == [AN, OTHER]


def test_offline_a_remembered_person_stays_at_work(scene: Scene) -> None:
    scene.fail("restore", "server.unreachable")
    scene.vm.start(AN)
    scene.bridge.run()
    assert (scene.phase, scene.vm.state.is_online) == (AccountPhase.SIGNED_IN, False)


def test_offline_a_stranger_is_told_why_there_is_nothing(scene: Scene) -> None:
    scene.fail("restore", "server.timeout")
    scene.vm.start(None)
    assert scene.phase is AccountPhase.LOADING
    scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, "server.timeout")


def test_an_expired_sign_in_is_told_to_whom_it_was(scene: Scene) -> None:
    scene.fail("restore", "server.sign_in_again")
    scene.vm.start(AN)
    scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, "server.sign_in_again")
    assert scene.told == [AN, "out"]


def test_whoever_never_signed_in_here_is_asked_without_a_complaint(scene: Scene) -> None:
    scene.fail("restore", "server.sign_in_again")
    scene.vm.start(None)
    scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, None)


def test_signing_in_waits_for_the_browser_and_then_works(scene: Scene) -> None:
    scene.vm.sign_in()
    waiting = scene.phase
    scene.bridge.run()
    assert (waiting, scene.phase) == (AccountPhase.WAITING_BROWSER, AccountPhase.SIGNED_IN)
    assert scene.told == [AN]
    assert scene.bridge.lanes == [Lane.ACCOUNT]


def test_without_a_browser_the_code_is_shown_instead_with_the_reason(scene: Scene) -> None:
    scene.fail("sign_in", "server.no_browser")
    scene.vm.sign_in()
    scene.bridge.step()
    assert (scene.phase, scene.problem) == (AccountPhase.WAITING_CODE, "server.no_browser")


def test_the_code_is_shown_while_it_is_waited_for(scene: Scene) -> None:
    def wait(show: Callable[[str, str], None]) -> Person:
        show(URL, CODE)
        return AN

    scene.workplace.answers["sign_in_with_code"] = wait
    seen: list[tuple[str | None, str | None]] = []
    scene.vm.changed.connect(lambda: seen.append((scene.vm.state.code_url, scene.vm.state.code)))
    scene.bridge.is_held = False
    scene.vm.sign_in_with_code()
    assert (URL, CODE) in seen
    assert (scene.phase, scene.vm.state.code) == (AccountPhase.SIGNED_IN, None)


def test_a_code_that_comes_after_cancelling_is_not_shown(scene: Scene) -> None:
    shown: list[Callable[[str, str], None]] = []
    scene.workplace.answers["sign_in_with_code"] = shown.append
    scene.bridge.is_held = False
    scene.vm.sign_in_with_code()
    scene.bridge.is_held = True
    scene.vm.sign_in_with_code()
    shown[0](URL, CODE)
    scene.bridge.step(-1)
    assert scene.vm.state.code is None


def test_cancelling_takes_effect_at_once_and_frees_the_lane(scene: Scene) -> None:
    scene.vm.sign_in()
    scene.vm.cancel()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, None)
    scene.bridge.run()
    assert scene.workplace.calls == [("cancel_sign_in",)]
    assert scene.told == []


def test_cancelling_where_nothing_waits_does_nothing(at_work: Scene) -> None:
    at_work.vm.cancel()
    assert at_work.phase is AccountPhase.SIGNED_IN
    assert at_work.bridge.waiting == []


def test_a_sign_in_that_was_refused_says_why(scene: Scene) -> None:
    scene.fail("sign_in", "server.sign_in_denied")
    scene.vm.sign_in()
    scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, "server.sign_in_denied")


def test_another_try_begins_without_the_last_ones_problem(scene: Scene) -> None:
    scene.fail("sign_in", "server.sign_in_denied")
    scene.vm.sign_in()
    scene.bridge.run()
    scene.vm.sign_in()
    assert scene.problem is None


def test_signing_out_shows_nothing_of_the_person_at_once(at_work: Scene, qtbot: QtBot) -> None:
    with qtbot.waitSignal(at_work.vm.signed_out):
        at_work.vm.sign_out()
    assert (at_work.phase, at_work.vm.state.person) == (AccountPhase.SIGNED_OUT, None)
    at_work.bridge.run()
    assert at_work.workplace.asked("sign_out") == [()]


def test_the_server_is_remembered_after_signing_out(at_work: Scene) -> None:
    at_work.vm.sign_out()
    assert at_work.vm.state.server == "https://vanban.example"


def test_a_sign_in_that_the_server_takes_no_more_asks_for_another(at_work: Scene) -> None:
    at_work.vm.expire(Problem("server.sign_in_again"))
    assert (at_work.phase, at_work.problem) == (AccountPhase.SIGNED_OUT, "server.sign_in_again")
    assert at_work.told == ["out"]


def test_online_and_offline_are_noted(at_work: Scene) -> None:
    at_work.vm.went_online(False)
    assert not at_work.vm.state.is_online
    at_work.vm.went_online(True)
    assert at_work.vm.state.is_online


@pytest.mark.parametrize("code", ["server.busy", "server.failed", "server.garbage"])
def test_a_server_that_is_unwell_at_the_start_leaves_a_remembered_person_at_work(
    scene: Scene, qtbot: QtBot, code: str
) -> None:
    scene.fail("restore", code)
    scene.vm.start(AN)
    with qtbot.waitSignal(scene.vm.seated):
        scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_IN, code)
    assert scene.told == [AN]


def test_without_a_server_to_ask_nobody_stays_at_work(scene: Scene) -> None:
    scene.fail("restore", "settings.no_server")
    scene.vm.start(AN)
    scene.bridge.run()
    assert (scene.phase, scene.problem) == (AccountPhase.SIGNED_OUT, "settings.no_server")


def test_a_sign_in_that_the_server_takes_no_more_leaves_its_seat(at_work: Scene) -> None:
    at_work.vm.expire(Problem("server.sign_in_again"))
    at_work.bridge.run()
    assert at_work.workplace.asked("leave") == [()]
    assert at_work.workplace.asked("sign_out") == []


def test_cancelling_waits_for_no_silent_server(scene: Scene) -> None:
    scene.vm.sign_in()
    scene.vm.cancel()
    assert scene.bridge.lanes == [Lane.ACCOUNT, Lane.LOCAL]


def test_whoever_asks_before_the_last_sign_in_is_taken_up_is_not_signed_out(scene: Scene) -> None:
    scene.vm.start(AN)
    scene.vm.expire(Problem("server.sign_in_again"))
    scene.bridge.run()
    assert scene.phase is AccountPhase.SIGNED_IN
    assert scene.workplace.asked("leave") == []

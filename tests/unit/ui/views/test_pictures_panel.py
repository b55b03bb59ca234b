"""Facts about taking in the picture of a signature or seal: looked at first, kept only when the person says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workplace.records import Problem
from signing.intake.records import TakenImage
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.tasks import CLERK, LEADING
from tests.fakes.workplace import FakeWorkplace
from ui.panels import Panel
from ui.viewmodels.account import AccountVm
from ui.viewmodels.pictures import PicturesVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.pictures_panel import PicturesPanel

SOURCE = Path("/home/vt/dau.jpg")


@pytest.fixture
def taken(tmp_path: Path) -> TakenImage:
    path = tmp_path / "taken.png"
    Image.new("RGBA", (40, 40), (200, 0, 0, 128)).save(path)
    return TakenImage(path, 40, 40, 36.0, 36.0, 300.0, True, 0.98, 36.0, 0.99)


@pytest.fixture
def workplace(taken: TakenImage) -> FakeWorkplace:
    return FakeWorkplace(take_image=taken)


@pytest.fixture
def panel(workplace: FakeWorkplace, look: Look, qtbot: QtBot) -> PicturesPanel:
    made = PicturesPanel(PicturesVm(FakeBridge(workplace)), look)
    qtbot.addWidget(made)
    made.vm.begin(CLERK)
    return made


def test_the_seals_picture_is_the_clerks_to_take_in(workplace: FakeWorkplace) -> None:
    vm = PicturesVm(FakeBridge(workplace))
    vm.begin(CLERK)
    assert SignatureKind.SEAL in vm.state.kinds
    vm.begin(LEADING)
    assert SignatureKind.SEAL not in vm.state.kinds


def test_a_picture_is_looked_at_before_anything_changes(
    workplace: FakeWorkplace, panel: PicturesPanel
) -> None:
    panel.vm.choose(SignatureKind.SEAL)
    panel.vm.take(SOURCE)
    assert workplace.asked("take_image") == [(SOURCE, SignatureKind.SEAL, None)]
    assert panel.picture.isVisibleTo(panel)
    assert "36.0 mm" in panel.facts.text()
    assert "98 %" in panel.facts.text()
    assert workplace.asked("keep_image") == []


def test_it_is_kept_when_the_person_says_so(
    workplace: FakeWorkplace, panel: PicturesPanel, taken: TakenImage
) -> None:
    panel.vm.choose(SignatureKind.SEAL)
    panel.vm.take(SOURCE)
    panel.keep.click()
    assert workplace.asked("keep_image") == [(taken, SignatureKind.SEAL)]
    assert panel.vm.state.is_kept
    assert not panel.keep.isEnabled()


def test_the_real_width_that_a_person_gives_is_measured_by(
    workplace: FakeWorkplace, panel: PicturesPanel
) -> None:
    panel.vm.take(SOURCE)
    panel.ink_width.setValue(41.5)
    assert workplace.asked("take_image")[-1] == (SOURCE, panel.vm.state.kind, 41.5)


def test_a_picture_in_the_wrong_ink_is_refused_in_words(
    workplace: FakeWorkplace, panel: PicturesPanel
) -> None:
    workplace.errors["take_image"] = AppError("image.wrong_ink", share=3, ink="blue")
    panel.vm.take(SOURCE)
    assert panel.problem.isVisibleTo(panel)
    assert not panel.keep.isEnabled()
    assert panel.vm.state.problem == Problem("image.wrong_ink", {"share": 3, "ink": "blue"})


def test_another_kind_begins_without_the_picture_of_the_one_before(panel: PicturesPanel) -> None:
    panel.vm.choose(SignatureKind.SEAL)
    panel.vm.take(SOURCE)
    panel.vm.choose(SignatureKind.PERSONAL)
    assert panel.vm.state.taken is None


def test_it_stands_beside_the_page_until_the_person_goes_back(workplace: FakeWorkplace) -> None:
    bridge = FakeBridge(workplace)
    shell = ShellVm(bridge, AccountVm(bridge), QueueVm(bridge), TokenVm(bridge))
    before = shell.state.panel
    shell.take_picture()
    assert shell.state.panel is Panel.PICTURES
    shell.take_picture(wanted=False)
    assert shell.state.panel is before

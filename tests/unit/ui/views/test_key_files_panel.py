"""Facts about key files in the window: added with a password that stays nowhere, listed, removed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.workplace.records import Problem
from signing.errors import SigningError
from signing.token.pin import Pin
from signing.token.records import KeyFile, KeyFileInfo
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import certificate
from tests.fakes.tokens import module, token
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.key_files import KeyFilesVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.key_files_panel import KeyFilesPanel
from ui.widgets.plain_label import PlainLabel

SOURCE = Path("/home/vt/an.p12")
PASSWORD = "mật khẩu"
KEPT = KeyFile(str(SOURCE), "0" * 64, b"DER")
WRONG = SigningError("token.password_incorrect", token="an.p12")


@pytest.fixture
def given() -> list[str]:
    """The passwords that a file was tried with."""
    return []


@pytest.fixture
def workplace(given: list[str]) -> FakeWorkplace:
    def add(path: Path, password: Pin) -> KeyFile:
        assert path == SOURCE
        given.append(password.take())
        return KEPT

    found = (KeyFileInfo(KEPT, None, certificate()),)
    return FakeWorkplace(add_key_file=add, key_files=found, tokens=(module(token()),))


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def panel(bridge: FakeBridge, look: Look, qtbot: QtBot) -> KeyFilesPanel:
    made = KeyFilesPanel(KeyFilesVm(bridge, TokenVm(bridge)), look)
    qtbot.addWidget(made)
    return made


def texts(panel: KeyFilesPanel) -> str:
    labels = panel.files.findChildren(PlainLabel)
    return " ".join(label.text() for label in labels).replace("\u200b", "")


def type_password(panel: KeyFilesPanel, text: str) -> None:
    panel.password.setText(text)
    panel.add.click()


def test_a_file_is_added_with_its_password_and_is_a_token_from_then_on(
    panel: KeyFilesPanel, workplace: FakeWorkplace, bridge: FakeBridge, given: list[str]
) -> None:
    panel.vm.choose(SOURCE)
    type_password(panel, PASSWORD)
    assert given == [PASSWORD]
    assert (panel.vm.state.added, panel.vm.state.source) == (SOURCE, None)
    assert workplace.asked("tokens") == [(False,)]
    assert set(bridge.lanes) == {Lane.TOKEN}
    assert certificate().subject in texts(panel)


def test_a_wrong_password_is_tried_once_and_asked_for_again(
    panel: KeyFilesPanel, workplace: FakeWorkplace
) -> None:
    workplace.errors["add_key_file"] = WRONG
    panel.vm.choose(SOURCE)
    type_password(panel, PASSWORD)
    assert len(workplace.asked("add_key_file")) == 1
    assert panel.vm.state.problem == Problem("token.password_incorrect", {"token": "an.p12"})
    assert (panel.vm.state.can_add, panel.password.text()) == (True, "")


def test_an_empty_password_is_not_tried(panel: KeyFilesPanel, given: list[str]) -> None:
    panel.vm.choose(SOURCE)
    type_password(panel, "")
    assert (given, panel.vm.state.problem) == ([], Problem("token.password_empty"))


def test_the_password_is_nowhere_once_it_was_given(
    panel: KeyFilesPanel, workplace: FakeWorkplace
) -> None:
    panel.vm.choose(SOURCE)
    type_password(panel, PASSWORD)
    told = repr([panel.vm.state, vars(panel.vm), workplace.calls, panel.password.text()])
    assert PASSWORD not in told


def test_a_password_that_was_not_given_does_not_stay_in_a_field_that_nobody_sees(
    panel: KeyFilesPanel,
) -> None:
    panel.show()
    panel.vm.choose(SOURCE)
    panel.password.setText(PASSWORD)
    panel.hide()
    assert panel.password.text() == ""


def test_a_file_that_is_gone_is_said_in_the_list(
    panel: KeyFilesPanel, workplace: FakeWorkplace
) -> None:
    workplace.answers["key_files"] = (KeyFileInfo(KEPT, "token.file_missing", certificate()),)
    panel.vm.begin()
    assert "There is no key file an.p12." in texts(panel)


def test_a_file_is_removed_from_the_list_on_request(
    panel: KeyFilesPanel, workplace: FakeWorkplace
) -> None:
    panel.vm.begin()
    workplace.answers["key_files"] = ()
    panel.files.findChildren(QPushButton)[0].click()
    assert workplace.asked("remove_key_file") == [(KEPT.sha256,)]
    assert (panel.vm.state.files, workplace.asked("tokens")) == ((), [(False,)])

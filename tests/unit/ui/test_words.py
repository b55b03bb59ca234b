"""Facts about the person's language: one choice, and everything speaks it, Qt's own texts too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.messages import Language
from app.workplace.records import Problem
from ui.views.base import Look
from ui.words import Words, number


@pytest.fixture
def words(look: Look) -> Words:
    return look.words


def test_a_choice_is_told(words: Words, qtbot: QtBot) -> None:
    with qtbot.waitSignal(words.changed):
        words.choose("vi")


def test_the_same_choice_again_tells_nobody(words: Words, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(words.changed):
        words.choose("en")


def test_messages_come_in_the_chosen_language(words: Words) -> None:
    problem = Problem("server.sign_in_cancelled")
    english = words.message(problem).what
    words.choose("vi")
    assert (english, words.message(problem).what) == (
        "Signing in was stopped.",
        "Đã dừng đăng nhập.",
    )


def test_english_has_its_plural_forms(words: Words) -> None:
    del words
    said = [
        QApplication.translate("_Footer", "Sign %n reviewed document(s)", "", n) for n in (1, 2)
    ]
    assert said == ["Sign 1 reviewed document", "Sign 2 reviewed documents"]


def test_qts_own_menus_speak_vietnamese(words: Words, qtbot: QtBot) -> None:
    words.choose("vi")
    line = QLineEdit()
    qtbot.addWidget(line)
    texts = {action.text().split("\t")[0] for action in line.createStandardContextMenu().actions()}
    assert texts - {""} == {
        "&Hoàn tác",
        "&Làm lại",
        "&Cắt",
        "&Chép",
        "&Dán",
        "Xóa",
        "Chọn tất cả",
    }


def test_qts_own_file_dialog_speaks_vietnamese(words: Words, qtbot: QtBot) -> None:
    words.choose("vi")
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    dialog.show()
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    texts |= {part.text() or part.toolTip() for part in dialog.findChildren(QAbstractButton)}
    assert {"Tì&m trong:", "&Tên tệp:", "&Loại tệp:", "&Mở", "Hủy", "Thư mục cha"} <= texts


def test_going_back_to_english_leaves_no_vietnamese_behind(words: Words) -> None:
    words.choose("vi")
    words.choose("en")
    assert QApplication.translate("QLineEdit", "&Copy") == "&Copy"


def test_numbers_and_calendars_follow_the_language(words: Words) -> None:
    words.choose("vi")
    assert QLocale().language() is QLocale.Language.Vietnamese


@pytest.mark.parametrize(("language", "said"), [("vi", "36,5"), ("en", "36.5")])
def test_a_number_has_the_languages_decimal_mark(
    words: Words, language: Language, said: str
) -> None:
    words.choose(language)
    assert number(36.5) == said


def test_a_certificate_that_never_expires_has_a_last_day(words: Words) -> None:
    assert words.moment(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) == "31/12/9999 23:59"


def test_days_and_moments_are_written_as_in_vietnam(words: Words) -> None:
    assert words.day(date(2026, 2, 1)) == "01/02/2026"
    assert words.moment(datetime(2026, 1, 31, 20, 5, tzinfo=UTC)) == "01/02/2026 03:05"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_window_names_no_command_line_flag(language: Language) -> None:
    told = Words(language).message(Problem("workflow.number_blank_missing"))
    assert "--" not in str(told)

"""Facts about settings: the file, the environment above it, paths from where they were written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.errors import AppError
from app.settings import (
    ENVIRONMENT,
    Settings,
    load_settings,
    machine_settings_path,
    settings_path,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "office" / "settings.toml"


def loaded(file: Path, text: str | None, **environment: str) -> Settings:
    if text is not None:
        file.parent.mkdir()
        file.write_text(text, encoding="utf-8")
    return load_settings({"TRINHKY_SETTINGS": str(file)} | environment)


def refused(file: Path, text: str) -> AppError:
    with pytest.raises(AppError) as caught:
        loaded(file, text)
    assert caught.value.code == "settings.broken"
    assert caught.value.params["file"] == str(file)
    return caught.value


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    settings = loaded(file, None)
    assert settings == Settings()
    assert settings.source is None
    assert settings.data.is_absolute()


def test_the_file_is_read(file: Path) -> None:
    settings = loaded(file, 'server = "https://a.vn"\nmodules = ["/a.so"]\nlanguage = "en"\n')
    assert settings.server == "https://a.vn"
    assert settings.modules == ("/a.so",)
    assert settings.language == "en"
    assert settings.source == file


def test_paths_are_relative_to_the_file(file: Path) -> None:
    settings = loaded(file, 'trust = ["ca", "/etc/ca"]\noffice_ca = "ca.pem"\ndata = "store"\n')
    assert settings.trust == (file.parent / "ca", Path("/etc/ca"))
    assert settings.office_ca == file.parent / "ca.pem"
    assert settings.data == file.parent / "store"


def test_the_environment_wins_over_the_file(file: Path) -> None:
    settings = loaded(file, 'server = "https://a.vn"\nuser = "an"\n', TRINHKY_SERVER="https://b.vn")
    assert (settings.server, settings.user) == ("https://b.vn", "an")


def test_lists_in_the_environment_are_separated_as_paths_are(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = loaded(
        file,
        None,
        TRINHKY_TRUST=os.pathsep.join(["ca", "/etc/ca"]),
        TRINHKY_MODULES=os.pathsep.join(["/a.so", "/b.so"]),
    )
    assert settings.trust == (tmp_path / "ca", Path("/etc/ca"))
    assert settings.modules == ("/a.so", "/b.so")


def test_an_empty_part_of_a_list_is_not_the_working_folder(file: Path) -> None:
    ends = os.pathsep + "/etc/ca" + os.pathsep
    settings = loaded(file, None, TRINHKY_TRUST=ends, TRINHKY_MODULES=ends)
    assert settings.trust == (Path("/etc/ca"),)
    assert settings.modules == ("/etc/ca",)


def test_an_empty_variable_is_as_good_as_none(file: Path) -> None:
    assert loaded(file, 'server = "https://a.vn"', TRINHKY_SERVER="").server == "https://a.vn"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("sever = 'x'", "sever"),
        ("source = 'x'", "source"),
        ("server = 1", "server"),
        ("modules = '/a.so'", "modules"),
        ("modules = [1]", "modules"),
        ("trust = [['a']]", "trust"),
        ("data = ['a']", "data"),
    ],
)
def test_a_wrong_setting_is_named(file: Path, text: str, key: str) -> None:
    assert refused(file, text).params["key"] == key


def test_a_file_that_is_no_toml_says_why(file: Path) -> None:
    assert "line 1" in str(refused(file, "server = so\n").params["why"])


def test_a_file_that_is_no_text_says_why(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"user = '\xff'")
    with pytest.raises(AppError, match=r"settings\.broken"):
        load_settings({"TRINHKY_SETTINGS": str(file)})


def test_every_variable_belongs_to_a_setting() -> None:
    assert set(ENVIRONMENT.values()) <= set(Settings.__dataclass_fields__)
    assert settings_path({}).name == "settings.toml"


def of_both(file: Path, machine: str, own: str | None) -> Settings:
    """What holds for a person with settings of their own at a machine with an administrator's."""
    administrators = file.parents[1] / "machine.toml"
    administrators.write_text(machine, encoding="utf-8")
    return loaded(file, own, TRINHKY_MACHINE_SETTINGS=str(administrators))


def test_an_administrators_settings_hold_for_everybody(file: Path) -> None:
    settings = of_both(file, 'server = "https://a.vn"\nmodules = ["/a.so"]\n', None)
    assert (settings.server, settings.modules) == ("https://a.vn", ("/a.so",))


def test_a_persons_own_settings_go_before_the_administrators(file: Path) -> None:
    settings = of_both(file, 'server = "https://a.vn"\nuser = "x"\n', 'server = "https://b.vn"\n')
    assert (settings.server, settings.user, settings.source) == ("https://b.vn", "x", file)


def test_the_administrators_modules_are_tried_before_the_persons(file: Path) -> None:
    settings = of_both(file, 'modules = ["/a.so"]\n', 'modules = ["/b.so"]\n')
    assert settings.modules == ("/a.so", "/b.so")


def test_a_person_without_modules_has_the_administrators_once(file: Path) -> None:
    assert of_both(file, 'modules = ["/a.so"]\n', 'user = "x"\n').modules == ("/a.so",)


def test_a_broken_file_of_the_administrators_is_named(file: Path) -> None:
    with pytest.raises(AppError) as caught:
        of_both(file, "modules = 7\n", None)
    assert str(caught.value.params["file"]).endswith("machine.toml")


def test_the_administrators_file_lies_where_users_do_not_write() -> None:
    assert machine_settings_path({}).name == "settings.toml"
    assert machine_settings_path({}) != settings_path({})

"""Facts about what the window learns of this machine: each finding as it comes, and drivers of one's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Processes
from app.demo.people import LEADER
from app.demo.tokens import softhsm_module
from app.diagnosis.records import NAMES, Check, TriedModule
from app.errors import AppError
from app.store.modules import ModuleList
from app.workplace.workplace import Workplace
from tests.integration.workplace.workplaces import Workplaces


@pytest.fixture
def workplace(places: Workplaces) -> Iterator[Workplace]:
    with places.of(LEADER) as opened:
        yield opened


def tried(workplace: Workplace) -> tuple[TriedModule, ...]:
    return workplace.doctor().check_tokens(lambda _: None)


def test_each_part_of_the_machine_is_told_as_it_comes(workplace: Workplace) -> None:
    told: list[Check] = []
    workplace.doctor().check_machine(told.append)
    states = {check.name: check.state for check in told}
    assert {"fonts", "store", "trust", "server", "clock"} <= set(states) <= set(NAMES)
    assert (states["server"], states["clock"]) == ("ok", "ok")


def test_the_modules_tried_are_told_with_who_named_them(
    workplace: Workplace, places: Workplaces
) -> None:
    modules = places.world.demo.settings_of(LEADER).modules
    named = {item.info.path: item.origin for item in tried(workplace)}
    assert {named[path] for path in modules} == {"settings"}


def test_a_driver_of_ones_own_is_tried_until_it_is_removed(
    workplace: Workplace, places: Workplaces, tmp_path: Path
) -> None:
    own = tmp_path / "own.so"
    shutil.copyfile(softhsm_module(), own)
    workplace.doctor().add_driver(own)
    try:
        (found,) = (item for item in tried(workplace) if item.info.path == str(own))
        assert (found.origin, found.info.problem) == ("own", None)
        kept = ModuleList(places.world.folder / LEADER.key)
        assert kept.paths() == (str(own),)
    finally:
        workplace.doctor().remove_driver(own)
    assert str(own) not in {item.info.path for item in tried(workplace)}
    assert kept.paths() == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"#!/bin/sh\n", "token.module_no_library"),
        (b"\x7fELF\x01" + bytes(60), "token.module_bits"),
        (b"\x7fELF\x02" + bytes(60), "token.module_no_pkcs11"),
    ],
)
def test_a_file_that_is_no_driver_is_not_kept(
    workplace: Workplace, places: Workplaces, tmp_path: Path, content: bytes, code: str
) -> None:
    chosen = tmp_path / "chosen.so"
    chosen.write_bytes(content)
    with pytest.raises(AppError) as refused:
        workplace.doctor().add_driver(chosen)
    assert (refused.value.code, refused.value.params) == (code, {"module": str(chosen)})
    assert ModuleList(places.world.folder / LEADER.key).paths() == ()


def test_what_a_person_added_is_tried_by_the_command_line_too(
    places: Workplaces, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.so"
    settings = places.world.demo.settings_of(LEADER)
    ModuleList(settings.data).add(missing)
    try:
        with Processes.of(settings, environment=places.world.demo.token_environment) as processes:
            found = {item.path: item.problem for item in processes.token.survey()}
    finally:
        ModuleList(settings.data).remove(missing)
    assert found[str(missing)] == "token.module_missing"


def test_the_report_speaks_the_persons_language(workplace: Workplace) -> None:
    text = workplace.doctor().write_report((Check("pcsc", "ok", "doctor.pcsc_ok"),), "vi")
    assert "Dịch vụ thẻ thông minh đang chạy." in text

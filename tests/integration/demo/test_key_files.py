"""Facts about the demo office on a machine without SoftHSM: everybody's key is a file at their own desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.bootstrap import Processes
from app.demo import tokens
from app.demo.authority import Authority
from app.demo.command import desks_of
from app.demo.office.store import OfficeStore
from app.demo.opening import DemoOffice, _office, _register, _tokens, _write_settings
from app.demo.people import AGENCY_SEAL, CLERK, LEADER, Holder
from app.rules import load_profile
from app.settings import DEFAULT_PROFILE
from signing.token.pin import Pin
from signing.token.records import TokenInfo


@pytest.fixture(scope="module")
def demo(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    """The office without its drafts, which take long to draw."""
    folder, profile = tmp_path_factory.mktemp("without-softhsm"), load_profile(DEFAULT_PROFILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_MODULES", ())
        keys = {item.holder: item for item in _tokens(folder / "tokens", authority.pki)}
    with OfficeStore(folder / "server", _office(keys, profile)) as store:
        images = {"agency": folder / "seal.png"}
        made = DemoOffice(folder, profile, "http://x", authority.pki, store, keys, images, {})
        _write_settings(made)
        _register(made)
        yield made


def found_by(processes: Processes) -> dict[str, TokenInfo]:
    files = (token for module in processes.token.survey() for token in module.tokens)
    return {token.serial: token for token in files if token.is_file}


@pytest.mark.parametrize(("holder", "key"), [(LEADER, LEADER), (CLERK, AGENCY_SEAL)])
def test_a_desk_has_its_own_key_alone_and_the_pin_opens_it(
    demo: DemoOffice, holder: Holder, key: Holder
) -> None:
    desk = next(desk for desk in desks_of(demo) if desk.user_id == holder.key)
    wanted = demo.tokens[key.key]
    with Processes.of(desk.settings, environment=desk.token_environment) as processes:
        found = found_by(processes)
        assert set(found) == {wanted.serial}
        module = found[wanted.serial].module
        certificate = wanted.certificate_sha256
        processes.token.login(module, wanted.serial, certificate, Pin(wanted.user_pin))


def test_the_settings_that_are_left_for_the_command_line_know_all_of_them(
    demo: DemoOffice,
) -> None:
    text = (demo.folder / "settings.toml").read_text(encoding="utf-8")
    assert "modules = []" in text
    assert len(list((demo.everybodys_data / "keys").iterdir())) == len(demo.tokens)

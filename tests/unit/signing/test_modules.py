"""Facts about PKCS#11 module files before they are loaded."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from signing.token import modules
from signing.token.driver import survey
from signing.token.known_modules import known, registered
from signing.token.modules import candidates, exports_pkcs11, library_bits


def _pe(machine: int) -> bytes:
    head = bytearray(0x80)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x80)
    return bytes(head) + b"PE\0\0" + struct.pack("<H", machine)


@pytest.mark.parametrize(
    ("data", "bits"),
    [
        (b"\x7fELF\x01" + bytes(60), 32),
        (b"\x7fELF\x02" + bytes(60), 64),
        (_pe(0x14C), 32),
        (_pe(0x8664), 64),
        (_pe(0xAA64), 64),
        (_pe(0x1234), None),
        (b"\xcf\xfa\xed\xfe" + bytes(60), 64),
        (b"\xce\xfa\xed\xfe" + bytes(60), 32),
        (b"\xca\xfe\xba\xbe" + bytes(60), 64),
        (b"MZ", None),
        (b"MZ" + b"\xff" * 62, None),
        (b"\x7fELF", None),
        (b"", None),
    ],
)
def test_the_header_tells_how_wide_a_library_is(
    tmp_path: Path, data: bytes, bits: int | None
) -> None:
    path = tmp_path / "library"
    path.write_bytes(data)
    assert library_bits(path) == bits


def test_configured_modules_come_first_even_where_the_file_is_absent(tmp_path: Path) -> None:
    missing = tmp_path / "missing.so"
    assert candidates([str(missing)])[0] == missing


def test_a_module_under_two_names_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, alias = tmp_path / "module.so", tmp_path / "alias.so"
    real.touch()
    alias.symlink_to(real)
    monkeypatch.setattr(modules, "known", lambda _: iter((real, alias)))
    assert candidates() == (real,)
    assert candidates([str(alias)]) == (alias,)


def test_a_module_configured_twice_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, alias = tmp_path / "module.so", tmp_path / "alias.so"
    real.touch()
    alias.symlink_to(real)
    monkeypatch.setattr(modules, "known", lambda _: iter(()))
    assert candidates([str(real), str(alias), str(real)]) == (real,)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (None, "token.module_missing"),
        (b"#!/bin/sh", "token.module_no_library"),
        (b"\x7fELF\x01" + bytes(60), "token.module_bits"),
        (b"\x7fELF\x02" + bytes(60), "token.module_no_pkcs11"),
    ],
    ids=["missing", "no-library", "32-bit", "another library"],
)
def test_a_survey_says_why_a_module_cannot_be_used_without_loading_it(
    tmp_path: Path, data: bytes | None, problem: str
) -> None:
    path = tmp_path / "module.so"
    if data is not None:
        path.write_bytes(data)
    found = survey(path)
    assert (found.path, found.problem) == (str(path), problem)


def test_a_module_is_told_by_the_function_that_it_is_entered_by(tmp_path: Path) -> None:
    path = tmp_path / "module.so"
    path.write_bytes(b"\x7fELF\x02" + bytes(60) + b"\0C_Initialize\0C_GetFunctionList\0")
    assert exports_pkcs11(path)


@pytest.mark.parametrize(
    ("platform", "ending"),
    [
        ("win32", "System32/bit4xpki.dll"),
        ("win32", "System32/vnptca_p11_v8.dll"),
        ("win32", "pkcs11/opensc-pkcs11.dll"),
        ("linux", "/usr/lib/bit4id/libbit4xpki.so"),
        ("linux", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
        ("darwin", "/usr/local/lib/libeTPkcs11.dylib"),
    ],
)
def test_the_makers_modules_are_looked_for_where_they_are_installed(
    platform: str, ending: str
) -> None:
    assert any(str(path).replace("\\", "/").endswith(ending) for path in known(platform))


def test_modules_registered_with_the_system_are_found_and_its_trust_store_is_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.module").write_text("# softhsm\nmodule: /opt/maker/p11.so\npriority: 1\n")
    (tmp_path / "b.module").write_text("module: p11-kit-trust.so\ntrust-policy: yes\n")
    (tmp_path / "c.module").write_text("module: opensc-pkcs11.so\n")
    found = list(map(str, registered((str(tmp_path),))))
    assert "/opt/maker/p11.so" in found
    assert "/usr/lib/x86_64-linux-gnu/pkcs11/opensc-pkcs11.so" in found
    assert not any("trust" in path for path in found)

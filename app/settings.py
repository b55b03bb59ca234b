"""What a person or an administrator has set: one TOML file, environment variables above it, defaults below."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from platformdirs import PlatformDirs

from app.errors import AppError

DIRS = PlatformDirs("trinhky", appauthor=False)
FILE_NAME = "settings.toml"
DEFAULT_PROFILE = "bhxh-599-2018"
"""The rule profile of an office that chose none."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The program's settings; paths are absolute. `modules` are PKCS#11 modules to try first.

    `initial_image` is the mark of ký nháy; without one it is `signature_image`.
    `tsa` are time stamping authorities, the first asked first. `level` is the PAdES level that the office's signatures
    are brought to before they are sent; where None, B-T with an authority and B-B without. `rsa_scheme` is "pkcs1v15"
    or, where the token can, "pss".
    `converter` is LibreOffice's `soffice` where it is in no well-known place.
    """

    server: str | None = None
    office_ca: Path | None = None
    user: str | None = None
    modules: tuple[str, ...] = ()
    profile: str = DEFAULT_PROFILE
    profiles_folder: Path | None = None
    tsa: tuple[str, ...] = ()
    trust: tuple[Path, ...] = ()
    level: str | None = None
    rsa_scheme: str = "pkcs1v15"
    signature_image: Path | None = None
    initial_image: Path | None = None
    seal_image: Path | None = None
    converter: Path | None = None
    language: str | None = None
    data: Path = field(default_factory=lambda: Path(DIRS.user_data_dir))
    logs: Path = field(default_factory=lambda: Path(DIRS.user_log_dir))
    source: Path | None = None


ENVIRONMENT = {
    "TRINHKY_SERVER": "server",
    "TRINHKY_OFFICE_CA": "office_ca",
    "TRINHKY_USER": "user",
    "TRINHKY_MODULES": "modules",
    "TRINHKY_PROFILE": "profile",
    "TRINHKY_TSA": "tsa",
    "TRINHKY_TRUST": "trust",
    "TRINHKY_CONVERTER": "converter",
    "TRINHKY_DATA": "data",
    "TRINHKY_LANG": "language",
}
"""Variables by setting; lists are separated as PATH is. None holds a secret."""
PATHS = {
    "office_ca",
    "profiles_folder",
    "signature_image",
    "initial_image",
    "seal_image",
    "converter",
    "data",
    "logs",
}
LISTS = {"modules", "trust", "tsa"}
CHOICES = {"level": ("B-B", "B-T", "B-LT", "B-LTA"), "rsa_scheme": ("pkcs1v15", "pss")}
ONE_OR_MORE = {"tsa"}
"""Lists of addresses: one may stand without brackets; in a variable they are separated by spaces."""


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the settings file lies: `TRINHKY_SETTINGS`, else the user's configuration folder."""
    chosen = environment.get("TRINHKY_SETTINGS")
    return Path(chosen) if chosen else Path(DIRS.user_config_dir) / FILE_NAME


def machine_settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where an administrator's settings for everybody at this machine lie.

    `TRINHKY_MACHINE_SETTINGS`, else the system's configuration folder, on Windows beside the program.
    """
    chosen = environment.get("TRINHKY_MACHINE_SETTINGS")
    if chosen:
        return Path(chosen)
    # Anybody may make a folder in Windows' ProgramData, and name modules that others would load.
    windows = sys.platform == "win32"
    folder = Path(sys.executable).parent if windows else Path(DIRS.site_config_dir)
    return folder / FILE_NAME


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings: the person's above the administrator's; the modules of both, the administrator's first.

    Raises:
        AppError: `settings.broken` with the file, the key and why.
    """
    found = Settings()
    for path in (machine_settings_path(environment), settings_path(environment)):
        if path.is_file():
            above = _apply(found, _read(path), str(path), path.parent)
            own = above.modules if above.modules is not found.modules else ()
            found = replace(above, modules=(*found.modules, *own), source=path)
    values: dict[str, Any] = {}
    for variable, name in ENVIRONMENT.items():
        if text := environment.get(variable):
            values[name] = _parts(text, name) if name in LISTS else text
    return _apply(found, values, "environment", Path.cwd())


def _parts(text: str, name: str) -> list[str]:
    if name in ONE_OR_MORE:
        return text.split()
    # An empty part would be the working folder, and its certificates trust anchors.
    return [item for item in text.split(os.pathsep) if item]


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - most machines have no such file

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AppError("settings.broken", file=str(path), key="", why=str(error)) from error


def _apply(base: Settings, values: Mapping[str, Any], source: str, folder: Path) -> Settings:
    ready: dict[str, Any] = {}
    for key, value in values.items():
        if key == "source" or key not in Settings.__dataclass_fields__:
            raise AppError("settings.broken", file=source, key=key, why="unknown key")
        if key in ONE_OR_MORE and isinstance(value, str):
            value = [value]  # noqa: PLW2901 - as if it stood in brackets
        parts = value if key in LISTS and isinstance(value, list) else [value]
        if isinstance(value, list) != (key in LISTS) or not all(
            isinstance(item, str) for item in parts
        ):
            raise AppError("settings.broken", file=source, key=key, why="wrong type")
        if key in CHOICES and value not in CHOICES[key]:
            why = " | ".join(CHOICES[key])
            raise AppError("settings.broken", file=source, key=key, why=why)
        if key == "trust":
            ready[key] = tuple(folder / item for item in value)
        elif key in LISTS:
            ready[key] = tuple(value)
        else:
            ready[key] = folder / str(value) if key in PATHS else value
    return replace(base, **ready)

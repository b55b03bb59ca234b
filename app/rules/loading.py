"""Reads a rule profile: from the administrator's folder, else from those that ship."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import ValidationError

from app.errors import AppError
from app.rules.model import ID, RuleProfile

_MOST_TOLD = 5
"""Errors of one file that are told at once."""


def profile_ids(folder: Path | None = None) -> tuple[str, ...]:
    """Return the ids of the profiles that ship with the program, and of those in the administrator's folder."""
    shipped = resources.files("resources") / "rules"
    names = [item.name for item in shipped.iterdir()]
    if folder is not None and folder.is_dir():
        names += [item.name for item in folder.iterdir()]
    ids = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return tuple(sorted(item for item in ids if re.fullmatch(ID, item)))


def load_profile(profile_id: str, folder: Path | None = None) -> RuleProfile:
    """Load a profile by its id, from the administrator's folder first where one is given.

    Raises:
        AppError: `rules.unknown` (no such file), `rules.broken` with the file, the key and why.
    """
    # The server names the profile: it must not lead to another folder.
    own = folder / f"{profile_id}.toml" if folder and re.fullmatch(ID, profile_id) else None
    if own is not None and own.is_file():
        return parse_profile(_text_of(own), source=str(own))
    if profile_id not in profile_ids():
        raise AppError("rules.unknown", profile=profile_id, known=", ".join(profile_ids(folder)))
    shipped = resources.files("resources") / "rules" / f"{profile_id}.toml"
    return parse_profile(shipped.read_text(encoding="utf-8"), source=f"{profile_id}.toml")


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """A profile that may be chosen: read, or what is wrong with its file."""

    profile_id: str
    profile: RuleProfile | None = None
    error: AppError | None = None


def known_profiles(folder: Path | None = None) -> tuple[KnownProfile, ...]:
    """Read every profile that ships or lies in the administrator's folder; one that is broken hides no other."""
    return tuple(_known(profile_id, folder) for profile_id in profile_ids(folder))


def _known(profile_id: str, folder: Path | None) -> KnownProfile:
    try:
        return KnownProfile(profile_id, load_profile(profile_id, folder))
    except AppError as error:
        return KnownProfile(profile_id, error=error)


def parse_profile(text: str, *, source: str) -> RuleProfile:
    """Parse a profile.

    Raises:
        AppError: `rules.broken` with the first wrong `key`, and in `why` what is wrong with it and the next ones.
    """
    try:
        return RuleProfile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise AppError("rules.broken", file=source, key="", why=str(error)) from error
    except ValidationError as error:
        found = [(_key(item["loc"]), item["msg"]) for item in error.errors(include_url=False)]
        first, *others = found[:_MOST_TOLD]
        why = "; ".join([first[1], *(f"{key}: {message}" for key, message in others)])
        raise AppError("rules.broken", file=source, key=first[0], why=why) from error


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AppError("rules.broken", file=str(path), key="", why=str(error)) from error

"""Rule profiles: what differs between offices, read from TOML and checked by a typed model.

A new office is a new file under `resources/rules/` (or the administrator's folder), not new code.
"""

from __future__ import annotations

import re
import string
import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from app.errors import AppError
from pdf.places import CornerRule, PlacementRules
from signing.profile import VerificationProfile

_ID = r"^[a-z0-9-]+$"
_WORDS = {"agency", "number", "symbol", "date", "time"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_Part):
    """The profile's name for people."""

    vi: str
    en: str


class PersonalRule(_Part):
    """The leader's image between title and name (Decree 30/2020, Annex I, II.7 d)."""

    width_mm: float = Field(gt=5, le=120)
    height_mm: float = Field(gt=5, le=60)


class SealRule(_Part):
    """The agency's seal in its real size over a share of the leader's image (Annex I, II.8 a)."""

    diameter_mm: float = Field(ge=20, le=60)
    overlap: float = Field(ge=0, le=1)


class CornerBlock(_Part):
    """What stands in a corner of page 1.

    `lines` are templates with `{agency}`, `{number}`, `{symbol}`, `{date}`, `{time}`.
    """

    corner: Literal["top_left", "top_right"]
    width_mm: float = Field(gt=5, le=150)
    height_mm: float = Field(gt=3, le=60)
    margin_x_mm: float = Field(ge=0, le=100)
    margin_y_mm: float = Field(ge=0, le=100)
    image: bool
    lines: tuple[str, ...] = ()
    font_size_pt: float = Field(default=10.0, ge=6, le=20)

    @field_validator("lines")
    @classmethod
    def _may_be_filled(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        for line in lines:
            for _, word, _, _ in string.Formatter().parse(line):
                if word is not None and word not in _WORDS:
                    raise ValueError(f"{{{word}}} is none of {', '.join(sorted(_WORDS))}")
        return lines

    def place(self) -> CornerRule:
        """Return the part that placement needs."""
        return CornerRule(
            self.corner, self.width_mm, self.height_mm, self.margin_x_mm, self.margin_y_mm
        )


class InitialRule(_Part):
    """Ký nháy: its size."""

    width_mm: float = Field(default=12.0, gt=3, le=40)
    height_mm: float = Field(default=6.0, gt=2, le=20)


class PublishRule(_Part):
    """How a document's date is judged against the day of its signatures (seed 001)."""

    date: Literal["strict", "warn", "off"] = "warn"


class VerificationRule(_Part):
    """What the office asks of a signature beyond what the standards ask."""

    require_timestamp: bool = False
    require_revocation: bool = False
    forbid_sha1: bool = False
    allow_signing_after_certification: bool = True


class LimitRule(_Part):
    """How large a file may be; above it the document stays on paper (seed 004, Article 8.1 b)."""

    file_bytes: int = Field(gt=0)


class RuleProfile(_Part):
    """One office's rules with the legal text they rest on."""

    id: str = Field(pattern=_ID)
    title: Title
    basis: tuple[str, ...] = Field(min_length=1)
    personal: PersonalRule
    seal: SealRule
    attachment: CornerBlock
    incoming: CornerBlock
    copies: CornerBlock
    sign_incoming: bool
    initial: InitialRule
    publish: PublishRule
    limits: LimitRule
    verification: VerificationRule = VerificationRule()

    def judging(self) -> VerificationProfile:
        """Return what `signing.verification` needs of this profile."""
        return VerificationProfile(**self.verification.model_dump())

    def placement(self) -> PlacementRules:
        """Return what `pdf.placement` needs of this profile."""
        return PlacementRules(
            personal_width_mm=self.personal.width_mm,
            personal_height_mm=self.personal.height_mm,
            seal_diameter_mm=self.seal.diameter_mm,
            overlap=self.seal.overlap,
            initial_width_mm=self.initial.width_mm,
            initial_height_mm=self.initial.height_mm,
            attachment=self.attachment.place(),
            incoming=self.incoming.place(),
            copy=self.copies.place(),
        )


def profile_ids() -> tuple[str, ...]:
    """Return the ids of the profiles that ship with the program."""
    folder = resources.files("resources") / "rules"
    return tuple(
        sorted(
            item.name.removesuffix(".toml")
            for item in folder.iterdir()
            if item.name.endswith(".toml")
        )
    )


def load_profile(profile_id: str, folder: Path | None = None) -> RuleProfile:
    """Load a profile by its id, from the administrator's folder first where one is given.

    Raises:
        AppError: `rules.unknown` (no such file), `rules.broken` with the file, the key and why.
    """
    # The server names the profile: it must not lead to another folder.
    own = folder / f"{profile_id}.toml" if folder and re.fullmatch(_ID, profile_id) else None
    if own is not None and own.is_file():
        return parse_profile(_text_of(own), source=str(own))
    if profile_id not in profile_ids():
        raise AppError("rules.unknown", profile=profile_id, known=", ".join(profile_ids()))
    shipped = resources.files("resources") / "rules" / f"{profile_id}.toml"
    return parse_profile(shipped.read_text(encoding="utf-8"), source=f"{profile_id}.toml")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise AppError("rules.broken", file=str(path), key="", why=str(error)) from error


def parse_profile(text: str, *, source: str) -> RuleProfile:
    """Parse a profile.

    Raises:
        AppError: `rules.broken`.
    """
    try:
        return RuleProfile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise AppError("rules.broken", file=source, key="", why=str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise AppError("rules.broken", file=source, key=key, why=first["msg"]) from error

"""What a rule profile may say, key by key, each with the rule that it stands for."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pdf.places import CornerRule, PlacementRules
from signing.opinions import MOST_LEVELS
from signing.profile import VerificationProfile

ID = r"^[a-z0-9-]+$"
_WORDS = {"agency", "number", "symbol", "date", "time", "moment", "form"}

CopyForm = Literal["sao_y", "sao_luc", "trich_sao"]
"""Sao y, sao lục, trích sao (Decree 30/2020, Article 25)."""
Level = Literal["B-B", "B-T", "B-LT", "B-LTA"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Part):
    """A text for people, in both languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """Return the text in "vi" or "en"."""
        return self.en if language == "en" else self.vi


class TextRule(_Part):
    """The family that text is drawn in; where it is not installed, a twin with its metrics stands in."""

    font: Literal["Times New Roman"] = "Times New Roman"


class PersonalRule(_Part):
    """The leader's image between title and name (Decree 30/2020, Annex I, II.7 d).

    `lines` are templates with `{signer}`, `{date}`, `{time}`, `{moment}`, beside the image, or alone where `image` is
    false. The decree asks for none.
    """

    width_mm: float = Field(gt=5, le=120)
    height_mm: float = Field(gt=5, le=60)
    ink: Literal["blue", "any"] = "blue"
    image: bool = True
    lines: tuple[str, ...] = ()
    font_size_pt: float = Field(default=10.0, ge=6, le=20)

    @field_validator("lines")
    @classmethod
    def _may_be_filled(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        return _fillable(lines, {"signer", "date", "time", "moment"})

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        if not self.image and not self.lines:
            raise ValueError("shows neither an image nor lines")
        return self


class SealRule(_Part):
    """The agency's seal in its real size over a share of the leader's image (Annex I, II.8 a).

    `undetermined` says whether a leader's signature that cannot be judged to the end may be sealed with a reason.
    """

    diameter_mm: float = Field(ge=20, le=60)
    overlap: float = Field(ge=0, le=1)
    ink: Literal["red", "any"] = "red"
    undetermined: Literal["reason", "never"] = "reason"


class CornerBlock(_Part):
    """What stands in a corner of page 1.

    `lines` are templates with `{agency}`, `{number}`, `{symbol}`, `{date}`, `{time}`, `{moment}` (ISO 8601 as it is)
    and, on copies, `{form}`.
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
        return _fillable(lines, _WORDS)

    @model_validator(mode="after")
    def _shows_something(self) -> Self:
        if not self.image and not self.lines:
            raise ValueError("shows neither an image nor lines")
        return self

    def place(self) -> CornerRule:
        """Return the part that placement needs."""
        return CornerRule(
            self.corner, self.width_mm, self.height_mm, self.margin_x_mm, self.margin_y_mm
        )


class IncomingRule(CornerBlock):
    """Văn bản đến: whether the receiving agency signs it, and what its block shows."""

    sign: bool


class CopyRule(CornerBlock):
    """Bản sao: which forms the office makes, and what their line says (Decree 30/2020, Annex I, part II)."""

    forms: tuple[CopyForm, ...] = Field(min_length=1)


class InitialRule(_Part):
    """Ký nháy: whether electronic documents carry it, its size, and who must give it before the leader.

    `chain` names them by their office as the rules do (Lãnh đạo phòng, …), first to last.
    """

    used: bool
    chain: tuple[Annotated[str, Field(min_length=1)], ...] = Field(default=(), max_length=10)
    width_mm: float = Field(default=12.0, gt=3, le=40)
    height_mm: float = Field(default=6.0, gt=2, le=20)

    @model_validator(mode="after")
    def _chain_is_used(self) -> Self:
        if self.chain and not self.used:
            raise ValueError("asks for ký nháy that the office does not use")
        return self

    @property
    def least(self) -> int:
        """How many a document has at the least before its leader signs."""
        return len(self.chain)


class SignatureRule(_Part):
    """Which signatures an issued document carries, in the order of initials, leaders, agency.

    `exact_personal` and `exact_agency` are the numbers that seed 000 asks for; None where no number is set.
    `untrusted_chain` says what a certificate that reaches no trust anchor of this machine is worth to its signer,
    `unknown_status` what one whose status (OCSP, CRL) cannot be checked is.
    """

    exact_personal: int | None = Field(default=None, ge=1, le=10)
    exact_agency: int | None = Field(default=None, ge=1, le=10)
    untrusted_chain: Literal["warn", "forbid"] = "warn"
    unknown_status: Literal["warn", "forbid"] = "warn"


class NumberRule(_Part):
    """How số is written: with so many digits at least (Decree 30/2020, Annex I, II.3: below 10 with a leading 0)."""

    digits: int = Field(default=2, ge=1, le=5)


class DateRule(_Part):
    """How the date is written: days with so many digits at least, these months with two (Annex I, II.4)."""

    day_digits: int = Field(default=2, ge=1, le=2)
    two_digit_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = (1, 2)


class PublishRule(_Part):
    """What a document must be like before it goes out.

    `date` is how its date is judged against the day of its signatures (seed 001), `level` the PAdES baseline level
    that its signatures must have reached, `archive` the print that the paper archive gets: of the document as it is
    signed and numbered before the seal (seed 004), as it is issued (seed 001, 003), or none.
    """

    date: Literal["strict", "warn", "off"] = "warn"
    level: Level = "B-B"
    archive: Literal["numbered", "issued", "none"] = "none"


class VerificationRule(_Part):
    """What the office asks of a signature beyond what the standards ask."""

    require_timestamp: bool = False
    require_revocation: bool = False
    forbid_sha1: bool = False
    allow_signing_after_certification: bool = True


class DossierRule(_Part):
    """Hồ sơ một cửa: whether documents answer dossiers, and the guidance kept ready for an incomplete one.

    Source: seed 002, Articles 5.2 (deadlines), 9.2 c (phiếu hướng dẫn), 9.5 c (mã hồ sơ trên biên nhận).
    """

    used: bool = False
    guidance: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class LimitRule(_Part):
    """How large a file may be; above it the document stays on paper (seed 004, Article 8.1 b)."""

    file_bytes: int = Field(gt=0)


class OpinionLevel(_Part):
    """One level of a form that asks for opinions: the words of its heading on the form, without its number.

    `also` are other wordings of the heading. `titles` are how the positions (chức vụ) begin that sign at this level,
    where a form has more levels than signers. A level that is `required` cannot sign without saying something.
    """

    heading: str = Field(min_length=3)
    also: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    required: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """Every wording of the heading."""
        return (self.heading, *self.also)


class FormRule(_Part):
    """An internal form (seed 004, Annex 02): told by its kind (loại văn bản).

    `signed` says whether anybody signs it, `seal` and `number` whether the clerk seals and numbers it; without a seal
    it ends with its last signature. `opinions` are the levels that write and sign one under the other, in their order;
    without them the signature stands in the signer's block.
    """

    kinds: tuple[str, ...] = Field(min_length=1)
    signed: bool = True
    seal: bool
    number: bool
    opinions: tuple[OpinionLevel, ...] = Field(default=(), max_length=MOST_LEVELS)

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if self.number and not self.seal:
            raise ValueError("numbered but not sealed: the seal is what fills and locks the number")
        if not self.signed and (self.seal or self.opinions):
            raise ValueError("not signed, yet sealed or with opinions")
        return self

    def level_of_title(self, title: str) -> int | None:
        """Return the level, from 1, at which a position signs: the one that names the most of it."""
        wanted = _folded(title)
        found = [
            (len(start), number)
            for number, level in enumerate(self.opinions, 1)
            for start in map(_folded, level.titles)
            if wanted.startswith(start)
        ]
        return max(found)[1] if found else None


class RuleProfile(_Part):
    """One office's rules with the legal text they rest on. `notes` say in words what they do."""

    id: str = Field(pattern=ID)
    title: Words
    basis: tuple[str, ...] = Field(min_length=1)
    notes: tuple[Words, ...] = Field(min_length=1)
    text: TextRule = TextRule()
    personal: PersonalRule
    seal: SealRule
    attachment: CornerBlock
    incoming: IncomingRule
    copies: CopyRule
    initial: InitialRule
    signatures: SignatureRule = SignatureRule()
    number: NumberRule = NumberRule()
    date: DateRule = DateRule()
    publish: PublishRule
    dossier: DossierRule = DossierRule()
    limits: LimitRule
    verification: VerificationRule = VerificationRule()
    forms: tuple[FormRule, ...] = ()

    def form_of(self, kind_name: str) -> FormRule | None:
        """Return the rule of an internal form by its kind (loại văn bản), in any case and encoding."""
        wanted = _folded(kind_name)
        return next((form for form in self.forms if wanted in map(_folded, form.kinds)), None)

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


def _fillable(lines: tuple[str, ...], words: AbstractSet[str]) -> tuple[str, ...]:
    for line in lines:
        for _, word, _, _ in string.Formatter().parse(line):
            if word is not None and word not in words:
                raise ValueError(f"{{{word}}} is none of {', '.join(sorted(words))}")
    return lines


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())

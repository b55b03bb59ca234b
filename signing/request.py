"""What a signature is asked to be: immutable, engine-free, made by the office's rules and handed to `signing.pades`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from signing.terms import PadesLevel, SignatureKind

STAMP_TIMEOUT_S = 180.0
"""How long each time stamping authority is waited for: 131 s were measured in the field, and the person can go on."""

DESCENT = 0.25
"""Height of a prepared field's baseline above its lower edge, as a share of the font size."""


@dataclass(frozen=True, slots=True)
class UserBox:
    """A rectangle in PDF user space, points, origin lower left, unrotated (ISO 32000-2, 8.3.2.3)."""

    left_pt: float
    bottom_pt: float
    right_pt: float
    top_pt: float


@dataclass(frozen=True, slots=True)
class TextFieldSpec:
    """An empty text form field over a blank of the draft, added before the first signature.

    The box's lower edge as shown lies `DESCENT` of the font size below the baseline of the text around
    the blank, so that the filled text stands on the same line. A field of several lines (`is_multiline`) is filled
    from its upper edge, `leading_pt` from baseline to baseline where the form has lines of its own.
    """

    name: str
    page_index: int
    box: UserBox
    font_size_pt: float
    italic: bool = False
    is_multiline: bool = False
    leading_pt: float | None = None


@dataclass(frozen=True, slots=True)
class SignatureWidget:
    """A field and where it shows; `page_index` and `box` are None where it is invisible."""

    name: str
    page_index: int | None
    box: UserBox | None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A text to put into a field that `TextFieldSpec` prepared; without a text the field is locked empty."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A line of a signature at a place of its own: centred in `box`, with its baseline as in a `TextFieldSpec`.

    `name` is the prepared field that it stands for. `box` is in user space, measured from the lower left corner of the
    signature's own box.
    """

    name: str
    text: str
    box: UserBox
    font_size_pt: float
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """What the signature shows: an image (PNG with transparency), lines of text, or both (image left of the text).

    Where both are empty the signature is invisible. `font_size_pt` is in the page's own units: a page may count in
    larger ones than points (ISO 32000-2, 14.11.2). `placed` stands alone: such a signature draws these texts and
    nothing else, so that it may lie over words (`signing.drawn_text`).
    """

    image: Path | None = None
    lines: tuple[str, ...] = ()
    font_size_pt: float = 10.0
    is_right_aligned: bool = False
    placed: tuple[PlacedText, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    """One signature on one file.

    Invariants: the file handed to the signer has the SHA-256 `base_sha256`; `fill` happens in the same
    incremental update as the signature, which locks exactly these fields (FieldMDP Include);
    `prepare` happens only on a file without any signature. `signing_time` is what the signature claims (/M), the
    moment of signing where None; the text of the appearance may say it too. `tsa_urls` are asked in this order for a
    time stamp where `level` is above B-B. `rsa_pss` asks for RSASSA-PSS in place of RSASSA-PKCS1-v1_5.
    """

    kind: SignatureKind
    base_sha256: str
    certificate_sha256: str
    page_index: int | None = None
    box: UserBox | None = None
    appearance: Appearance = field(default_factory=Appearance)
    prepare: tuple[TextFieldSpec, ...] = ()
    fill: tuple[FieldValue, ...] = ()
    level: PadesLevel = PadesLevel.B_B
    tsa_urls: tuple[str, ...] = ()
    digest: str = "sha256"
    rsa_pss: bool = False
    signer_name: str | None = None
    reason: str | None = None
    signing_time: datetime | None = None

    @property
    def shown_values(self) -> tuple[FieldValue, ...]:
        """What the signature shows of number and date: filled in, or drawn by itself."""
        drawn = (FieldValue(item.name, item.text) for item in self.appearance.placed)
        return (*self.fill, *drawn)


@dataclass(frozen=True, slots=True)
class DrawnText:
    """Where a signature that draws text and nothing else blackens its page: a box in user space for each glyph."""

    field: str
    glyphs: tuple[UserBox, ...]


@dataclass(frozen=True, slots=True)
class StampTry:
    """What one time stamping authority did, by message code: `timestamp.stamped`, or why there is no stamp of it."""

    url: str
    code: str


@dataclass(frozen=True, slots=True)
class SignedFile:
    """The outcome of one signature: where it lies, its SHA-256, the level reached and what was let go."""

    path: Path
    sha256: str
    field_name: str
    level: PadesLevel
    notes: tuple[str, ...] = ()
    stamp_tries: tuple[StampTry, ...] = ()

"""The field's enumerations, each with its clause, and the names of signature fields. Imports no engine."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from itertools import chain, count


class SignatureKind(StrEnum):
    """What a signature stands for on the page; told by whoever asks for it, guessed when reading."""

    PERSONAL = (
        "personal"  # the authorised person's blue signature (Decree 30/2020, Annex I, II.7 d)
    )
    INITIAL = "initial"  # ký nháy
    SEAL = "seal"  # the agency's red seal (Decree 30/2020, Annex I, II.8 a)
    ATTACHMENT = "attachment"  # the agency's signature on a separate attachment
    INCOMING = "incoming"  # the receiving agency's signature
    COPY = "copy"  # sao y, sao lục, trích sao
    NUMBER = "number"  # number and date shown in a signature of their own
    DOCUMENT_TIMESTAMP = "document_timestamp"  # ISO 32000-2, 12.8.5
    UNKNOWN = "unknown"


class PadesLevel(StrEnum):
    """Baseline levels of ETSI EN 319 142-1, clause 6."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


class Indication(StrEnum):
    """Main status indication of ETSI EN 319 102-1, clause 5.1.3."""

    TOTAL_PASSED = "TOTAL_PASSED"
    TOTAL_FAILED = "TOTAL_FAILED"
    INDETERMINATE = "INDETERMINATE"


class Verdict(StrEnum):
    """Three states for a signature or a section; two more for a whole file."""

    VALID = "valid"
    UNDETERMINED = "undetermined"
    INVALID = "invalid"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


WORST_FIRST: tuple[Verdict, ...] = (
    Verdict.INVALID,
    Verdict.UNREADABLE,
    Verdict.UNDETERMINED,
    Verdict.UNSIGNED,
    Verdict.VALID,
)


class Coverage(StrEnum):
    """How much of the file a signature's ByteRange covers."""

    ENTIRE_FILE = "entire_file"
    ENTIRE_REVISION = "entire_revision"
    PARTIAL = "partial"


class ChangeKind(StrEnum):
    """What a later revision did."""

    SIGNATURE_ADDED = "signature_added"
    FORM_FILLED = "form_filled"
    ANNOTATION = "annotation"
    PAGE_CONTENT = "page_content"
    OTHER = "other"
    VALIDATION_DATA = "validation_data"


class PinState(StrEnum):
    """What the token's flags say of the user PIN (PKCS#11 v2.40, CKF_USER_PIN_*)."""

    OK = "ok"
    LOW = "low"
    FINAL = "final"
    LOCKED = "locked"
    UNKNOWN = "unknown"


FIELD_STEMS: dict[SignatureKind, str] = {
    SignatureKind.PERSONAL: "LanhDao",
    SignatureKind.INITIAL: "KyNhay",
    SignatureKind.SEAL: "ConDau",
    SignatureKind.ATTACHMENT: "VanBanKemTheo",
    SignatureKind.INCOMING: "VanBanDen",
    SignatureKind.COPY: "SaoY",
    SignatureKind.NUMBER: "SoVanBan",
    SignatureKind.DOCUMENT_TIMESTAMP: "DauThoiGian",
}
"""Stem of the signature field's name by kind; `LanhDao`, `LanhDao_2`, … in the file."""


OF_A_PERSON = (SignatureKind.PERSONAL, SignatureKind.INITIAL)
"""Kinds that a person makes with their own key."""
OF_THE_AGENCY_ALONE = (SignatureKind.ATTACHMENT, SignatureKind.INCOMING, SignatureKind.COPY)
"""Kinds that stand for the agency with no leader beside it: corner marks, never made with a person's certificate."""


def free_field_name(stem: str, taken: Collection[str]) -> str:
    """Return `stem`, or `stem_2`, `stem_3`, … where a field has that name already."""
    names = chain((stem,), (f"{stem}_{number}" for number in count(2)))
    return next(name for name in names if name not in taken)


def kind_of_field(name: str) -> SignatureKind:
    """Read the kind back from a signature field's name: a hint for people, never a ground for trust."""
    stem = name.split("_", 1)[0]
    return next(
        (kind for kind, known in FIELD_STEMS.items() if known == stem), SignatureKind.UNKNOWN
    )

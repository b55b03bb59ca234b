"""What signing needs to know of a file before a PIN is asked for: frozen, engine-free."""

from __future__ import annotations

from dataclasses import dataclass

from signing.errors import SigningError
from signing.opinions import OPINION_NAMES, OpinionField
from signing.request import SignatureRequest, SignatureWidget
from signing.terms import SignatureKind

__all__ = ["FileFacts", "SignatureWidget", "check_request", "refuse_unsignable"]

PREPARED_NAMES = ("VT_SO", "VT_NGAY", "VT_THANG", "VT_NAM")
"""The text fields that `signing.prepare` adds (VT: văn thư): number, day, month, year."""
PREPARED_KEYS = frozenset(
    (
        "/Type",
        "/Subtype",
        "/FT",
        "/T",
        "/TU",
        "/F",
        "/Ff",
        "/Q",
        "/DA",
        "/Rect",
        "/P",
        "/AP",
        "/MK",
        "/V",
    )
)
"""What such a field's dictionary may hold; an action or a second look is not among it."""
ALLOWED_DIGESTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class FieldLock:
    """What a signature, or an empty signature field once it is signed, locks (FieldMDP; ISO 32000-2, 12.8.2.4).

    `action` is "all", "include" or "exclude" with the `fields` named, or "unreadable", which locks everything.
    `permission` is the DocMDP P that it sets for the whole document, None where it sets none.
    """

    signature: str
    action: str
    fields: tuple[str, ...] = ()
    permission: int | None = None

    def locks(self, name: str) -> bool:
        """Say whether a field may not be filled any more; a lock on a parent holds for what is below it."""
        return self.action == "unreadable" or self.names(name)

    def names(self, name: str) -> bool:
        """Say whether a field is locked by a lock that can be read."""
        named = any(name == item or name.startswith(f"{item}.") for item in self.fields)
        return {"all": True, "include": named, "exclude": not named}.get(self.action, False)


@dataclass(frozen=True, slots=True)
class EmptySignatureField:
    """A signature field that waits to be signed: where it lies, what it asks for (/SV, by key), what it would lock."""

    widget: SignatureWidget
    seeds: tuple[str, ...] = ()
    lock: FieldLock | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What signing needs to know of a file.

    `certified` is the P of a certification's DocMDP (1, 2, 3), None where the file is not certified.
    `open_fields` are prepared fields of number and date that are still empty, `open_widgets` where they lie,
    `filled_fields` and `filled_widgets` likewise those that hold a text, `opinions` the prepared fields for opinions,
    `own_fields` form fields that are neither signatures nor ours. `locks` are those of the signatures.
    `may_be_signed` is False where an encrypted file forbids it to those who open it without a password,
    `faults` what of its structure no signature can be put on soundly.
    """

    sha256: str
    pages: int
    signatures: tuple[SignatureWidget, ...]
    empty_signature_fields: tuple[str, ...]
    certified: int | None
    open_fields: tuple[str, ...]
    filled_fields: tuple[str, ...]
    own_fields: tuple[str, ...]
    open_widgets: tuple[SignatureWidget, ...] = ()
    filled_widgets: tuple[SignatureWidget, ...] = ()
    opinions: tuple[OpinionField, ...] = ()
    may_be_signed: bool = True
    faults: tuple[str, ...] = ()
    empty_widgets: tuple[EmptySignatureField, ...] = ()
    locks: tuple[FieldLock, ...] = ()

    def locked_by(self, name: str) -> str | None:
        """Return the signature field that locks a form field; None where none does."""
        return next((item.signature for item in self.locks if item.locks(name)), None)

    @property
    def signed(self) -> bool:
        """Whether the file holds any signature."""
        return bool(self.signatures)


def refuse_unsignable(found: FileFacts) -> None:
    """Refuse what no further signature can be put on soundly.

    Raises:
        SigningError: `sign.damaged`, `sign.not_permitted` (ISO 32000-2, table 22), `sign.certified_no_changes`
            (DocMDP P = 1, ISO 32000-2, 12.8.2.2), `sign.own_form_fields` (they could be refilled after the signature).
    """
    if found.faults:
        raise SigningError("sign.damaged", detail=", ".join(found.faults))
    if not found.may_be_signed:
        raise SigningError("sign.not_permitted")
    if found.certified == 1 or any(item.permission == 1 for item in found.locks):
        raise SigningError("sign.certified_no_changes")
    # Nobody fills a prepared field before the first signature: one that is filled is the draft's own under our name.
    given = (item.name for item in found.opinions if item.is_filled)
    refillable = (*found.own_fields, *found.filled_fields, *given)
    if refillable and not found.signed:
        raise SigningError("sign.own_form_fields", count=len(refillable))


def check_request(found: FileFacts, request: SignatureRequest) -> None:
    """Say what cannot work before any PIN is asked for.

    Raises:
        SigningError: `sign.not_what_was_shown`, `sign.certified_no_changes`, `sign.own_form_fields`,
            `prepare.already_signed`, `prepare.field_missing`, `prepare.field_filled`, `prepare.field_locked`,
            `prepare.one_opinion`, `sign.no_such_page`, `sign.weak_digest`.
    """
    if found.sha256 != request.base_sha256:
        raise SigningError("sign.not_what_was_shown")
    refuse_unsignable(found)
    if request.digest not in ALLOWED_DIGESTS:
        raise SigningError("sign.weak_digest", digest=request.digest)
    if request.prepare and found.signed:
        raise SigningError("prepare.already_signed")
    if request.page_index is not None and not 0 <= request.page_index < found.pages:
        raise SigningError("sign.no_such_page", page=request.page_index + 1)
    _check_fill(found, request)


def _check_fill(found: FileFacts, request: SignatureRequest) -> None:
    closed = {item.name for item in found.opinions if item.is_filled or item.locked_by}
    there = {item.name for item in found.opinions} | {spec.name for spec in request.prepare}
    for value in request.fill:
        if value.name in found.filled_fields or value.name in closed:
            raise SigningError("prepare.field_filled", field=value.name)
        signature = found.locked_by(value.name)
        if signature is not None:
            raise SigningError("prepare.field_locked", field=value.name, signature=signature)
        if value.name not in found.open_fields and value.name not in there:
            raise SigningError("prepare.field_missing", field=value.name)
    opinions = [value for value in request.fill if value.name in OPINION_NAMES]
    given = [value for value in opinions if value.text]
    if len(given) > 1 or (given and request.kind is not SignatureKind.PERSONAL):
        raise SigningError("prepare.one_opinion")

"""Drafts, a key in software and a PKCS#11 module made of paper, for the tests of signing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, TokenFlag
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.opening import file_sha256
from signing.pades import sign_file
from signing.request import (
    Appearance,
    FieldValue,
    SignatureRequest,
    SignedFile,
    TextFieldSpec,
    UserBox,
)
from signing.terms import SignatureKind
from signing.token.driver import Driver
from tests.unit.signing.verification_world import NAME, Person, draft, leader, root, update

BOX = UserBox(300.0, 100.0, 427.6, 162.4)
NUMBER = TextFieldSpec("VT_SO", 0, UserBox(100.0, 700.0, 150.0, 716.0), 13.0)
DAY = TextFieldSpec("VT_NGAY", 0, UserBox(320.0, 700.0, 345.0, 716.0), 13.5, italic=True)
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


@dataclass
class SoftKey:
    """A `KeyHolder` whose key lies in memory; counts its signatures."""

    person: Person
    chain: tuple[x509.Certificate, ...] = ()
    count: int = 0

    @property
    def certificate(self) -> x509.Certificate:
        return self.person.certificate

    @certificate.setter
    def certificate(self, _: x509.Certificate) -> None:
        raise AttributeError

    def sign(self, data: bytes, digest: str) -> bytes:
        self.count += 1
        return raw_signature(self.person, data, digest)

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        self.count += 1
        assert isinstance(self.person.key, rsa.RSAPrivateKey)
        hashed = HASHES[digest]
        return self.person.key.sign(data, padding.PSS(padding.MGF1(hashed), salt_bytes), hashed)


def raw_signature(person: Person, data: bytes, digest: str) -> bytes:
    if isinstance(person.key, rsa.RSAPrivateKey):
        return person.key.sign(data, padding.PKCS1v15(), HASHES[digest])
    return person.key.sign(data, ec.ECDSA(HASHES[digest]))


def leaders_key() -> SoftKey:
    return SoftKey(leader(), (root().certificate,))


def blank(folder: Path, name: str = "draft.pdf", edit: Any = None) -> Path:
    """One page without any form; `edit` changes it in an update of its own."""
    path = folder / name
    data = draft(number_field=False)
    path.write_bytes(update(data, edit) if edit else data)
    return path


def turned(rotation_deg: int) -> Any:
    """An edit: the page is shown turned, by an entry that it inherits."""

    def edit(writer: Any) -> None:
        writer.root["/Pages"][NAME("/Rotate")] = generic.NumberObject(rotation_deg)
        writer.update_container(writer.root["/Pages"])

    return edit


def own_field(name: str, value: str) -> Any:
    """An edit: a text field that the draft brings along."""

    def edit(writer: Any) -> None:
        page_reference = writer.root["/Pages"]["/Kids"].raw_get(0)
        page = page_reference.get_object()
        item = writer.add_object(
            generic.DictionaryObject(
                {
                    NAME("/Type"): NAME("/Annot"),
                    NAME("/Subtype"): NAME("/Widget"),
                    NAME("/FT"): NAME("/Tx"),
                    NAME("/T"): generic.pdf_string(name),
                    NAME("/V"): generic.pdf_string(value),
                    NAME("/DA"): generic.pdf_string("/F1 12 Tf 0 g"),
                    NAME("/Rect"): generic.ArrayObject(
                        map(generic.NumberObject, (100, 500, 300, 515))
                    ),
                    NAME("/P"): page_reference,
                }
            )
        )
        form = generic.DictionaryObject({NAME("/Fields"): generic.ArrayObject([item])})
        writer.root[NAME("/AcroForm")] = writer.add_object(form)
        writer.update_root()
        page[NAME("/Annots")] = generic.ArrayObject([item])
        writer.update_container(page)

    return edit


def request(base: Path, **wanted: Any) -> SignatureRequest:
    """A personal signature on the file as it is; anything else as wanted."""
    given: dict[str, Any] = {
        "kind": SignatureKind.PERSONAL,
        "base_sha256": file_sha256(base),
        "certificate_sha256": "0" * 64,
    }
    return SignatureRequest(**(given | wanted))


def signed(base: Path, name: str = "signed.pdf", **wanted: Any) -> SignedFile:
    return sign_file(base, base.with_name(name), request(base, **wanted), leaders_key())


def shown(image: Path | None = None, *lines: str, box: UserBox = BOX) -> dict[str, Any]:
    """What a request needs to show something on the first page."""
    return {"page_index": 0, "box": box, "appearance": Appearance(image, lines)}


def numbered(base: Path, **texts: str) -> SignedFile:
    """Seal a file and fill prepared fields in one update."""
    fill = tuple(FieldValue(name, text) for name, text in texts.items())
    return signed(base, "sealed.pdf", kind=SignatureKind.SEAL, fill=fill, **shown(None, "Dấu"))


def structure(path: Path) -> Any:
    """The file's objects as pyHanko reads them."""
    return PdfFileReader(BytesIO(path.read_bytes()), strict=False)


@dataclass
class PaperObject:
    """A certificate or a private key on a token."""

    values: dict[Attribute, Any]
    person: Person | None = None
    pins: list[str] = field(default_factory=list)
    key_type: KeyType = KeyType.RSA

    def __getitem__(self, key: Attribute) -> Any:
        return self.values[key]

    def get_attributes(self, keys: list[Attribute]) -> dict[Attribute, Any]:
        return {key: self.values[key] for key in keys if key in self.values}

    def sign(
        self,
        data: bytes,
        mechanism: Mechanism,
        mechanism_param: object = None,
        pin: str | None = None,
    ) -> bytes:
        assert self.person is not None
        assert mechanism_param is None
        if pin is not None:
            self.pins.append(pin)
        digest = next(name for name in HASHES if name.upper() in mechanism.name)
        return raw_signature(self.person, data, digest)


@dataclass
class PaperSession:
    token: PaperToken
    closed: bool = False

    def get_objects(self, template: dict[Attribute, Any]) -> Iterator[PaperObject]:
        for item in self.token.objects:
            if all(item.values.get(key) == value for key, value in template.items()):
                yield item

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> PaperSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class PaperToken:
    """A token in a slot of its own; without `key` it holds the certificate alone.

    `pins` are those that were tried on it.
    """

    certificate: Person
    key: Person | None
    flags: TokenFlag = TokenFlag.TOKEN_INITIALIZED | TokenFlag.USER_PIN_INITIALIZED
    always_authenticate: bool = False
    refuse: Exception | None = None
    label: str = "Lê Văn C"
    serial: bytes = b"0123456789abcdef"
    manufacturer_id: str = "giấy"
    model: str = "A4"
    slot_id: int = 7
    pins: list[str] = field(default_factory=list)
    sessions: list[PaperSession] = field(default_factory=list)

    @property
    def objects(self) -> list[PaperObject]:
        identity = {Attribute.ID: b"\x01"}
        certificate = {
            Attribute.CLASS: ObjectClass.CERTIFICATE,
            Attribute.VALUE: self.certificate.der,
        }
        key = {
            Attribute.CLASS: ObjectClass.PRIVATE_KEY,
            Attribute.ALWAYS_AUTHENTICATE: self.always_authenticate,
        }
        found = [PaperObject(identity | certificate)]
        return [*found, PaperObject(identity | key, self.key, self.pins)] if self.key else found

    @property
    def slot(self) -> PaperToken:
        return self

    def get_token(self) -> PaperToken:
        return self

    def get_mechanisms(self) -> set[Mechanism]:
        return {Mechanism.SHA256_RSA_PKCS, Mechanism.SHA384_RSA_PKCS, Mechanism.SHA512_RSA_PKCS}

    def open(self, user_pin: str | None = None) -> PaperSession:
        if user_pin is not None:
            self.pins.append(user_pin)
            if self.refuse is not None:
                raise self.refuse
        self.sessions.append(PaperSession(self))
        return self.sessions[-1]


@dataclass
class PaperModule:
    """A PKCS#11 module; `broken` is what it raises once it was initialised again."""

    tokens: list[PaperToken]
    broken: Exception | None = None
    renewed: int = 0

    def get_slots(self, *, token_present: bool = False) -> list[PaperToken]:
        assert token_present
        if self.renewed and self.broken is not None:
            raise self.broken
        return self.tokens

    def reinitialize(self) -> None:
        self.renewed += 1


def driver_of(*tokens: PaperToken, broken: Exception | None = None) -> Driver:
    """A driver whose module is made of paper; nothing is loaded."""
    driver = Driver.__new__(Driver)
    driver.path = Path("paper.so")
    driver._lib = PaperModule(list(tokens), broken)
    return driver


NOT_RECOGNISED = pkcs11.exceptions.TokenNotRecognised

"""A small certification authority and the files it signs, for the tests of verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.report import FileReport
from signing.trust import TrustAnchors
from signing.verification import verify_file

NAME = generic.pdf_name
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Person:
    certificate: cx.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> Any:
        return x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> Any:
        der = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return keys.PrivateKeyInfo.load(der)


@lru_cache
def root() -> Person:
    return _issue("Tổ chức chứng thực thử nghiệm", None)


@lru_cache
def stranger_root() -> Person:
    return _issue("Tổ chức chứng thực lạ", None)


@lru_cache
def leader() -> Person:
    return _issue("Nguyễn Văn A", root())


@lru_cache
def agency() -> Person:
    return _issue("VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", root())


@lru_cache
def expired() -> Person:
    return _issue("Trần Thị B", root(), until=NOW - timedelta(days=30))


@lru_cache
def rsa_signer() -> Person:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return _issue("Lê Văn C", root(), key=key)


@lru_cache
def authority() -> Person:
    # pyHanko's test time server signs with RSA only.
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return _issue("Máy chủ dấu thời gian", root(), timestamping=True, key=key)


def _issue(
    name: str,
    issuer: Person | None,
    *,
    until: datetime = NOW + timedelta(days=700),
    timestamping: bool = False,
    key: Key | None = None,
) -> Person:
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = cx.Name(
        [
            cx.NameAttribute(NameOID.COMMON_NAME, name),
            cx.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND tỉnh"),
        ]
    )
    is_ca = issuer is None
    builder = (
        cx.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(cx.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(until)
        .add_extension(cx.BasicConstraints(ca=is_ca, path_length=None), critical=True)
        .add_extension(_usage(is_ca=is_ca), critical=True)
    )
    if timestamping:
        usage = cx.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return Person(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def _usage(*, is_ca: bool) -> cx.KeyUsage:
    return cx.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=not is_ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )


def revocation_list(*revoked: Person, at: datetime = NOW - timedelta(days=1)) -> bytes:
    """A CRL of the root as DER, current at `NOW`."""
    issuer = root()
    builder = (
        cx.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(NOW - timedelta(hours=1))
        .next_update(NOW + timedelta(days=7))
    )
    for person in revoked:
        builder = builder.add_revoked_certificate(
            cx.RevokedCertificateBuilder()
            .serial_number(person.certificate.serial_number)
            .revocation_date(at)
            .build()
        )
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def trust(*crls: bytes) -> TrustAnchors:
    return TrustAnchors(anchors=(root().der,), crls=crls)


@lru_cache
def draft(*, number_field: bool = True) -> bytes:
    """One page of text with, as `prepare` leaves it, an empty text field for the number."""
    writer = PdfFileWriter(stream_xrefs=False)
    font = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Font"),
            NAME("/Subtype"): NAME("/Type1"),
            NAME("/BaseFont"): NAME("/Helvetica"),
        }
    )
    resources = generic.DictionaryObject(
        {NAME("/Font"): generic.DictionaryObject({NAME("/F1"): writer.add_object(font)})}
    )
    content = generic.StreamObject(stream_data=b"BT /F1 12 Tf 72 700 Td (Quyet dinh) Tj ET")
    page = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Page"),
            NAME("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
            NAME("/Contents"): writer.add_object(content),
            NAME("/Resources"): writer.add_object(resources),
        }
    )
    page_ref = writer.insert_page(page)
    if number_field:
        field = writer.add_object(_text_field("SoVanBan", page_ref, appearance(writer, b"")))
        page[NAME("/Annots")] = generic.ArrayObject([field])
        form = generic.DictionaryObject({NAME("/Fields"): generic.ArrayObject([field])})
        writer.root[NAME("/AcroForm")] = writer.add_object(form)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _text_field(name: str, page: Any, look: Any) -> Any:
    return generic.DictionaryObject(
        {
            NAME("/FT"): NAME("/Tx"),
            NAME("/T"): generic.pdf_string(name),
            NAME("/V"): generic.pdf_string(""),
            NAME("/Type"): NAME("/Annot"),
            NAME("/Subtype"): NAME("/Widget"),
            NAME("/F"): generic.NumberObject(4),
            NAME("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 750, 160, 765))),
            NAME("/P"): page,
            NAME("/AP"): generic.DictionaryObject({NAME("/N"): look}),
        }
    )


def appearance(writer: Any, text: bytes) -> Any:
    stream = generic.StreamObject(
        {
            NAME("/Type"): NAME("/XObject"),
            NAME("/Subtype"): NAME("/Form"),
            NAME("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 60, 15))),
        },
        stream_data=b"/Tx BMC BT (" + text + b") Tj ET EMC",
    )
    return writer.add_object(stream)


def sign(
    data: bytes,
    field: str,
    who: Person | None = None,
    *,
    at: datetime | None = None,
    certify: fields.MDPPerm | None = None,
    lock: tuple[str, ...] = (),
    digest: str = "sha256",
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
    edit: Any = None,
    box: tuple[int, int, int, int] = (300, 100, 400, 150),
) -> bytes:
    """Sign in one incremental update; `edit` changes the writer first, `at` is the time stamp's time."""
    who = who or leader()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    if edit:
        edit(writer)
    mdp = fields.FieldMDPSpec(fields.FieldMDPAction.INCLUDE, fields=list(lock)) if lock else None
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=subfilter,
        certify=certify is not None,
        docmdp_permissions=certify or fields.MDPPerm.FILL_FORMS,
    )
    out = BytesIO()
    signers.PdfSigner(
        metadata,
        signer=_simple_signer(who),
        timestamper=_timestamper(at) if at else None,
        new_field_spec=fields.SigFieldSpec(field, box=box, field_mdp_spec=mdp),
    ).sign_pdf(writer, output=out)
    return out.getvalue()


def add_document_timestamp(data: bytes, at: datetime) -> bytes:
    out = BytesIO()
    signers.PdfTimeStamper(_timestamper(at)).timestamp_pdf(
        IncrementalPdfFileWriter(BytesIO(data)), "sha256", output=out
    )
    return out.getvalue()


def _simple_signer(who: Person) -> signers.SimpleSigner:
    return signers.SimpleSigner(
        signing_cert=who.asn1,
        signing_key=who.asn1_key,
        cert_registry=SimpleCertificateStore(),
        embed_roots=False,
    )


def _timestamper(at: datetime) -> DummyTimeStamper:
    return DummyTimeStamper(
        tsa_cert=authority().asn1,
        tsa_key=authority().asn1_key,
        certs_to_embed=SimpleCertificateStore(),
        fixed_dt=at,
    )


def update(data: bytes, edit: Any) -> bytes:
    """One incremental update by a stranger's hand."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    edit(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def fill(value: str) -> Any:
    """An edit: type a value into the number field, appearance included."""

    def edit(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[NAME("/V")] = generic.pdf_string(value)
        field[NAME("/AP")] = generic.DictionaryObject(
            {NAME("/N"): appearance(writer, value.encode())}
        )
        writer.update_container(field)

    return edit


def judge(
    folder: Path,
    data: bytes,
    anchors: TrustAnchors | None = None,
    *,
    at: datetime = NOW,
    **options: Any,
) -> FileReport:
    path = folder / "van-ban.pdf"
    path.write_bytes(data)
    return verify_file(path, trust() if anchors is None else anchors, at=at, **options)

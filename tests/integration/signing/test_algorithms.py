"""Facts about keys, digests and paddings: real keys on SoftHSM tokens, each judged by four judges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.demo.people import LEADER, Holder
from app.demo.tokens import DemoToken, provision_tokens, softhsm_environment
from app.errors import AppError
from app.workers.token import TokenProcess
from signing.errors import SigningError
from signing.request import SignedFile
from signing.terms import Verdict
from signing.token.pin import Pin
from signing.token.records import CertificateInfo
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.signing.office import SigningOffice, asked, told

KEYS = ("rsa2048", "rsa3072", "rsa4096", "p256", "p384")
SCHEMES = [
    *((key, digest, False) for key in KEYS for digest in ("sha256", "sha384", "sha512")),
    *((key, digest, True) for key in KEYS[:3] for digest in ("sha256", "sha384", "sha512")),
]


@dataclass(frozen=True)
class KeyRing:
    """One token for each kind of key, all open."""

    process: TokenProcess
    tokens: dict[str, DemoToken]
    certificates: dict[str, CertificateInfo]


@pytest.fixture(scope="module")
def ring(
    signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KeyRing]:
    folder = tmp_path_factory.mktemp("algorithms")
    holders = tuple(
        Holder(
            key, f"{LEADER.common_name} {key}", LEADER.organization, LEADER.title, key, "1234", key
        )
        for key in KEYS
    )
    tokens = {item.holder: item for item in provision_tokens(folder, signing_office.pki, holders)}
    with TokenProcess((signing_office.module,), softhsm_environment(folder)) as process:
        listed = {
            item.sha256: item
            for module in process.survey()
            for token in module.tokens
            for item in token.certificates
        }
        for token in tokens.values():
            process.login(
                signing_office.module, token.serial, token.certificate_sha256, Pin(token.user_pin)
            )
        certificates = {key: listed[item.certificate_sha256] for key, item in tokens.items()}
        yield KeyRing(process, tokens, certificates)


def _signed(ring: KeyRing, office: SigningOffice, out: Path, key: str, **wanted: Any) -> SignedFile:
    request = asked(office.draft, ring.tokens[key], **wanted)
    return ring.process.sign(office.draft, out, request)


def _judged_by_openssl(path: Path, office: SigningOffice, folder: Path) -> str:
    (signature,) = PdfFileReader(BytesIO(path.read_bytes())).embedded_signatures
    data = path.read_bytes()
    start, first, second, length = (int(number) for number in signature.byte_range)
    (folder / "content").write_bytes(data[start:first] + data[second : second + length])
    (folder / "cms").write_bytes(bytes(signature.signer_info and signature.pkcs7_content))
    chain = b"".join(item.public_bytes(Encoding.PEM) for item in office.pki.chain)
    (folder / "chain").write_bytes(chain)
    return told(
        *("openssl", "cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER"),
        *("-in", folder / "cms", "-content", folder / "content", "-CAfile", folder / "chain"),
        *("-out", folder / "verified"),
    )


def _judged_by_pyhanko(path: Path, root: x509.Certificate, chain: TrustAnchors) -> Any:
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(root.public_bytes(Encoding.DER))],
        other_certs=[asn1.Certificate.load(der) for der in chain.intermediates],
    )
    with path.open("rb") as stream:
        (signature,) = PdfFileReader(stream, strict=False).embedded_signatures
        return validate_pdf_signature(signature, context)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: "-".join(map(str, scheme)))
def test_every_judge_finds_the_signature_good(
    ring: KeyRing,
    signing_office: SigningOffice,
    anchors: TrustAnchors,
    tmp_path: Path,
    scheme: tuple[str, str, bool],
) -> None:
    key, digest, pss = scheme
    file = _signed(ring, signing_office, tmp_path / "s.pdf", key, digest=digest, rsa_pss=pss)
    report = verify_file(file.path, anchors)
    (signature,) = report.signatures
    algorithm = "rsassa_pss" if pss else "rsassa_pkcs1v15" if key.startswith("rsa") else "ecdsa"
    assert (report.verdict, signature.authentication.trusted) == (Verdict.VALID, True)
    assert (signature.signature_info.algorithm, signature.signature_info.digest) == (
        algorithm,
        digest,
    )
    assert _judged_by_pyhanko(file.path, signing_office.pki.root.certificate, anchors).bottom_line
    assert "Signature is Valid." in told("pdfsig", "-nocert", file.path)
    assert "successful" in _judged_by_openssl(file.path, signing_office, tmp_path)
    told("qpdf", "--check", file.path)


def test_the_digest_fits_the_curve_unless_another_is_asked_for(ring: KeyRing) -> None:
    digests = {key: item.digest for key, item in ring.certificates.items()}
    assert digests == {**dict.fromkeys(KEYS, "sha256"), "p384": "sha384"}


def test_rsa_keys_on_a_token_that_lists_it_can_pss(ring: KeyRing) -> None:
    assert [key for key, item in ring.certificates.items() if item.can_pss] == list(KEYS[:3])


def test_a_key_on_a_curve_signs_no_pss(
    ring: KeyRing, signing_office: SigningOffice, tmp_path: Path
) -> None:
    out = tmp_path / "s.pdf"
    with pytest.raises(SigningError, match=r"token\.no_pss"):
        _signed(ring, signing_office, out, "p256", rsa_pss=True)
    assert not out.exists()


@pytest.mark.parametrize("digest", ["sha1", "md5", "sha224", ""])
def test_a_weak_digest_is_refused(
    ring: KeyRing, signing_office: SigningOffice, tmp_path: Path, digest: str
) -> None:
    with pytest.raises((SigningError, AppError), match=r"sign\.weak_digest"):
        _signed(ring, signing_office, tmp_path / "s.pdf", "rsa2048", digest=digest)

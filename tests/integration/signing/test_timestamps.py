"""Facts about time-stamp authorities that answer well, wrongly, late or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from app.demo.authority import authority_app
from app.demo.certificates import Identity
from app.demo.people import LEADER
from app.demo.serving import claim_port, serve
from app.demo.timestamping import TsaFault
from signing import pades
from signing.opening import file_sha256
from signing.pades import sign_file
from signing.report import FileReport
from signing.request import SignatureRequest, SignedFile
from signing.terms import PadesLevel, SignatureKind, Verdict
from signing.timestamp import OptionalTimestamp
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.signing.office import SigningOffice, told
from tests.unit.signing.signing_world import SoftKey
from tests.unit.signing.verification_world import Person

Signed = tuple[SignedFile, FileReport]
SignWith = Callable[[str], Signed]


@pytest.fixture(scope="module")
def signer(signing_office: SigningOffice) -> Identity:
    return signing_office.pki.issue_with_key(LEADER)


@pytest.fixture
def sign_with(
    signing_office: SigningOffice, signer: Identity, anchors: TrustAnchors, tmp_path: Path
) -> SignWith:
    """Sign the letter with a time stamp from an address, and judge what came out."""

    def sign(url: str) -> Signed:
        key = SoftKey(Person(signer.certificate, signer.key), signing_office.pki.chain)
        wish = SignatureRequest(
            SignatureKind.PERSONAL,
            file_sha256(signing_office.draft),
            "0" * 64,
            level=PadesLevel.B_T,
            tsa_url=url,
        )
        file = sign_file(signing_office.draft, tmp_path / "signed.pdf", wish, key)
        return file, verify_file(file.path, anchors)

    return sign


def _stands_without(signed: Signed) -> None:
    file, report = signed
    assert (file.level, file.notes) == (PadesLevel.B_B, ("timestamp.unreachable",))
    assert report.verdict is Verdict.VALID
    (signature,) = report.signatures
    assert signature.signature_info.level is PadesLevel.B_B
    assert signature.timestamp.time is None
    assert "Signature is Valid." in told("pdfsig", "-nocert", file.path)


def test_an_answering_authority_gives_the_signature_its_time(
    signing_office: SigningOffice, sign_with: SignWith
) -> None:
    file, report = sign_with(signing_office.pki.tsa_url)
    (signature,) = report.signatures
    assert (file.level, file.notes) == (PadesLevel.B_T, ())
    assert signature.signature_info.level is PadesLevel.B_T
    assert signature.timestamp.verdict is Verdict.VALID
    assert "DEMO TSA" in (signature.timestamp.authority or "")


@pytest.mark.parametrize(
    "fault",
    [
        TsaFault.REFUSES,
        TsaFault.UNAVAILABLE,
        TsaFault.GARBAGE,
        TsaFault.WRONG_NONCE,
        TsaFault.WRONG_IMPRINT,
    ],
)
def test_a_faulty_authority_costs_the_time_and_not_the_signature(
    signing_office: SigningOffice, sign_with: SignWith, fault: TsaFault
) -> None:
    with serve(authority_app(signing_office.pki, fault)) as faulty:
        _stands_without(sign_with(f"{faulty.url}/tsa"))


def test_an_authority_that_is_not_there_costs_the_time_and_not_the_signature(
    sign_with: SignWith,
) -> None:
    with claim_port() as nobody:
        _stands_without(sign_with(f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"))


@pytest.mark.parametrize("url", ["", "tsa", "http://", "ftp://127.0.0.1/tsa"])
def test_an_address_that_is_none_costs_no_signature(sign_with: SignWith, url: str) -> None:
    file, report = sign_with(url)
    assert (file.level, report.verdict) == (PadesLevel.B_B, Verdict.VALID)


def test_a_slow_authority_is_not_waited_for_for_ever(
    signing_office: SigningOffice, sign_with: SignWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pades, "OptionalTimestamp", partial(OptionalTimestamp, timeout_s=0.3))
    with serve(authority_app(signing_office.pki, TsaFault.SLOW, tsa_delay_s=600)) as slow:
        _stands_without(sign_with(f"{slow.url}/tsa"))


def test_the_time_of_an_authority_that_nobody_knows_is_no_proof(
    signing_office: SigningOffice, sign_with: SignWith
) -> None:
    with serve(authority_app(signing_office.pki, TsaFault.UNTRUSTED)) as stranger:
        _, report = sign_with(f"{stranger.url}/tsa")
    (signature,) = report.signatures
    assert signature.timestamp.verdict is Verdict.UNDETERMINED
    assert "verify.timestamp_untrusted" in signature.warnings
    assert signature.authentication.integrity == "intact"

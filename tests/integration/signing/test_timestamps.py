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
from signing.timestamp import TimestampAuthorities
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.signing.office import SigningOffice, told
from tests.unit.signing.signing_world import SoftKey
from tests.unit.signing.verification_world import Person

Signed = tuple[SignedFile, FileReport]
SignWith = Callable[..., Signed]


@pytest.fixture(scope="module")
def signer(signing_office: SigningOffice) -> Identity:
    return signing_office.pki.issue_with_key(LEADER)


@pytest.fixture
def sign_with(
    signing_office: SigningOffice, signer: Identity, anchors: TrustAnchors, tmp_path: Path
) -> SignWith:
    """Sign the letter with a time stamp from an address, and judge what came out."""

    def sign(*urls: str, trust: TrustAnchors | None = None) -> Signed:
        key = SoftKey(Person(signer.certificate, signer.key), signing_office.pki.chain)
        wish = SignatureRequest(
            SignatureKind.PERSONAL,
            file_sha256(signing_office.draft),
            "0" * 64,
            level=PadesLevel.B_T,
            tsa_urls=urls,
        )
        file = sign_file(signing_office.draft, tmp_path / "signed.pdf", wish, key, trust=trust)
        return file, verify_file(file.path, anchors)

    return sign


def _stands_without(signed: Signed, code: str) -> None:
    file, report = signed
    assert (file.level, file.notes) == (PadesLevel.B_B, ("timestamp.missing", code))
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


FAULTS = [
    (TsaFault.REFUSES, "timestamp.garbage"),
    (TsaFault.UNAVAILABLE, "timestamp.refused"),
    (TsaFault.GARBAGE, "timestamp.garbage"),
    (TsaFault.WRONG_NONCE, "timestamp.wrong_nonce"),
    (TsaFault.WRONG_IMPRINT, "timestamp.wrong_imprint"),
    (TsaFault.BAD_SIGNATURE, "timestamp.bad_signature"),
    (TsaFault.TOO_LARGE, "timestamp.too_large"),
]


@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_a_faulty_authority_costs_the_time_and_not_the_signature(
    signing_office: SigningOffice, sign_with: SignWith, fault: TsaFault, code: str
) -> None:
    with serve(authority_app(signing_office.pki, fault)) as faulty:
        _stands_without(sign_with(f"{faulty.url}/tsa"), code)


@pytest.mark.parametrize(("fault", "code"), [*FAULTS, (TsaFault.UNTRUSTED, "timestamp.untrusted")])
def test_the_next_authority_is_asked_where_the_first_is_faulty(
    signing_office: SigningOffice,
    sign_with: SignWith,
    anchors: TrustAnchors,
    fault: TsaFault,
    code: str,
) -> None:
    good = signing_office.pki.tsa_url
    with serve(authority_app(signing_office.pki, fault)) as faulty:
        file, report = sign_with(f"{faulty.url}/tsa", good, trust=anchors)
    assert (file.level, file.notes) == (PadesLevel.B_T, ())
    assert [item.code for item in file.stamp_tries] == [code, "timestamp.stamped"]
    assert report.signatures[0].timestamp.verdict is Verdict.VALID


def test_the_first_authority_that_answers_is_the_last_that_is_asked(
    signing_office: SigningOffice, sign_with: SignWith
) -> None:
    good = signing_office.pki.tsa_url
    file, _ = sign_with(good, "http://127.0.0.1:9/tsa")
    assert [(item.url, item.code) for item in file.stamp_tries] == [(good, "timestamp.stamped")]


def test_a_person_who_waits_no_more_goes_on_without_a_time_stamp(
    signing_office: SigningOffice, signer: Identity, tmp_path: Path
) -> None:
    key = SoftKey(Person(signer.certificate, signer.key), signing_office.pki.chain)
    base, asked_after = signing_office.draft, iter([False, False])
    with serve(authority_app(signing_office.pki, TsaFault.SLOW, tsa_delay_s=600)) as slow:
        wish = SignatureRequest(
            SignatureKind.PERSONAL,
            file_sha256(base),
            "0" * 64,
            level=PadesLevel.B_T,
            tsa_urls=(f"{slow.url}/tsa", signing_office.pki.tsa_url),
        )
        out = tmp_path / "signed.pdf"
        file = sign_file(base, out, wish, key, given_up=lambda: next(asked_after, True))
    assert (file.level, file.notes) == (
        PadesLevel.B_B,
        ("timestamp.missing", "timestamp.given_up"),
    )


def test_an_authority_that_is_not_there_costs_the_time_and_not_the_signature(
    sign_with: SignWith,
) -> None:
    with claim_port() as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa"
        _stands_without(sign_with(address), "timestamp.unreachable")


@pytest.mark.parametrize("url", ["", "tsa", "http://", "ftp://127.0.0.1/tsa"])
def test_an_address_that_is_none_costs_no_signature(sign_with: SignWith, url: str) -> None:
    file, report = sign_with(url)
    assert (file.level, report.verdict) == (PadesLevel.B_B, Verdict.VALID)


def test_a_slow_authority_is_not_waited_for_for_ever(
    signing_office: SigningOffice, sign_with: SignWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = partial(TimestampAuthorities, timeout_s=0.3)
    monkeypatch.setattr(pades, "TimestampAuthorities", hasty)
    with serve(authority_app(signing_office.pki, TsaFault.SLOW, tsa_delay_s=600)) as slow:
        _stands_without(sign_with(f"{slow.url}/tsa"), "timestamp.late")


def test_the_time_of_an_authority_that_nobody_knows_is_no_proof(
    signing_office: SigningOffice, sign_with: SignWith
) -> None:
    with serve(authority_app(signing_office.pki, TsaFault.UNTRUSTED)) as stranger:
        _, report = sign_with(f"{stranger.url}/tsa")
    (signature,) = report.signatures
    assert signature.timestamp.verdict is Verdict.UNDETERMINED
    assert "verify.timestamp_untrusted" in signature.warnings
    assert signature.authentication.integrity == "intact"

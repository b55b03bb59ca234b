"""Facts about time stamps that cannot be had: the signature stands without one."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing import timestamp
from signing.pades import sign_file
from signing.request import SignedFile
from signing.terms import PadesLevel, Verdict
from signing.verification import verify_file
from tests.unit.signing.signing_world import blank, leaders_key, request
from tests.unit.signing.verification_world import NOW, authority, trust

URL = "http://127.0.0.1:9/tsa"


class Stamper(DummyTimeStamper):
    """A good authority in this process."""

    def __init__(self) -> None:
        super().__init__(authority().asn1, authority().asn1_key, SimpleCertificateStore())


class Failing(Stamper):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:  # noqa: ARG002 - hook
        raise self.error


class Elsewhere(Stamper):
    """Stamps another document, with the right nonce."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        req["message_imprint"]["hashed_message"] = b"\x07" * 32
        return await super().async_request_tsa_response(req)


class Weaker(Stamper):
    """Answers with another hash algorithm than was asked for."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        req["message_imprint"]["hash_algorithm"] = {"algorithm": "sha1"}
        return await super().async_request_tsa_response(req)


class Endless(Stamper):
    """Sends more certificates along than a signature has room for."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = await super().async_request_tsa_response(req)
        signed_data = answer["time_stamp_token"]["content"]
        signed_data["certificates"] = [
            cms.CertificateChoices("certificate", authority().asn1) for _ in range(60)
        ]
        return answer


class Empty(Stamper):
    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:  # noqa: ARG002 - hook
        return tsp.TimeStampResp.load(b"\x00")


def _sign_with(stamper: TimeStamper, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SignedFile:
    monkeypatch.setattr(timestamp, "BoundedTimeStamper", lambda *_, **__: stamper)
    base = blank(folder)
    wish = request(base, level=PadesLevel.B_T, tsa_urls=(URL,))
    return sign_file(base, folder / "signed.pdf", wish, leaders_key())


def test_a_time_stamp_that_came_lifts_the_signature_to_b_t(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _sign_with(Stamper(), tmp_path, monkeypatch)
    assert (file.level, file.notes) == (PadesLevel.B_T, ())
    (found,) = verify_file(file.path, trust(), at=NOW).signatures
    assert found.signature_info.level is PadesLevel.B_T


@pytest.mark.parametrize(
    ("stamper", "code"),
    [
        (Failing(TimestampRequestError("no answer")), "refused"),
        (Failing(requests.ReadTimeout()), "late"),
        (Failing(requests.exceptions.InvalidURL()), "unreachable"),
        (Failing(OSError(101, "no network")), "unreachable"),
        (Failing(ValueError("no DER")), "garbage"),
        (Elsewhere(), "wrong_imprint"),
        (Weaker(), "wrong_imprint"),
        (Empty(), "garbage"),
        (Endless(), "too_large"),
    ],
    ids=lambda given: type(getattr(given, "error", given)).__name__,
)
def test_a_time_stamp_that_cannot_be_used_never_costs_the_signature(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stamper: TimeStamper, code: str
) -> None:
    file = _sign_with(stamper, tmp_path, monkeypatch)
    assert (file.level, file.notes) == (PadesLevel.B_B, ("timestamp.missing", f"timestamp.{code}"))
    report = verify_file(file.path, trust(), at=NOW)
    assert report.verdict is Verdict.VALID
    assert report.signatures[0].signature_info.level is PadesLevel.B_B


@pytest.mark.parametrize(
    ("level", "urls"), [(PadesLevel.B_B, (URL,)), (PadesLevel.B_T, ())], ids=["unasked", "nowhere"]
)
def test_no_authority_is_asked_unless_level_and_address_say_so(
    tmp_path: Path, level: PadesLevel, urls: tuple[str, ...]
) -> None:
    base = blank(tmp_path)
    file = sign_file(
        base, tmp_path / "signed.pdf", request(base, level=level, tsa_urls=urls), leaders_key()
    )
    assert (file.level, file.notes) == (PadesLevel.B_B, ())

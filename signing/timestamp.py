"""Signature time stamps (RFC 3161): asked for after the token has signed, and never the reason to lose a signature."""

from __future__ import annotations

import hashlib
from asyncio import to_thread
from collections.abc import Iterable
from time import monotonic

import requests
from asn1crypto import cms, tsp
from pyhanko.sign.attributes import CMSAttributeProvider, TSTProvider, UnsignedAttributeProviderSpec
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

DEFAULT_TIMEOUT_S = 30.0
"""How long a person waits for a TSA; 131 s were measured in the field, and the stamp can be added later."""

ANSWER_BYTES = 65_536
BLOCK_BYTES = 1_024
ROOM_BYTES = 8_192
"""For a time stamp with the certificates of its authority; a larger one would burst the signature."""


class BoundedTimeStamper(RequestsHTTPTimeStamper):
    """Asks a TSA over HTTP with an end in sight: pyHanko's own time-out counts silence only."""

    def __init__(self, url: str, *, timeout_s: float) -> None:
        RequestsHTTPTimeStamper.__init__(self, url, timeout=timeout_s)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Send a request and read the answer, at most `ANSWER_BYTES` of it and not longer than the time-out."""
        return tsp.TimeStampResp.load(await to_thread(self._answer_to, req.dump()))

    def _answer_to(self, request: bytes) -> bytes:
        end_s = monotonic() + self.timeout
        with requests.post(
            self.url,
            data=request,
            headers=self.request_headers(),
            timeout=self.timeout,
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.headers.get("Content-Type") != "application/timestamp-reply":
                raise TimestampRequestError("no time stamp reply")
            body = bytearray()
            for block in answer.iter_content(BLOCK_BYTES):
                body += block
                if len(body) > ANSWER_BYTES or monotonic() > end_s:
                    raise TimestampRequestError("too long")
        return bytes(body)


class OptionalTimestamp(UnsignedAttributeProviderSpec):
    """Adds a signature time stamp where the TSA answers, and remembers why where it does not."""

    def __init__(self, url: str, *, timeout_s: float = DEFAULT_TIMEOUT_S) -> None:
        self._stamper = BoundedTimeStamper(url, timeout_s=timeout_s)
        self.outcome: str | None = None

    def unsigned_attr_providers(
        self,
        signature: bytes,
        signed_attrs: cms.CMSAttributes,  # noqa: ARG002 - the hook's signature
        digest_algorithm: str,
    ) -> Iterable[CMSAttributeProvider]:
        """Give pyHanko the one attribute: the time stamp over the raw signature (RFC 3161, Appendix A)."""
        yield _Provider(self, digest_algorithm, signature, self._stamper)

    @property
    def stamped(self) -> bool:
        """Whether the last signature carries a time stamp."""
        return self.outcome == "stamped"


class _Provider(TSTProvider):
    def __init__(
        self, spec: OptionalTimestamp, digest: str, data: bytes, stamper: TimeStamper
    ) -> None:
        super().__init__(digest, data, stamper)
        self._spec = spec

    async def build_attr_value(self, dry_run: bool = False) -> cms.ContentInfo | None:  # noqa: FBT001, FBT002 - hook
        try:
            token = await super().build_attr_value(dry_run=dry_run)
            _check_imprint(token, self.data, self.digest_algorithm)
            _check_signature(token)
            if len(token.dump()) > ROOM_BYTES:
                raise ValueError("too large")
        except (
            TimestampRequestError,
            requests.RequestException,
            OSError,
            ValueError,
            TypeError,
            KeyError,
            AssertionError,
            SignatureValidationError,
            AttributeError,  # Quirk(pyHanko 0.38): raised for a wrong nonce
        ) as error:
            self._spec.outcome = type(error).__name__
            return None
        self._spec.outcome = "stamped"
        return token


def _check_imprint(token: cms.ContentInfo, data: bytes, digest: str) -> None:
    """Hold a time stamp against what was sent, which pyHanko does not (RFC 3161, 2.4.2)."""
    imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != digest:
        raise ValueError("imprint algorithm")
    if imprint["hashed_message"].native != hashlib.new(digest, data).digest():
        raise ValueError("imprint")


def _check_signature(token: cms.ContentInfo) -> None:
    """Hold a time stamp's own signature against its certificate: a bad one would make the document invalid."""
    content = token["content"]
    (signer,) = content["signer_infos"]
    named = signer["sid"].chosen
    certificates = [
        item.chosen
        for item in content["certificates"]
        if item.chosen.issuer.dump() == named["issuer"].dump()
        and item.chosen.serial_number == named["serial_number"].native
    ]
    if not certificates:
        raise ValueError("certificate")
    digest = hashlib.new(
        signer["digest_algorithm"]["algorithm"].native,
        content["encap_content_info"]["content"].contents,
    ).digest()
    intact, valid = validate_sig_integrity(signer, certificates[0], "tst_info", digest)
    if not (intact and valid):
        raise ValueError("signature")

"""Time stamps (RFC 3161) from several authorities, in order; that there is none never costs the signature."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import requests
from asn1crypto import cms
from pyhanko.sign.attributes import CMSAttributeProvider, TSTProvider, UnsignedAttributeProviderSpec
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError

from signing.request import STAMP_TIMEOUT_S, StampTry
from signing.stamp_check import BadStampError, check_stamp
from signing.trust import TrustAnchors
from signing.tsa_client import BoundedTimeStamper, GivenUpError, LateError, never

ROOM_BYTES = 8_192
"""For a time stamp with the certificates of its authority; a larger one would burst the signature."""

STAMPED = "timestamp.stamped"
MISSING = "timestamp.missing"
"""The state "signed without a time stamp": no error, it can be added later."""


class TimestampAuthorities(TimeStamper):
    """Several authorities as one: the first whose answer holds. `tries` says what each did, the last one's last."""

    def __init__(
        self,
        urls: Sequence[str],
        *,
        timeout_s: float = STAMP_TIMEOUT_S,
        trust: TrustAnchors | None = None,
        given_up: Callable[[], bool] = never,
    ) -> None:
        """Prepare it; nobody is asked yet.

        Args:
            urls: in the order in which they are asked.
            timeout_s: for each.
            trust: an authority that reaches none of its anchors is passed over; any will do where there are none.
            given_up: says whether the person waits no more.
        """
        super().__init__()  # type: ignore[no-untyped-call]
        self._urls = tuple(urls)
        self._timeout_s = timeout_s
        self._trust = trust
        self._given_up = given_up
        self.tries: list[StampTry] = []

    @property
    def stamped(self) -> bool:
        """Whether the last one asked gave a time stamp."""
        return bool(self.tries) and self.tries[-1].code == STAMPED

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person is told: what went wrong with each authority, and whether there is no time stamp."""
        if not self._urls or self.stamped:
            return ()
        return (MISSING, *dict.fromkeys(item.code for item in self.tries))

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return the first time stamp that holds.

        Raises:
            TimestampRequestError: there is none; `tries` says why.
        """
        for url in self._urls:
            code, token = await self._try(url, message_digest, md_algorithm)
            self.tries.append(StampTry(url, code))
            if token is not None:
                return token
            if code == "timestamp.given_up":
                break
        raise TimestampRequestError("no authority gave a time stamp")

    async def _try(
        self, url: str, message_digest: bytes, md_algorithm: str
    ) -> tuple[str, cms.ContentInfo | None]:
        if self._given_up():
            return "timestamp.given_up", None
        stamper = BoundedTimeStamper(url, timeout_s=self._timeout_s, given_up=self._given_up)
        try:
            token = await stamper.async_timestamp(message_digest, md_algorithm)
            await check_stamp(token, message_digest, md_algorithm, ROOM_BYTES, self._trust)
        except BadStampError as error:
            return error.code, None
        except GivenUpError:
            return "timestamp.given_up", None
        except (LateError, requests.Timeout):
            return "timestamp.late", None
        except TimestampRequestError:
            return "timestamp.refused", None
        except (requests.RequestException, OSError):
            return "timestamp.unreachable", None
        except AttributeError:
            # Quirk(pyHanko 0.38): raised for a wrong nonce.
            return "timestamp.wrong_nonce", None
        except (ValueError, TypeError, KeyError, AssertionError, SignatureValidationError):
            return "timestamp.garbage", None
        return STAMPED, token


class OptionalTimestamp(UnsignedAttributeProviderSpec):
    """Adds a signature time stamp where an authority gives one."""

    def __init__(self, authorities: TimestampAuthorities) -> None:
        self.authorities = authorities

    def unsigned_attr_providers(
        self,
        signature: bytes,
        signed_attrs: cms.CMSAttributes,  # noqa: ARG002 - the hook's signature
        digest_algorithm: str,
    ) -> Iterable[CMSAttributeProvider]:
        """Give pyHanko the one attribute: the time stamp over the raw signature (RFC 3161, Appendix A)."""
        yield _Provider(digest_algorithm, signature, self.authorities)


class _Provider(TSTProvider):
    async def build_attr_value(self, dry_run: bool = False) -> cms.ContentInfo | None:  # noqa: FBT001, FBT002 - hook
        try:
            return await super().build_attr_value(dry_run=dry_run)
        except TimestampRequestError:
            return None

"""Checks one CMS: the signed bytes and the signature value, no trust. Also the RFC 3161 tokens within it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import algos, core, tsp
from pyhanko.sign.general import (
    extract_certificate_info,
    extract_signer_info,
    find_cms_attribute_iter,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from signing.pdf_objects import UNREADABLE
from signing.trust import utc
from signing.trust_policies import FORBIDDEN_DIGESTS

_COMBINATIONS = CMSAlgorithmUsagePolicy.lift_policy(DisallowWeakAlgorithmsPolicy(FORBIDDEN_DIGESTS))
_INTACT, _BROKEN = "intact", "broken"
_TERMINAL_FAILURES = frozenset({"FORMAT_FAILURE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE"})


@dataclass(frozen=True, slots=True)
class CmsFinding:
    """`integrity` is None where it could not be checked; `subindication` says what failed, `reason` by message code."""

    integrity: str | None
    subindication: str | None = None
    reason: str | None = None
    digests: frozenset[str] = frozenset()

    @property
    def uses_sha1(self) -> bool:
        """Whether SHA-1 carries the signature."""
        return "sha1" in self.digests


@dataclass(frozen=True, slots=True)
class TokenFinding:
    """A time stamp token: what it says, whether it is whole, and who made it."""

    cms: CmsFinding
    time: datetime | None
    certificate: Any | None
    certificates: tuple[Any, ...] = ()


def check_cms(
    signed_data: Any, digest_of_document: Callable[[str], bytes], content_type: str
) -> CmsFinding:
    """Compare the document's digest with the signed one and verify the signature value."""
    try:
        signer_info = extract_signer_info(signed_data)
        certificate = extract_certificate_info(signed_data).signer_cert
        digest_name = signer_info["digest_algorithm"]["algorithm"].native
        digests = frozenset({digest_name, _digest_of_signature(signer_info)} - {None})
        if digests & FORBIDDEN_DIGESTS:
            return CmsFinding(
                None, "CRYPTO_CONSTRAINTS_FAILURE", "verify.forbidden_algorithm", digests
            )
        if "." in signer_info["signature_algorithm"]["algorithm"].native or "." in digest_name:
            return CmsFinding(None, "GENERIC", "verify.unsupported_algorithm", digests)
        if not _digests_fit(signer_info, digest_name):
            return CmsFinding(
                None, "CRYPTO_CONSTRAINTS_FAILURE", "verify.forbidden_algorithm", digests
            )
        content = signed_data["encap_content_info"]["content"]
        if content_type == "data" and content is not core.VOID:
            # Content of its own may not stand in a detached signature; viewers disagree on an empty one.
            if content.native:
                return CmsFinding(_BROKEN, "FORMAT_FAILURE", "verify.signature_malformed", digests)
            return CmsFinding(None, "GENERIC", "verify.signature_not_checkable", digests)
        intact, valid = validate_sig_integrity(
            signer_info, certificate, content_type, digest_of_document(digest_name)
        )
    except SignatureValidationError as error:
        return _from_validation_error(error)
    except UNREADABLE:
        # Explicit curve parameters, unknown hash functions and the like: valid files among them (fact 12).
        return CmsFinding(None, "GENERIC", "verify.unsupported_algorithm")
    if not intact:
        return CmsFinding(_BROKEN, "HASH_FAILURE", "verify.bytes_changed", digests)
    if not valid:
        return CmsFinding(_BROKEN, "SIG_CRYPTO_FAILURE", "verify.signature_broken", digests)
    return CmsFinding(_INTACT, digests=digests)


def check_token(signed_data: Any, digest_of_stamped: Callable[[str], bytes]) -> TokenFinding:
    """Check a time stamp token against what it should have stamped (RFC 3161, 2.4.2)."""
    try:
        content = signed_data["encap_content_info"]["content"]
        info = content.parsed
        if not isinstance(info, tsp.TSTInfo):
            return TokenFinding(_malformed_token(), None, None)
        raw = bytes(content)
        cms = check_cms(signed_data, lambda name: hashlib.new(name, raw).digest(), "tst_info")
        certificates = extract_certificate_info(signed_data)
        imprint = info["message_imprint"]
        expected = digest_of_stamped(imprint["hash_algorithm"]["algorithm"].native)
        if imprint["hashed_message"].native != expected:
            cms = CmsFinding(_BROKEN, "HASH_FAILURE", "verify.timestamp_broken", cms.digests)
        return TokenFinding(
            cms,
            utc(info["gen_time"].native),
            certificates.signer_cert,
            tuple(certificates.other_certs),
        )
    except UNREADABLE:
        return TokenFinding(_malformed_token(), None, None)


def signature_tokens(signer_info: Any) -> list[Any]:
    """The signature time stamps among a signature's unsigned attributes (RFC 3161, Appendix A)."""
    try:
        found = find_cms_attribute_iter(signer_info["unsigned_attrs"], "signature_time_stamp_token")
        return [token["content"] for token in found]
    except UNREADABLE:
        return []


def names_its_certificate(signer_info: Any) -> bool:
    """Whether the signed attributes bind the signer's certificate (ESS signing-certificate, RFC 5035)."""
    try:
        return get_signing_cert_attr(signer_info["signed_attrs"]) is not None
    except UNREADABLE:
        return False


def _digest_of_signature(signer_info: Any) -> str | None:
    try:
        return str(signer_info["signature_algorithm"].hash_algo)
    except ValueError:
        return None


def _digests_fit(signer_info: Any, digest_name: str) -> bool:
    """Whether the digest of the attributes is the one that the signature algorithm implies (RFC 8933)."""
    constraint = _COMBINATIONS.digest_combination_allowed(
        signature_algo=signer_info["signature_algorithm"],
        message_digest_algo=algos.DigestAlgorithm({"algorithm": digest_name}),
        moment=None,
    )
    return bool(constraint)


def _malformed_token() -> CmsFinding:
    return CmsFinding(_BROKEN, "FORMAT_FAILURE", "verify.timestamp_broken")


def _from_validation_error(error: SignatureValidationError) -> CmsFinding:
    name = getattr(error.ades_subindication, "name", None) or "GENERIC"
    if name in _TERMINAL_FAILURES:
        return CmsFinding(_BROKEN, name, "verify.signature_malformed")
    return CmsFinding(None, name, "verify.signature_not_checkable")

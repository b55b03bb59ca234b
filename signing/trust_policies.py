"""What is asked of revocation data and algorithms on a certificate's path, and what a path that fails is called."""

from __future__ import annotations

from datetime import timedelta

from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

FORBIDDEN_DIGESTS = frozenset({"md2", "md5"})
_ANY_AGE = timedelta(days=36525)
ALGORITHMS = DisallowWeakAlgorithmsPolicy(
    weak_hash_algos=FORBIDDEN_DIGESTS, rsa_key_size_threshold=1024
)
_EITHER = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
_SOFT = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
GOOD_ONLY = (
    CertRevTrustPolicy(RevocationCheckingPolicy(_EITHER, _EITHER), retroactive_revinfo=True),
    CertRevTrustPolicy(RevocationCheckingPolicy(_EITHER, _SOFT), retroactive_revinfo=True),
)
ANY_AGE = CertRevTrustPolicy(
    RevocationCheckingPolicy(_EITHER, _SOFT),
    freshness=_ANY_AGE,
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)
NO_DATA = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, _SOFT), retroactive_revinfo=True
)


def subindication(error: Exception) -> str:
    """Sub-indication of ETSI EN 319 102-1, clause 5.1.4, for a path that does not hold."""
    if isinstance(error, (PathBuildingError, InvalidCertificateError)):
        return "NO_CERTIFICATE_CHAIN_FOUND"
    if isinstance(error, (ExpiredError, NotYetValidError)):
        return "OUT_OF_BOUNDS_NO_POE"
    if isinstance(error, DisallowedAlgorithmError):
        return "CRYPTO_CONSTRAINTS_FAILURE"
    return "CERTIFICATE_CHAIN_GENERAL_FAILURE"

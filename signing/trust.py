"""Whom to believe: trust anchors from the office's store, and the judgement of one certificate's path.

Anchors never come from the file that is judged. Everything else (intermediates, CRLs, OCSP answers) may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, pem, x509
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    DisallowWeakAlgorithmsPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import (
    CRLContainer,
    OCSPContainer,
    process_legacy_crl_input,
    process_legacy_ocsp_input,
)
from pyhanko_certvalidator.revinfo.manager import RevinfoManager

from signing.errors import SigningError
from signing.fetching import bounded_fetchers

ONLINE_S = 60.0
REQUEST_S = 10.0
"""How long fetching for one file may take in all, and each request."""
FORBIDDEN_DIGESTS = frozenset({"md2", "md5"})
_ANY_AGE = timedelta(days=36525)
_ALGORITHMS = DisallowWeakAlgorithmsPolicy(
    weak_hash_algos=FORBIDDEN_DIGESTS, rsa_key_size_threshold=1024
)
_EITHER = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
_SOFT = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
_GOOD_ONLY = (
    CertRevTrustPolicy(RevocationCheckingPolicy(_EITHER, _EITHER), retroactive_revinfo=True),
    CertRevTrustPolicy(RevocationCheckingPolicy(_EITHER, _SOFT), retroactive_revinfo=True),
)
_ANY_AGE_POLICY = CertRevTrustPolicy(
    RevocationCheckingPolicy(_EITHER, _SOFT),
    freshness=_ANY_AGE,
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)
_NO_DATA_POLICY = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, _SOFT), retroactive_revinfo=True
)


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """The local trust store as DER: picklable, so that it can be handed to a verifying process."""

    anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    @classmethod
    def load(cls, paths: Iterable[Path]) -> TrustAnchors:
        """Read certificates and CRLs, PEM or DER, several per file, from files and folders.

        A self-signed CA certificate becomes an anchor, every other certificate an intermediate. Files in a folder
        that hold neither are passed over; a file that is named must be readable.

        Raises:
            SigningError: `trust.not_readable` with `file`.
        """
        found: dict[str, dict[bytes, None]] = {"anchors": {}, "intermediates": {}, "crls": {}}
        for path in paths:
            named = path.is_file()
            for file in [path] if named else sorted(p for p in path.glob("**/*") if p.is_file()):
                read = list(_read_store_file(file))
                if named and not read:
                    raise SigningError("trust.not_readable", file=path.name)
                for part, der in read:
                    found[part][der] = None
            if not path.exists():
                raise SigningError("trust.not_readable", file=path.name)
        return cls(
            anchors=tuple(found["anchors"]),
            intermediates=tuple(found["intermediates"]),
            crls=tuple(found["crls"]),
        )


@dataclass(slots=True)
class Evidence:
    """What the judged file itself brings along: DER certificates (never anchors), CRLs and OCSP answers."""

    certificates: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)
    ocsps: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """One certificate's path: `revocation` is "good", "revoked" or "unknown"; `subindication` names what is missing."""

    trusted: bool
    revocation: str
    subindication: str | None


@dataclass(frozen=True, slots=True)
class ChainData:
    """What judges one certificate on its own: its path but for the anchor, and the path's status (asn1crypto)."""

    certificates: tuple[Any, ...]
    crls: tuple[Any, ...]
    ocsps: tuple[Any, ...]


class ChainJudge:
    """Judges certificate paths for one file: parses the store and the file's evidence once."""

    def __init__(
        self,
        trust: TrustAnchors,
        evidence: Evidence,
        *,
        online: bool,
        within_s: float = ONLINE_S,
        per_request_s: float = REQUEST_S,
    ) -> None:
        fetchers: Fetchers | None = None
        if online:
            fetchers = bounded_fetchers(within_s, per_request_s)
        anchors = list(_certificates(trust.anchors))
        self.authorities = (
            *anchors,
            *_certificates(trust.intermediates),
            *_certificates(evidence.certificates),
        )
        self._registry: Any = CertificateRegistry.build(
            list(self.authorities),
            cert_fetcher=fetchers.cert_fetcher if fetchers else None,
        )
        self._trust_manager = SimpleTrustManager.build(trust_roots=anchors)
        self._online = online
        crls = list(_crls((*trust.crls, *evidence.crls)))
        ocsps = list(_ocsps(evidence.ocsps))
        self._has_revocation_data = bool(crls or ocsps or online)
        self._revocation = RevinfoManager(
            certificate_registry=self._registry,
            poe_manager=POEManager(),
            crls=crls,
            ocsps=ocsps,
            fetchers=fetchers,
        )

    def learn(self, certificates: Iterable[Any]) -> None:
        """Add a signature's embedded certificates as possible intermediates."""
        self._registry.register_multiple(list(certificates))

    async def judge(self, certificate: Any, moment: datetime) -> ChainFinding:
        """Look for a path from the certificate to an anchor, as of `moment` but never outside the validity period.

        Outside of it the path is judged at its nearest end, so that a revoked certificate stays revoked after it
        expired; that it is expired is for the caller to say.
        """
        moment = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
        policies = (
            (*_GOOD_ONLY, _ANY_AGE_POLICY, _NO_DATA_POLICY)
            if self._has_revocation_data
            else (_NO_DATA_POLICY,)
        )
        finding = ChainFinding(
            trusted=False,
            revocation="unknown",
            subindication="CERTIFICATE_CHAIN_GENERAL_FAILURE",
        )
        for policy in policies:
            try:
                await self._validate(certificate, moment, policy)
            except InsufficientRevinfoError:
                continue
            except RevokedError as error:
                if error.is_side_validation:
                    continue
                return ChainFinding(trusted=True, revocation="revoked", subindication="REVOKED")
            except (PathBuildingError, ValidationError) as error:
                finding = ChainFinding(
                    trusted=False, revocation="unknown", subindication=_subindication(error)
                )
                if isinstance(error, PathBuildingError):
                    return finding
                continue
            good = policy in _GOOD_ONLY
            return ChainFinding(
                trusted=True, revocation="good" if good else "unknown", subindication=None
            )
        return finding

    async def data_for(self, certificate: Any, moment: datetime) -> ChainData | None:
        """Return the validation data of a certificate and all above it; None where a status is missing or bad."""
        moment = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
        try:
            path = await self._validate(certificate, moment, _GOOD_ONLY[0])
        except (PathBuildingError, ValidationError):
            return None
        items = [item for item in path if isinstance(item, x509.Certificate)]
        below = [item for item in items if item.issuer != item.subject]
        serials = {item.serial_number for item in below}
        answers = [item for item in self._revocation.ocsps if not serials.isdisjoint(_about(item))]
        answered = {serial for item in answers for serial in _about(item)}
        issuers = {item.issuer.dump() for item in below if item.serial_number not in answered}
        lists = [item for item in self._revocation.crls if item.issuer.dump() in issuers]
        return ChainData(tuple(below), tuple(lists), tuple(answers))

    def data_at_hand(self, certificate: Any) -> ChainData:
        """Return a certificate with every list and answer that was found on the way, whatever they say."""
        return ChainData(
            (certificate,), tuple(self._revocation.crls), tuple(self._revocation.ocsps)
        )

    async def _validate(
        self, certificate: Any, moment: datetime, policy: CertRevTrustPolicy
    ) -> Any:
        context = ValidationContext(
            moment=moment,
            allow_fetching=self._online,
            revinfo_policy=policy,
            revinfo_manager=self._revocation,
            certificate_registry=self._registry,
            trust_manager=self._trust_manager,
            algorithm_usage_policy=_ALGORITHMS,
        )
        paths = context.path_builder.async_build_paths_lazy(certificate)
        return await find_valid_path(certificate, paths, context)


def _about(answer: Any) -> frozenset[int]:
    """The serial numbers that an OCSP answer speaks of."""
    try:
        return frozenset(
            single["cert_id"]["serial_number"].native
            for single in answer.response_data["responses"]
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return frozenset()


def _subindication(error: Exception) -> str:
    """Sub-indication of ETSI EN 319 102-1, clause 5.1.4, for a path that does not hold."""
    if isinstance(error, (PathBuildingError, InvalidCertificateError)):
        return "NO_CERTIFICATE_CHAIN_FOUND"
    if isinstance(error, (ExpiredError, NotYetValidError)):
        return "OUT_OF_BOUNDS_NO_POE"
    if isinstance(error, DisallowedAlgorithmError):
        return "CRYPTO_CONSTRAINTS_FAILURE"
    return "CERTIFICATE_CHAIN_GENERAL_FAILURE"


def _read_store_file(file: Path) -> Iterator[tuple[str, bytes]]:
    with suppress(OSError, ValueError, TypeError, KeyError):
        data = file.read_bytes()
        parts = (
            [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        )
        for der in parts:
            kind = _kind_of(der)
            if kind:
                yield kind, der


def _kind_of(der: bytes) -> str | None:
    with suppress(ValueError, TypeError, KeyError):
        certificate = x509.Certificate.load(der, strict=True)
        names_itself = certificate.subject.dump() == certificate.issuer.dump()
        return "anchors" if certificate.ca and names_itself else "intermediates"
    with suppress(ValueError, TypeError, KeyError):
        revoked = crl.CertificateList.load(der, strict=True)
        revoked.issuer.dump()
        return "crls"
    return None


def _certificates(ders: Iterable[bytes]) -> Iterator[Any]:
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            certificate = x509.Certificate.load(der, strict=True)
            certificate.subject.dump()
            yield certificate


def _crls(ders: Iterable[bytes]) -> Iterator[CRLContainer]:
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            parsed = crl.CertificateList.load(der, strict=True)
            parsed.issuer.dump()
            yield from process_legacy_crl_input([parsed])


def _ocsps(ders: Iterable[bytes]) -> Iterator[OCSPContainer]:
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            yield from process_legacy_ocsp_input([ocsp.OCSPResponse.load(der, strict=True)])


def utc(moment: datetime) -> datetime:
    """An aware UTC time; a time without a zone, as some files carry, is read as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

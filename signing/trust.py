"""Whom to believe: trust anchors from the office's store, and the judgement of one certificate's path.

Anchors never come from the file that is judged. Everything else (intermediates, CRLs, OCSP answers) may.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko_certvalidator import ValidationContext, find_valid_path
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.ltv.poe import POEManager
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy
from pyhanko_certvalidator.registry import CertificateRegistry, SimpleTrustManager
from pyhanko_certvalidator.revinfo.manager import RevinfoManager

from signing.errors import SigningError
from signing.fetching import bounded_fetchers
from signing.report import Anchor, StatusData
from signing.trust_cache import keep_answer, keep_fetched
from signing.trust_parsing import about, certificates, crls, ocsps
from signing.trust_places import ANSWER_SUFFIX, CACHE, CERTIFICATE_SUFFIX, SHA256_DIGITS
from signing.trust_policies import ALGORITHMS, ANY_AGE, GOOD_ONLY, NO_DATA, subindication
from signing.trust_proofs import Proofs
from signing.trust_status import Found, newest_status
from signing.trust_unpacking import unpack

ONLINE_S = 60.0
REQUEST_S = 10.0
"""How long fetching for one file may take in all, and each request."""
_PARTS = ("anchors", "intermediates", "crls", "ocsps")


@dataclass(frozen=True, slots=True)
class TrustAnchors:
    """The local trust store as DER: picklable, so that it can be handed to a verifying process.

    The files are where each lies, in the same order. `cache` is the folder where what is fetched is kept.
    """

    anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    anchor_files: tuple[str, ...] = ()
    intermediate_files: tuple[str, ...] = ()
    crl_files: tuple[str, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    cache: Path | None = None

    @classmethod
    def load(cls, paths: Iterable[Path]) -> TrustAnchors:
        """Read certificates and CRLs, PEM, DER or PKCS#7, several per file, from files and folders.

        A self-signed CA certificate becomes an anchor, every other certificate an intermediate; in the cache's folder
        none becomes an anchor. A file that a SHA-256 names is pinned: with any other content it counts for nothing.
        Files in a folder that hold neither are passed over; a file that is named must be readable.

        Raises:
            SigningError: `trust.not_readable` with `file`.
        """
        found: dict[str, dict[bytes, str]] = {part: {} for part in _PARTS}
        cache: Path | None = None
        for path in paths:
            named = path.is_file()
            if path.name == CACHE:
                cache = path
            elif not path.exists():
                raise SigningError("trust.not_readable", file=path.name)
            for file in [path] if named else _files_in(path):
                read = list(_read(file))
                if named and not read:
                    raise SigningError("trust.not_readable", file=path.name)
                for part, der in read:
                    if part != "anchors" or path.name != CACHE:
                        found[part].setdefault(der, str(file))
        anchors, intermediates, crls = found["anchors"], found["intermediates"], found["crls"]
        return cls(
            tuple(anchors),
            tuple(intermediates),
            tuple(crls),
            tuple(anchors.values()),
            tuple(intermediates.values()),
            tuple(crls.values()),
            tuple(found["ocsps"]),
            cache,
        )

    def file_of(self, anchor: bytes) -> str | None:
        """Return where an anchor lies; None where that is not known."""
        return dict(zip(self.anchors, self.anchor_files, strict=False)).get(anchor)


@dataclass(slots=True)
class Evidence:
    """What the judged file itself brings along: DER certificates (never anchors), CRLs and OCSP answers."""

    certificates: list[bytes] = field(default_factory=list)
    crls: list[bytes] = field(default_factory=list)
    ocsps: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChainFinding:
    """One certificate's path: `revocation` is "good", "revoked" or "unknown"; `subindication` names what is missing.

    `anchor` is where the path ends, `status` the newest data at hand on the certificate.
    """

    trusted: bool
    revocation: str
    subindication: str | None
    anchor: Anchor | None = None
    status: StatusData | None = None


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
        anchors = list(certificates(trust.anchors))
        self.authorities = (
            *anchors,
            *certificates(trust.intermediates),
            *certificates(evidence.certificates),
        )
        self._registry: Any = CertificateRegistry.build(
            list(self.authorities),
            cert_fetcher=fetchers.cert_fetcher if fetchers else None,
        )
        self._trust_manager = SimpleTrustManager.build(trust_roots=anchors)
        self._trust = trust
        self._online = online
        self._embedded = frozenset((*evidence.crls, *evidence.ocsps))
        # Whoever asks the network is not answered with what it said before.
        known = () if online else trust.ocsps
        self._kept: set[bytes] = set()
        lists = list(crls((*trust.crls, *evidence.crls)))
        answers = list(ocsps((*known, *evidence.ocsps)))
        self._has_revocation_data = bool(lists or answers or online)
        self._revocation = RevinfoManager(
            certificate_registry=self._registry,
            poe_manager=POEManager(),
            crls=lists,
            ocsps=answers,
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
        finding, path = await self._judge(certificate, moment)
        if path is None:
            return finding
        found = newest_status(certificate, path, self._revocation.crls, self._revocation.ocsps)
        if self._online:
            self._keep(certificate, path, found)
        return replace(
            finding,
            anchor=self._anchor_of(path) if finding.trusted else None,
            status=self._with_origin(found),
        )

    async def _judge(self, certificate: Any, moment: datetime) -> tuple[ChainFinding, Any]:
        moment = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
        policies = (*GOOD_ONLY, ANY_AGE, NO_DATA) if self._has_revocation_data else (NO_DATA,)
        finding = ChainFinding(
            trusted=False,
            revocation="unknown",
            subindication="CERTIFICATE_CHAIN_GENERAL_FAILURE",
        )
        path: Any = None
        for policy in policies:
            try:
                path = await self._validate(certificate, moment, policy)
            except InsufficientRevinfoError:
                continue
            except RevokedError as error:
                if error.is_side_validation:
                    continue
                revoked = ChainFinding(trusted=True, revocation="revoked", subindication="REVOKED")
                return revoked, error.original_path
            except (PathBuildingError, ValidationError) as error:
                finding = ChainFinding(
                    trusted=False, revocation="unknown", subindication=subindication(error)
                )
                if isinstance(error, PathBuildingError):
                    return finding, None
                path = error.original_path if isinstance(error, PathValidationError) else None
                continue
            good = policy in GOOD_ONLY
            told = "good" if good else "unknown"
            return ChainFinding(trusted=True, revocation=told, subindication=None), path
        return finding, path

    def _anchor_of(self, path: Any) -> Anchor | None:
        der = path.first.dump()
        name = path.first.subject.native.get("common_name") or path.first.subject.human_friendly
        return Anchor(str(name), hashlib.sha256(der).hexdigest(), self._trust.file_of(der))

    def _with_origin(self, found: Found | None) -> StatusData | None:
        if found is None:
            return None
        der, status = found
        origin = "file" if der in self._embedded else "online"
        at_hand = der in self._trust.crls or der in self._trust.ocsps
        return replace(status, origin="store" if at_hand else origin)

    def _keep(self, certificate: Any, path: Any, found: Found | None) -> None:
        """Keep what came over the network with the path, for when there is none."""
        above = [one.certificate.dump() for one in path.iter_authorities()]
        lists = [one.dump() for one in self._revocation.crls]
        answer = found[0] if found is not None and found[1].kind == "ocsp" else b""
        fresh = {*above, *lists, answer} - self._kept
        if self._trust.cache is None or not fresh:
            return
        self._kept |= fresh
        below = [der for der in above if der not in self._trust.anchors]
        proofs = Proofs(self._trust.anchors, below)
        keep_fetched(self._trust.cache, proofs, below, lists)
        if answer and proofs.reach(path.find_issuing_authority(certificate).certificate.dump()):
            keep_answer(self._trust.cache, certificate.dump(), answer)

    async def data_for(self, certificate: Any, moment: datetime) -> ChainData | None:
        """Return the validation data of a certificate and all above it; None where a status is missing or bad."""
        moment = min(max(moment, certificate.not_valid_before), certificate.not_valid_after)
        try:
            path = await self._validate(certificate, moment, GOOD_ONLY[0])
        except (PathBuildingError, ValidationError):
            return None
        items = [item for item in path if isinstance(item, x509.Certificate)]
        below = [item for item in items if item.issuer != item.subject]
        serials = {item.serial_number for item in below}
        answers = [item for item in self._revocation.ocsps if not serials.isdisjoint(about(item))]
        answered = {serial for item in answers for serial in about(item)}
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
            algorithm_usage_policy=ALGORITHMS,
        )
        paths = context.path_builder.async_build_paths_lazy(certificate)
        return await find_valid_path(certificate, paths, context)


def utc(moment: datetime) -> datetime:
    """An aware UTC time; a time without a zone, as some files carry, is read as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _files_in(folder: Path) -> list[Path]:
    """Return a folder's files; one that was not written to its end is none yet."""
    return sorted(p for p in folder.glob("**/*") if p.is_file() and p.suffix != ".part")


def _read(file: Path) -> Iterator[tuple[str, bytes]]:
    with suppress(OSError):
        data = file.read_bytes()
        if file.suffix == ANSWER_SUFFIX:
            yield "ocsps", data
            return
        pinned = file.suffix == CERTIFICATE_SUFFIX and len(file.stem) == SHA256_DIGITS
        if pinned and hashlib.sha256(data).hexdigest() != file.stem:
            return
        for kind, der in unpack(data):
            yield ("crls" if kind == "list" else _part_of(der)), der


def _part_of(der: bytes) -> str:
    certificate = x509.Certificate.load(der)
    with suppress(ValueError, TypeError, KeyError):
        names_itself = certificate.subject.dump() == certificate.issuer.dump()
        return "anchors" if certificate.ca and names_itself else "intermediates"
    return "intermediates"

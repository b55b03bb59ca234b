"""Letters carried through their whole life, one signature after the other, in every structure that a file can have.

The keys lie in memory: what is looked at here is what each update does to the signatures before it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.certificates import Identity
from app.demo.people import LEADER, PARTNER, PARTNER_AGENCY
from app.workflow.number_signature import plan_number
from app.workflow.office import Workbench
from app.workflow.planning import Planned, plan_signature
from app.workflow.wish import Wish
from signing.extending import extend_file
from signing.extension import ExtensionRequest
from signing.opening import file_sha256
from signing.pades import sign_file
from signing.terms import PadesLevel, SignatureKind
from signing.token.records import CertificateInfo
from signing.trust import TrustAnchors
from tests.fakes.records import certificate
from tests.integration.signing.incumbent import Mark, certifying, sign_as_incumbent
from tests.integration.signing.issued import DAY
from tests.integration.signing.office import SigningOffice
from tests.unit.signing.signing_world import SoftKey

OVER_THE_NAME = (350, 200, 480, 262)
AT_THE_END = (250, 290, 290, 305)

Keys = dict[str, Identity]
"""Whose hands a letter goes through, by a word for each."""


@dataclass(frozen=True)
class Step:
    """What a letter was after one hand: its file, the signatures made so far, and the document time stamps."""

    name: str
    path: Path
    signatures: int
    stamps: int


@dataclass
class Journey:
    """One letter on its way."""

    office: SigningOffice
    bench: Workbench
    keys: Keys
    anchors: TrustAnchors
    folder: Path
    steps: list[Step] = field(default_factory=list)

    @property
    def path(self) -> Path:
        return self.steps[-1].path

    def begins(self, draft: Path) -> None:
        self.steps.append(Step("draft", draft, 0, 0))

    def signed_elsewhere(self, name: str, mark: Mark) -> None:
        out = sign_as_incumbent(self.path, self._out(name), mark)
        self._done(name, out)

    def signed(self, name: str, who: str, wish: Wish) -> None:
        plan = plan_number if wish.kind is SignatureKind.NUMBER else plan_signature
        planned: Planned = plan(self.bench, self.path, wish, self._info(who, wish.kind))
        chain = (self.office.pki.issuing.certificate,)
        key = SoftKey(self.keys[who], chain)  # type: ignore[arg-type]  # has what a `Person` is asked for
        made = sign_file(self.path, self._out(name), planned.request, key, trust=self.anchors)
        self._done(name, made.path)

    def extended(self, name: str, level: PadesLevel) -> None:
        request = ExtensionRequest(file_sha256(self.path), level, (self.office.pki.tsa_url,))
        made = extend_file(self.path, self._out(name), request, self.anchors)
        stamps = made.gained.count("document_timestamp")
        self._done(name, made.path, stamps=stamps)

    def _done(self, name: str, path: Path, *, stamps: int = 0) -> None:
        last = self.steps[-1]
        signatures = last.signatures + (stamps == 0)
        self.steps.append(Step(name, path, signatures, last.stamps + stamps))

    def _out(self, name: str) -> Path:
        return self.folder / f"{len(self.steps)}-{name}.pdf"

    def _info(self, who: str, kind: SignatureKind) -> CertificateInfo:
        held = self.keys[who].certificate
        is_person = kind in (SignatureKind.PERSONAL, SignatureKind.INITIAL)
        return certificate(
            _common_name(held),
            sha256(held.public_bytes(Encoding.DER)).hexdigest(),
            purpose="person" if is_person else "agency",
        )


def _common_name(held: x509.Certificate) -> str:
    return str(held.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value)


def prepared(journey: Journey) -> None:
    """Ký nháy, two leaders, number with the seal: all of it here."""
    image = journey.office.signature_image
    journey.signed("initials", "chief", Wish(SignatureKind.INITIAL))
    journey.signed("leader", "leader", _personal(image, LEADER.common_name))
    journey.signed("second leader", "partner", _personal(image, PARTNER.common_name))
    seal = Wish(SignatureKind.SEAL, image=journey.office.seal_image, number="05", issue_date=DAY)
    journey.signed("seal", "agency", seal)


def foreign(journey: Journey) -> None:
    """Ký nháy and leader with the incumbent tool, which certifies; second leader, number and seal here."""
    office, keys = journey.office, journey.keys
    journey.signed_elsewhere("certified", certifying("Signature1", keys["chief"], box=AT_THE_END))
    leader = Mark("Signature2", keys["leader"], box=OVER_THE_NAME, image=office.signature_image)
    journey.signed_elsewhere("leader", leader)
    journey.signed(
        "second leader", "partner", _personal(office.signature_image, PARTNER.common_name)
    )
    journey.signed("number", "agency", Wish(SignatureKind.NUMBER, number="05", issue_date=DAY))
    seal = Wish(SignatureKind.SEAL, image=office.seal_image, issue_date=DAY)
    journey.signed("seal", "agency", seal)


def after_the_seal(journey: Journey) -> None:
    """Văn bản kèm theo, a receiver's incoming seal, and the archive."""
    lines: tuple[str, ...] = ("Kèm theo văn bản số 05/STP-VP",)
    journey.signed("attachment", "agency", Wish(SignatureKind.ATTACHMENT, lines=lines))
    lines = (PARTNER_AGENCY, "Số đến: 12", "Ngày đến: 23/11/2026")
    journey.signed("incoming", "receiver", Wish(SignatureKind.INCOMING, lines=lines))
    journey.extended("archive", PadesLevel.B_LTA)


PATHS: dict[str, Callable[[Journey], None]] = {"prepared": prepared, "foreign": foreign}


def _personal(image: Path, signer: str) -> Wish:
    return replace(Wish(SignatureKind.PERSONAL, image=image), signer=signer)

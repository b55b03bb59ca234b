"""Opens the demo office in a folder: authority, tokens, document server, drafts; or goes on with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from app.clock import VIETNAM, system_clock, vietnam_date
from app.demo.authority import build_crl, start_authority
from app.demo.drafts import (
    initialled_draft,
    more_drafts,
    paper_copy,
    sample_drafts,
    word_draft,
)
from app.demo.drafts.spec import DraftSpec
from app.demo.images import draw_all
from app.demo.key_files import provision_key_files, register_key_files
from app.demo.office.app import office_app
from app.demo.office.records import NewDocument, NewFile, Office, OfficeUser, Seat
from app.demo.office.store import OfficeStore
from app.demo.people import (
    AGENCY,
    AGENCY_SEAL,
    CHIEF,
    CLERK,
    DEPUTY,
    HEAD,
    INITIALLERS,
    LEADER,
    PARTNER,
    SPECIALIST,
    Holder,
)
from app.demo.pki import DemoPki
from app.demo.serving import claim_port, serve
from app.demo.tokens import (
    DemoToken,
    has_records,
    has_softhsm,
    load_tokens,
    plug_in,
    provision_tokens,
    softhsm_environment,
    softhsm_module,
)
from app.rules import RuleProfile, load_profile
from app.settings import DEFAULT_PROFILE, Settings
from app.workers import libreoffice
from app.workflow.documents import Role

SIGNERS = (LEADER, PARTNER, DEPUTY, CHIEF, SPECIALIST)
STAFF = (*SIGNERS, HEAD)
"""Who signs or gives ký nháy."""
RECIPIENT = Holder("recipient", "Đỗ Minh Khôi", AGENCY, "Chuyên viên", "CCCD:000000000006")
ROLES = {
    CLERK: (Role.CLERK,),
    RECIPIENT: (Role.RECIPIENT,),
    HEAD: (Role.INITIALLER,),
    CHIEF: (Role.INITIALLER, Role.LEADER),
}
SLIP_KEY = "phieu-trinh"
_STATE = "office.json"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """A running demo office under one rule profile. `keys` are the drafts' keys by document id."""

    folder: Path
    profile: RuleProfile
    url: str
    pki: DemoPki
    store: OfficeStore
    tokens: dict[str, DemoToken]
    images: dict[str, Path]
    keys: dict[str, str]

    @property
    def module(self) -> Path:
        """The PKCS#11 module of the demo tokens."""
        return softhsm_module()

    @property
    def has_key_files(self) -> bool:
        """Whether its people sign with PKCS#12 files, for want of SoftHSM."""
        return any(token.key_file is not None for token in self.tokens.values())

    @property
    def modules(self) -> tuple[str, ...]:
        """The PKCS#11 modules to try; none where there are key files."""
        return () if self.has_key_files else (str(self.module),)

    @property
    def everybodys_data(self) -> Path:
        """The store of the command line, which knows everybody's key files."""
        return self.folder / "stores" / "command-line"

    def token_of(self, holder: Holder) -> DemoToken | None:
        """Return what is in at a person's desk: the agency's at the clerk's."""
        return self.tokens.get((AGENCY_SEAL if holder is CLERK else holder).key)

    def plug_in(self, holder: Holder, desk: Path) -> dict[str, str]:
        """Put a person's token in at their desk; returns what the token process needs to find it."""
        token = self.token_of(holder)
        return {} if self.has_key_files else plug_in(self.folder / "tokens", desk, token)

    @property
    def token_environment(self) -> dict[str, str]:
        """What the token process needs to find the demo tokens."""
        return softhsm_environment(self.folder / "tokens")

    @property
    def trust_folder(self) -> Path:
        """The authority's certificates and revocation lists, as an administrator would import them."""
        return self.folder / "trust"

    def settings_of(self, holder: Holder) -> Settings:
        """Return the settings of one person's workstation."""
        return Settings(
            server=self.url,
            profile=self.profile.id,
            modules=self.modules,
            tsa=(self.pki.tsa_url,),
            trust=(self.trust_folder,),
            signature_image=self.images.get(holder.key),
            initial_image=self.images.get(f"initial-{holder.key}"),
            seal_image=self.images["agency"],
            data=self.folder / "stores" / holder.key,
        )


@contextmanager
def open_office(
    folder: Path, *, drafts: int = 0, resume: bool = False, profile_id: str | None = None
) -> Iterator[DemoOffice]:
    """Open the demo office, running until the context ends.

    Args:
        folder: holds everything.
        drafts: how many drafts beside the samples.
        resume: go on with the day found in the folder.
        profile_id: the office's rules, the default ones where None; a day that is gone on with keeps its own.

    Raises:
        AppError: `rules.unknown`.
        FileExistsError: the folder holds an office's day and `resume` is not set.
    """
    state = folder / _STATE
    if state.exists() and not resume:
        raise FileExistsError(state)
    found = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
    profile = load_profile(found.get("profile") or profile_id or DEFAULT_PROFILE)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        authority = stack.enter_context(start_authority(folder / "pki"))
        tokens = {item.holder: item for item in _tokens(folder / "tokens", authority.pki)}
        images = draw_all(folder / "images")
        _publish_trust(authority.pki, folder / "trust")
        store = stack.enter_context(OfficeStore(folder / "server", _office(tokens, profile)))
        keys = found.get("documents") or _bring_drafts(store, folder / "drafts", drafts, profile)
        served = stack.enter_context(
            serve(office_app(store), claimed=claim_port(int(found.get("port", 0))))
        )
        kept = {"port": served.port, "profile": profile.id, "documents": keys}
        state.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
        office = DemoOffice(folder, profile, served.url, authority.pki, store, tokens, images, keys)
        _write_settings(office)
        _register(office)
        yield office


def password_of(holder: Holder) -> str:
    """Return a demo person's password, which guards nothing."""
    return f"mat-khau-{holder.key}"


def _tokens(folder: Path, pki: DemoPki) -> tuple[DemoToken, ...]:
    if has_records(folder):
        return load_tokens(folder)
    return provision_tokens(folder, pki) if has_softhsm() else provision_key_files(folder, pki)


def _register(office: DemoOffice) -> None:
    """Add everybody's key file at their own desk, and all of them for the command line; tokens need none of it."""
    folder = office.folder / "tokens"
    for holder in (*STAFF, CLERK):
        token = office.token_of(holder)
        if token is not None:
            register_key_files(office.settings_of(holder).data, folder, (token,))
    register_key_files(office.everybodys_data, folder, tuple(office.tokens.values()))


def _office(tokens: dict[str, DemoToken], profile: RuleProfile) -> Office:
    def user(holder: Holder) -> OfficeUser:
        token = tokens.get(holder.key)
        return OfficeUser(
            user_id=holder.key,
            name=holder.common_name,
            roles=ROLES.get(holder, (Role.LEADER,)),
            password=password_of(holder),
            certificate_sha256=(token.certificate_sha256,) if token else (),
            uid=holder.uid,
        )

    return Office(
        name=AGENCY,
        users=tuple(user(holder) for holder in (*STAFF, CLERK, RECIPIENT)),
        agency_certificate_sha256=(tokens["agency"].certificate_sha256,),
        rule_profile=profile.id,
    )


def _bring_drafts(
    store: OfficeStore, folder: Path, more: int, profile: RuleProfile
) -> dict[str, str]:
    samples = (*sample_drafts(), initialled_draft(), paper_copy(), *_word_drafts())
    specs = [
        _with_chain(spec, profile) for spec in (*samples, *more_drafts(more)) if _has(profile, spec)
    ]
    ids = store.add_documents(_document(spec, folder / spec.key) for spec in specs)
    return {document_id: spec.key for document_id, spec in zip(ids, specs, strict=True)}


def _has(profile: RuleProfile, spec: DraftSpec) -> bool:
    """Leave the submission slip, whose levels sign one under the other, to offices that have such a form."""
    return spec.key != SLIP_KEY or profile.form_of(spec.kind_name) is not None


def _with_chain(spec: DraftSpec, profile: RuleProfile) -> DraftSpec:
    """Let every draft go through those whose ký nháy the rules ask for."""
    asked = INITIALLERS[: profile.initial.least] if spec.signers else ()
    return replace(spec, initiallers=spec.initiallers or asked)


def _word_drafts() -> tuple[DraftSpec, ...]:
    """Return the draft that comes as a Word file, where this machine can convert it."""
    return (word_draft(),) if libreoffice.find() else ()


def _document(spec: DraftSpec, folder: Path) -> NewDocument:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for index, item in enumerate(spec.files):
        path = folder / item.name
        if not path.exists():
            item.build(path)
        role = "attachment" if index else "main"
        files.append(NewFile(path, item.name, role, MEDIA_TYPES[path.suffix]))
    deadline = None
    if spec.deadline_days is not None:
        day = vietnam_date(system_clock()) + timedelta(days=spec.deadline_days)
        deadline = datetime.combine(day, time(17), VIETNAM).astimezone(UTC)
    return NewDocument(
        abstract=spec.abstract,
        kind_name=spec.kind_name,
        symbol=spec.symbol,
        files=tuple(files),
        signers=tuple(
            Seat(signer.holder.key, " ".join(signer.title_lines)) for signer in spec.signers
        ),
        initiallers=tuple(holder.key for holder in spec.initiallers),
        drafting_unit=spec.drafting_unit,
        recipients=spec.recipients,
        urgency=spec.urgency,
        secrecy=spec.secrecy,
        paper_only=spec.paper_only,
        deadline=deadline,
        dossier_code=spec.dossier_code,
        receipt_number=spec.receipt_number,
        places=spec.places,
    )


def _publish_trust(pki: DemoPki, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, identity in (("root", pki.root), ("issuing", pki.issuing)):
        (folder / f"{name}.cer").write_bytes(identity.certificate.public_bytes(Encoding.DER))
        (folder / f"{name}.crl").write_bytes(build_crl(pki, identity))


def _write_settings(office: DemoOffice) -> None:
    """Leave settings that let a person use the command line on the demo office's files."""
    lines = (
        f"server = {json.dumps(office.url)}",
        f"profile = {json.dumps(office.profile.id)}",
        f"modules = {json.dumps(office.modules)}",
        f"tsa = {json.dumps(office.pki.tsa_url)}",
        'trust = ["trust"]',
        'seal_image = "images/seal.png"',
        'data = "stores/command-line"',
    )
    (office.folder / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

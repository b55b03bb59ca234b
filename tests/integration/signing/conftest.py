"""One office for the whole run; one letter signed, numbered and sealed in it, on real parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Processes, workbench
from app.settings import Settings
from app.workflow.making import Made, make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.terms import PadesLevel, SignatureKind
from signing.token.pin import Pin
from signing.token.records import CertificateInfo
from signing.trust import TrustAnchors
from tests.integration.signing.office import (
    FlawedTokens,
    SigningOffice,
    shared_flawed_tokens,
    shared_office,
)

DAY = date(2026, 11, 22)
"""Date of the letter; that it is not today's is a note under the default profile."""


@dataclass(frozen=True)
class Letter:
    """The revisions of one letter, and what was made of each signature."""

    draft: Path
    approved: Made
    issued: Made

    @property
    def revisions(self) -> tuple[Path, Path, Path]:
        return self.draft, self.approved.file.path, self.issued.file.path


@pytest.fixture(scope="session")
def signing_office(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> SigningOffice:
    return shared_office(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def flawed(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> FlawedTokens:
    return shared_flawed_tokens(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def anchors(signing_office: SigningOffice) -> TrustAnchors:
    return TrustAnchors.load([signing_office.trust])


@pytest.fixture(scope="session")
def bench(signing_office: SigningOffice) -> Iterator[Workbench]:
    """A workbench with both tokens open."""
    settings = Settings(
        modules=(signing_office.module,),
        trust=(signing_office.trust,),
        data=signing_office.folder / "data",
        logs=signing_office.folder / "logs",
    )
    with Processes.of(settings, environment=signing_office.environment) as processes:
        processes.start()
        for token in (signing_office.leader, signing_office.agency):
            processes.token.login(
                signing_office.module, token.serial, token.certificate_sha256, Pin(token.user_pin)
            )
        yield workbench(
            settings, processes, level=PadesLevel.B_T, tsa_urls=(signing_office.pki.tsa_url,)
        )


@pytest.fixture(scope="session")
def certificates(signing_office: SigningOffice, bench: Workbench) -> dict[str, CertificateInfo]:
    """The certificates on the tokens, by the holder's key."""
    listed = {
        item.sha256: item
        for module in bench.token.survey()
        for token in module.tokens
        for item in token.certificates
    }
    return {
        holder: listed[token.certificate_sha256] for holder, token in signing_office.tokens.items()
    }


@pytest.fixture(scope="session")
def letter(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
) -> Letter:
    """The leader signs, the clerk numbers, dates and seals."""
    draft = signing_office.draft
    signs = Wish(SignatureKind.PERSONAL, image=signing_office.signature_image)
    planned = plan_signature(bench, draft, signs, certificates["leader"])
    folder = signing_office.folder
    approved = make_signature(bench, draft, folder / "approved.pdf", planned.request)
    seals = Wish(SignatureKind.SEAL, image=signing_office.seal_image, number="05", issue_date=DAY)
    base = approved.file.path
    planned = plan_signature(bench, base, seals, certificates["agency"])
    issued = make_signature(bench, base, folder / "issued.pdf", planned.request)
    return Letter(draft, approved, issued)

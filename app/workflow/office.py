"""What every use case works with: the ports of one signed-in person, and the office's rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock, system_clock
from app.rules import RuleProfile
from app.workflow.evidence import EvidenceBook
from app.workflow.numbers import NumberBook
from app.workflow.ports import (
    Converter,
    DocumentServer,
    Eyes,
    Files,
    ImageTaker,
    Journal,
    Judge,
    Services,
    Token,
)
from signing.terms import PadesLevel


@dataclass(frozen=True, slots=True)
class Workbench:
    """What one signature on a file on disk needs; no document server.

    `tsa_urls` are asked in turn for a time stamp where `level` is above B-B. `digest` is the one that fits the key
    where None; `rsa_pss` asks for RSASSA-PSS where the token can. `converter` makes PDFs of Word files, `images`
    takes pictures in, `services` raises levels.
    """

    eyes: Eyes
    judge: Judge
    token: Token
    profile: RuleProfile
    level: PadesLevel = PadesLevel.B_B
    tsa_urls: tuple[str, ...] = ()
    clock: Clock = system_clock
    digest: str | None = None
    rsa_pss: bool = False
    converter: Converter | None = None
    images: ImageTaker | None = None
    services: Services | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """A workbench with the office's document server, store and journal around it.

    `personal_image`, `initial_image` (ký nháy) and `seal_image` are PNG files with transparency, `numbers` those in
    use on this machine, `evidence` keeps what is known of each signature.
    """

    bench: Workbench
    server: DocumentServer
    files: Files
    journal: Journal
    personal_image: Path | None = None
    initial_image: Path | None = None
    seal_image: Path | None = None
    numbers: NumberBook | None = None
    evidence: EvidenceBook | None = None

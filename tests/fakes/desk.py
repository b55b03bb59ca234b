"""One person's office put together from fakes, with handles on each of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from app.rules import RuleProfile, load_profile
from app.workflow.documents import Document
from app.workflow.office import Office, Workbench
from tests.fakes.engines import DRAFT, FakeEyes, FakeJudge, FakeToken
from tests.fakes.records import AGENCY_CERTIFICATE, NOON, PARTNER, PARTNERS, certificate, document
from tests.fakes.server import FakeServer
from tests.fakes.store import FakeFiles, FakeJournal


@dataclass
class Desk:
    """An office and the fakes in it. `now` is what its clock says."""

    office: Office
    eyes: FakeEyes
    judge: FakeJudge
    token: FakeToken
    server: FakeServer
    files: FakeFiles
    journal: FakeJournal

    @property
    def bench(self) -> Workbench:
        return self.office.bench


def profile(
    date: Literal["strict", "warn", "off"] = "warn", file_bytes: int | None = None
) -> RuleProfile:
    """The default profile with another date rule or file limit."""
    made = load_profile("bhxh-599-2018")
    changes: dict[str, object] = {"publish": made.publish.model_copy(update={"date": date})}
    if file_bytes is not None:
        changes["limits"] = made.limits.model_copy(update={"file_bytes": file_bytes})
    return made.model_copy(update=changes)


def desk_of(
    folder: Path,
    *,
    paper: Document | None = None,
    content: bytes = DRAFT,
    rules: RuleProfile | None = None,
    now: datetime = NOON,
) -> Desk:
    eyes, judge = FakeEyes(), FakeJudge()
    token = FakeToken(certificate(), certificate(PARTNER, PARTNERS), AGENCY_CERTIFICATE)
    server = FakeServer(paper or document(), content)
    files, journal = FakeFiles(folder), FakeJournal()
    bench = Workbench(eyes, judge, token, rules or profile(), clock=lambda: now)
    return Desk(Office(bench, server, files, journal), eyes, judge, token, server, files, journal)

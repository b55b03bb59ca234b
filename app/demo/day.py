"""The office's day with nobody there: leaders sign, the clerk issues and registers, a recipient checks."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.bootstrap import Processes, office, workbench
from app.demo.drafts import sample_incoming
from app.demo.office.person import PersonAtBrowser
from app.demo.opening import RECIPIENT, DemoOffice, password_of
from app.demo.people import (
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
from app.errors import AppError
from app.server.sign_in import BrowserSignIn
from app.server.transport import ServerAddress
from app.store import open_store
from app.workflow.blanks import PlacedBlank
from app.workflow.checking import check_file
from app.workflow.copying import copy_document
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Arrival, Document, FileRef, Queue, Task
from app.workflow.fetching import fetch
from app.workflow.incoming import register
from app.workflow.initial import plan_initial
from app.workflow.issue import issue
from app.workflow.making import choose_certificate
from app.workflow.office import Office
from app.workflow.routing import pass_on
from app.workflow.sign_draft import OpenDraft, open_draft, plan_draft, resume_draft, sign_draft
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.errors import SigningError
from signing.report import FileReport
from signing.terms import PadesLevel, SignatureKind, Verdict
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, TokenInfo

PICTURE_DPI = 80.0
SCAN = "ke-hoach-scan"
SCAN_MARKS = {
    HEAD.key: (19, BoxMm(160.0, 54.0, 172.0, 60.0)),
    CHIEF.key: (19, BoxMm(174.0, 54.0, 186.0, 60.0)),
}
"""Where they would put their ký nháy on it."""
SCAN_PLACE = (19, BoxMm(124.7, 75.0, 169.7, 97.0))
SCAN_BLANKS = (
    PlacedBlank("number", 0, BoxMm(52.5, 36.5, 64.5, 42.15)),
    PlacedBlank("day", 0, BoxMm(138.2, 36.5, 145.8, 42.15)),
    PlacedBlank("month", 0, BoxMm(159.0, 36.5, 166.5, 42.15)),
)
"""Where a person would put signature and blanks on the sample that has no text to go by."""
SLIP = "phieu-trinh"
OPINIONS = {
    SPECIALIST.key: "Dự thảo đã tiếp thu đầy đủ ý kiến của các phòng, đơn vị; hồ sơ bảo đảm theo quy định. "
    "Kính trình Lãnh đạo Văn phòng xem xét, trình Ban Giám đốc ký ban hành trong tháng 11 năm 2026.",
    CHIEF.key: "Văn phòng thống nhất với đề xuất của chuyên viên.\nKính trình Ban Giám đốc xem xét, quyết định.",
    DEPUTY.key: "Đồng ý. Đề nghị bổ sung tại Điều 3 thời hạn bàn giao thiết bị lưu khóa bí mật khi thay đổi người "
    "quản lý, rồi trình Giám đốc ký.",
    LEADER.key: "Đồng ý ban hành.\nGiao Văn phòng hoàn thiện dự thảo theo ý kiến của Phó Giám đốc, trình ký trước "
    "ngày 25 tháng 11 năm 2026.",
}
"""What each level says on the submission slip."""
IN_TURN = (SPECIALIST, CHIEF, DEPUTY, LEADER, PARTNER)
"""A document that several sign comes to the next one after the one before: the slip level by level, the joint plan."""
NEVER_SIGNED = ("workflow.secret", "workflow.paper_only")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done. `code` names a refusal; `expected` says whether it should have ended so."""

    who: str
    what: str
    document: str
    detail: str = ""
    code: str | None = None
    expected: bool = True


@dataclass
class Day:
    """The record of a day; `tell` is called with each step as it happens."""

    demo: DemoOffice
    processes: Processes
    steps: list[Step] = field(default_factory=list)
    results: dict[str, FileReport] = field(default_factory=dict)

    @property
    def ended_well(self) -> bool:
        """Whether every document ended as it should: published and valid, or refused with the right reason."""
        published = set(self.results)
        refused = {step.document for step in self.steps if step.code in self.refusals}
        names = {self.name_of(document_id) for document_id in self.demo.keys}
        return (
            all(step.expected for step in self.steps)
            and names <= {name.split("/")[0] for name in published} | refused
            and all(report.verdict is Verdict.VALID for report in self.results.values())
        )

    @property
    def refusals(self) -> tuple[str, ...]:
        """Codes of what the office refuses as it should: two leaders' joint plan where the rules want one signature."""
        is_alone = self.demo.profile.signatures.exact_personal == 1
        return (*NEVER_SIGNED, "workflow.signature_count") if is_alone else NEVER_SIGNED

    def name_of(self, document_id: str) -> str:
        """Return the key by which a document's files are named under the folder."""
        return self.demo.keys.get(document_id, document_id)


def run_day(demo: DemoOffice, processes: Processes) -> tuple[Day, Iterator[Step]]:
    """Return the day's record and the steps that fill it."""
    day = Day(demo, processes)
    return day, _play(day)


def _play(day: Day) -> Iterator[Step]:
    for holder in INITIALLERS:
        yield from _noted(day, _initiallers_day(day, holder))
    for holder in IN_TURN:
        yield from _noted(day, _signers_day(day, holder))
    yield from _noted(day, _clerks_day(day))
    yield from _noted(day, _recipients_day(day))


def _noted(day: Day, steps: Iterator[Step]) -> Iterator[Step]:
    for step in steps:
        if step not in day.steps:
            day.steps.append(step)
            yield step


def _initiallers_day(day: Day, holder: Holder) -> Iterator[Step]:
    """Give ký nháy; where the office's rules have none, that is refused before any PIN, and the draft is passed on."""
    with _at_work(day, holder) as desk:
        token, certificate = _certificate(desk, day, holder.key)
        is_open = False
        for task in _tasks(desk, Queue.TO_INITIAL):
            name = day.name_of(task.document_id)
            try:
                if resume_draft(desk, task.document_id, SignatureKind.INITIAL) is not None:
                    yield Step(holder.common_name, "resumed", name)
                    continue
                draft = open_draft(desk, task.document_id)
                yield from _converted(holder, draft, name)
                wish = _mark_by_hand(desk, name, holder)
                plan, planned = plan_initial(desk, draft, certificate, desk.server.me(), wish)
            except (AppError, SigningError) as error:
                if error.code == "workflow.no_initials":
                    pass_on(desk, task.document_id)
                    yield Step(holder.common_name, "passed_on", name)
                    continue
                expected = error.code in day.refusals
                yield Step(holder.common_name, "refused", name, code=error.code, expected=expected)
                continue
            if not is_open:
                _open(desk, day, token, certificate)
                is_open = True
            signed = sign_draft(desk, draft, plan)
            detail = f"{signed.level} · {planned.place.reason}"
            yield Step(holder.common_name, "initialled", name, detail)
        desk.bench.token.logout()


def _converted(holder: Holder, draft: OpenDraft, name: str) -> Iterator[Step]:
    was = draft.file.converted_from
    if was is not None and was.by == holder.common_name:
        yield Step(holder.common_name, "converted", name, f"{was.name} → {draft.file.name}")


def _open(desk: Office, day: Day, token: TokenInfo, certificate: CertificateInfo) -> None:
    pin = Pin(
        next(item for item in day.demo.tokens.values() if item.serial == token.serial).user_pin
    )
    desk.bench.token.login(token.module, token.serial, certificate.sha256, pin)


def _signers_day(day: Day, holder: Holder) -> Iterator[Step]:
    with _at_work(day, holder) as desk:
        token, certificate = _certificate(desk, day, holder.key)
        is_open = False
        for task in _tasks(desk, Queue.TO_SIGN):
            name = day.name_of(task.document_id)
            try:
                if resume_draft(desk, task.document_id) is not None:
                    yield Step(holder.common_name, "resumed", name)
                    continue
                draft = open_draft(desk, task.document_id)
                yield from _converted(holder, draft, name)
                plan, planned = plan_draft(
                    desk,
                    draft,
                    certificate,
                    _by_hand(desk, name, holder),
                    OPINIONS[holder.key] if name == SLIP else "",
                )
            except (AppError, SigningError) as error:
                expected = error.code in day.refusals
                yield Step(holder.common_name, "refused", name, code=error.code, expected=expected)
                continue
            if not is_open:
                _open(desk, day, token, certificate)
                is_open = True
            signed = sign_draft(desk, draft, plan)
            detail = f"{signed.level} · {planned.place.reason}"
            yield Step(holder.common_name, "signed", name, detail)
        desk.bench.token.logout()


def _by_hand(desk: Office, name: str, holder: Holder) -> Wish | None:
    """Place what the person at the window places: on a scan there is no text to propose a place by."""
    if name != SCAN:
        return None
    page_index, box = SCAN_PLACE
    return Wish(
        SignatureKind.PERSONAL,
        image=desk.personal_image,
        signer=holder.common_name,
        page_index=page_index,
        box=box,
        blanks=SCAN_BLANKS,
    )


def _mark_by_hand(desk: Office, name: str, holder: Holder) -> Wish | None:
    """Place a ký nháy as the person at the window does, where there is no text to propose a place by."""
    if name != SCAN:
        return None
    page_index, box = SCAN_MARKS[holder.key]
    return Wish(
        SignatureKind.INITIAL,
        image=desk.initial_image,
        page_index=page_index,
        box=box,
        blanks=SCAN_BLANKS,
    )


def _clerks_day(day: Day) -> Iterator[Step]:
    with _at_work(day, CLERK) as desk:
        token, agency = _certificate(desk, day, AGENCY_SEAL.key)
        _open(desk, day, token, agency)
        for task in _tasks(desk, Queue.TO_ISSUE):
            if not desk.server.document(task.document_id).signers:
                copy_document(desk, task.document_id, agency, "sao_y")
                yield Step(CLERK.common_name, "copied", day.name_of(task.document_id))
                continue
            issued = issue(desk, task.document_id, agency)
            numbering = issued.numbering
            detail = f"{numbering.text}/{numbering.symbol}"
            if issued.attachments_sha256:
                detail += f" + {len(issued.attachments_sha256)} văn bản kèm theo"
            yield Step(CLERK.common_name, "issued", day.name_of(task.document_id), detail)
        yield from _register_arrivals(day, desk, agency)
        desk.bench.token.logout()


def _register_arrivals(day: Day, desk: Office, agency: CertificateInfo) -> Iterator[Step]:
    for spec in sample_incoming():
        folder = day.demo.folder / "incoming"
        folder.mkdir(exist_ok=True)
        file = folder / spec.file.name
        if not file.exists():
            spec.file.build(file)
        arrival = Arrival(spec.abstract, spec.sender, spec.number, spec.issue_date)
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        came = register(desk, file, arrival, agency, shown_sha256=sha256)
        detail = f"số đến {came.numbering.text}"
        name = day.demo.keys.setdefault(came.document.document_id, spec.key)
        yield Step(CLERK.common_name, "registered", name, detail)
        document_id = came.document.document_id
        # A day that is resumed may have passed it on already.
        if desk.server.document(document_id).state != Queue.INCOMING.value:
            continue
        if not day.demo.profile.incoming.sign:
            # It came on paper: what goes into the system is an electronic copy of it.
            copy_document(desk, document_id, agency, "sao_y")
            yield Step(CLERK.common_name, "copied", name)
        pass_on(desk, document_id)


def _recipients_day(day: Day) -> Iterator[Step]:
    with _at_work(day, RECIPIENT) as desk:
        for task in _tasks(desk, Queue.RECEIVED):
            document = desk.server.document(task.document_id)
            for file in document.files:
                yield _checked(day, desk, document, file)


def _checked(day: Day, desk: Office, document: Document, file: FileRef) -> Step:
    """Fetch a file from the server, judge it as a stranger would, and leave it with its pictures for people."""
    name = f"{day.name_of(document.document_id)}/{file.name}"
    out = day.demo.folder / "issued" / name
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(fetch(desk, document, file), out)
    report = check_file(desk.bench.judge, desk.bench.eyes, out)
    day.results[name] = report
    _draw_pages(desk, out, report.pages or 0)
    kinds = ", ".join(f"{item.field}: {item.verdict.value}" for item in report.signatures)
    good = report.verdict is Verdict.VALID
    return Step(RECIPIENT.common_name, report.verdict.value, name, kinds, report.reason, good)


def _draw_pages(desk: Office, path: Path, pages: int) -> None:
    """Draw the pages that show signatures: the first and the last two."""
    for index in sorted({0, pages - 2, pages - 1} & set(range(pages))):
        picture = path.with_name(f"{path.stem}-{index + 1}.png")
        desk.bench.eyes.write_png(path, index, PICTURE_DPI, picture).result()


@contextmanager
def _at_work(day: Day, holder: Holder) -> Iterator[Office]:
    """One person at their workstation: signed in, their store open, yesterday's unfinished work delivered."""
    settings = day.demo.settings_of(holder)
    person = PersonAtBrowser(holder.key, password_of(holder))
    session = BrowserSignIn(ServerAddress(day.demo.url), open_browser=person).run()
    with open_store(settings.data) as store:
        bench = workbench(
            settings, day.processes, profile_id=session.person.rule_profile, level=PadesLevel.B_T
        )
        desk = office(settings, bench, session.server, store)
        deliver_unfinished(desk)
        yield desk
    session.sign_out()


def _certificate(desk: Office, day: Day, key: str) -> tuple[TokenInfo, CertificateInfo]:
    wanted = day.demo.tokens[key]
    tokens = [item for module in desk.bench.token.survey() for item in module.tokens]
    token = next(item for item in tokens if item.serial == wanted.serial)
    return token, choose_certificate(token.certificates, "person", wanted.certificate_sha256)


def _tasks(desk: Office, queue: Queue) -> tuple[Task, ...]:
    tasks: list[Task] = []
    cursor: str | None = None
    while True:
        page = desk.server.tasks(queue, cursor)
        tasks.extend(page.changed)
        if not page.more:
            return tuple(tasks)
        cursor = page.cursor

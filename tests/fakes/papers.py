"""Open documents as a workplace hands them to the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.workers.records import PagePicture
from app.workflow.blanks import PlacedBlank
from app.workflow.documents import FileRef, Queue, Secrecy, Task, Urgency
from app.workplace.records import (
    IssueProposal,
    Paper,
    PlacedBox,
    SealedCorner,
    ShownFile,
    SigningProposal,
)
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.records import BASE, LEADER, NOON, document, file_ref, page, report, signature
from ui.viewmodels.document import DocumentVm

TODAY = date(2026, 11, 22)
"""In Vietnam at `NOON`."""
PLACE = BoxMm(125.0, 215.0, 170.0, 237.0)
BLANK = BoxMm(52.5, 36.5, 64.5, 42.15)
SEAL_PLACE = BoxMm(104.0, 208.0, 140.0, 244.0)
BETWEEN = f"between GIÁM ĐỐC and {LEADER}"
ANNEX = "b" * 64


def task(queue: Queue = Queue.TO_SIGN, **changes: Any) -> Task:
    made = Task(
        task_id="t1",
        queue=queue,
        document_id="d1",
        abstract="Về việc kiểm tra",
        kind_name="Công văn",
        urgency=Urgency.NORMAL,
        secrecy=Secrecy.NONE,
        paper_only=False,
        deadline=None,
        attachments=0,
        updated_at=NOON,
    )
    return replace(made, **changes)


def shown(ref: FileRef | None = None, pages: int = 2) -> ShownFile:
    ref = ref or file_ref()
    return ShownFile(ref, Path(f"/store/{ref.sha256}"), ref.sha256, tuple(map(page, range(pages))))


def paper(sha256: str = BASE, *, is_fresh: bool = True, **changes: Any) -> Paper:
    files = changes.pop("files", (file_ref(sha256),))
    return Paper(document(files=files, **changes), shown(files[0]), is_fresh)


def annex(**changes: Any) -> FileRef:
    made = file_ref(ANNEX, file_id="f2", name="phu-luc.pdf", role="attachment")
    return replace(made, **changes)


def placed(box_mm: BoxMm = PLACE, **changes: Any) -> PlacedBox:
    made = PlacedBox(SignatureKind.PERSONAL, 1, box_mm, 0.95, BETWEEN)
    return replace(made, **changes)


def to_sign(**changes: Any) -> SigningProposal:
    return replace(SigningProposal(placed(), (45.0, 22.0), signer=LEADER), **changes)


def blank(which: str = "number", box_mm: BoxMm = BLANK, page_index: int = 0) -> PlacedBlank:
    return PlacedBlank(which, page_index, box_mm)


def seal(**changes: Any) -> PlacedBox:
    reason = "left third of LanhDao"
    return placed(SEAL_PLACE, **({"kind": SignatureKind.SEAL, "reason": reason} | changes))


def corner(box: PlacedBox | None = None, ref: FileRef | None = None) -> SealedCorner:
    where = placed(
        BoxMm(8, 5, 44, 41),
        page_index=0,
        kind=SignatureKind.ATTACHMENT,
        reason="top left corner of page 1",
    )
    return SealedCorner(shown(ref or annex(), 1), box or where)


def to_issue(**changes: Any) -> IssueProposal:
    return replace(IssueProposal(report(signature()), seal(), (36.0, 36.0), TODAY), **changes)


def shows_at_once(vm: DocumentVm) -> None:
    """Let the page area paint every file at once, and no moment pass."""

    def paint(file: ShownFile | None) -> None:
        if file is not None:
            vm.shown()
            vm.guarded()

    vm.file_shown.connect(paint)


def picture(width_px: int = 4, height_px: int = 2) -> PagePicture:
    return PagePicture(0, width_px, height_px, 4 * width_px, bytes(4 * width_px * height_px), True)

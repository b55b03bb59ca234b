"""Files and journal in memory and a folder: what the ports ask for and nothing of how it is kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

from app.errors import AppError
from app.workflow.documents import UploadReceipt
from app.workflow.plan import BASE, EXTENSION, SigningPlan, Work, WorkState
from tests.fakes.engines import sha256_of


class FakeFiles:
    """Files by their hash in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = count(1)

    def aside(self, suffix: str = ".pdf") -> Path:
        return self.folder / f"aside-{next(self._names)}{suffix}"

    def adopt(self, path: Path) -> str:
        sha256 = sha256_of(path.read_bytes())
        path.replace(self.folder / sha256)
        return sha256

    def path_of(self, sha256: str) -> Path:
        path = self.folder / sha256
        if not path.is_file() or sha256_of(path.read_bytes()) != sha256:
            raise AppError("store.missing", sha256=sha256)
        return path

    def holds(self, sha256: str) -> bool:
        return (self.folder / sha256).is_file()

    def put(self, content: bytes) -> str:
        sha256 = sha256_of(content)
        (self.folder / sha256).write_bytes(content)
        return sha256


class FakeJournal:
    """The journal's promises, kept in memory. `failures` are the codes of failed tries."""

    def __init__(self) -> None:
        self.works: list[Work] = []
        self.failures: list[str] = []
        self.settled: list[str] = []
        self._keys: dict[tuple[str, str], str] = {}
        self._numbers = count(1)

    def begin(self, plan: SigningPlan, by: str | None = None) -> Work:
        request = plan.request
        for work in reversed(self.works):
            if work.state is not WorkState.DROPPED and (
                work.document_id,
                work.file_id,
                work.kind,
                work.base_sha256,
                work.certificate_sha256,
            ) == (
                plan.document_id,
                plan.file_id,
                request.kind.value,
                request.base_sha256,
                request.certificate_sha256,
            ):
                return work
        number = next(self._numbers)
        work = Work(
            f"w{number}",
            plan.document_id,
            plan.file_id,
            request.kind.value,
            request.base_sha256,
            request.certificate_sha256,
            WorkState.PLANNED,
            f"upload-{number}",
            user_id=by,
        )
        self.works.append(work)
        return work

    def begin_base(
        self, document_id: str, file_id: str, original_sha256: str, by: str | None = None
    ) -> Work:
        return self._begin_unsigned((document_id, file_id, BASE, original_sha256), by)

    def begin_extension(
        self, document_id: str, file_id: str, base_sha256: str, by: str | None = None
    ) -> Work:
        identity = (document_id, file_id, EXTENSION, base_sha256)
        return self._begin_unsigned(identity, by)

    def signed(self, work_id: str, *, signed_sha256: str, level: str) -> Work:
        work = self._get(work_id)
        return self._put(
            replace(work, state=WorkState.SIGNED, signed_sha256=signed_sha256, level=level)
        )

    def extended(self, work_id: str, *, extended_sha256: str, level: str) -> Work:
        work = self._get(work_id)
        assert work.state is WorkState.SIGNED
        assert not work.is_sending
        extended = replace(work, state=WorkState.EXTENDED, signed_sha256=extended_sha256)
        return self._put(replace(extended, level=level))

    def sending(self, work_id: str) -> Work:
        return self._put(replace(self._get(work_id), is_sending=True))

    def accepted(self, work_id: str, receipt: UploadReceipt) -> Work:
        work = self._get(work_id)
        if receipt.sha256 != work.signed_sha256:
            raise AppError("store.receipt_mismatch")
        return self._put(replace(work, state=WorkState.ACCEPTED, server_revision=receipt.revision))

    def dropped(self, work_id: str, *, reason: str) -> Work:
        return self._put(replace(self._get(work_id), state=WorkState.DROPPED, reason=reason))

    def failed_once(self, work_id: str, *, code: str) -> None:
        self._get(work_id)
        self.failures.append(code)

    def unfinished(self) -> tuple[Work, ...]:
        over = (WorkState.ACCEPTED, WorkState.DROPPED)
        return tuple(work for work in self.works if work.state not in over)

    def works_of(self, document_id: str) -> tuple[Work, ...]:
        return tuple(work for work in self.works if work.document_id == document_id)

    def key_for(self, purpose: str, document_id: str) -> str:
        key = f"{purpose}-{document_id}-{next(self._numbers)}"
        return self._keys.setdefault((purpose, document_id), key)

    def settle(self, purpose: str, document_id: str) -> None:
        self.settled.append(self._keys.pop((purpose, document_id)))

    def _begin_unsigned(self, identity: tuple[str, str, str, str], by: str | None) -> Work:
        for work in self.works:
            like = (work.document_id, work.file_id, work.kind, work.base_sha256)
            if like == identity and (work.waits or work.state is WorkState.PLANNED):
                return work
        number = next(self._numbers)
        key = f"upload-{number}"
        work = Work(f"w{number}", *identity, "", WorkState.PLANNED, key, user_id=by)
        self.works.append(work)
        return work

    def _get(self, work_id: str) -> Work:
        return next(work for work in self.works if work.work_id == work_id)

    def _put(self, work: Work) -> Work:
        self.works = [work if item.work_id == work.work_id else item for item in self.works]
        return work

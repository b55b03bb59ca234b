"""A refusal of the demo office: a problem type of the contract with its particulars."""

from __future__ import annotations

from app.server.problems import KINDS, Problem, ProblemType


class RefusedError(Exception):
    """A call that the office does not carry out; nothing has changed."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str | None = None,
        *,
        current_sha256: str | None = None,
        limit_bytes: int | None = None,
    ) -> None:
        super().__init__(kind.value, detail)
        self.status = KINDS[kind].status
        self.problem = Problem(
            type=kind.value,
            status=self.status,
            title=KINDS[kind].title,
            title_en=KINDS[kind].title_en,
            detail=detail,
            current_sha256=current_sha256,
            limit_bytes=limit_bytes,
        )

"""What can go wrong in the office's work around a document: codes with parameters, no words."""

from __future__ import annotations


class AppError(Exception):
    """The office's work on a document cannot go on.

    Codes start with `server.`, `store.`, `worker.`, `workflow.`, `settings.`, `rules.` or `usage.`.
    """

    def __init__(self, code: str, **params: str | int | float | None) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.params))

    def __str__(self) -> str:
        return f"{self.code} {self.params}" if self.params else self.code


def _rebuild(
    kind: type[AppError], code: str, params: dict[str, str | int | float | None]
) -> AppError:
    return kind(code, **params)

"""What can go wrong while looking at a PDF: codes with parameters, no words."""

from __future__ import annotations


class PdfError(Exception):
    """A PDF cannot be looked at.

    Codes: `pdf.unreadable`, `pdf.password_required`, `pdf.no_such_page`, `pdf.render_failed`,
    `pdf.print_failed`, `pdf.rewrite_signed`, `pdf.rewrite_encrypted`, `pdf.rewrite_too_long`,
    `pdf.rewrite_failed`, `pdf.rewrite_looks_different`.
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
    kind: type[PdfError], code: str, params: dict[str, str | int | float | None]
) -> PdfError:
    return kind(code, **params)

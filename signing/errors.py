"""What can go wrong while signing or judging a signature: codes with parameters, no words."""

from __future__ import annotations

KEY_STAYS_OPEN = ("token.mechanism_missing", "token.no_pss", "certificate.weak_key")
"""Errors after which an open key is as good as before. After any other all are forgotten, and the person is asked
again: a signature by another key, say, means another card in the reader (research: tokens)."""


class SigningError(Exception):
    """A document cannot be signed or judged, or a token cannot be used.

    Codes start with `token.`, `certificate.`, `sign.`, `prepare.`, `timestamp.`, `extend.`, `verify.`, `trust.` or
    `image.`.
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
    kind: type[SigningError], code: str, params: dict[str, str | int | float | None]
) -> SigningError:
    return kind(code, **params)

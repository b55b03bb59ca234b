"""A PIN that can be used once and never shows itself."""

from __future__ import annotations

from signing.errors import SigningError


class Pin:
    """Holds a PIN until it is taken, once.

    Python cannot wipe a `str`; this bounds its life and keeps it out of reprs, logs and tracebacks.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value: str | None = value

    def take(self) -> str:
        """Return the PIN and forget it.

        Raises:
            SigningError: `token.pin_used` when it was taken before; a PIN is never tried twice.
        """
        value, self._value = self._value, None
        if value is None:
            raise SigningError("token.pin_used")
        return value

    def __repr__(self) -> str:
        return "Pin(…)"

    def __reduce__(self) -> tuple[type[Pin], tuple[str]]:
        return (Pin, (self.take(),))

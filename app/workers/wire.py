"""What goes through the pipe, and what the parent lets out of it.

A child reads hostile documents, so its answers are data to be checked: the parent rebuilds plain values, records
(dataclasses), enumerations and the rooms' errors, and only of modules that it has loaded itself. So no answer can
name a function to call, nor pull an engine into the parent.
"""

from __future__ import annotations

import io
import pickle
import sys
from dataclasses import dataclass, is_dataclass
from enum import Enum
from typing import Any

from app.errors import AppError
from pdf.errors import PdfError
from signing.errors import SigningError

_PLAIN = frozenset(
    {
        ("builtins", "bytearray"),
        ("builtins", "complex"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
        ("pathlib", "Path"),
        ("pathlib", "PosixPath"),
        ("pathlib", "PurePosixPath"),
        ("pathlib", "WindowsPath"),
        ("uuid", "UUID"),
    }
)
ERRORS = (AppError, PdfError, SigningError)
_ROOMS = frozenset({"app", "pdf", "signing"})


@dataclass(frozen=True, slots=True)
class Run:
    """Asks the child to run a function, named as `module:function`. Never shown, never logged: it may hold a PIN."""

    request_id: int
    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __repr__(self) -> str:
        return f"Run({self.request_id}, {self.function!r})"


@dataclass(frozen=True, slots=True)
class Stop:
    """Asks the running function to stop at the next good place."""

    request_id: int


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to the running function's question: a value, or the error that it raises there."""

    request_id: int
    value: Any
    error: Exception | None = None

    def __repr__(self) -> str:
        return f"Reply({self.request_id})"


@dataclass(frozen=True, slots=True)
class Ready:
    """The child has loaded its modules."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the running function tells meanwhile."""

    request_id: int
    name: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the running function needs from its caller before it can go on."""

    request_id: int
    wanted: Any


@dataclass(frozen=True, slots=True)
class Result:
    """The function's value. With `field`, that field's `size_bytes` bytes lie in the child's shared memory."""

    request_id: int
    value: Any
    field: str | None = None
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of a room: it goes to the caller as itself."""

    request_id: int
    error: Exception


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """The function met the memory limit."""

    request_id: int


@dataclass(frozen=True, slots=True)
class Bug:
    """Anything else that was raised: kind and frames, no message, which could quote a document or a PIN."""

    request_id: int
    kind: str
    frames: tuple[str, ...]


FromChild = Ready | Event | Question | Result | Failure | OutOfMemory | Bug


def dump(message: Run | Stop | Reply | FromChild) -> bytes:
    """Pickle a message."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def load_checked(data: bytes) -> FromChild:
    """Rebuild a child's message.

    Raises:
        pickle.UnpicklingError: the bytes are no message; or they name what does not belong into one, then the
            text is that name as `module:global`.
    """
    try:
        message = _Checked(io.BytesIO(data)).load()
    except (EOFError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise pickle.UnpicklingError("no message") from error
    is_other_error = isinstance(message, Failure) and not isinstance(message.error, ERRORS)
    if not isinstance(message, FromChild) or is_other_error:
        raise pickle.UnpicklingError("no message")
    return message


class _Checked(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) in _PLAIN:
            return super().find_class(module_name, global_name)
        if (module_name, global_name) == ("builtins", "getattr"):
            return _member
        # A dotted name would walk through a module's attributes to anything that it imports.
        if module_name.split(".", maxsplit=1)[0] in _ROOMS and "." not in global_name:
            found = getattr(sys.modules.get(module_name), global_name, None)
            if getattr(found, "__module__", None) == module_name and _is_record(found, global_name):
                return found
        raise pickle.UnpicklingError(f"{module_name}:{global_name}")


def _member(kind: object, name: object) -> Enum:
    """Stand in for `getattr`, by which Python 3.11.0 to 3.11.3 pickles a member of an enumeration."""
    if isinstance(kind, type) and issubclass(kind, Enum) and isinstance(name, str):
        return kind[name]
    raise pickle.UnpicklingError("builtins:getattr")


def _is_record(found: object, name: str) -> bool:
    if isinstance(found, type):
        return is_dataclass(found) or issubclass(found, (Enum, Exception))
    return name == "_rebuild"  # how the rooms' errors come back

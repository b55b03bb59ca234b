"""Records as JSON and back, led by their types; pydantic would delay the first paint."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record")


def dump_record(record: DataclassInstance) -> str:
    """Write a record."""
    return json.dumps(asdict(record), ensure_ascii=False, default=_plain)


def load_record(kind: type[Record], text: str) -> Record:
    """Read a record.

    Raises:
        ValueError, LookupError, TypeError: another program version wrote it; it is then as good as not there.
    """
    return cast("Record", _build(kind, json.loads(text)))


def moment(text: str | None) -> datetime | None:
    """Read a moment that may be missing."""
    return None if text is None else datetime.fromisoformat(text)


def _build(kind: Any, raw: Any) -> Any:
    if raw is None:
        return None
    if get_origin(kind) is tuple:
        return tuple(_build(get_args(kind)[0], item) for item in raw)
    if get_args(kind):
        kind = next(part for part in get_args(kind) if part is not NoneType)
    if is_dataclass(kind):
        fields = _fields(cast("type", kind))
        return cast("type", kind)(**{name: _build(fields[name], raw[name]) for name in raw})
    if issubclass(kind, date):  # a datetime is one, too
        return kind.fromisoformat(raw)
    return kind(raw) if issubclass(kind, Enum) else raw


@cache
def _fields(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)

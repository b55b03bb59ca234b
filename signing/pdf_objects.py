"""Safe access to pyHanko's objects: its `dict.get` and iteration hand out undecrypted and unresolved values."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError

UNREADABLE = (
    PdfError, ValueError, KeyError, TypeError, AttributeError, AssertionError, IndexError,
    NotImplementedError, RecursionError, OSError, EOFError, ArithmeticError, zlib.error, struct.error,
)  # fmt: skip
"""What pyHanko raises over a hostile file (libraries.md, fact 12)."""


def is_dictionary(value: Any) -> bool:
    """Whether the value is a dictionary or a stream."""
    return isinstance(value, generic.DictionaryObject)


def entry(dictionary: Any, key: str) -> Any:
    """A dictionary's entry, resolved and decrypted; None where it is missing or null."""
    try:
        return dictionary[key]
    except KeyError:
        return None


def raw_entry(dictionary: Any, key: str) -> Any:
    """A dictionary's entry with its reference unresolved; None where it is missing."""
    try:
        value = dictionary.raw_get(key)
    except KeyError:
        return None
    return None if isinstance(value, generic.NullObject) else value


def raw_items(array: Any) -> list[Any]:
    """An array's items with references unresolved; nothing for what is no array."""
    if not isinstance(array, generic.ArrayObject):
        return []
    return [array.raw_get(index) for index in range(len(array))]


def items(array: Any) -> list[Any]:
    """An array's items, resolved."""
    return [resolved(item) for item in raw_items(array)]


def resolved(value: Any) -> Any:
    """What a reference points at; any other value as it is."""
    return value.get_object() if isinstance(value, generic.IndirectObject) else value


def reference_of(value: Any) -> Any:
    """The reference of an indirect object, None for a value written in place."""
    return value.reference if isinstance(value, generic.IndirectObject) else None

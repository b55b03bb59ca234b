"""Which form fields a signature locks (FieldMDP; ISO 32000-2, 12.8.2.4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pyhanko.sign.fields import FieldMDPSpec

from signing.pdf_objects import resolved


def read_lock(dictionary: Any) -> FieldMDPSpec:
    """Read a signature field's /Lock. Raises what pyHanko raises where it has no such form."""
    return plain(FieldMDPSpec.from_pdf_object(dictionary))


def plain(lock: FieldMDPSpec) -> FieldMDPSpec:
    """Return a lock with its fields' names as plain strings.

    Quirk(pyHanko 0.38): in an encrypted file it leaves them encrypted, and fails when a name is held against them.
    """
    if lock.fields is None:
        return lock
    named: list[Any] = [resolved(item) for item in lock.fields]
    return replace(lock, fields=[str(getattr(name, "decrypted", name)) for name in named])

"""The names of what can stand at the window's right; `SIGN_IN` takes the whole window."""

from __future__ import annotations

from enum import StrEnum


class Panel(StrEnum):
    """One of the panels."""

    SIGN_IN = "sign_in"
    DOCUMENT = "document"
    REVIEW = "review"
    SIGNING = "signing"
    RULES = "rules"
    PICTURES = "pictures"
    KEY_FILES = "key_files"
    DOCTOR = "doctor"
    TRUST = "trust"
    CHECKING = "checking"

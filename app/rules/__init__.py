"""Rule profiles: what differs between offices, read from TOML and checked by a typed model.

A new office is a new file under `resources/rules/` (or the administrator's folder), not new code. `model` says what a
profile may hold, `loading` reads one.
"""

from app.rules.loading import (
    KnownProfile,
    known_profiles,
    load_profile,
    parse_profile,
    profile_ids,
)
from app.rules.model import CopyForm, DateRule, FormRule, OpinionLevel, RuleProfile

__all__ = [
    "CopyForm",
    "DateRule",
    "FormRule",
    "KnownProfile",
    "OpinionLevel",
    "RuleProfile",
    "known_profiles",
    "load_profile",
    "parse_profile",
    "profile_ids",
]

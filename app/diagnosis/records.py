"""What a check says: plain records for the command line and the window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `code` has words that say what to do."""

    name: str
    state: State
    code: str
    detail: str = ""

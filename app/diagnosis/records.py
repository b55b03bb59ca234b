"""What a check says: plain records for the command line and the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from app.errors import AppError
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.token.records import ModuleInfo

State = Literal["ok", "warning", "error"]
NAMES = (
    *("modules", "module", "bits", "slots", "tokens", "mechanisms", "certificate", "chain"),
    *("test_signature", "pcsc", "keyring", "fonts", "profile", "converter", "store", "trust"),
    *("server", "clock", "tsa"),
)
"""The names of the checks, in the order in which a person reads them."""
Origin = Literal["settings", "own", "known"]


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `code` has words that say what to do, with `params` in them."""

    name: str
    state: State
    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """What the words are filled with, on its own."""
        return ", ".join(self.params.values())


@dataclass(frozen=True, slots=True)
class TriedModule:
    """A PKCS#11 module that was tried, and who named it: the settings, the person ("own"), or the program itself."""

    info: ModuleInfo
    origin: Origin


def failed(name: str, error: AppError | SigningError | PdfError, **params: str) -> Check:
    """Return the finding that an error is, with its own parameters and these."""
    own = {key: str(value) for key, value in error.params.items() if value is not None}
    return Check(name, "error", error.code, {**own, **params})

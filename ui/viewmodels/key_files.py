"""The PKCS#12 files that sign at this machine as tokens do: listed, added with their password, removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.workplace.records import Problem
from signing.token.pin import Pin
from ui.bridge import Bridge, Lane
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands
from ui.viewmodels.token import TokenVm

if TYPE_CHECKING:
    from signing.token.records import KeyFile, KeyFileInfo


@dataclass(frozen=True, slots=True)
class KeyFilesState:
    """`source` is the file whose password is awaited, `added` the one that was added last.

    `problem` is why the last wish was not done.
    """

    files: tuple[KeyFileInfo, ...] = ()
    source: Path | None = None
    added: Path | None = None
    is_busy: bool = False
    problem: Problem | None = None

    @property
    def can_add(self) -> bool:
        """Whether a password is awaited."""
        return self.source is not None and not self.is_busy


class KeyFilesVm(ViewModel):
    """Adds one file after the other. No password stays here."""

    def __init__(self, bridge: Bridge, token: TokenVm) -> None:
        super().__init__()
        self._errands = Errands(bridge)
        self._token = token
        self._state = KeyFilesState()

    @property
    def state(self) -> KeyFilesState:
        """What is shown."""
        return self._state

    def begin(self) -> None:
        """Begin anew: look which files were added."""
        self._errands.cancel_all()
        self._become(KeyFilesState(self._state.files))
        self._look()

    def choose(self, source: Path) -> None:
        """Choose a file to add; its password is awaited then."""
        if not self._state.is_busy:
            self._become(replace(self._state, source=source, added=None, problem=None))

    def add(self, password: str) -> None:
        """Look into the chosen file with its password, tried once, and keep where it lies."""
        source = self._state.source
        if source is None or self._state.is_busy:
            return
        if not password:
            self._become(replace(self._state, problem=Problem("token.password_empty")))
            return
        self._become(replace(self._state, is_busy=True, added=None, problem=None))
        # The password is handed over here; the lane forgets it with the errand.
        pin = Pin(password)
        self._errands.ask(
            "change", lambda it: it.add_key_file(source, pin), self._added, self._failed, Lane.TOKEN
        )

    def remove(self, sha256: str) -> None:
        """Forget the file with this certificate; it stays where it lies."""
        if not self._state.is_busy:
            self._become(replace(self._state, is_busy=True, added=None, problem=None))
            self._errands.ask(
                "change",
                lambda it: it.remove_key_file(sha256),
                self._changed,
                self._failed,
                Lane.TOKEN,
            )

    def _added(self, added: KeyFile) -> None:
        self._become(replace(self._state, source=None, added=Path(added.path)))
        self._changed(None)

    def _changed(self, _: None) -> None:
        self._become(replace(self._state, is_busy=False))
        self._look()
        self._token.look()

    def _look(self) -> None:
        self._errands.ask("look", lambda it: it.key_files(), self._looked, self._failed, Lane.TOKEN)

    def _looked(self, files: tuple[KeyFileInfo, ...]) -> None:
        self._become(replace(self._state, files=files))

    def _failed(self, problem: Problem) -> None:
        self._become(replace(self._state, is_busy=False, problem=problem))

    def _become(self, state: KeyFilesState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

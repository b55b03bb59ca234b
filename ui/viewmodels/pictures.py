"""The picture of a signature, a ký nháy or a seal that a person takes in: looked at first, then kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.workflow.documents import Person, Role
from app.workplace.records import Problem
from signing.terms import SignatureKind
from ui.bridge import Bridge
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands

if TYPE_CHECKING:
    from signing.intake.records import TakenImage

LEAST_MM, MOST_MM = 5.0, 120.0
"""How wide ink may be said to be."""


@dataclass(frozen=True, slots=True)
class PictureState:
    """`kinds` are those that the person may have a picture of, `kind` is the one that is wanted.

    `taken` is what came of `source`, to be looked at; `width_mm` is how wide the person says its ink is, None where the
    picture says it, or nobody does. `is_kept`: it is shown in signatures from now on. `problem` is why it was not
    taken or kept.
    """

    kinds: tuple[SignatureKind, ...] = (SignatureKind.PERSONAL,)
    kind: SignatureKind = SignatureKind.PERSONAL
    source: Path | None = None
    width_mm: float | None = None
    taken: TakenImage | None = None
    is_busy: bool = False
    is_kept: bool = False
    problem: Problem | None = None

    @property
    def can_keep(self) -> bool:
        """Whether there is something to keep."""
        return self.taken is not None and not self.is_busy and not self.is_kept


class PicturesVm(ViewModel):
    """Takes one picture after the other; nothing changes before it is kept."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._errands = Errands(bridge)
        self._state = PictureState()

    @property
    def state(self) -> PictureState:
        """What is shown."""
        return self._state

    def begin(self, person: Person | None) -> None:
        """Begin anew for a person: the seal's picture is the clerk's to take in."""
        roles = () if person is None else person.roles
        kinds = [SignatureKind.PERSONAL]
        kinds += [SignatureKind.INITIAL] if Role.INITIALLER in roles else []
        kinds += [SignatureKind.SEAL] if Role.CLERK in roles else []
        first = SignatureKind.SEAL if roles == (Role.CLERK,) else kinds[0]
        self._errands.cancel_all()
        self._become(PictureState(tuple(kinds), first))

    def choose(self, kind: SignatureKind) -> None:
        """Choose what the picture is of."""
        if kind in self._state.kinds and kind is not self._state.kind:
            self._errands.cancel_all()
            self._become(PictureState(self._state.kinds, kind))

    def take(self, source: Path) -> None:
        """Take a photo or scan in, to be looked at."""
        self._become(replace(self._state, source=source, width_mm=None))
        self._ask()

    def set_width(self, width_mm: float) -> None:
        """Say how wide the ink is in truth; with less than the least the picture says it, or nobody does."""
        wanted = width_mm if width_mm >= LEAST_MM else None
        if self._state.source is not None and wanted != self._state.width_mm:
            self._become(replace(self._state, width_mm=wanted))
            self._ask()

    def keep(self) -> None:
        """Show the picture in signatures from now on."""
        taken, kind = self._state.taken, self._state.kind
        if taken is not None and self._state.can_keep:
            self._become(replace(self._state, is_busy=True, problem=None))
            self._errands.ask(
                "keep", lambda it: it.keep_image(taken, kind), self._kept, self._failed
            )

    def _ask(self) -> None:
        source, kind, width_mm = self._state.source, self._state.kind, self._state.width_mm
        if source is None:
            return
        self._become(replace(self._state, taken=None, is_busy=True, is_kept=False, problem=None))
        self._errands.ask(
            "take", lambda it: it.take_image(source, kind, width_mm), self._took, self._failed
        )

    def _took(self, taken: TakenImage) -> None:
        self._become(replace(self._state, taken=taken, is_busy=False))

    def _kept(self, _: None) -> None:
        self._become(replace(self._state, is_busy=False, is_kept=True))

    def _failed(self, problem: Problem) -> None:
        self._become(replace(self._state, is_busy=False, problem=problem))

    def _become(self, state: PictureState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

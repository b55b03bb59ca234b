"""Pictures of signatures, ký nháy and seals that somebody takes in at this machine."""

from __future__ import annotations

from pathlib import Path

from app.store import Store
from app.workflow.office import Workbench
from app.workflow.pictures import take_picture
from app.workplace.account import Account
from signing.intake.records import TakenImage
from signing.terms import SignatureKind


class Images:
    """Takes pictures in for whoever is signed in."""

    def __init__(self, account: Account, store: Store, bench: Workbench) -> None:
        self._account = account
        self._store = store
        self._bench = bench

    def take(self, source: Path, kind: SignatureKind, width_mm: float | None) -> TakenImage:
        """Take a picture in, to be looked at. Errors as `take_picture`."""
        seat = self._account.seat
        bench = self._bench if seat is None else seat.office.bench
        return take_picture(bench, source, self._store.files.aside(".png"), kind, width_mm)

    def keep(self, taken: TakenImage, kind: SignatureKind) -> None:
        """Keep it, and show it from now on.

        Raises:
            AppError: `server.sign_in_again` where nobody is signed in; as `PictureStore.keep`.
        """
        person = self._account.seated().person
        owner = None if kind is SignatureKind.SEAL else person.user_id
        self._store.pictures.keep(taken.path, kind.value, owner)
        self._account.refurnish()

"""What a person, or a document's task, wants said at a level of an internal form. Quick to import."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.rules import FormRule
from pdf.places import OpinionPlace


@dataclass(frozen=True, slots=True)
class Form:
    """An internal form whose levels were found on its pages: `places` in their order."""

    rule: FormRule
    places: tuple[OpinionPlace, ...]

    def place_of(self, level: int) -> OpinionPlace | None:
        """Return a level's place; None where the form leaves the level out."""
        return next((place for place in self.places if place.level == level), None)


@dataclass(frozen=True, slots=True)
class Said:
    """What a level says on a form: without a text it agrees.

    `level` is None for a signature that is none of a level's; the fields of the others are prepared all the same.
    `seats` are the levels that have a signer; None where nobody said who signs.
    """

    form: Form
    level: int | None = None
    text: str = field(default="", repr=False)
    seats: tuple[int, ...] | None = None

    @property
    def place(self) -> OpinionPlace | None:
        """Where the level writes and signs."""
        return None if self.level is None else self.form.place_of(self.level)

    def is_seated(self, level: int) -> bool:
        """Say whether somebody signs at a level."""
        return self.seats is None or level in self.seats

"""What a field does to the words around it, as a record that loads no engine."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traces:
    """What a person no longer reads, or reads otherwise, because a field is drawn.

    `hides_line`: a whole line of a signer's position or name. `hides_part`: some of one, or of the sign that ends a
    text. `touches_number`: it draws right beside a number, as if it were more digits of it. `stands_beside`: it goes
    on where a line of words begins or ends.
    """

    hides_line: bool = False
    hides_part: bool = False
    touches_number: bool = False
    stands_beside: bool = False

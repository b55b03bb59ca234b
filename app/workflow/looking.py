"""What checking a document asks of the processes beyond their verdict: what is seen of it, then and now."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from pdf.traces import Signed, SinceSigned, Traces, Widget
from signing.report import Revision


class SignedPages(Protocol):
    """The pages of a signed document, as a person sees them."""

    def traces(self, path: Path, widgets: tuple[Widget, ...]) -> Future[tuple[Traces, ...]]:
        """Say of each field what it does to the words that it may lie over or beside."""

    def since_signed(
        self, path: Path, signed: tuple[Signed, ...]
    ) -> Future[tuple[SinceSigned, ...]]:
        """Say for each signature what of its file is seen now and was not then."""


class Revisions(Protocol):
    """The revisions that a signed file is made of."""

    def revisions(self, path: Path) -> Future[tuple[Revision, ...]]:
        """Return the revisions of a signed file, and which signature ends each."""

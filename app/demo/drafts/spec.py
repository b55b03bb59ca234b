"""What a sample draft is: metadata as the document server tells them, and how each file is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.demo.people import Holder
from app.workflow.documents import GivenPlace, Secrecy, Urgency

Builder = Callable[[Path], None]
"""Writes the file to a path."""


@dataclass(frozen=True, slots=True)
class DraftSigner:
    """Người ký. `title_lines` is the position as printed (KT., TL. prefixes and all)."""

    holder: Holder
    title_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft; the first of a draft is the main document, the others are attachments."""

    name: str
    build: Builder


@dataclass(frozen=True, slots=True)
class DraftSpec:
    """A sample draft.

    Office terms as in `app.workflow.documents.Document`: `abstract` is trích yếu, `kind_name` loại
    văn bản, `symbol` the part of số và ký hiệu after the slash. `deadline_days` counts from the day
    on which the office opens. `initiallers` give ký nháy before the signers; a draft without signers is
    the scan of a paper signed by hand. `places` are sent with it, its files counted as "f1", "f2", ….
    """

    key: str
    abstract: str
    kind_name: str
    symbol: str
    signers: tuple[DraftSigner, ...]
    files: tuple[DraftFile, ...]
    recipients: tuple[str, ...]
    drafting_unit: str
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    paper_only: bool = False
    deadline_days: int | None = 5
    dossier_code: str | None = None
    receipt_number: str | None = None
    initiallers: tuple[Holder, ...] = ()
    places: tuple[GivenPlace, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingSpec:
    """A document that another agency has sent: number and date are its own."""

    key: str
    abstract: str
    kind_name: str
    number: str
    issue_date: date
    sender: str
    file: DraftFile

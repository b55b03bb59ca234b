"""Drafts that come as Word files (seed 003: "đính kèm tập tin (bản Word)"): a checked PDF in their place.

The PDF is what is shown, placed and signed. It is laid out on this machine, so its lines may break elsewhere than on
the author's: whoever signs reads it and not the original.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.errors import AppError
from app.workflow.documents import Document, FileRef
from app.workflow.fetching import fetch, refuse_paper_documents
from app.workflow.office import Office, Workbench
from app.workflow.ports import Converter, DocumentLook
from app.workflow.rebasing import PDF, TAKEN_IN, rebase
from pdf.errors import PdfError
from signing.errors import SigningError

WORD_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
"""How .docx and .odt, .doc, and .rtf begin; what else begins so, the converter refuses."""
WORD_SUFFIXES = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf")
PDF_HEAD, HEAD_BYTES = b"%PDF-", 1024
"""Readers look for the header in the first kilobyte (ISO 32000-2, Annex I.2)."""
LAYOUT = "convert.layout"

Told = Callable[[str], None]
"""Told the name of each file before it is converted, which takes a second or more."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A document whose Word files are PDFs, as far as can be. `problems` name the attachments that are not."""

    document: Document
    problems: tuple[Exception, ...] = ()


def is_word(path: Path) -> bool:
    """Say whether a file is, by how it begins, a Word file and no PDF."""
    with path.open("rb") as file:
        return file.read(8).startswith(WORD_HEADS)


def converted(office: Office, document: Document, told: Told | None = None) -> Converted:
    """Bring a document's Word files to PDFs: each converted once, and with the server as a new unsigned base.

    Where the server is away, the bases wait here and go ahead of the signatures on them.

    Args:
        office: of whoever holds the document, before any signature.
        document: as the server describes it, or as it is kept here.
        told: of each file that is to be converted.

    Raises:
        AppError: the main file's: as `convert`, `rebase` and `fetch`. `workflow.not_pdf` where it is a Word file and
            the document at no step that takes a new base.
    """
    refuse_paper_documents(document)
    main = document.main_file
    if is_word(fetch(office, document, main)):
        document = _rebased(office, document, main, told)
    problems: list[Exception] = []
    for attachment in document.attachments:
        if document.state in TAKEN_IN and says_word(attachment):
            try:
                if is_word(fetch(office, document, attachment)):
                    document = _rebased(office, document, attachment, told)
            except (AppError, PdfError, SigningError) as error:
                problems.append(error)
    return Converted(document, tuple(problems))


def says_word(file: FileRef) -> bool:
    """Say whether a file is told to be a Word file, by its media type or its name."""
    return file.media_type != PDF or is_word_name(file.name)


def is_word_name(name: str) -> bool:
    """Say whether a file is named as Word files are."""
    return PurePath(name).suffix.lower() in WORD_SUFFIXES


def refuse_other_than_pdf(office: Office, document: Document) -> None:
    """Refuse to issue a document with a file that cannot be sealed, before a number is taken.

    Raises:
        AppError: `workflow.not_pdf`; as `fetch`.
    """
    for file in document.files:
        with fetch(office, document, file).open("rb") as content:
            if PDF_HEAD not in content.read(HEAD_BYTES):
                raise AppError("workflow.not_pdf", file=file.name)


def convert(bench: Workbench, original: Path, out: Path) -> None:
    """Convert a Word file into a PDF that can be signed; nothing is left at `out` unless it can.

    Raises:
        AppError: `convert.missing` where this machine has nothing that converts; `convert.not_word`,
            `convert.encrypted`, `convert.too_large`, `convert.reaches_out`, `convert.failed`,
            `convert.too_long`; of the result `convert.font_not_embedded`, `convert.letters_missing`,
            `convert.active_content`, `convert.bad_result`, `workflow.too_large`.
    """
    try:
        _converter(bench, original).convert(original, out).result()
        _check(bench, original, out)
    except BaseException as error:
        out.unlink(missing_ok=True)
        if isinstance(error, AppError) and error.code == "worker.deadline":
            seconds = error.params.get("seconds")
            raise AppError("convert.too_long", file=original.name, seconds=seconds) from error
        raise


def conversion_notes(bench: Workbench, original: Path | None, pdf: Path) -> tuple[str, ...]:
    """Return what a person should know who reads a converted file, as message codes.

    Args:
        bench: the processes.
        original: where it is here; on another machine only the layout can be spoken of.
        pdf: what was made of it.
    """
    if original is None or bench.converter is None:
        return (LAYOUT,)
    families, _ = bench.eyes.typefaces(pdf).result()
    letters = bench.eyes.letters(pdf).result()
    return (LAYOUT, *bench.converter.notes_on(original, families, letters).result())


def _converter(bench: Workbench, original: Path) -> Converter:
    if bench.converter is None:
        raise AppError("convert.missing", file=original.name)
    return bench.converter


def _check(bench: Workbench, original: Path, out: Path) -> None:
    """Hold what was made against what a base must be; whether it says the same, only a reader can tell."""
    limit = bench.profile.limits.file_bytes
    if out.stat().st_size > limit:
        raise AppError("workflow.too_large", bytes=out.stat().st_size, limit=limit)
    look: DocumentLook = bench.eyes.facts(out).result()
    facts = bench.judge.look(out).result()
    if look.is_repaired or facts.signed or facts.own_fields or facts.empty_signature_fields:
        raise AppError("convert.bad_result", file=original.name)
    active = bench.judge.verify(out).result().active_content
    if active:
        raise AppError("convert.active_content", file=original.name, found=", ".join(active))
    _, loose = bench.eyes.typefaces(out).result()
    if loose:
        raise AppError("convert.font_not_embedded", file=original.name, fonts=", ".join(loose))
    conversion_notes(bench, original, out)


def _rebased(office: Office, document: Document, file: FileRef, told: Told | None) -> Document:
    if document.state not in TAKEN_IN:
        raise AppError("workflow.not_pdf", file=file.name)

    def rewrite(original: Path, out: Path) -> None:
        if told is not None:
            told(file.name)
        try:
            convert(office.bench, original, out)
        except AppError as error:
            # In the store the original is named by its hash.
            raise AppError(error.code, **(error.params | {"file": file.name})) from error

    return rebase(office, document, file, rewrite).document

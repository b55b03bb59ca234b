"""What a Word file is, by its content: its format, and what of it will look otherwise once it is a PDF.

Nothing of it is interpreted: names and marks are looked for in bounded pieces of its parts.
"""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError

ZIP_HEAD, OLE_HEAD, RTF_HEAD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
UNPACKED_LIMIT_BYTES = 512 * 1024**2
"""Of all parts together: a thousand pages with pictures stay far below."""
PARTS_LIMIT = 20_000
_PIECE_BYTES = 16 * 1024**2
"""Of one part that is looked through."""

TWINS = {
    "Times New Roman": "LiberationSerif",
    "Arial": "LiberationSans",
    "Courier New": "LiberationMono",
    "Calibri": "Carlito",
    "Cambria": "Caladea",
}
"""Fonts with the same widths as Microsoft's: lines and pages break where the author saw them break."""
_OF_EVERY_LIST = {"OpenSymbol"}
"""Draws bullets, whatever font the author's had."""
_LEGACY = re.compile(r"(?:\.Vn|VNI-)[A-Z][A-Za-z0-9]*")
"""Families of the old Vietnamese encodings (TCVN3, VNI): without the font itself the letters are other letters."""


@dataclass(frozen=True, slots=True)
class WordFormat:
    """A format that can be converted: the suffix its copy gets, and LibreOffice's name of its import filter."""

    suffix: str
    import_filter: str


DOCX = WordFormat(".docx", "MS Word 2007 XML")
DOC = WordFormat(".doc", "MS Word 97")
ODT = WordFormat(".odt", "writer8")
RTF = WordFormat(".rtf", "Rich Text Format")

_OOXML_MAIN = (b"wordprocessingml.", b"ms-word.")
_OOXML_PARTS = re.compile(
    r"word/(?:document\d*|styles|fontTable|numbering|header\d*|footer\d*)\.xml"
)
_ODF_PARTS = re.compile(r"(?:content|styles)\.xml")
_OOXML_WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ODF_BODY = re.compile(r"<office:text\b.*</office:text>", re.DOTALL)
_ODF_UNSEEN = re.compile(
    r"<text:tracked-changes\b.*?</text:tracked-changes>|<office:annotation\b.*?</office:annotation>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_OOXML_CHANGED = re.compile(r"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_OOXML_LINK = re.compile(r'<Relationship\b(?=[^>]*/(?:image|oleObject)")(?=[^>]*"External")')
_ODF_LINK = re.compile(r'<(?:draw:image|draw:object|text:section-source)\b[^>]*xlink:href="[a-z]+:')


_RTF_HEX = re.compile(r"\\'([0-9a-fA-F]{2})")
_RTF_CODE = re.compile(r"\\u(-?\d{1,6}) ?")
_RTF_CODE_AND_OTHER = re.compile(_RTF_CODE.pattern + ".")
_RTF_CONTROL = re.compile(r"\\[a-zA-Z]+-?\d* ?|\\[^a-zA-Z]|[{}\r\n]")
_RTF_INCLUDE = re.compile(r"INCLUDE\s*(?:PICTURE|TEXT)", re.IGNORECASE)


def format_of(path: Path) -> WordFormat:
    """Return a file's format by its content.

    Raises:
        AppError: `convert.not_word`, `convert.encrypted`, `convert.too_large` (a package that unpacks to too much).
    """
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(ZIP_HEAD):
        return _format_of_package(path)
    if head == OLE_HEAD:
        content = path.read_bytes()
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise AppError("convert.encrypted", file=path.name)
        if "WordDocument".encode("utf-16-le") in content:
            return DOC
    elif head.startswith(RTF_HEAD):
        return RTF
    raise AppError("convert.not_word", file=path.name)


def refuse_reaching_out(path: Path, kind: WordFormat) -> None:
    """Refuse an .rtf with a picture or text of another file: LibreOffice would put this machine's into the PDF.

    Of the other formats it leaves such links alone, where it is told so.

    Raises:
        AppError: `convert.reaches_out`.
    """
    if kind is not RTF:
        return
    text = _RTF_HEX.sub(lambda x: chr(int(x[1], 16)), path.read_bytes().decode("latin-1"))
    # A letter told by its code may have another behind it, for readers that know no codes.
    for code in (_RTF_CODE, _RTF_CODE_AND_OTHER):
        plain = code.sub(lambda x: chr(int(x[1]) % 0x10000), text)
        if _RTF_INCLUDE.search(_RTF_CONTROL.sub("", plain)):
            raise AppError("convert.reaches_out", file=path.name)


def notes_on(path: Path, families: tuple[str, ...], letters: str) -> tuple[str, ...]:
    """Say what a person should know who reads the PDF made of a file and not the file itself, as message codes.

    Args:
        path: the original.
        families: of the fonts in the PDF, without spaces.
        letters: every letter of the PDF's text, as `pdf.typefaces.letters` gives them.

    Raises:
        AppError: as `format_of`; `convert.letters_missing` where letters of the Latin alphabet, with Vietnamese marks
            or without, are in the file and not in the PDF. Of .doc and .rtf that cannot be told.
    """
    kind = format_of(path)
    text = _text_of(path, kind)
    notes = [*_font_notes(text, families)]
    missing = _written(text, kind) - set(letters)
    latin = sorted(x for x in missing if unicodedata.name(x, "").startswith("LATIN"))
    if latin:
        raise AppError("convert.letters_missing", file=path.name, letters=" ".join(latin))
    if missing:
        notes.append("convert.symbols_missing")
    if _is_changed(text, kind):
        notes.append("convert.tracked_changes")
    if "vbaProject.bin" in text or "_VBA_PROJECT" in text or "Basic/script-lc.xml" in text:
        notes.append("convert.macros_left_out")
    if (_OOXML_LINK if kind is DOCX else _ODF_LINK).search(text):
        notes.append("convert.links_left_out")
    return tuple(notes)


def _font_notes(text: str, families: tuple[str, ...]) -> Iterable[str]:
    asked = text.replace(" ", "")
    twins = {twin: family for family, twin in TWINS.items()}
    unasked = [
        family for family in families if family not in asked and family not in _OF_EVERY_LIST
    ]
    if any(family in twins and twins[family] in text for family in unasked):
        yield "convert.font_twin"
    if any(family not in twins or twins[family] not in text for family in unasked):
        yield "convert.font_replaced"
    if any(name.replace(".", "") not in "".join(families) for name in _LEGACY.findall(text)):
        yield "convert.font_legacy"


def _written(text: str, kind: WordFormat) -> set[str]:
    """Return the letters of what the author wrote, folded as those of the PDF; none where they cannot be told."""
    if kind is DOCX:
        words = "".join(_OOXML_WORDS.findall(text))
    elif kind is ODT:
        body = _ODF_BODY.search(text)
        words = _TAG.sub("", _ODF_UNSEEN.sub("", body[0] if body else ""))
    else:
        return set()
    folded = unicodedata.normalize("NFKC", html.unescape(words)).casefold()
    return {letter for letter in folded if letter.isalpha()}


def _is_changed(text: str, kind: WordFormat) -> bool:
    if kind is DOCX:
        return _OOXML_CHANGED.search(text) is not None
    return "<text:tracked-changes" in text or "\\revised" in text


def _format_of_package(path: Path) -> WordFormat:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > PARTS_LIMIT or sum(x.file_size for x in parts) > UNPACKED_LIMIT_BYTES:
                raise AppError("convert.too_large", file=path.name)
            if _piece(package, "mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
                if b"encryption-data" in _piece(package, "META-INF/manifest.xml"):
                    raise AppError("convert.encrypted", file=path.name)
                return ODT
            if any(mark in _piece(package, "[Content_Types].xml") for mark in _OOXML_MAIN):
                return DOCX
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise AppError("convert.not_word", file=path.name) from error
    raise AppError("convert.not_word", file=path.name)


def _text_of(path: Path, kind: WordFormat) -> str:
    """Return the parts in which fonts and marks are named, and the names of all parts."""
    if kind in (DOCX, ODT):
        wanted = _OOXML_PARTS if kind is DOCX else _ODF_PARTS
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
            read = [x for x in names if wanted.fullmatch(x) or x.endswith("document.xml.rels")]
            pieces = [_piece(package, name).decode("utf-8", "replace") for name in read]
            return "\n".join((*names, *pieces))
    content = path.read_bytes()
    # A .doc names its fonts in UTF-16, at odd places as well as even ones; an .rtf in plain letters.
    wide = (content[start:].decode("utf-16-le", "replace") for start in (0, 1))
    return "\n".join((content.decode("latin-1"), *(wide if kind is DOC else ())))


def _piece(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        with package.open(name) as part:
            return part.read(_PIECE_BYTES)
    except KeyError:
        return b""

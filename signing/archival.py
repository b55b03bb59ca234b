"""PDF/A: what a file claims, and what may be added to it without breaking that (ISO 19005-1, -2, -3)."""

from __future__ import annotations

import re
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.pdf_objects import UNREADABLE, entry, is_dictionary, items

_PART = re.compile(r"""pdfaid:part(?:\s*=\s*["']|>)\s*(\d)""")
_NEWEST = (1, 7)
"""PDF/A-1 to -3 rest on PDF 1.4 and 1.7."""

_SRGB = {
    "/WhitePoint": (0.9505, 1.0, 1.089),
    "/Gamma": (2.2, 2.2, 2.2),
    "/Matrix": (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505),
}


class Update(IncrementalPdfFileWriter):
    """One incremental update that leaves the document's own metadata alone and keeps its PDF/A claim true.

    Quirk(pyHanko 0.38): it writes itself as producer into /Info and, in other words, into the XMP metadata: a reader
    of PDF/A-1 must find the two alike (ISO 19005-1, 6.7.3).
    """

    @property
    def archival_part(self) -> int | None:
        """The part of ISO 19005 that the file claims to conform to, None where it claims nothing."""
        return archival_part(self.prev)

    def ensure_output_version(self, version: Any) -> None:
        """Raise the catalog's /Version, but in an archival file not beyond what its part rests on."""
        part = self.archival_part
        if part is None or (part in (2, 3) and version <= _NEWEST):
            IncrementalPdfFileWriter.ensure_output_version(self, version)

    def _update_meta(self) -> None:
        """Leave /Info and XMP as they are: a signature changes nothing of what the document says of itself."""


def archival_part(handle: Any) -> int | None:
    """Return the part of ISO 19005 that a file's XMP metadata name, None where they name none."""
    try:
        metadata = entry(handle.root, "/Metadata")
        if not isinstance(metadata, generic.StreamObject):
            return None
        data = bytes(metadata.data)
    except UNREADABLE:
        return None
    encoding = "utf-16" if data[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8"
    found = _PART.search(data.decode(encoding, errors="replace"))
    return int(found[1]) if found else None


def is_first_part(writer: Any) -> bool:
    """Whether what is written goes into a PDF/A-1 file: nothing half transparent, all letters of a font listed.

    Source: ISO 19005-1, 6.4 and 6.3.5.
    """
    return isinstance(writer, Update) and writer.archival_part == 1


def colour_space(writer: Any) -> generic.PdfObject:
    """The colour space for red, green and blue: the device's, or sRGB by numbers where PDF/A has no such output.

    Source: ISO 19005-1, 6.2.3; ISO 19005-2, 6.2.4.
    """
    if not isinstance(writer, Update) or writer.archival_part is None or _shows_rgb(writer.prev):
        return pdf_name("/DeviceRGB")
    numbers = {
        pdf_name(key): generic.ArrayObject(map(generic.FloatObject, values))
        for key, values in _SRGB.items()
    }
    return generic.ArrayObject([pdf_name("/CalRGB"), generic.DictionaryObject(numbers)])


def _shows_rgb(handle: Any) -> bool:
    try:
        intents = [
            item for item in items(entry(handle.root, "/OutputIntents")) if is_dictionary(item)
        ]
        profiles = [entry(intent, "/DestOutputProfile") for intent in intents]
        return any(is_dictionary(profile) and entry(profile, "/N") == 3 for profile in profiles)
    except UNREADABLE:
        return False

"""Reads objects out of object streams (ISO 32000-2, 7.5.7): each stream's table once, and no number twice."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader


class PackedReader(PdfFileReader):
    """A lenient reader. PyHanko's own unpacks a stream anew for each object in it: 20 s for a form of 1,400 fields."""

    def __init__(self, stream: Any) -> None:
        self._packs: dict[int, _Pack] = {}
        super().__init__(stream, strict=False)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        if stmnum not in self._packs:
            self._packs[stmnum] = _Pack(generic.Reference(stmnum, 0, self).get_object())
        return self._packs[stmnum].read(generic.Reference(idnum, 0, self), idx)


class _Pack:
    def __init__(self, stream: Any) -> None:
        if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
            raise PdfReadError("An object is said to be in what is no object stream.")
        self._data = stream.read_data(DecodePurpose.OBJECT_STREAM)
        first, count = int(stream["/First"]), int(stream["/N"])
        numbers = [int(word) for word in self._data[:first].split()[: 2 * count]]
        self._count = count
        self._places: dict[int, int] = {}
        for number, offset in zip(numbers[::2], numbers[1::2], strict=False):
            if number in self._places:
                # Viewers take the last, or the one that the table counts to; this engine took the first.
                raise PdfReadError("An object stream holds two objects of one number.")
            self._places[number] = first + offset

    def read(self, reference: Any, index: int) -> Any:
        place = self._places.get(reference.idnum)
        if place is None or not 0 <= index < self._count:
            return generic.NullObject()
        data = BytesIO(self._data)
        data.seek(place)
        try:
            return generic.read_object(data, reference)
        except PdfReadError:
            # As other viewers do: what cannot be read is nothing.
            return generic.NullObject()

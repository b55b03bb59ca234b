"""Incremental updates written byte by byte, as no program writes them."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader

_FIRST_FREE = 90
"""Beyond every object of the drafts of `verification_world`."""
_NO_ROWS: Mapping[int, tuple[int, int, int]] = {}


class Numbers:
    """The object numbers of a signed draft's parts, and how they are written."""

    def __init__(self, data: bytes) -> None:
        reader: Any = PdfFileReader(BytesIO(data))
        self.root = reader.root
        self.catalog = reader.root_ref.idnum
        self.pages = self.root.raw_get("/Pages").idnum
        self.page = self.root["/Pages"]["/Kids"].raw_get(0).idnum
        self.contents = self.first_page.raw_get("/Contents").idnum
        self.resources = self.first_page.raw_get("/Resources").idnum
        self.font = self.first_page["/Resources"]["/Font"].raw_get("/F1").idnum
        self.form = self.root.raw_get("/AcroForm").idnum
        self.field = self.root["/AcroForm"]["/Fields"].raw_get(0).idnum

    @property
    def first_page(self) -> Any:
        return self.root["/Pages"]["/Kids"][0]


def written(value: Any, *more: bytes) -> bytes:
    """An object as a file has it; a dictionary with more entries."""
    out = BytesIO()
    value.write_to_stream(out, None)
    data = out.getvalue()
    return data[:-2] + b" ".join(more) + b">>" if more else data


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def last_table(data: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", data)[-1])


def trailer(data: bytes, entries: bytes = b"", previous: int | None = None) -> bytes:
    root = re.findall(rb"/Root (\d+) 0 R", data)[-1]
    before = last_table(data) if previous is None else previous
    return b"/Size 200 /Root %s 0 R /Prev %d %s" % (root, before, entries)


def updated(
    data: bytes,
    objects: Mapping[int, bytes],
    *,
    generation: int = 0,
    entries: bytes = b"",
    rows: bytes = b"",
    previous: int | None = None,
) -> bytes:
    """The file with an update whose table is a classic one; `rows` are added to it as they are."""
    out = bytearray(data + b"\n")
    offsets = _append(out, objects, generation)
    start = len(out)
    out += b"xref\n" + (b"" if offsets or rows else b"0 0\n")
    for number, offset in offsets.items():
        out += b"%d 1\n%010d %05d n \n" % (number, offset, generation)
    out += rows + b"trailer\n<< " + trailer(data, entries, previous) + b" >>\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def packed(
    data: bytes,
    objects: Mapping[int, bytes],
    inside: Mapping[int, bytes],
    *,
    number: int = _FIRST_FREE + 9,
    behind: bytes = b"",
    rows: Mapping[int, tuple[int, int, int]] = _NO_ROWS,
) -> bytes:
    """The file with an update whose table is a stream; some objects lie `inside` the object stream `number`."""
    out = bytearray(data + b"\n")
    rows = dict(rows) | {key: (1, offset, 0) for key, offset in _append(out, objects).items()}
    if inside:
        head, body = b"", b""
        for index, (key, value) in enumerate(inside.items()):
            head += b"%d %d " % (key, len(body))
            body += value + b" "
            rows[key] = (2, number, index)
        rows[number] = (1, len(out), 0)
        kind = b"/Type /ObjStm /N %d /First %d" % (len(inside), len(head))
        _append(out, {number: stream(head + body + behind, kind)})
    start = len(out)
    table = {**rows, _FIRST_FREE + 8: (1, start, 0)}
    _append(out, {_FIRST_FREE + 8: _table_stream(table, trailer(data))})
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def hybrid(data: bytes, objects: Mapping[int, bytes], *, rows: bytes = b"0 0\n") -> bytes:
    """The file with an update whose classic table tells nothing of what the stream beside it does."""
    out = bytearray(data + b"\n")
    table = {key: (1, offset, 0) for key, offset in _append(out, objects).items()}
    beside = len(out)
    _append(out, {_FIRST_FREE + 8: _table_stream(table, b"/Size 200")})
    start = len(out)
    out += b"xref\n" + rows + b"trailer\n<< "
    out += trailer(data, b"/XRefStm %d" % beside) + b" >>\n"
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def _append(out: bytearray, objects: Mapping[int, bytes], generation: int = 0) -> dict[int, int]:
    offsets: dict[int, int] = {}
    for number, value in objects.items():
        offsets[number] = len(out)
        out += b"%d %d obj\n%s\nendobj\n" % (number, generation, value)
    return offsets


def _table_stream(rows: Mapping[int, tuple[int, int, int]], entries: bytes) -> bytes:
    index = b" ".join(b"%d 1" % number for number in sorted(rows))
    packed_rows = b"".join(struct.pack(">BIH", *rows[number]) for number in sorted(rows))
    return stream(packed_rows, b"/Type /XRef /W [1 4 2] /Index [%s] %s" % (index, entries))

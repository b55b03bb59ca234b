"""One letter in the shapes that PDF files come in: versions, cross-references, trees, encryption, damage.

Everything is made by other programs than the ones under test, or by hand where none makes it.
"""

from __future__ import annotations

import re
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.integration.signing.office import told

Make = Callable[[Path, Path], None]
"""Makes a variant of the first file at the second path."""


def qpdf(*options: str) -> Make:
    """A variant as qpdf writes it."""

    def make(source: Path, out: Path) -> None:
        told("qpdf", *options, source, out, codes=(0, 3))

    return make


def bytes_edited(edit: Callable[[bytes], bytes]) -> Make:
    """A variant with other bytes; the tables are as they were."""

    def make(source: Path, out: Path) -> None:
        out.write_bytes(edit(source.read_bytes()))

    return make


def objects_edited(edit: Callable[[str], str]) -> Make:
    """A variant with other objects; the tables are made anew by qpdf's own editor's tool."""

    def make(source: Path, out: Path) -> None:
        open_form = out.with_suffix(".qdf")
        told("qpdf", "--qdf", "--object-streams=disable", source, open_form, codes=(0, 3))
        text = edit(open_form.read_bytes().decode("latin-1"))
        open_form.write_bytes(text.encode("latin-1"))
        fixed = subprocess.run(["fix-qdf", open_form], capture_output=True, check=True)
        out.write_bytes(fixed.stdout)
        open_form.unlink()

    return make


def hybrid(source: Path, out: Path) -> None:
    """As Word writes: a table, then an empty one whose trailer points at a stream for objects that old readers miss.

    Source: ISO 32000-2, 7.5.8.4.
    """
    classic = out.with_suffix(".classic")
    told("qpdf", "--object-streams=disable", "--force-version=1.5", source, classic)
    data = classic.read_bytes()
    classic.unlink()
    table_at = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    trailer = data[data.rindex(b"trailer") :]
    size = int(re.search(rb"/Size (\d+)", trailer)[1])  # type: ignore[index]
    root = re.search(rb"/Root \d+ \d+ R", trailer)[0]  # type: ignore[index]
    hidden, holder, stream = size, size + 1, size + 2
    packed = b"%d 0 <</Hidden true>>" % hidden
    first = packed.index(b"<<")
    body = zlib.compress(packed)
    holder_at = len(data)
    data += b"%d 0 obj\n<</Type/ObjStm/N 1/First %d/Filter/FlateDecode/Length %d>>\nstream\n" % (
        holder,
        first,
        len(body),
    )
    data += body + b"\nendstream\nendobj\n"
    stream_at = len(data)
    rows = b"\x02" + holder.to_bytes(4, "big") + b"\0"
    rows += b"\x01" + holder_at.to_bytes(4, "big") + b"\0"
    rows += b"\x01" + stream_at.to_bytes(4, "big") + b"\0"
    rows = zlib.compress(rows)
    data += (
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Index[%d 3]/Filter/FlateDecode %s/Length %d>>\nstream\n"
        % (stream, size + 3, hidden, root, len(rows))
    )
    data += rows + b"\nendstream\nendobj\n"
    second_at = len(data)
    data += b"xref\n0 0\ntrailer\n<</Size %d %s/Prev %d/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size + 3,
        root,
        table_at,
        stream_at,
        second_at,
    )
    out.write_bytes(data)


def updated_twice(source: Path, out: Path) -> None:
    """With a history: its catalog was written twice more."""
    data = source.read_bytes()
    for _ in range(2):
        data = _catalog_again(data)
    out.write_bytes(data)


def _catalog_again(data: bytes) -> bytes:
    table_at = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    trailer = data[data.rindex(b"trailer") :]
    number = int(re.search(rb"/Root (\d+) \d+ R", trailer)[1])  # type: ignore[index]
    start = data.rindex(b"\n%d 0 obj" % number) + 1
    catalog = data[start : data.index(b"endobj", start) + 6]
    size = re.search(rb"/Size \d+", trailer)[0]  # type: ignore[index]
    at = len(data)
    data += catalog + b"\n"
    table = len(data)
    data += (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            number,
            at,
            size,
            number,
            table_at,
            table,
        )
    )
    return data


def _next_number(text: str) -> int:
    return max(int(item) for item in re.findall(r"\n(\d+) 0 obj", text)) + 1


def _with_objects(text: str, *bodies: str) -> str:
    """Add objects behind the last one, numbered on from it."""
    first = _next_number(text)
    added = "".join(
        f"%% added\n{number} 0 obj\n{body}\nendobj\n\n" for number, body in enumerate(bodies, first)
    )
    return text.replace("xref\n0", added + "xref\n0", 1)


def with_entry(text: str, kind: str, entry: str) -> str:
    """Add an entry to every dictionary of a kind: Catalog, Page."""
    assert f"/Type /{kind}\n" in text
    return text.replace(f"/Type /{kind}\n", f"{entry}\n  /Type /{kind}\n")


EMPTY_FIELD = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (ChoKy) /F 132 /Rect [ 0 0 0 0 ] >>"
LINK = "<< /Type /Annot /Subtype /Link /Rect [ 10 10 20 20 ] /Border [ 0 0 0 ] >>"


def field_in_place(text: str) -> str:
    """An empty signature field written into the form's list itself (libraries.md, fact 17)."""
    return with_entry(text, "Catalog", f"/AcroForm << /Fields [ {EMPTY_FIELD} ] >>")


def field_list_apart(text: str) -> str:
    """The form, its list of fields and the field are objects each."""
    number = _next_number(text)
    text = with_entry(text, "Catalog", f"/AcroForm {number} 0 R")
    listed = f"[ {number + 2} 0 R ]"
    return _with_objects(text, f"<< /Fields {number + 1} 0 R >>", listed, EMPTY_FIELD)


def annotations_apart(text: str) -> str:
    """The page's list of annotations is an object."""
    number = _next_number(text)
    text = with_entry(text, "Page", f"/Annots {number} 0 R")
    return _with_objects(text, f"[ {number + 1} 0 R ]", LINK)


def annotations_shared(source: Path, out: Path) -> None:
    """Two pages with the same list of annotations: what is added to it stands on both."""
    twice = out.with_suffix(".twice")
    told("qpdf", "--empty", "--pages", source, source, "--", twice)
    objects_edited(annotations_apart)(twice, out)
    twice.unlink()


def deep_tree(text: str) -> str:
    """The page under nodes of its own, its media box inherited from the top."""
    top = re.search(r"/Pages (\d+) 0 R", text)
    assert top
    node = re.search(rf"\n{top[1]} 0 obj\n<<.*?\nendobj", text, re.DOTALL)
    page = re.search(r"\n(\d+) 0 obj\n<<(?:(?!endobj).)*?/Type /Page\n.*?endobj", text, re.DOTALL)
    assert node
    assert page
    box = re.search(r"/MediaBox \[.*?\]", page[0], re.DOTALL)
    assert box
    outer = _next_number(text)
    moved = re.sub(r"/Parent \d+ 0 R", f"/Parent {outer + 1} 0 R", page[0]).replace(box[0], "")
    listed = f"/Kids [ {outer} 0 R ] {box[0]}"
    text = text.replace(page[0], moved)
    text = text.replace(node[0], re.sub(r"/Kids \[.*?\]", listed, node[0], flags=re.DOTALL))
    kind = "<< /Type /Pages /Count 1"
    return _with_objects(
        text,
        f"{kind} /Parent {top[1]} 0 R /Kids [ {outer + 1} 0 R ] >>",
        f"{kind} /Parent {outer} 0 R /Kids [ {page[1]} 0 R ] >>",
    )


SOUND: dict[str, Make] = {
    **{
        f"version {version}": qpdf(f"--force-version={version}", "--object-streams=disable")
        for version in ("1.4", "1.5", "1.6", "1.7", "2.0")
    },
    "object streams": qpdf("--object-streams=generate"),
    "object streams 2.0": qpdf("--object-streams=generate", "--force-version=2.0"),
    "linearized": qpdf("--linearize"),
    "linearized with object streams": qpdf("--linearize", "--object-streams=generate"),
    "hybrid": hybrid,
    "with a history": updated_twice,
    "page tree deep": objects_edited(deep_tree),
    "field in place": objects_edited(field_in_place),
    "field list apart": objects_edited(field_list_apart),
    "annotations apart": objects_edited(annotations_apart),
    "annotations shared": annotations_shared,
    "entries that say null": objects_edited(
        lambda text: with_entry(
            with_entry(text, "Page", "/Annots null"), "Catalog", "/AcroForm null"
        )
    ),
}
LOCKED: dict[str, Make] = {
    "RC4 40": qpdf("--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"),
    "RC4 128": qpdf("--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"),
    "AES 128": qpdf("--encrypt", "", "owner", "128", "--use-aes=y", "--"),
    "AES 256": qpdf("--encrypt", "", "owner", "256", "--"),
    "AES 256 with object streams": qpdf(
        "--object-streams=generate", "--encrypt", "", "owner", "256", "--"
    ),
    "AES 256, metadata in the open": qpdf(
        "--encrypt", "", "owner", "256", "--cleartext-metadata", "--"
    ),
}
DAMAGED: dict[str, Make] = {
    "pages without a type": objects_edited(lambda text: text.replace("/Type /Page\n", "\n")),
    "pages miscounted": objects_edited(lambda text: text.replace("/Count 1\n", "/Count 2\n")),
    "junk before the header": bytes_edited(lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data),
    "startxref wrong": bytes_edited(
        lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n7", data)
    ),
    "table off by some bytes": bytes_edited(
        lambda data: data.replace(b"\nxref\n", b"\n%abc\nxref\n", 1)
    ),
    "no end mark": bytes_edited(lambda data: data.replace(b"%%EOF", b"")),
    "line ends changed": bytes_edited(lambda data: data.replace(b"\n", b"\r\n")),
    "cut in the middle": bytes_edited(lambda data: data[: len(data) * 9 // 10]),
}

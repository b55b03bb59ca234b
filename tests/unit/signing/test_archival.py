"""What is added to a file that claims to be PDF/A."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic

from signing.archival import Update, archival_part
from signing.pdf_objects import entry
from tests.unit.signing.signing_world import blank, shown, signed, structure
from tests.unit.signing.verification_world import NAME


def _claiming(folder: Path, words: bytes, components: int | None = None) -> Path:
    """A draft with these metadata; pyHanko's own writer would put its words in their place."""
    path = blank(folder)
    with path.open("r+b") as stream:
        writer: Any = Update(stream)
        metadata = generic.StreamObject(
            {NAME("/Type"): NAME("/Metadata"), NAME("/Subtype"): NAME("/XML")}, stream_data=words
        )
        writer.root[NAME("/Metadata")] = writer.add_object(metadata)
        if components is not None:
            profile = generic.StreamObject(
                {NAME("/N"): generic.NumberObject(components)}, stream_data=b"profile"
            )
            intent = {
                NAME("/Type"): NAME("/OutputIntent"),
                NAME("/S"): NAME("/GTS_PDFA1"),
                NAME("/DestOutputProfile"): writer.add_object(profile),
            }
            intents = generic.ArrayObject([generic.DictionaryObject(intent)])
            writer.root[NAME("/OutputIntents")] = intents
        writer.update_root()
        writer.write_in_place()
    return path


ELEMENT = b"<x><pdfaid:part>%d</pdfaid:part></x>"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (ELEMENT % 1, 1),
        (b'<rdf:Description pdfaid:part="3" pdfaid:conformance="B"/>', 3),
        ("<?xpacket?><pdfaid:part>2</pdfaid:part>".encode("utf-16"), 2),
        (b"<x>nothing</x>", None),
    ],
    ids=["element", "attribute", "utf-16", "none"],
)
def test_the_part_is_read_from_the_metadata(tmp_path: Path, words: bytes, part: int | None) -> None:
    assert archival_part(structure(_claiming(tmp_path, words))) == part


def _image_of(path: Path) -> Any:
    look = structure(path).root["/AcroForm"]["/Fields"][0]["/AP"]["/N"]
    return look["/Resources"]["/XObject"]["/Image"]


@pytest.fixture
def seal(tmp_path: Path) -> Path:
    path = tmp_path / "seal.png"
    Image.new("RGBA", (4, 4), (255, 0, 0, 90)).save(path)
    return path


@pytest.mark.parametrize(("part", "key"), [(1, "/Mask"), (2, "/SMask"), (3, "/SMask")])
def test_an_image_is_half_transparent_where_that_is_allowed(
    tmp_path: Path, seal: Path, part: int, key: str
) -> None:
    base = _claiming(tmp_path, ELEMENT % part, 3)
    image = _image_of(signed(base, **shown(seal)).path)
    assert {"/Mask", "/SMask"} & set(image) == {key}


def test_what_is_hardly_there_is_left_out_in_pdf_a_1(tmp_path: Path, seal: Path) -> None:
    base = _claiming(tmp_path, ELEMENT % 1, 3)
    mask = _image_of(signed(base, **shown(seal)).path)["/Mask"]
    assert mask["/ImageMask"]
    assert mask.data == b"\xf0" * 4


@pytest.mark.parametrize("components", [4, None])
def test_red_is_told_by_numbers_where_the_output_is_another(
    tmp_path: Path, seal: Path, components: int | None
) -> None:
    base = _claiming(tmp_path, ELEMENT % 2, components)
    assert _image_of(signed(base, **shown(seal)).path)["/ColorSpace"][0] == "/CalRGB"


def test_a_signature_says_nothing_of_its_own_in_the_documents_properties(tmp_path: Path) -> None:
    base = _claiming(tmp_path, ELEMENT % 2, 3)
    before, after = structure(base), structure(signed(base).path)
    assert entry(before.trailer, "/Info") == entry(after.trailer, "/Info")
    assert before.root["/Metadata"].data == after.root["/Metadata"].data

"""Facts about hex strings: whatever is written between the brackets is read as pyHanko reads it letter by letter."""

from __future__ import annotations

import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfStreamError

from signing import hex_strings

STRINGS = (
    b"<>",
    b"<48656C6c6f>",
    b"<486>",
    b"<48 65\n6C\x006c6f >",
    b"<4865%a note\n6C>",
    b"<FEFF00480069>",
    b"<" + b"0123456789abcdef" * 256 + b">",
    b"<" + b"00" * 6000 + b">",
    b"<" + b"0 " * 6000 + b">",
)
BROKEN = (b"<4865", b"<48G5>", b"<" + b"00" * 6000, b"<48<65>>", b"<")


@pytest.mark.parametrize("written", STRINGS, ids=lambda written: repr(written[:20]))
def test_a_hex_string_is_what_it_is_letter_by_letter(written: bytes) -> None:
    ours, theirs = (io.BytesIO(b"/Key " + written + b" /Next") for _ in range(2))
    for stream in (ours, theirs):
        stream.seek(5)

    read, expected = hex_strings.read_hex_string(ours), hex_strings.by_letters(theirs)

    assert (type(read), read, ours.tell()) == (type(expected), expected, theirs.tell())


@pytest.mark.parametrize("written", BROKEN, ids=lambda written: repr(written[:20]))
def test_a_broken_hex_string_is_refused_as_it_is_letter_by_letter(written: bytes) -> None:
    with pytest.raises(PdfStreamError) as expected:
        hex_strings.by_letters(io.BytesIO(written))

    with pytest.raises(PdfStreamError) as told:
        hex_strings.read_hex_string(io.BytesIO(written))

    assert str(told.value) == str(expected.value)


def test_an_object_is_read_so_by_whatever_opens_files() -> None:
    hex_strings.install()

    assert generic.read_hex_string_from_stream is hex_strings.read_hex_string

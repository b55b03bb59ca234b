"""BER-TLV as PIV cards use it: tags of any width, definite lengths (ISO/IEC 7816-4, 5.2.2)."""

from __future__ import annotations

from collections.abc import Iterator


def tlv(tag: int, *values: bytes) -> bytes:
    """Write one object; the values stand behind each other in it."""
    value = b"".join(values)
    return _short(tag) + _length(len(value)) + value


def parse(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Read the objects that stand in data; tags of one byte, which is all that a card is sent."""
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length > 0x80:
            width = length - 0x80
            length = int.from_bytes(data[at : at + width], "big")
            at += width
        yield tag, data[at : at + length]
        at += length


def _length(count: int) -> bytes:
    if count < 0x80:
        return bytes([count])
    body = _short(count)
    return bytes([0x80 + len(body)]) + body


def _short(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")

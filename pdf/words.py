"""What the lines of a signature block look like: titles, names, notes, headings."""

from __future__ import annotations

import re
import unicodedata

from pdf.text import TextLine

_PREFIXES = ("TM.", "KT.", "TL.", "TUQ.", "Q.", "T.M", "K.T", "T.L", "T/M", "K/T", "T/L")
_ROLES = (
    "GIÁM ĐỐC",
    "CHỦ TỊCH",
    "TRƯỞNG",
    "CHÁNH",
    "PHÓ",
    "LÃNH ĐẠO",
    "ĐẠI DIỆN",
    "CỤC",
    "THỦ TƯỚNG",
    "BÍ THƯ",
    "TỔNG THƯ KÝ",
    "CHỦ NHIỆM",
    "CHỈ HUY",
    "ỦY BAN",
    "UỶ BAN",
    "CHỦ TRÌ",
    "CHỦ TỌA",
    "CHỦ TOẠ",
    "THƯ KÝ",
    "KẾ TOÁN",
    "NGƯỜI",
    "CÁN BỘ",
    "THẨM PHÁN",
    "CHẤP HÀNH VIÊN",
    "GIÁM SÁT",
    "BÊN ",
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_NAME_MARKS = str.maketrans("", "", ".'’‘ʼ-")
_APPENDIX = re.compile(r"(PHỤ LỤC|Phụ lục|BIỂU MẪU|MẪU SỐ)( [\w.:–-]+)*$")
_LONGEST_TITLE = 70
_LONGEST_NAME = 45


def is_title(line: TextLine) -> bool:
    """Whether a line can be one of a position: upper case, or a bold role in title case."""
    text = line.text.strip()
    return _is_upper_title(text) or (line.style.is_bold and _is_role_in_title_case(text))


def hints_at_title(page_text: str) -> bool:
    """Whether a page's bare text has anything like a position or the heading of an appendix.

    Only a quick look that saves a closer one: pages of body text have neither.
    """
    lines = unicodedata.normalize("NFC", page_text).splitlines()
    pieces = (piece.strip() for line in lines for piece in re.split(r"\s{2,}", line))
    return any(
        _is_upper_title(piece) or _is_role_in_title_case(piece) or _APPENDIX.match(piece)
        for piece in pieces
    )


def _is_upper_title(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 4 or len(text) > _LONGEST_TITLE or text.endswith((":", ";")):
        return False
    return all(not char.islower() for char in letters)


def _is_role_in_title_case(text: str) -> bool:
    starts_high = text[:1].isupper() and text.upper().startswith(_PREFIXES + _ROLES)
    return starts_high and len(text.split()) <= 8 and not text.endswith((":", ";"))


def names_a_role(text: str) -> bool:
    """Whether a title says an office that signs, or the capacity in which it does."""
    upper = text.upper()
    return upper.startswith(_PREFIXES) or any(role in upper for role in _ROLES)


def is_name(line: TextLine) -> bool:
    """Whether a line can be a person's name, with or without a rank before it."""
    text = line.text.strip()
    words = text.split()
    if not 2 <= len(words) <= 7 or len(text) > _LONGEST_NAME:
        return False
    bare = [word.translate(_NAME_MARKS) for word in words]
    if not all(word and word.isalpha() and word[0].isupper() for word in bare):
        return False
    return any(char.islower() for char in text)


def is_name_part(line: TextLine) -> bool:
    """Whether a line can be the rest of a name that was too long for its column."""
    words = line.text.split()
    return 1 <= len(words) <= 4 and all(w[0].isupper() and w.isalpha() for w in words)


def is_note(line: TextLine) -> bool:
    """Whether a line is a remark under a title, such as `(Ký, ghi rõ họ tên)`."""
    text = line.text.strip()
    return text.startswith("(") and text.endswith(")")


def is_recipients_heading(line: TextLine) -> bool:
    """Whether a line opens the list of recipients (nơi nhận)."""
    return line.text.strip().casefold().startswith("nơi nhận")


def is_appendix_heading(line: TextLine) -> bool:
    """Whether a line opens an appendix: `PHỤ LỤC`, `Phụ lục II`, `BIỂU MẪU 01`."""
    return bool(_APPENDIX.match(line.text.strip()))


def same_name(one: str, other: str) -> bool:
    """Compare two names, whatever their case, spacing, apostrophe and place of the tone mark."""
    return _name_key(one) == _name_key(other)


def ends_with_name(text: str, name: str) -> bool:
    """Whether a text is a name, perhaps after a rank or a degree (`TS. Nguyễn Văn A`).

    A name without any accent, as some certificates write it, matches the accented one.
    """
    key, wanted = _name_key(text), _name_key(name)
    if name.isascii():
        key = tuple(_plain(word) for word in key)
    return bool(wanted) and key[-len(wanted) :] == wanted


def _name_key(text: str) -> tuple[str, ...]:
    """The words of a name; `Hoà` and `Hòa` are one: the tone belongs to the syllable."""
    plain = unicodedata.normalize("NFC", text).casefold()
    for mark in "’‘ʼ`´":
        plain = plain.replace(mark, "'")
    return tuple(_syllable(word) for word in plain.split())


def _syllable(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = sorted(char for char in letters if char in _TONES)
    return "".join(char for char in letters if char not in _TONES) + "".join(tones)


def _plain(word: str) -> str:
    letters = (char for char in unicodedata.normalize("NFD", word) if char.isascii() or char == "đ")
    return "".join(letters).replace("đ", "d")

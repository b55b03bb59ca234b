"""What the lines of a signature block look like: titles, names, notes, headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

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
_RANK = re.compile(
    r"(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|Chuẩn đô đốc|Phó đô đốc|Đô đốc"
    r"|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Luật sư|Giáo sư|Phó [Gg]iáo sư) "
)
_SURNAMES = (
    " NGUYỄN TRẦN LÊ PHẠM HOÀNG HUỲNH PHAN VŨ VÕ ĐẶNG BÙI ĐỖ HỒ NGÔ DƯƠNG LÝ LÍ ĐINH MAI TRƯƠNG LÂM"
    " ĐOÀN TẠ TÔ HÀ TỐNG TRỊNH CAO CHÂU LƯƠNG THÁI QUÁCH ĐÀO ĐÀM CHU KIỀU VƯƠNG PHÙNG TĂNG THẠCH KIM"
    " SƠN DANH LÒ QUÀNG CẦM VÀNG GIÀNG SÙNG THÀO HẦU MA NÔNG TRIỆU BẾ KSOR SIU NAY ĐIỂU BẠCH ÂU MẠC"
    " KHỔNG TÔN NGHIÊM LỮ TỪ ĐỒNG DOÃN LA LỤC NINH VI LƯỜNG CÀ TÒNG BÀN PHÀN TẨN LẦU THÂN GIÁP HỨA"
    " MÃ TIÊU LƯU "
)
"""What names in capitals begin with: nothing else tells them from positions."""
_SIGNING_WORDS = " ký kí ghi rõ họ và tên đóng dấu chữ số của người có thẩm quyền cơ quan tổ chức đã hoặc đơn vị "
_ATTACHED = re.compile(r"\(?\s*(?:Ban hành )?(?:[Kk]èm theo|[Đđ]ính kèm)\b")
_APPENDIX = re.compile(
    r"(?:Phụ lục(?: số)?(?: (?:[IVXLC]+|\d+|[A-Z])\b[\w./-]*)?"
    r"|(?:Biểu mẫu|Mẫu|Biểu)(?: số)? (?:[IVXLC]+|\d+)\b[\w./-]*)\s*(?:[.:–-].*)?$",
    re.IGNORECASE,
)
_APPENDIX_IN_CAPITALS = re.compile(r"(?:PHỤ LỤC|BIỂU MẪU|MẪU SỐ|BIỂU SỐ)\b")
_MOTTO = re.compile(r"CỘNG (?:HÒA|HOÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM$")
_LONGEST_TITLE = 70
_LONGEST_NAME = 45


def is_title(line: TextLine) -> bool:
    """Whether a line can be one of a position: upper case, or a bold role in title case."""
    text = line.text.strip()
    return is_upper_text(text) or (line.style.is_bold and is_role_text(text))


def is_upper_text(text: str) -> bool:
    """Whether a text can be one of a position by its capitals."""
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 4 or len(text) > _LONGEST_TITLE or text.endswith((":", ";")):
        return False
    return all(not char.islower() for char in letters)


def is_role_text(text: str) -> bool:
    """Whether a text begins as the name of an office that signs does, in whatever case."""
    starts_high = text[:1].isupper() and text.upper().startswith(_PREFIXES + _ROLES)
    return starts_high and len(text.split()) <= 8 and not text.endswith((":", ";"))


def names_a_role(text: str) -> bool:
    """Whether a title says an office that signs, or the capacity in which it does."""
    upper = text.upper()
    return upper.startswith(_PREFIXES) or any(role in upper for role in _ROLES)


def is_name(line: TextLine) -> bool:
    """Whether a line can be a person's name, with or without a rank before it.

    A name in capitals is told from a position by its family name.
    """
    text = _RANK.sub("", line.text.strip())
    words = text.split()
    if not 2 <= len(words) <= 7 or len(text) > _LONGEST_NAME:
        return False
    bare = [word.translate(_NAME_MARKS) for word in words]
    if not all(word and word.isalpha() and word[0].isupper() for word in bare):
        return False
    if any(char.islower() for char in text):
        return True
    return f" {words[0]} " in _SURNAMES and len(words) <= 5 and not names_a_role(text)


def is_name_part(line: TextLine) -> bool:
    """Whether a line can be the rest of a name that was too long for its column."""
    words = line.text.split()
    is_short = 1 <= len(words) <= 4 and all(w[0].isupper() and w.isalpha() for w in words)
    return is_short and not names_a_role(line.text)


def opens_note(line: TextLine) -> bool:
    """Whether a line begins a remark under a title, such as `(Ký, ghi rõ họ tên)`."""
    return line.text.strip().startswith("(")


def closes_note(line: TextLine) -> bool:
    """Whether a line ends a remark under a title."""
    return line.text.strip().endswith(")")


def is_signing_note(lines: Sequence[TextLine]) -> bool:
    """Whether a remark only tells how to sign, as forms do, and says nothing of its own."""
    words = re.findall(r"\w+", " ".join(line.text for line in lines).casefold())
    return bool(words) and all(f" {word} " in _SIGNING_WORDS for word in words)


def is_recipients_heading(line: TextLine) -> bool:
    """Whether a line opens the list of recipients (nơi nhận)."""
    return line.text.strip().casefold().startswith("nơi nhận")


def is_appendix_text(text: str) -> bool:
    """Whether a line opens an appendix: `PHỤ LỤC`, `Phụ lục II`, `BIỂU MẪU 01`."""
    if _APPENDIX.match(text):
        return True
    return text == text.upper() and bool(_APPENDIX_IN_CAPITALS.match(text))


def is_attached_text(text: str) -> bool:
    """Whether a line opens the bracket of an appendix: `(Kèm theo Công văn số …)`."""
    return text.startswith("(") and bool(_ATTACHED.match(text))


def is_motto_text(text: str) -> bool:
    """Whether a line is the one over the head of a letter (quốc hiệu), or the Party's."""
    return bool(_MOTTO.match(text))


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


def mentions_name(text: str, name: str) -> bool:
    """Whether a name stands anywhere in a text, over line breaks too."""
    key, wanted = _name_key(text), _name_key(name)
    if name.isascii():
        key = tuple(_plain(word) for word in key)
    return f" {' '.join(wanted)} " in f" {' '.join(key)} "


def _name_key(text: str) -> tuple[str, ...]:
    """The words of a name; `Hoà` and `Hòa` are one: the tone belongs to the syllable."""
    plain = unicodedata.normalize("NFC", text).casefold()
    for mark in "’‘ʼ`´":
        plain = plain.replace(mark, "'")
    return tuple(syllable(word) for word in plain.split())


def syllable(word: str) -> str:
    """Return a syllable with its tone after its letters: `Hoà` and `Hòa` are written alike."""
    letters = unicodedata.normalize("NFD", word)
    tones = sorted(char for char in letters if char in _TONES)
    return "".join(char for char in letters if char not in _TONES) + "".join(tones)


def _plain(word: str) -> str:
    letters = (char for char in unicodedata.normalize("NFD", word) if char.isascii() or char == "đ")
    return "".join(letters).replace("đ", "d")

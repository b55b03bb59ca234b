"""Draws the cases of a bed: every class in turn, everything else by lot, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.placement.cases import Case, DateLine, Filled, Form, Signer
from tests.placement.vocabulary import (
    AGENCIES,
    LONG_TITLES,
    NAMES,
    NOTES,
    PLACES,
    SIDE_TITLES,
    SUBJECTS,
    SYMBOLS,
    TITLES,
)

Lots = random.Random
_NBSP = "\u00a0"
_BLANKS = (
    "        ",
    "      ",
    "...........",
    "……",
    "…………",
    "______",
    _NBSP * 8,
    "\t",
    " ....... ",
)
_LONG_NOTE = "(Chữ ký của người có thẩm quyền, dấu/chữ ký số của cơ quan, tổ chức)"
_FOOTER = "Địa chỉ: Số 10 Trần Phú, Tuyên Quang; điện thoại: 0207 3822 000"
_DAY_BLANKS = ("      ", "     ", " ..... ", " ….. ", "……", " ___ ", _NBSP * 6, "....")


def draw_cases(count: int, seed: int, font: str = "Times New Roman") -> list[Case]:
    """Draw so many cases."""
    names = list(_CLASSES)
    return [
        _draw(names[index % len(names)], seed * 100_003 + index, font) for index in range(count)
    ]


def _draw(label: str, seed: int, font: str) -> Case:
    lots = Lots(seed)
    base = Case(
        label=label,
        seed=seed,
        agency=lots.choice(AGENCIES),
        number=_number(lots),
        date=_date(lots),
        signers=(Signer(lots.choice(TITLES), lots.choice(NAMES)),),
        font=font,
        nfd=lots.random() < 0.2,
        date_on_top=lots.random() < 0.15,
        rules=lots.choice(("", "", "_______________", "---------------", "⎯⎯⎯⎯⎯⎯⎯")),
        subject=lots.choice(("", *SUBJECTS)),
        paragraphs=lots.randint(1, 22),
        is_name_in_body=lots.random() < 0.15,
        is_upper_table_in_body=lots.random() < 0.12,
        has_headings=lots.random() < 0.2,
        gap_lines=lots.randint(4, 6),
    )
    return _CLASSES[label](base, lots)


def _number(lots: Lots) -> Filled:
    return Filled(
        lots.choice(("Số:", "Số:", "Số:", "Số: ", "Số")),
        lots.choice(_BLANKS),
        "/" + lots.choice(SYMBOLS),
    )


def _date(lots: Lots) -> DateLine:
    place = lots.choice(PLACES) + ", "
    day = lots.choice(_DAY_BLANKS)
    month = lots.choice((lots.choice(_DAY_BLANKS), lots.choice(_DAY_BLANKS), " 11 ", " 02 "))
    return DateLine(place, day, month, " 2026")


def _with(**changes: Any) -> Callable[[Case, Lots], Case]:
    """A class that differs in nothing that is drawn by lot."""
    return lambda case, _lots: replace(case, **changes)


def _with_signer(**changes: Any) -> Callable[[Case, Lots], Case]:
    return lambda case, _lots: replace(case, signers=(replace(case.signer, **changes),))


def _long_title(case: Case, lots: Lots) -> Case:
    return replace(case, signers=(Signer(lots.choice(LONG_TITLES), lots.choice(NAMES)),))


def _side(case: Case, lots: Lots, count: int = 2) -> Case:
    names = lots.sample(NAMES, count)
    titles = [*lots.sample(SIDE_TITLES, count - 1), lots.choice(TITLES)]
    signers = tuple(Signer(t, n) for t, n in zip(titles, names, strict=True))
    return replace(
        case,
        arrangement="side",
        signers=signers,
        signer_index=lots.randrange(count),
        recipients=lots.choice(("none", "below", "above")),
    )


def _three(case: Case, lots: Lots) -> Case:
    return _side(case, lots, 3)


def _stacked(case: Case, lots: Lots) -> Case:
    names = lots.sample(NAMES, 2)
    signers = tuple(Signer(lots.choice(TITLES), name) for name in names)
    return replace(
        case, arrangement="stacked", signers=signers, signer_index=lots.randrange(2), gap_lines=4
    )


def _note(case: Case, lots: Lots) -> Case:
    return replace(case, signers=(replace(case.signer, note=lots.choice(NOTES)),))


def _alone(case: Case, lots: Lots) -> Case:
    return replace(case, arrangement="alone", recipients=lots.choice(("none", "below", "above")))


def _rank(case: Case, lots: Lots) -> Case:
    rank = lots.choice(("TS. ", "PGS.TS. ", "Thiếu tướng ", "ThS. BS. ", "Đại tá "))
    return replace(case, signers=(replace(case.signer, rank=rank),))


def _tabs(case: Case, lots: Lots) -> Case:
    return replace(case, arrangement="tabs", recipients="beside", gap_lines=lots.randint(4, 6))


def _indent(case: Case, lots: Lots) -> Case:
    # On one page: LibreOffice would tear such a block in two.
    return replace(
        case, arrangement="indent", recipients=lots.choice(("none", "below")), paragraphs=3
    )


def _grid(case: Case, lots: Lots) -> Case:
    names = lots.sample(NAMES, 4)
    titles = [*lots.sample(SIDE_TITLES, 3), lots.choice(TITLES)]
    signers = tuple(Signer(t, n) for t, n in zip(titles, names, strict=True))
    return replace(
        case,
        arrangement="grid",
        signers=signers,
        signer_index=lots.randrange(4),
        recipients=lots.choice(("none", "above")),
        gap_lines=4,
    )


def _party(case: Case, lots: Lots) -> Case:
    titles = lots.choice(
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), ("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"))
    )
    return replace(
        case,
        form="party",
        agency=("TỈNH ỦY TUYÊN QUANG", "VĂN PHÒNG", "*"),
        number=Filled("Số", "        ", lots.choice(("-CV/VPTU", "-QĐ/TU", "-KH/TU"))),
        signers=(replace(case.signer, titles=titles),),
    )


def _landscape(case: Case, lots: Lots) -> Case:
    return replace(case, is_landscape=True, paragraphs=lots.randint(1, 6))


def _bilingual(case: Case, lots: Lots) -> Case:
    number = Filled(lots.choice(("Số/No.:", "Số (No.):")), " " * 10, case.number.rest)
    signer = replace(case.signer, titles=("GIÁM ĐỐC", "DIRECTOR"))
    return replace(case, form="bilingual", number=number, signers=(signer,))


def _no_symbol(case: Case, lots: Lots) -> Case:
    return replace(case, number=Filled("Số:", lots.choice((" " * 10, "........")), "/"), subject="")


def _typed(case: Case, lots: Lots) -> Case:
    number = replace(case.number, label="Số:", blank=lots.choice((" 218 ", " 05", "1234")))
    return replace(case, number=number, date=replace(case.date, day=" 05 ", month=" 3 "))


def _day_only(case: Case, lots: Lots) -> Case:
    return replace(case, date=replace(case.date, month=" 02 ", day=lots.choice(_DAY_BLANKS)))


def _wrapped_date(case: Case, lots: Lots) -> Case:
    place = lots.choice(("Thành phố Hồ Chí Minh, ", "Khu công nghệ cao Hòa Lạc, "))
    return replace(case, date=DateLine(place, " " * 8, " " * 8, lots.choice((" 2026", "        "))))


def _year(case: Case, lots: Lots) -> Case:
    return replace(case, date=replace(case.date, year=lots.choice((" ......", "         ", "……"))))


def _one_line(case: Case, lots: Lots) -> Case:
    number = replace(case.number, blank=lots.choice(("        ", "........")))
    date = DateLine(lots.choice(PLACES[:4]) + ", ", "      ", "      ", " 2026")
    return replace(case, one_line_header=True, subject="", number=number, date=date)


def _form(case: Case, lots: Lots) -> Case:
    form: Form = lots.choice(("request", "summary", "decision", "decision"))
    titles = ("LÃNH ĐẠO NGÀNH/ LÃNH ĐẠO", "ĐƠN VỊ") if form == "request" else case.signer.titles
    number = replace(case.number, label="Số:", blank=" " * 10)
    date = replace(case.date, place="....., ", year=" ......")
    signer = replace(case.signer, titles=titles)
    return replace(case, form=form, signers=(signer,), number=number, date=date, paragraphs=2)


def _turned(case: Case, lots: Lots) -> Case:
    return replace(case, rotation_deg=lots.choice((90, 180, 270)))


def _lying(case: Case, lots: Lots) -> Case:
    return replace(case, rotation_deg=lots.choice((90, 270)), is_lying=True)


def _cropped(case: Case, lots: Lots) -> Case:
    return replace(case, crop_mm=lots.choice((4.0, 8.0)), rotation_deg=lots.choice((0, 90)))


def _scan(case: Case, lots: Lots) -> Case:
    return replace(case, is_scan=True, paragraphs=lots.randint(1, 10))


_CLASSES: dict[str, Callable[[Case, Lots], Case]] = {
    "plain": _with(),
    "long title": _long_title,
    "two side by side": _side,
    "three side by side": _three,
    "stacked": _stacked,
    "block on a page of its own": _with(is_block_on_own_page=True),
    "name everywhere": _with(
        is_name_in_body=True, is_name_in_recipients=True, is_upper_table_in_body=True
    ),
    "remark under the title": _note,
    "no nơi nhận beside it": _alone,
    "narrow gap": _with(gap_lines=3),
    "name not bold": _with_signer(bold=False),
    "name in capitals": _with_signer(is_capital=True),
    "rank before the name": _rank,
    "remark of two lines": _with_signer(note=_LONG_NOTE),
    "tabs instead of a table": _tabs,
    "indented": _indent,
    "four in a square": _grid,
    "appendix with a letter": _with(appendix="letter"),
    "another letter enclosed": _with(appendix="enclosed"),
    "no number, appendix with a form": _with(
        form="request", number=Filled("", "", ""), appendix="form", paragraphs=2
    ),
    "nobody signs": _with(form="slip", has_block=False),
    "nobody signs the summary": _with(form="summary", has_block=False, has_headings=True),
    "appendix of tables": _with(appendix="tables"),
    "appendix with a form": _with(appendix="form"),
    "appendix on A3": _with(appendix="landscape"),
    "appendix of another name": _with(appendix="unnamed"),
    "number and date typed": _typed,
    "only the day blank": _day_only,
    "date that wraps": _wrapped_date,
    "year blank": _year,
    "number and date on one line": _one_line,
    "mark in the margin": _with(corner="mark"),
    "logo": _with(corner="logo"),
    "urgency": _with(corner="urgency"),
    "form or decision": _form,
    "party": _party,
    "bilingual": _bilingual,
    "landscape": _landscape,
    "footer": _with(footer=_FOOTER),
    "watermark": _with(overlay="watermark"),
    "fields in the file": _with(overlay="field"),
    "tall table": _with(
        arrangement="alone", recipients="none", is_upper_table_in_body=True, is_tall_table=True
    ),
    "number without symbol": _no_symbol,
    "underlined blanks": _with(is_underlined_blank=True),
    "turned": _turned,
    "lying on its side": _lying,
    "cropped": _cropped,
    "scan": _scan,
    "scan with a scanner's line": _with(overlay="scanner", is_scan=True),
}

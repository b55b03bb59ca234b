"""One letter of the bed as plain values: everything that issue, decree and offices vary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Arrangement = Literal["beside", "side", "stacked", "alone", "tabs", "indent", "grid"]
Recipients = Literal["beside", "above", "below", "none"]
Appendix = Literal["none", "tables", "form", "landscape", "unnamed", "letter", "enclosed"]
Corner = Literal["none", "mark", "logo", "urgency"]
Form = Literal["letter", "decision", "slip", "request", "summary", "party", "bilingual"]
Overlay = Literal["none", "watermark", "scanner", "field"]


@dataclass(frozen=True)
class Signer:
    """A signer's block: the lines of the position, perhaps a remark, perhaps a rank, the name."""

    titles: tuple[str, ...]
    name: str
    note: str = ""
    rank: str = ""
    bold: bool = True
    is_capital: bool = False

    @property
    def signature(self) -> str:
        """The line of the name as typed."""
        return self.rank + (self.name.upper() if self.is_capital else self.name)


@dataclass(frozen=True)
class Filled:
    """Words with a blank before or between them: `label`, `blank`, `rest` as typed."""

    label: str
    blank: str
    rest: str


@dataclass(frozen=True)
class DateLine:
    """`place`, then what stands behind ngày, tháng and năm: typed digits, or a blank as typed."""

    place: str
    day: str
    month: str
    year: str

    @property
    def text(self) -> str:
        """The line as typed."""
        return f"{self.place}ngày{self.day}tháng{self.month}năm{self.year}"

    @property
    def blanks(self) -> tuple[str, ...]:
        """Which parts are to be filled in."""
        parts = {"day": self.day, "month": self.month, "year": self.year}
        return tuple(which for which, text in parts.items() if not any(map(str.isdigit, text)))


@dataclass(frozen=True)
class Case:
    """A letter. `label` names the class under which it is scored."""

    label: str
    seed: int
    agency: tuple[str, ...]
    number: Filled
    date: DateLine
    signers: tuple[Signer, ...]
    signer_index: int = 0
    form: Form = "letter"
    font: str = "Times New Roman"
    nfd: bool = False
    one_line_header: bool = False
    date_on_top: bool = False
    rules: str = ""
    subject: str = ""
    paragraphs: int = 4
    is_name_in_body: bool = False
    is_upper_table_in_body: bool = False
    is_tall_table: bool = False
    is_underlined_blank: bool = False
    is_landscape: bool = False
    footer: str = ""
    has_headings: bool = False
    has_block: bool = True
    arrangement: Arrangement = "beside"
    recipients: Recipients = "beside"
    is_name_in_recipients: bool = False
    gap_lines: int = 5
    is_block_on_own_page: bool = False
    appendix: Appendix = "none"
    corner: Corner = "none"
    overlay: Overlay = "none"
    rotation_deg: int = 0
    is_lying: bool = False
    crop_mm: float = 0.0
    is_scan: bool = False

    @property
    def signer(self) -> Signer:
        """The one whose place is looked for."""
        return self.signers[self.signer_index]

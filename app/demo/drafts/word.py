"""Writes a letter as a Word file, as an office's drafter would: two tables without lines, Times New Roman 14."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from app.demo.drafts.letter import NUMBER_BLANK, Letter, SignerBlock

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (2026, 1, 1, 0, 0, 0)
"""The moment of every part, so that the same letter gives the same bytes."""

_TYPES = f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_CONTENT}.styles+xml"/>
</Types>"""
_ROOT = f"""{_HEAD}<Relationships xmlns="{_RELATIONS}">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
_OF_DOCUMENT = f"""{_HEAD}<Relationships xmlns="{_RELATIONS}">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{_NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>
<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>"""
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134"'
    ' w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)
_LEFT_TWIPS, _RIGHT_TWIPS = 3820, 5251
_SIGNING_GAP_LINES = 5


def write_word(letter: Letter, path: Path) -> None:
    """Write a công văn of one signer as OOXML (ISO/IEC 29500); number and day are left blank."""
    body = "".join(
        (
            _table(_issuer(letter), _motto(letter)),
            _paragraph(
                f"Kính gửi: {'; '.join(letter.addressees)}.", align="center", before=240, after=120
            ),
            *(_paragraph(text, align="both", indent=567, after=120) for text in letter.body),
            _table(_recipients(letter), _signer(letter.signers[0])),
            _paragraph(""),
            _PAGE,
        )
    )
    document = f'{_HEAD}<w:document xmlns:w="{_NAMESPACE}"><w:body>{body}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _OF_DOCUMENT,
        "word/styles.xml": _STYLES,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(
                zipfile.ZipInfo(name, _LONG_AGO), text, compress_type=zipfile.ZIP_DEFLATED
            )


def _issuer(letter: Letter) -> str:
    return "".join(
        (
            _paragraph(letter.parent or "", align="center", size_pt=12),
            *(
                _paragraph(agency, align="center", size_pt=12, bold=True)
                for agency in letter.agencies
            ),
            _paragraph(
                f"Số:{NUMBER_BLANK}/{letter.symbol}", align="center", size_pt=13, before=200
            ),
            _paragraph(f"V/v {letter.abstract}", align="center", size_pt=12, before=60),
        )
    )


def _motto(letter: Letter) -> str:
    return "".join(
        (
            _paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", size_pt=12, bold=True),
            _paragraph("Độc lập - Tự do - Hạnh phúc", align="center", size_pt=13, bold=True),
            _paragraph(letter.date_line, align="center", size_pt=13, italic=True, before=200),
        )
    )


def _recipients(letter: Letter) -> str:
    last = len(letter.recipients) - 1
    return _paragraph("Nơi nhận:", size_pt=12, bold=True, italic=True) + "".join(
        _paragraph(f"- {one}{'.' if index == last else ';'}", size_pt=11)
        for index, one in enumerate(letter.recipients)
    )


def _signer(block: SignerBlock) -> str:
    title = (_paragraph(line, align="center", bold=True) for line in block.title_lines)
    gap = (_paragraph("", align="center") for _ in range(_SIGNING_GAP_LINES))
    return "".join((*title, *gap, _paragraph(block.name, align="center", bold=True)))


def _table(left: str, right: str) -> str:
    def cell(width: int, content: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9071" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_LEFT_TWIPS}"/><w:gridCol w:w="{_RIGHT_TWIPS}"/></w:tblGrid>'
        f"<w:tr>{cell(_LEFT_TWIPS, left)}{cell(_RIGHT_TWIPS, right)}</w:tr></w:tbl>"
    )


def _paragraph(
    text: str,
    *,
    align: str = "left",
    size_pt: int = 14,
    bold: bool = False,
    italic: bool = False,
    indent: int = 0,
    before: int = 0,
    after: int = 0,
) -> str:
    """Return a paragraph; distances are in twentieths of a point."""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    look = f'<w:rPr>{marks}<w:sz w:val="{2 * size_pt}"/></w:rPr>'
    return (
        f'<w:p><w:pPr><w:spacing w:before="{before}" w:after="{after}"/>'
        f'<w:ind w:firstLine="{indent}"/><w:jc w:val="{align}"/>{look}</w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )

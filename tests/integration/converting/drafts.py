"""Word files as drafters, and attackers, make them: packages of a few parts, written by hand."""

from __future__ import annotations

import base64
import zipfile
from pathlib import Path

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMESPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" xmlns:draw="{_ODF}:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    f' xmlns:svg="{_ODF}:svg-compatible:1.0" office:version="1.2"'
)
Parts = dict[str, str | bytes]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def paragraph(text: str, font: str = "Times New Roman") -> str:
    return (
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="28"/></w:rPr>'
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def docx(
    path: Path,
    body: str = "",
    *,
    relations: str = "",
    settings: str = "",
    of_settings: str = "",
    more: Parts | None = None,
) -> Path:
    """Write an OOXML package. `relations` are of the document, `of_settings` of its settings part."""
    parts: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/>'
        '<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.wordprocessingml.settings+xml"/></Types>',
        "_rels/.rels": _relations(relation("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}" xmlns:r="{_REL}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(
            relation("rSettings", "settings", "settings.xml") + relations
        ),
        "word/settings.xml": f'<w:settings xmlns:w="{_WORD}" xmlns:r="{_REL}">{settings}</w:settings>',
        "word/_rels/settings.xml.rels": _relations(of_settings),
    }
    _pack(path, parts | (more or {}))
    return path


def odt(path: Path, body: str, *, head: str = "", more: Parts | None = None) -> Path:
    """Write an ODF text; `head` stands before its body."""
    names = ("content.xml", *(more or {}))
    manifest = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in names
    )
    parts: Parts = {
        "mimetype": _ODT,
        "content.xml": f"<office:document-content {_ODF_NAMESPACES}>{head}"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT}"/>{manifest}</manifest:manifest>',
    }
    _pack(path, parts | (more or {}))
    return path


def relation(name: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"{mode}/>'


def linked_picture(name: str) -> str:
    """A picture that lies elsewhere, by the relation of this name."""
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="3000000" cy="1500000"/><wp:docPr id="1" name="p"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:link="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="1500000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def field(instruction: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>–</w:t></w:r></w:fldSimple></w:p>'


def ole_link(name: str) -> str:
    """An object in another file, to be updated when the document opens."""
    return (
        '<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link"'
        f' ProgID="Word.Document.12" ShapeID="s1" DrawAspect="Content" r:id="{name}" UpdateMode="Always"/>'
        "</w:object></w:r></w:p>"
    )


def odt_picture(url: str) -> str:
    return (
        '<text:p><draw:frame svg:width="5cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{url}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p>"
    )


def odt_section(url: str) -> str:
    """A section whose text lies elsewhere."""
    return (
        f'<text:section text:name="S"><text:section-source xlink:href="{url}" xlink:type="simple"'
        ' text:filter-name="Text"/><text:p>–</text:p></text:section>'
    )


def odt_with_macro(path: Path, basic: str) -> Path:
    """Write an ODF text whose Basic macro `Main` is to run when it opens."""
    head = (
        '<office:scripts><office:event-listeners xmlns:dom="http://www.w3.org/2001/xml-events">'
        '<script:event-listener script:language="ooo:script" script:event-name="dom:load"'
        ' xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document"'
        ' xlink:type="simple"/></office:event-listeners></office:scripts>'
    )
    libraries = (
        '<library:libraries xmlns:library="http://openoffice.org/2000/library"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>'
    )
    library = (
        '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
        ' library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="M"/></library:library>'
    )
    module = (
        f'<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">'
        f"{basic}</script:module>"
    )
    more: Parts = {
        "Basic/script-lc.xml": libraries.encode(),
        "Basic/Standard/script-lb.xml": library.encode(),
        "Basic/Standard/M.xml": module.encode(),
    }
    return odt(path, "<text:p>Xin chào</text:p>", head=head, more=more)


def _relations(items: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _pack(path: Path, parts: Parts) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, content, compress_type=stored)

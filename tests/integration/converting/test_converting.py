"""Facts about Word files that become PDFs, with the LibreOffice of this machine."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Processes, workbench
from app.demo.drafts import word_draft
from app.errors import AppError
from app.settings import Settings
from app.workers import libreoffice
from app.workers.word_files import DOC, DOCX, ODT, RTF, format_of
from app.workflow.converting import conversion_notes, convert
from app.workflow.office import Workbench
from pdf.typefaces import letters, typefaces
from tests.integration.converting import drafts

VIETNAMESE = "Cộng hòa xã hội chủ nghĩa Việt Nam: ẶẪỮỘỲỸ ẳẵỡờỹ đĐ"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    settings = Settings(data=tmp_path_factory.mktemp("data"))
    with Processes.of(settings) as processes:
        yield workbench(settings, processes)


@pytest.fixture(scope="module")
def of_each_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same words in each format, as LibreOffice writes it."""
    folder = tmp_path_factory.mktemp("kinds")
    first = drafts.docx(folder / "draft.docx", drafts.paragraph(VIETNAMESE))
    program = libreoffice.find()
    assert program is not None
    for suffix in ("doc", "odt", "rtf"):
        command: list[str | Path] = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
        ]
        command += ["--convert-to", suffix, "--outdir", folder, first]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    return {suffix: folder / f"draft.{suffix}" for suffix in ("docx", "doc", "odt", "rtf")}


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "rtf"])
def test_every_kind_of_word_file_keeps_its_vietnamese_letters(
    bench: Workbench, of_each_kind: dict[str, Path], tmp_path: Path, suffix: str
) -> None:
    convert(bench, of_each_kind[suffix], tmp_path / "out.pdf")
    wanted = {letter for letter in VIETNAMESE.casefold() if letter.isalpha()}
    assert wanted <= set(letters(tmp_path / "out.pdf"))


def test_a_word_file_is_known_by_its_content_whatever_its_name(
    of_each_kind: dict[str, Path], tmp_path: Path
) -> None:
    found = []
    for path in of_each_kind.values():
        renamed = tmp_path / "van-ban.pdf"
        renamed.write_bytes(path.read_bytes())
        found.append(format_of(renamed))
    assert found == [DOCX, DOC, ODT, RTF]


def test_the_fonts_of_the_result_are_in_it(bench: Workbench, tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph(VIETNAMESE))
    convert(bench, draft, tmp_path / "out.pdf")
    families, loose = typefaces(tmp_path / "out.pdf")
    assert families
    assert loose == ()


def test_the_original_is_not_touched(bench: Workbench, tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph(VIETNAMESE))
    before = hashlib.sha256(draft.read_bytes()).hexdigest()
    convert(bench, draft, tmp_path / "out.pdf")
    assert hashlib.sha256(draft.read_bytes()).hexdigest() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.docx", "out.pdf"]


def test_another_font_in_place_of_the_authors_is_said(bench: Workbench, tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("Kính gửi", "Không Có Phông"))
    convert(bench, draft, tmp_path / "out.pdf")
    assert "convert.font_replaced" in conversion_notes(bench, draft, tmp_path / "out.pdf")


def test_a_font_of_the_old_encodings_is_said(bench: Workbench, tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("Céng hßa", ".VnTime"))
    convert(bench, draft, tmp_path / "out.pdf")
    assert "convert.font_legacy" in conversion_notes(bench, draft, tmp_path / "out.pdf")


def test_tracked_changes_are_said(bench: Workbench, tmp_path: Path) -> None:
    change = '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>'
    draft = drafts.docx(tmp_path / "draft.docx", change)
    convert(bench, draft, tmp_path / "out.pdf")
    assert "convert.tracked_changes" in conversion_notes(bench, draft, tmp_path / "out.pdf")


def test_a_linked_picture_that_is_left_out_is_said(bench: Workbench, tmp_path: Path) -> None:
    relation = drafts.relation("rX", "image", "http://127.0.0.1:9/x.png", external=True)
    draft = drafts.docx(tmp_path / "draft.docx", drafts.linked_picture("rX"), relations=relation)
    convert(bench, draft, tmp_path / "out.pdf")
    assert "convert.links_left_out" in conversion_notes(bench, draft, tmp_path / "out.pdf")


def test_where_the_original_is_not_here_only_the_layout_is_spoken_of(
    bench: Workbench, tmp_path: Path
) -> None:
    assert conversion_notes(bench, None, tmp_path / "any.pdf") == ("convert.layout",)


def test_the_demo_offices_word_draft_has_nothing_to_say_but_its_font(
    bench: Workbench, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.docx"
    word_draft().files[0].build(draft)
    convert(bench, draft, tmp_path / "out.pdf")
    notes = conversion_notes(bench, draft, tmp_path / "out.pdf")
    assert set(notes) <= {"convert.layout", "convert.font_twin"}
    assert len(bench.eyes.facts(tmp_path / "out.pdf").result().pages) == 1


def test_form_fields_become_plain_text(bench: Workbench, tmp_path: Path) -> None:
    control = (
        "<w:p><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>điền</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p>"
    )
    draft = drafts.docx(tmp_path / "draft.docx", control)
    convert(bench, draft, tmp_path / "out.pdf")
    assert bench.judge.look(tmp_path / "out.pdf").result().own_fields == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and nothing of a package", "convert.not_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "convert.not_word"),
        (b"%PDF-1.7", "convert.not_word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "convert.encrypted",
        ),
    ],
)
def test_what_is_no_word_file_is_refused(
    bench: Workbench, tmp_path: Path, content: bytes, code: str
) -> None:
    draft = tmp_path / "draft"
    draft.write_bytes(content)
    with pytest.raises(AppError) as told:
        convert(bench, draft, tmp_path / "out.pdf")
    assert told.value.code == code
    assert list(tmp_path.iterdir()) == [draft]


def test_without_libreoffice_the_person_is_told(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", converter=tmp_path / "nowhere" / "soffice")
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    with Processes.of(settings) as processes, pytest.raises(AppError, match=r"convert\.missing"):
        convert(workbench(settings, processes), draft, tmp_path / "out.pdf")


def test_the_programs_version_is_told() -> None:
    program = libreoffice.find()
    assert program is not None
    assert (libreoffice.version(program) or "").startswith("LibreOffice ")
    assert libreoffice.version(Path("/nowhere/soffice")) is None

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from reportlab.lib.units import mm

from app.demo.drafts import DraftFile, more_drafts, sample_drafts, sample_incoming

LONG_SCAN = "ke-hoach-scan.pdf"
SCANS = {LONG_SCAN, "412-ubnd-tp.pdf"}
FILES = [
    *(file for draft in (*sample_drafts(), *more_drafts(2)) for file in draft.files),
    *(one.file for one in sample_incoming()),
]
TEXT_FILES = [file for file in FILES if file.name not in SCANS]
SHORT_FILES = [file for file in FILES if file.name != LONG_SCAN]
SLIP = "phieu-trinh.pdf"
LETTERS = [file for file in TEXT_FILES if not file.name.startswith("phu-luc")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    for file in FILES:
        file.build(folder / file.name)
    return folder


def _run(*command: str | Path) -> str:
    done = subprocess.run([str(one) for one in command], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def _text(path: Path) -> str:
    return _run("pdftotext", "-layout", path, "-")


def _info(path: Path) -> dict[str, str]:
    lines = _run("pdfinfo", path).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _words(path: Path) -> list[tuple[str, float, float]]:
    """Return each word with the top and bottom of its box, in points from the page's top."""
    pattern = re.compile(r'<word xMin="[^"]+" yMin="([^"]+)" xMax="[^"]+" yMax="([^"]+)">([^<]+)<')
    html = _run("pdftotext", "-bbox", path, "-")
    return [(word, float(top), float(bottom)) for top, bottom, word in pattern.findall(html)]


def _name(file: DraftFile) -> str:
    return file.name


@pytest.mark.parametrize("file", SHORT_FILES, ids=_name)
def test_qpdf_finds_nothing_wrong(folder: Path, file: DraftFile) -> None:
    assert "No syntax or stream encoding errors found" in _run(
        "qpdf", "--check", folder / file.name
    )


def test_qpdf_reads_the_long_scan_without_a_warning(folder: Path, tmp_path: Path) -> None:
    # `--check` decodes twenty noisy images for a quarter of a minute; the structure is enough.
    copy = tmp_path / "copy.pdf"
    said = _run("qpdf", "--stream-data=preserve", folder / LONG_SCAN, copy)
    assert (said, _info(copy)["Pages"]) == ("", "20")


@pytest.mark.parametrize("file", FILES, ids=_name)
def test_pages_are_a4(folder: Path, file: DraftFile) -> None:
    assert "(A4)" in _info(folder / file.name)["Page size"]


@pytest.mark.parametrize("file", TEXT_FILES, ids=_name)
def test_every_font_is_an_embedded_subset_that_tells_its_letters(
    folder: Path, file: DraftFile
) -> None:
    fonts = [line.split() for line in _run("pdffonts", folder / file.name).splitlines()[2:]]
    assert fonts
    assert all(font[0].split("+")[1].startswith("LiberationSerif") for font in fonts)
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)


@pytest.mark.parametrize("file", LETTERS, ids=_name)
def test_a_letter_opens_with_the_national_title_and_motto(folder: Path, file: DraftFile) -> None:
    text = _text(folder / file.name)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("file", [file for file in LETTERS if file.name != SLIP], ids=_name)
def test_number_and_day_are_blank(folder: Path, file: DraftFile) -> None:
    text = _text(folder / file.name)
    assert re.search(r"Số:[ .]{4,}/[A-ZĐ]+", text)
    assert re.search(r"Thử Nghiệm, ngày[ .]{3,}tháng", text)


def test_one_letter_has_dotted_blanks_and_one_has_its_month(folder: Path) -> None:
    assert re.search(r"Số: \.{5,}/STP-VP", _text(folder / "cong-van-phu-luc.pdf"))
    assert re.search(r"ngày +tháng 11 năm 2026", _text(folder / "cong-van-tl.pdf"))


@pytest.mark.parametrize(
    ("name", "phrases"),
    [
        ("cong-van.pdf", ("GIÁM ĐỐC", "Nguyễn Văn An", "Nơi nhận:", "V/v tăng cường ký số")),
        ("cong-van-kt.pdf", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Bình")),
        ("cong-van-tl.pdf", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Hoàng Cường")),
        ("quyet-dinh.pdf", ("QUYẾT ĐỊNH:", "Điều 4.", "khoảng một phần ba")),
        ("ke-hoach-lien-tich.pdf", ("KẾ HOẠCH LIÊN TỊCH", "Phạm Quốc Dũng", "Nguyễn Văn An")),
        (SLIP, ("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", "5. Ý kiến của Giám đốc:")),
        ("cong-van-mat.pdf", ("MẬT",)),
        ("cong-van-hoa-toc.pdf", ("HỎA TỐC", "bão số 12")),
        ("phu-luc-bieu-mau.pdf", ("PHỤ LỤC", "(Kèm theo Công văn số", "Việc đăng ký kết hôn")),
    ],
)
def test_the_text_can_be_read(folder: Path, name: str, phrases: tuple[str, ...]) -> None:
    text = _text(folder / name)
    assert [phrase for phrase in phrases if phrase not in text] == []


@pytest.mark.parametrize(("name", "pages"), [("cong-van.pdf", 1), ("quyet-dinh.pdf", 2), (SLIP, 2)])
def test_page_counts(folder: Path, name: str, pages: int) -> None:
    assert _info(folder / name)["Pages"] == str(pages)


def test_the_signer_has_25_to_30_mm_for_the_signature(folder: Path) -> None:
    words = _words(folder / "cong-van.pdf")
    title_bottom = max(bottom for word, _, bottom in words if word == "ĐỐC")
    name_top = max(top for word, top, _ in words if word == "Nguyễn")
    gap_mm = (name_top - title_bottom) / mm
    assert 22 < gap_mm < 30  # boxes are as high as the font, some 2 mm more than its capitals


def test_the_long_scan_is_20_pages_and_about_23_mb(folder: Path) -> None:
    path = folder / LONG_SCAN
    assert _info(path)["Pages"] == "20"
    assert 21_500_000 < path.stat().st_size < 25_000_000


@pytest.mark.parametrize("name", sorted(SCANS))
def test_a_scan_has_no_text_and_no_fonts(folder: Path, name: str) -> None:
    assert _text(folder / name).strip() == ""
    assert len(_run("pdffonts", folder / name).splitlines()) == 2


@pytest.mark.parametrize("name", sorted(SCANS))
def test_a_scan_is_in_colour_at_200_dpi(folder: Path, name: str) -> None:
    image = _run("pdfimages", "-list", folder / name).splitlines()[2].split()
    assert (image[5], image[8], image[12]) == ("rgb", "jpeg", "200")


@pytest.mark.parametrize("name", ["cong-van.pdf", LONG_SCAN])
def test_a_draft_is_the_same_every_time(folder: Path, tmp_path: Path, name: str) -> None:
    again = tmp_path / name
    next(file for file in FILES if file.name == name).build(again)
    assert again.read_bytes() == (folder / name).read_bytes()

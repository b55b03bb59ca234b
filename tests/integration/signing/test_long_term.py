"""Facts about what serves a signed file's validation and what does not: a server takes the one without a signature."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.extending import extend_file
from signing.extension import ExtensionRequest
from signing.long_term import is_pure_extension
from signing.opening import file_sha256
from signing.terms import PadesLevel
from signing.trust import TrustAnchors
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice

Edit = Callable[[Any], None]
name = generic.pdf_name


@pytest.fixture(scope="module")
def issued(letter: Letter) -> Path:
    return letter.issued.file.path


@pytest.fixture(scope="module")
def raised(
    issued: Path,
    signing_office: SigningOffice,
    anchors: TrustAnchors,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[PadesLevel, Path]:
    folder = tmp_path_factory.mktemp("raised")
    made = {}
    for level in (PadesLevel.B_LT, PadesLevel.B_LTA):
        request = ExtensionRequest(file_sha256(issued), level, (signing_office.pki.tsa_url,))
        made[level] = extend_file(issued, folder / f"{level}.pdf", request, anchors).path
    return made


def edited(base: Path, out: Path, edit: Edit) -> Path:
    with base.open("rb") as stream, out.open("wb") as target:
        update = IncrementalPdfFileWriter(stream)
        edit(update)
        update.write(target)
    return out


def set_title(update: Any) -> None:
    update.set_info(generic.DictionaryObject({name("/Title"): generic.pdf_string("khác")}))


def add_annotation(update: Any) -> None:
    page = update.find_page_for_modification(0)[0].get_object()
    box = generic.ArrayObject([generic.NumberObject(number) for number in (50, 50, 200, 80)])
    note = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/FreeText"),
            name("/Rect"): box,
            name("/Contents"): generic.pdf_string("Số: 06"),
        }
    )
    page[name("/Annots")].append(update.add_object(note))
    update.update_container(page[name("/Annots")])


def change_page(update: Any) -> None:
    page = update.find_page_for_modification(0)[0].get_object()
    page[name("/Contents")] = update.add_object(generic.StreamObject(stream_data=b"0 0 m"))


@pytest.mark.parametrize("level", [PadesLevel.B_LT, PadesLevel.B_LTA])
def test_time_stamps_and_validation_data_are_an_extension(
    issued: Path, raised: dict[PadesLevel, Path], level: PadesLevel
) -> None:
    assert is_pure_extension(issued, raised[level])


def test_an_extension_of_an_extended_file_is_one(
    raised: dict[PadesLevel, Path],
    signing_office: SigningOffice,
    anchors: TrustAnchors,
    tmp_path: Path,
) -> None:
    base = raised[PadesLevel.B_LT]
    urls = (signing_office.pki.tsa_url,)
    request = ExtensionRequest(file_sha256(base), PadesLevel.B_LTA, urls)
    made = extend_file(base, tmp_path / "out.pdf", request, anchors)
    assert is_pure_extension(base, made.path)


def test_a_signature_is_no_extension(letter: Letter, issued: Path) -> None:
    assert not is_pure_extension(letter.approved.file.path, issued)


def test_nothing_at_all_is_no_extension(issued: Path) -> None:
    assert not is_pure_extension(issued, issued)


def test_of_an_unsigned_file_there_is_no_extension(letter: Letter, issued: Path) -> None:
    assert not is_pure_extension(letter.draft, issued)


@pytest.mark.parametrize("edit", [add_annotation, change_page])
def test_anything_else_is_no_extension_even_before_validation_data(
    issued: Path,
    signing_office: SigningOffice,
    anchors: TrustAnchors,
    tmp_path: Path,
    edit: Edit,
) -> None:
    changed = edited(issued, tmp_path / "changed.pdf", edit)
    assert not is_pure_extension(issued, changed)
    request = ExtensionRequest(file_sha256(changed), PadesLevel.B_LT, (signing_office.pki.tsa_url,))
    made = extend_file(changed, tmp_path / "dressed.pdf", request, anchors)
    assert not is_pure_extension(issued, made.path)


def test_a_new_title_is_no_extension(issued: Path, tmp_path: Path) -> None:
    assert not is_pure_extension(issued, edited(issued, tmp_path / "titled.pdf", set_title))


def test_bytes_that_nobody_can_read_are_no_extension(issued: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(issued.read_bytes() + b"%%EOF trailing nonsense")
    assert not is_pure_extension(issued, broken)
    broken.write_bytes(b"%PDF-1.7 nothing")
    assert not is_pure_extension(issued, broken)

"""The revisions of a file, and what in it could act."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from signing.errors import SigningError
from signing.revisions import extract_revision, list_revisions
from signing.terms import Verdict
from tests.unit.signing.verification_world import NAME, agency, draft, judge, sign, update


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "van-ban.pdf"
    path.write_bytes(data)
    return path


def test_each_signature_ends_a_revision_and_names_it(tmp_path: Path) -> None:
    path = _file(tmp_path, sign(sign(draft(), "LanhDao"), "ConDau", agency()))

    signed_by = [revision.signed_by for revision in list_revisions(path)]

    assert signed_by == [None, "LanhDao", "ConDau"]


def test_a_revision_is_a_prefix_with_its_own_hash(tmp_path: Path) -> None:
    first = sign(draft(), "LanhDao")
    path = _file(tmp_path, sign(first, "ConDau", agency()))

    revision = list_revisions(path)[1]

    assert (revision.end_bytes, revision.sha256) == (
        len(first),
        hashlib.sha256(first).hexdigest(),
    )


def test_an_extracted_revision_is_the_file_as_it_was_signed(tmp_path: Path) -> None:
    first = sign(draft(), "LanhDao")
    path = _file(tmp_path, sign(first, "ConDau", agency()))
    out = tmp_path / "ban-lanh-dao-ky.pdf"

    extract_revision(path, 1, out)

    assert out.read_bytes() == first


def test_a_revision_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = _file(tmp_path, draft())

    with pytest.raises(SigningError, match=r"verify\.no_such_revision"):
        extract_revision(path, 5, tmp_path / "out.pdf")


def test_what_is_no_pdf_has_no_revisions(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"verify\.not_a_pdf"):
        list_revisions(_file(tmp_path, b"no document"))


def _action(kind: str) -> Any:
    return generic.DictionaryObject({NAME("/S"): NAME(kind)})


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("/JavaScript", "javascript"),
        ("/Launch", "launch_action"),
        ("/SubmitForm", "submit_form"),
        ("/GoToR", "external_reference"),
    ],
)
def test_active_content_is_listed_and_not_run(tmp_path: Path, kind: str, code: str) -> None:
    def edit(writer: Any) -> None:
        writer.root[NAME("/OpenAction")] = _action(kind)
        writer.update_root()

    report = judge(tmp_path, update(draft(), edit))

    assert report.active_content == tuple(sorted((code, "open_action")))


def test_embedded_files_are_listed(tmp_path: Path) -> None:
    def edit(writer: Any) -> None:
        files = generic.DictionaryObject({NAME("/EmbeddedFiles"): generic.DictionaryObject()})
        writer.root[NAME("/Names")] = files
        writer.update_root()

    assert judge(tmp_path, update(draft(), edit)).active_content == ("embedded_file",)


def test_jumping_to_a_page_is_no_active_content(tmp_path: Path) -> None:
    def edit(writer: Any) -> None:
        writer.root[NAME("/OpenAction")] = _action("/GoTo")
        writer.update_root()

    report = judge(tmp_path, update(draft(), edit))

    assert (report.active_content, report.verdict) == ((), Verdict.UNSIGNED)

"""Facts about a draft that cannot be signed as it came, on the leader's desk: a new base beside the original."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.opening import MEDIA_TYPES
from app.demo.people import CLERK, LEADER
from app.workflow.checking import check_file
from app.workflow.mending import mend_file
from app.workflow.sign_draft import open_draft
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.terms import Verdict
from tests.integration.workflow.world import World
from tests.unit.signing.signing_world import own_field
from tests.unit.signing.verification_world import sign, update


def _document(world: World, change: Callable[[bytes], bytes]) -> str:
    path = Path(world.folder) / f"draft-{id(change)}.pdf"
    document_id = world.draft()
    path.write_bytes(change(world.content(document_id)))
    return world.demo.store.add_document(
        NewDocument(
            abstract="Dự thảo có ô điền",
            kind_name="Công văn",
            symbol=f"STP-M{path.stat().st_ino}",
            files=(NewFile(path, path.name, "main", MEDIA_TYPES[".pdf"]),),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            drafting_unit="Văn phòng",
        )
    )


def test_a_flattened_draft_is_signed_issued_and_valid_beside_its_original(world: World) -> None:
    document_id = _document(world, lambda data: update(data, own_field("HoTen", "")))
    original = world.content(document_id)
    with world.desk() as desk:
        document = desk.server.document(document_id)
        with pytest.raises(SigningError, match=r"sign\.own_form_fields"):
            world.sign(desk, document_id)
        mended = mend_file(desk, document, document.main_file)
        assert not mended.waits
        was = mended.document.main_file.converted_from
        assert was is not None
        assert was.sha256 == hashlib.sha256(original).hexdigest()
        assert open_draft(desk, document_id).shown_sha256 == mended.document.main_file.sha256
        world.sign(desk, document_id)
    with world.desk(CLERK) as desk:
        issued = world.issue(desk, document_id)
        path = world.demo.store.content_path(document_id, issued.document.main_file.file_id)
        verdict = check_file(desk.bench.judge, desk.bench.eyes, path).verdict
    assert verdict is Verdict.VALID


def test_a_draft_that_somebody_signed_keeps_its_bytes(world: World) -> None:
    document_id = _document(world, lambda data: sign(data, "NguoiSoan")[:-20])
    original = world.content(document_id)
    with world.desk() as desk:
        document = desk.server.document(document_id)
        with pytest.raises(PdfError, match=r"pdf\.rewrite_signed"):
            mend_file(desk, document, document.main_file)
        assert desk.server.document(document_id).main_file == document.main_file
    assert world.content(document_id) == original

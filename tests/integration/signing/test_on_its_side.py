"""Facts about letters that are shown lying on their side or upside down: marks stand as the words are read."""

from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import Planned, plan_signature
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.terms import PadesLevel, SignatureKind
from signing.token.records import CertificateInfo
from tests.integration.signing.conftest import DAY
from tests.integration.signing.office import SigningOffice

TURNS = [90, 180, 270]


@pytest.fixture(scope="module", params=TURNS)
def sealing(
    request: pytest.FixtureRequest,
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[int, Planned, Planned]:
    """How far the letter is turned, the leader's signature, and the seal after it."""
    folder = tmp_path_factory.mktemp("turned")
    draft, approved = folder / "draft.pdf", folder / "approved.pdf"
    with pymupdf.open(signing_office.draft) as document:
        document[0].set_rotation(request.param)
        document.save(draft)
    plain = replace(bench, level=PadesLevel.B_B)
    wish = Wish(SignatureKind.PERSONAL, image=signing_office.signature_image)
    personal = plan_signature(plain, draft, wish, certificates["leader"])
    make_signature(plain, draft, approved, personal.request)
    wish = Wish(SignatureKind.SEAL, image=signing_office.seal_image, number="05", issue_date=DAY)
    return request.param, personal, plan_signature(plain, approved, wish, certificates["agency"])


def test_the_seal_covers_the_left_third_as_the_words_are_read(
    sealing: tuple[int, Planned, Planned],
) -> None:
    turn, personal, seal = sealing
    signature, mark = (_as_read(item.place.box_mm, turn) for item in (personal, seal))
    overlap = (mark.right_mm - signature.left_mm) / signature.width_mm
    assert overlap == pytest.approx(1 / 3, abs=0.03)
    assert mark.centre_y_mm == pytest.approx(signature.centre_y_mm, abs=1)


def test_a_person_is_asked_to_look_at_the_place(sealing: tuple[int, Planned, Planned]) -> None:
    _, personal, seal = sealing
    assert "workflow.low_confidence" in personal.notes
    assert "workflow.low_confidence" in seal.notes


def _as_read(box: BoxMm, turn: int) -> BoxMm:
    """Turn a box as shown back to the way of the words; where its origin lies does not matter here."""
    left, top, right, bottom = box.left_mm, box.top_mm, box.right_mm, box.bottom_mm
    return {
        90: BoxMm(top, -right, bottom, -left),
        180: BoxMm(-right, -bottom, -left, -top),
        270: BoxMm(-bottom, left, -top, right),
    }[turn]

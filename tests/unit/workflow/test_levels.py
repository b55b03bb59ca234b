"""Facts about the level that an office's documents must reach before they go out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.levels import lowest_level, refuse_below_level
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.report import SignatureReport
from signing.terms import PadesLevel, SignatureKind
from tests.fakes.desk import Desk, desk_of, profile
from tests.fakes.engines import DRAFT
from tests.fakes.records import certificate, document, file_ref, report, signature


def _at(level: PadesLevel | None, field: str = "LanhDao") -> SignatureReport:
    made = signature(field)
    return replace(made, signature_info=replace(made.signature_info, level=level))


def _desk(folder: Path, level: PadesLevel) -> Desk:
    rules = profile()
    publish = rules.publish.model_copy(update={"level": level.value})
    return desk_of(folder, rules=rules.model_copy(update={"publish": publish}))


def test_a_document_is_as_good_as_its_weakest_signature() -> None:
    found = report(_at(PadesLevel.B_T), _at(PadesLevel.B_LTA, "ConDau"))
    assert lowest_level(found) is PadesLevel.B_T


def test_a_signature_below_the_baseline_has_no_level() -> None:
    assert lowest_level(report(_at(None), _at(PadesLevel.B_T, "ConDau"))) is None


def test_initials_and_time_stamps_are_not_asked_for_a_level() -> None:
    found = report(_at(PadesLevel.B_B, "KyNhay"), _at(PadesLevel.B_T, "ConDau"))
    assert lowest_level(found) is PadesLevel.B_T


@pytest.mark.parametrize(
    ("wanted", "told"), [(PadesLevel.B_B, None), (PadesLevel.B_T, "workflow.level_missing")]
)
def test_what_has_not_reached_the_offices_level_is_not_published(
    tmp_path: Path, wanted: PadesLevel, told: str | None
) -> None:
    desk = _desk(tmp_path, wanted)
    base = desk.files.path_of(desk.files.put(DRAFT))
    planned = plan_signature(desk.bench, base, Wish(SignatureKind.PERSONAL), certificate())
    out = desk.files.aside()
    desk.token.sign(base, out, planned.request)
    code = None
    try:
        refuse_below_level(desk.office, document(files=(file_ref(desk.files.adopt(out)),)))
    except AppError as error:
        code = error.code
    assert code == told

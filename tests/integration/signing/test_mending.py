"""A damaged file, or one with fields of its own, made fit to be signed: asked for, shown, and never what is signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.mending import mend
from app.workflow.office import Workbench
from app.workflow.soundness import content_notes
from pdf.errors import PdfError
from signing.fields import look
from signing.terms import Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.conftest import Letter
from tests.integration.signing.issued import issue
from tests.integration.signing.office import SigningOffice, told
from tests.integration.signing.variants import DAMAGED, SOUND, objects_edited, with_entry
from tests.unit.signing.signing_world import own_field
from tests.unit.signing.verification_world import update

REPAIRED = (
    "pages without a type",
    "junk before the header",
    "startxref wrong",
    "table off by some bytes",
    "no end mark",
)
LOST = ("pages miscounted", "cut in the middle")
"""What nobody can repair without guessing which pages there are."""


@pytest.mark.parametrize("variant", REPAIRED)
def test_a_repaired_file_is_signed_and_sealed_as_any_other(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
    variant: str,
) -> None:
    broken, base = tmp_path / "broken.pdf", tmp_path / "base.pdf"
    DAMAGED[variant](signing_office.draft, broken)

    assert mend(bench, broken, base).notes == ("workflow.repaired",)
    issued = issue(signing_office, bench, certificates, base).issued

    assert bench.judge.verify(issued).result().verdict is Verdict.VALID
    assert told("pdfsig", "-nocert", issued).count("Signature is Valid.") == 2
    assert "WARNING" not in told("qpdf", "--check", issued)


@pytest.mark.parametrize("variant", LOST)
def test_a_file_whose_pages_nobody_can_count_is_not_repaired(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path, variant: str
) -> None:
    broken, base = tmp_path / "broken.pdf", tmp_path / "base.pdf"
    DAMAGED[variant](signing_office.draft, broken)

    with pytest.raises(PdfError):
        mend(bench, broken, base)
    assert not base.exists()


def test_a_drafts_own_fields_are_part_of_its_pages_before_it_is_signed(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
) -> None:
    draft, base = tmp_path / "draft.pdf", tmp_path / "base.pdf"
    draft.write_bytes(update(signing_office.draft.read_bytes(), own_field("HoTen", "")))

    done = mend(bench, draft, base)
    issued = issue(signing_office, bench, certificates, base).issued

    assert (done.remedies, done.removed) == (("flatten",), ("form_fields",))
    assert look(base).own_fields == ()
    assert bench.judge.verify(issued).result().verdict is Verdict.VALID


def test_a_damaged_file_with_fields_is_repaired_and_flattened(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    draft, base = tmp_path / "draft.pdf", tmp_path / "base.pdf"
    data = update(signing_office.draft.read_bytes(), own_field("HoTen", ""))
    draft.write_bytes(data[: data.rindex(b"startxref")])

    assert mend(bench, draft, base).remedies == ("repair", "flatten")
    assert look(base).own_fields == ()


def test_a_damaged_file_that_somebody_signed_is_never_repaired(
    letter: Letter, bench: Workbench, tmp_path: Path
) -> None:
    broken, base = tmp_path / "broken.pdf", tmp_path / "base.pdf"
    data = letter.revisions[-1].read_bytes()
    broken.write_bytes(data[: data.rindex(b"startxref")])

    with pytest.raises(PdfError, match=r"pdf\.rewrite_signed"):
        mend(bench, broken, base)
    assert not base.exists()


def test_a_file_that_can_be_signed_is_left_alone(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    with pytest.raises(AppError, match=r"workflow\.mend_needless"):
        mend(bench, signing_office.draft, tmp_path / "base.pdf")


def test_a_sound_letter_has_nothing_to_be_warned_of(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    SOUND["object streams"](signing_office.draft, path)

    assert content_notes(bench, path) == ()


def test_layers_and_scripts_are_said_before_the_signature(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    acts = "/OCProperties << /OCGs [] /D << >> >> /OpenAction << /S /JavaScript /JS (x) >>"
    objects_edited(lambda text: with_entry(text, "Catalog", acts))(signing_office.draft, path)

    assert set(content_notes(bench, path)) == {
        "workflow.optional_content",
        "workflow.active_content",
    }

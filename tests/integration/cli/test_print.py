"""Facts about `trinhky print` on really signed letters."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from PIL import Image

from app.clock import system_clock, vietnam_date
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice, told


@pytest.fixture(scope="module")
def approved(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("print") / "approved.pdf"
    answer = trinhky.signs(
        *("--kind", "personal", "--image", signing_office.signature_image),
        *(signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    assert answer.code == 0, answer.err
    return out


@pytest.fixture(scope="module")
def issued(trinhky: CommandLine, signing_office: SigningOffice, approved: Path) -> Path:
    out = approved.with_name("issued.pdf")
    today = vietnam_date(system_clock()).isoformat()
    answer = trinhky.signs(
        *("--kind", "seal", "--number", "7", "--date", today),
        *("--image", signing_office.seal_image, approved, "--out", out),
        pin=signing_office.agency.user_pin,
    )
    assert answer.code == 0, answer.err
    return out


def _red(path: Path) -> int:
    """Count the pixels of the seal's colour on the last page."""
    picture = path.with_suffix(".ppm")
    told("pdftoppm", "-r", "40", "-singlefile", path, picture.with_suffix(""))
    with Image.open(picture) as image:
        pixels = image.convert("RGB").tobytes()
    triples = zip(pixels[::3], pixels[1::3], pixels[2::3], strict=True)
    return sum(red > 180 and green < 110 and blue < 110 for red, green, blue in triples)


def test_what_is_signed_and_numbered_is_printed_before_the_seal(
    trinhky: CommandLine, approved: Path, tmp_path: Path
) -> None:
    before = hashlib.sha256(approved.read_bytes()).hexdigest()
    out = tmp_path / "ink.pdf"
    answer = trinhky.run(
        *("print", approved, "--number", "7", "--date", "2026-11-22", "--out", out, "--json")
    )
    assert (answer.code, answer.json["what"]) == (0, "numbered")
    assert re.search(r"Số: +07 +/STP-VP", told("pdftotext", "-layout", out, "-"))
    assert "does not contain any signatures" in told("pdfsig", out, codes=(2,))
    assert before in told("pdfinfo", out)
    assert (_red(out), hashlib.sha256(approved.read_bytes()).hexdigest()) == (0, before)
    assert sorted(tmp_path.glob("*.pdf*")) == [out]


def test_the_same_document_once_sealed_is_printed_without_and_with_its_seal(
    trinhky: CommandLine, issued: Path, tmp_path: Path
) -> None:
    ink, paper = tmp_path / "ink.pdf", tmp_path / "paper.pdf"
    for out, what in ((ink, "numbered"), (paper, "issued")):
        answer = trinhky.run("print", issued, "--what", what, "--out", out)
        assert answer.code == 0, answer.err
        assert re.search(r"Số: +07 +/STP-VP", told("pdftotext", "-layout", out, "-"))
    assert _red(ink) == 0
    assert _red(paper) > 100


def test_what_is_not_sealed_is_not_printed_as_issued(
    trinhky: CommandLine, approved: Path, tmp_path: Path
) -> None:
    out = tmp_path / "paper.pdf"
    answer = trinhky.run("print", approved, "--what", "issued", "--out", out, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "workflow.print_not_issued")
    assert not out.exists()

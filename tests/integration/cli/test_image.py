"""Facts about `trinhky image`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.office import SigningOffice, told
from tests.unit.signing.drawn_ink import (
    BLACK,
    BLUE,
    RED,
    YELLOWISH,
    Sheet,
    on_paper,
    seal_cover,
    signature_cover,
)


def test_a_photo_of_a_seal_becomes_a_png_that_seals_in_its_real_size(
    trinhky: CommandLine, tmp_path: Path
) -> None:
    photo, out = tmp_path / "photo.jpg", tmp_path / "mark.png"
    on_paper(seal_cover(), RED, Sheet(YELLOWISH, 0.3, 8)).save(photo, dpi=(300, 300))
    answer = trinhky.run("image", photo, "--kind", "seal", "--out", out, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert (answer.json["schema"], answer.json["size_known"]) == ("trinhky.image/1", True)
    assert answer.json["diameter_mm"] == pytest.approx(36.0, abs=0.2)
    assert answer.json["notes"] == []
    assert out.read_bytes().startswith(b"\x89PNG")


def test_what_was_taken_in_can_be_signed_with(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    photo, image, out = (tmp_path / name for name in ("photo.png", "mark.png", "signed.pdf"))
    on_paper(signature_cover(), BLUE).save(photo)
    taken = trinhky.run(
        *("image", photo, "--kind", "personal", "--out", image, "--width-mm", "39.3", "--json")
    )
    assert (taken.code, taken.json["size_known"]) == (0, True)
    signed = trinhky.signs(
        *("--kind", "personal", "--image", image, signing_office.draft, "--out", out),
        pin=signing_office.leader.user_pin,
    )
    assert signed.code == 0, signed.err
    assert "Signature is Valid." in told("pdfsig", "-nocert", out)


def test_black_ink_is_refused_in_words_and_nothing_is_written(
    trinhky: CommandLine, tmp_path: Path
) -> None:
    photo, out = tmp_path / "photo.png", tmp_path / "mark.png"
    on_paper(signature_cover(), BLACK).save(photo)
    answer = trinhky.run(
        "image", photo, "--kind", "personal", "--out", out, "--json", "--lang", "en"
    )
    assert (answer.code, answer.json["error"]["code"]) == (1, "image.wrong_ink")
    assert "blue" in answer.err
    assert not out.exists()


def test_a_picture_of_unknown_size_is_told_how_to_say_it(
    trinhky: CommandLine, tmp_path: Path
) -> None:
    photo, out = tmp_path / "photo.png", tmp_path / "mark.png"
    on_paper(seal_cover(), RED).save(photo)
    answer = trinhky.run("image", photo, "--kind", "seal", "--out", out, "--lang", "en")
    assert answer.code == 0
    assert "--width-mm" in answer.err


def test_a_kind_without_a_picture_is_wrong_usage(trinhky: CommandLine, tmp_path: Path) -> None:
    answer = trinhky.run("image", "x.png", "--kind", "copy", "--out", tmp_path / "mark.png")
    assert answer.code == 64


def test_a_result_that_is_there_stays(trinhky: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "mark.png"
    out.write_bytes(b"mine")
    answer = trinhky.run("image", "x.png", "--kind", "seal", "--out", out, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "usage.out_exists")
    assert out.read_bytes() == b"mine"

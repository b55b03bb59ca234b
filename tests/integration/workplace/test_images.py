"""Facts about pictures that somebody takes in at a workplace."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.people import CLERK, DEPUTY, LEADER
from app.errors import AppError
from app.workplace.workplace import Workplace
from signing.errors import SigningError
from signing.terms import SignatureKind
from tests.integration.workplace.workplaces import Workplaces
from tests.unit.signing.drawn_ink import BLUE, RED, on_paper, seal_cover, signature_cover


def photo(folder: Path, *, is_seal: bool = False) -> Path:
    folder.mkdir(exist_ok=True)
    cover = seal_cover() if is_seal else signature_cover()
    path = folder / "photo.png"
    on_paper(cover, RED if is_seal else BLUE).save(path, dpi=(300, 300))
    return path


def shown(workplace: Workplace, document_id: str) -> bytes:
    """Return what the leader's signature would look like on the page."""
    paper = workplace.open(document_id)
    box = workplace.propose_signing(paper).box
    assert box is not None
    return workplace.preview(paper, box, 100).pixels


def test_a_picture_that_was_kept_is_what_the_next_signature_shows(
    places: Workplaces, tmp_path: Path
) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        before = shown(workplace, document_id)
        taken = workplace.take_image(photo(tmp_path / "desk"), SignatureKind.PERSONAL)
        assert shown(workplace, document_id) == before
        workplace.keep_image(taken, SignatureKind.PERSONAL)
        after = shown(workplace, document_id)
    with places.of() as workplace:
        again = shown(workplace, document_id)
    assert before != after
    assert again == after


def test_another_person_at_the_same_machine_keeps_their_own(
    places: Workplaces, tmp_path: Path
) -> None:
    with places.of(LEADER) as workplace:
        taken = workplace.take_image(photo(tmp_path / "desk"), SignatureKind.PERSONAL)
        workplace.keep_image(taken, SignatureKind.PERSONAL)
        pictures = workplace._orders._store.pictures
        mine = pictures.find("personal", LEADER.key)
        assert mine is not None
        assert mine.stat().st_mode & 0o777 == 0o600
        assert pictures.find("personal", DEPUTY.key) is None


def test_a_seal_is_the_whole_offices(places: Workplaces, tmp_path: Path) -> None:
    with places.of(CLERK) as workplace:
        taken = workplace.take_image(photo(tmp_path / "desk", is_seal=True), SignatureKind.SEAL)
        workplace.keep_image(taken, SignatureKind.SEAL)
        kept = workplace._orders._store.pictures.find("seal", None)
    assert taken.diameter_mm == pytest.approx(36.0, abs=0.2)
    assert kept is not None


def test_a_red_signature_is_refused(places: Workplaces, tmp_path: Path) -> None:
    with places.of() as workplace, pytest.raises(SigningError, match=r"image\.wrong_ink"):
        workplace.take_image(photo(tmp_path / "desk", is_seal=True), SignatureKind.PERSONAL)


def test_a_file_that_is_gone_is_told(places: Workplaces, tmp_path: Path) -> None:
    with places.of() as workplace, pytest.raises(AppError, match=r"image\.no_file"):
        workplace.take_image(tmp_path / "gone.png", SignatureKind.PERSONAL)

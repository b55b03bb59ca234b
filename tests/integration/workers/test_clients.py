"""Facts about the clients, with the engines at work in their processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path

import pymupdf
import pytest

from app.workers.process import SupervisedProcess
from app.workers.render import RenderClient
from app.workers.verify import VerifyClient
from pdf.errors import PdfError
from pdf.places import PlaceKind, PlacementRules
from signing.errors import SigningError
from signing.terms import Verdict

SOON_S = 60.0


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("draft") / "draft.pdf"
    document = pymupdf.open()
    for text in ("QUYET DINH", "Trang hai"):
        document.new_page(width=595, height=842).insert_text((100, 100), text)
    document.save(path)
    document.close()
    return path


@pytest.fixture(scope="module")
def render() -> Iterator[RenderClient]:
    with RenderClient() as client:
        client.start()
        yield client


@pytest.fixture(scope="module")
def verify(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VerifyClient]:
    with VerifyClient([tmp_path_factory.mktemp("anchors")]) as client:
        client.start()
        yield client


def test_a_page_is_drawn_in_the_other_process(render: RenderClient, draft: Path) -> None:
    picture = render.page(draft, 1, 144).result(SOON_S)
    assert (picture.page_index, picture.width_px, picture.height_px) == (1, 1190, 1684)
    assert len(picture.pixels) == picture.stride_bytes * picture.height_px
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert min(picture.pixels) < 64


def test_a_page_without_paper_is_drawn_in_the_other_process(
    render: RenderClient, draft: Path
) -> None:
    picture = render.page(draft, 1, 72, transparent=True).result(SOON_S)
    assert picture.has_alpha
    assert len(picture.pixels) == picture.stride_bytes * picture.height_px
    assert picture.pixels[:4] == bytes(4)


def test_a_files_facts_come_over(render: RenderClient, draft: Path) -> None:
    facts = render.facts(draft).result(SOON_S)
    assert len(facts.pages) == 2
    assert not facts.needs_password


def test_differences_come_over(render: RenderClient, draft: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    document = pymupdf.open(draft)
    document[1].insert_text((300, 400), "them")
    document.save(other)
    document.close()
    assert render.compare(draft, draft).result(SOON_S) == ()
    assert {item.page_index for item in render.compare(draft, other).result(SOON_S)} == {1}


def test_proposals_come_over(render: RenderClient, draft: Path) -> None:
    proposals = render.propose(draft, PlaceKind.PERSONAL, PlacementRules()).result(SOON_S)
    assert isinstance(proposals, tuple)


def test_a_png_is_written(render: RenderClient, draft: Path, tmp_path: Path) -> None:
    render.write_png(draft, 0, 36, tmp_path / "page.png").result(SOON_S)
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_a_page_that_is_not_there_is_told_by_the_room_itself(
    render: RenderClient, draft: Path
) -> None:
    with pytest.raises(PdfError, match=r"pdf\.no_such_page"):
        render.page(draft, 99, 72).result(SOON_S)


def test_an_unsigned_file_is_judged_unsigned(verify: VerifyClient, draft: Path) -> None:
    report = verify.verify(draft).result(SOON_S)
    assert report.verdict is Verdict.UNSIGNED
    assert report.pages == 2


def test_a_files_signatures_and_fields_are_described(verify: VerifyClient, draft: Path) -> None:
    assert verify.look(draft).result(SOON_S).pages == 2


def test_many_files_are_judged_and_each_report_belongs_to_its_file(
    verify: VerifyClient, draft: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 no more")
    paths = [draft, broken, draft, tmp_path / "missing.pdf"]
    reports = dict(verify.verify_each(paths))
    assert [reports[index].verdict for index in range(4)] == [
        Verdict.UNSIGNED,
        Verdict.UNREADABLE,
        Verdict.UNSIGNED,
        Verdict.UNREADABLE,
    ]
    assert [reports[index].path for index in range(4)] == [str(path) for path in paths]


def test_a_file_that_a_person_opens_is_not_behind_a_thousand_others(draft: Path) -> None:
    with VerifyClient([], processes=1) as client:
        each = client.verify_each([draft] * 12)
        next(each)
        opened = client.verify(draft)
        left = [opened.done() for _ in each]
    assert left[-1]
    assert left.index(True) < 6


def test_a_file_over_its_deadline_could_not_be_checked(verify: VerifyClient, draft: Path) -> None:
    ((_, report),) = verify.verify_each([draft], deadline_s=1e-9)
    assert (report.verdict, report.reason) == (Verdict.UNREADABLE, "worker.deadline")
    assert verify.verify(draft).result(SOON_S).verdict is Verdict.UNSIGNED


def test_a_trust_store_that_is_not_there_is_told(draft: Path, tmp_path: Path) -> None:
    with (
        VerifyClient([tmp_path / "nowhere"], processes=1) as client,
        pytest.raises(SigningError, match=r"trust\.not_readable"),
    ):
        client.verify(draft).result(SOON_S)


def test_a_killed_renderer_comes_back(draft: Path) -> None:
    with RenderClient() as client:
        client.page(draft, 0, 36).result(SOON_S)
        process = client._process
        assert isinstance(process, SupervisedProcess)
        assert process.pid is not None
        process_gone = os.pidfd_open(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        assert wait([process_gone], SOON_S)
        os.close(process_gone)
        assert client.page(draft, 0, 36).result(SOON_S).width_px == 298

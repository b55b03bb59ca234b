"""What a hostile Word file tries, and does not get: the network, this machine's files, a macro, memory, time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pymupdf
import pytest

from app.errors import AppError
from app.workers.convert import ConvertClient
from tests.integration.converting import drafts


@pytest.fixture(scope="module")
def converter() -> Iterator[ConvertClient]:
    with ConvertClient() as opened:
        yield opened


class Listener(ThreadingHTTPServer):
    """Serves a picture, and remembers who asked for anything."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/x.png"


class _Answer(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(drafts.PNG)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - what the base class looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        del format, args


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.01,))
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


def linking(kind: str, path: Path, url: str) -> Path:
    """Write a draft that takes something from a URL, in one of many ways."""
    if kind == "docx picture":
        relation = drafts.relation("rX", "image", url, external=True)
        return drafts.docx(path, drafts.linked_picture("rX"), relations=relation)
    if kind == "docx template":
        relation = drafts.relation("rT", "attachedTemplate", url, external=True)
        template = '<w:attachedTemplate r:id="rT"/>'
        return drafts.docx(path, drafts.paragraph("a"), settings=template, of_settings=relation)
    if kind == "docx object":
        relation = drafts.relation("rO", "oleObject", url, external=True)
        return drafts.docx(path, drafts.ole_link("rO"), relations=relation)
    if kind == "docx field":
        return drafts.docx(path, drafts.field(f"INCLUDEPICTURE &quot;{url}&quot; \\d"))
    if kind == "odt picture":
        return drafts.odt(path, drafts.odt_picture(url))
    if kind == "odt section":
        return drafts.odt(path, drafts.odt_section(url))
    path.write_text(
        f'{{\\rtf1 {{\\*\\template {url}}}{{\\field{{\\*\\fldinst INCLUDEPICTURE "{url}" \\\\d}}'
        "{\\fldrslt x}} Hello}",
        encoding="ascii",
    )
    return path


@contextmanager
def refused_where(is_refused: bool) -> Iterator[None]:
    if not is_refused:
        yield
        return
    with pytest.raises(AppError, match=r"convert\.reaches_out"):
        yield


WAYS = (
    "docx picture",
    "docx template",
    "docx object",
    "docx field",
    "odt picture",
    "odt section",
    "rtf",
)


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_fetches_nothing_from_the_network(
    converter: ConvertClient, listener: Listener, tmp_path: Path, way: str
) -> None:
    draft = linking(way, tmp_path / "draft", listener.url)
    with refused_where(way == "rtf"):
        converter.convert(draft, tmp_path / "out.pdf").result()
        assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")
    assert listener.asked == []


@pytest.mark.parametrize("way", WAYS)
def test_a_draft_takes_nothing_from_this_machines_files(
    converter: ConvertClient, tmp_path: Path, way: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"BI MAT" if "section" in way else drafts.PNG)
    draft = linking(way, tmp_path / "draft", secret.as_uri())
    with refused_where(way == "rtf"):
        converter.convert(draft, tmp_path / "out.pdf").result()
        with pymupdf.open(tmp_path / "out.pdf") as made:
            assert "BI MAT" not in made[0].get_text()
            assert made[0].get_images() == []


@pytest.mark.parametrize(
    "word",
    [
        "INCLUDEPICTURE",
        "includetext",
        "INC\\'4cUDEPICTURE",
        "INC{\\b LUDE}PICTURE",
        "\\u73 ?NCLUDETEXT",
        "{\\uc0\\u73 }NCLUDETEXT",
    ],
)
def test_an_rtf_that_takes_from_files_is_refused_however_it_is_spelt(
    converter: ConvertClient, tmp_path: Path, word: str
) -> None:
    draft = tmp_path / "draft.rtf"
    text = "{\\rtf1{\\field{\\*\\fldinst " + word + ' "file:///etc/x.png"}{\\fldrslt x}}}'
    draft.write_text(text, encoding="ascii")
    with pytest.raises(AppError, match=r"convert\.reaches_out"):
        converter.convert(draft, tmp_path / "out.pdf").result()


def test_a_macro_that_runs_when_the_draft_opens_does_not_run(
    converter: ConvertClient, tmp_path: Path
) -> None:
    flag = tmp_path / "flag"
    basic = f'Sub Main\nOpen "{flag}" For Output As #1\nPrint #1, "x"\nClose #1\nEnd Sub'
    draft = drafts.odt_with_macro(tmp_path / "draft.odt", basic)
    converter.convert(draft, tmp_path / "out.pdf").result()
    assert not flag.exists()
    assert "convert.macros_left_out" in converter.notes_on(draft, (), "xincho\xe0").result()


def test_a_package_that_says_it_unpacks_to_too_much_is_not_opened(
    converter: ConvertClient, tmp_path: Path
) -> None:
    draft = drafts.docx(tmp_path / "bomb.docx", more={"word/media/x.png": b""})
    with (
        zipfile.ZipFile(draft, "a", zipfile.ZIP_DEFLATED) as package,
        package.open("word/media/y.png", "w") as part,
    ):
        for _ in range(600):
            part.write(bytes(2**20))
    with pytest.raises(AppError, match=r"convert\.too_large"):
        converter.convert(draft, tmp_path / "out.pdf").result()
    assert not (tmp_path / "out.pdf").exists()


def test_a_small_package_that_lays_out_to_more_than_anybody_reads_ends_at_the_deadline(
    tmp_path: Path,
) -> None:
    draft = drafts.docx(tmp_path / "bomb.docx", drafts.paragraph("a" * 1000) * 200_000)
    with (
        ConvertClient(deadline_s=3) as converter,
        pytest.raises(AppError, match=r"worker\.deadline"),
    ):
        converter.convert(draft, tmp_path / "out.pdf").result()
    assert draft.stat().st_size < 2**20
    assert list(tmp_path.iterdir()) == [draft]


def test_a_draft_that_takes_more_memory_than_it_may_is_refused(tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    program = greedy(tmp_path / "soffice", 1200)
    with (
        ConvertClient(program, memory_limit_bytes=1000 * 1024**2) as converter,
        pytest.raises(AppError, match=r"convert\.failed"),
    ):
        converter.convert(draft, tmp_path / "out.pdf").result()
    assert sorted(tmp_path.iterdir()) == [draft, program]


def test_a_draft_that_takes_less_memory_than_it_may_is_converted(tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    program = greedy(tmp_path / "soffice", 500)
    with ConvertClient(program, memory_limit_bytes=1000 * 1024**2) as converter:
        converter.convert(draft, tmp_path / "out.pdf").result()
    assert (tmp_path / "out.pdf").read_bytes() == b"laid out"


def greedy(program: Path, size_mib: int) -> Path:
    """A program in LibreOffice's place that needs this much memory and then writes its result.

    LibreOffice itself is no measure: how much it takes before it gives up differs from machine to machine.
    """
    take = f"bytearray({size_mib} * 2**20); open('../made/draft.pdf', 'w').write('laid out')"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{take}"\n', encoding="ascii")
    program.chmod(0o755)
    return program


def endless(folder: Path) -> Path:
    """A program in LibreOffice's place that starts another, writes down both, and never ends."""
    program = folder / "soffice"
    program.write_text(
        f"#!/bin/sh\nsleep 600 &\necho $$ $! >{folder}/pids.new\nmv {folder}/pids.new {folder}/pids\nwait\n",
        encoding="ascii",
    )
    program.chmod(0o755)
    return program


def pids(folder: Path) -> list[int]:
    deadline = time.monotonic() + 30
    while not (folder / "pids").exists():
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)
    return [int(item) for item in (folder / "pids").read_text().split()]


def wait_until_gone(found: list[int]) -> None:
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}/exe").exists() or _runs(pid) for pid in found):
        assert time.monotonic() < deadline
        threading.Event().wait(0.02)


def _runs(pid: int) -> bool:
    """Say whether a process lives; one that is dead and not yet reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_at_the_deadline_the_converter_ends_with_all_that_it_started(tmp_path: Path) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    program = endless(tmp_path)
    with ConvertClient(program, deadline_s=1.5) as converter:
        with pytest.raises(AppError, match=r"worker\.deadline"):
            converter.convert(draft, tmp_path / "out.pdf").result()
        wait_until_gone(pids(tmp_path))
    assert not (tmp_path / "out.pdf.work").exists()


def test_when_the_program_closes_the_converter_ends_with_all_that_it_started(
    tmp_path: Path,
) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    converter = ConvertClient(endless(tmp_path))
    future = converter.convert(draft, tmp_path / "out.pdf")
    found = pids(tmp_path)
    converter.close()
    with pytest.raises(AppError, match=r"worker\.cancelled"):
        future.result()
    wait_until_gone(found)


def test_when_the_program_is_killed_the_converter_ends_with_all_that_it_started(
    tmp_path: Path,
) -> None:
    draft = drafts.docx(tmp_path / "draft.docx", drafts.paragraph("a"))
    program = endless(tmp_path)
    module = "tests.integration.converting.converting_program"
    with subprocess.Popen([sys.executable, "-m", module, program, draft]) as running:
        found = pids(tmp_path)
        running.kill()
    wait_until_gone(found)

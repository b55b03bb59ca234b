"""Facts about the process that opens pictures that people pick."""

from __future__ import annotations

import os
import signal
import struct
import zlib
from pathlib import Path

import pytest

from app.errors import AppError
from app.workers.images import ImageClient
from signing.errors import SigningError
from signing.intake.records import InkRule
from tests.unit.signing.drawn_ink import RED, on_paper, seal_cover

SOON_S = 60.0
SEAL = InkRule("red", 36.0, 36.0, is_round=True)


def scan(folder: Path) -> Path:
    path = folder / "scan.png"
    on_paper(seal_cover(), RED).save(path, dpi=(300, 300))
    return path


def wide_white(path: Path, side_px: int) -> Path:
    """Write a white picture of so many points in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    row = b"\0" + b"\xff" * (3 * side_px)
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(row) for _ in range(side_px)) + packer.flush()
    head = struct.pack(">IIBBBBB", side_px, side_px, 8, 2, 0, 0, 0)
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    return path


def test_a_picture_is_taken_in_by_the_other_process(tmp_path: Path) -> None:
    with ImageClient() as images:
        found = images.take(scan(tmp_path), tmp_path / "taken.png", SEAL).result(SOON_S)
    assert found.path.is_file()
    assert found.diameter_mm == pytest.approx(36.0, abs=0.2)


def test_what_is_refused_there_is_told_here(tmp_path: Path) -> None:
    (tmp_path / "odd.png").write_bytes(b"no picture")
    with ImageClient() as images, pytest.raises(SigningError, match=r"image\.unreadable"):
        images.take(tmp_path / "odd.png", tmp_path / "taken.png", SEAL).result(SOON_S)


def test_a_picture_that_takes_more_memory_than_it_may_costs_nothing_but_itself(
    tmp_path: Path,
) -> None:
    hungry = wide_white(tmp_path / "wide.png", 9000)
    with ImageClient(memory_limit_bytes=400 * 2**20) as images:
        with pytest.raises(AppError, match=r"worker\.(out_of_memory|crashed)"):
            images.take(hungry, tmp_path / "never.png", SEAL).result(SOON_S)
        found = images.take(scan(tmp_path), tmp_path / "taken.png", SEAL).result(SOON_S)
    assert found.path.is_file()


def test_a_process_that_dies_over_a_picture_is_started_again(tmp_path: Path) -> None:
    with ImageClient() as images:
        images.take(scan(tmp_path), tmp_path / "first.png", SEAL).result(SOON_S)
        pid = images._process.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        found = images.take(scan(tmp_path), tmp_path / "second.png", SEAL).result(SOON_S)
    assert found.path.is_file()

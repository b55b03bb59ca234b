"""A display of one's own, with nobody else's windows on it and no window manager."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH_PX, HEIGHT_PX = 1440, 900


@contextmanager
def virtual_display(width_px: int = WIDTH_PX, height_px: int = HEIGHT_PX) -> Iterator[str]:
    """Run Xvfb on a display number that is free; yields what `DISPLAY` must say."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp", "-noreset"),
            *("-screen", "0", f"{width_px}x{height_px}x24", "-dpi", "96"),
        ],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()

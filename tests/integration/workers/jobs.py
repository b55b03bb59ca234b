"""What the tests let a child do."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import signal
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.workers import child, shared
from app.workers.records import PagePicture
from app.workers.shared import Large
from pdf.errors import PdfError
from signing.errors import SigningError


def add(left: int, right: int = 0) -> int:
    return left + right


def pid() -> int:
    return os.getpid()


def hang() -> None:
    threading.Event().wait()


def hang_after_telling() -> None:
    child.emit("hanging", {"pid": os.getpid()})
    hang()


def hang_in_c() -> None:
    """Like a driver that waits for its card: not interruptible from Python."""
    child.emit("hanging", {"pid": os.getpid()})
    libc = ctypes.CDLL(None)
    while True:
        libc.pause()


def kill_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def touch_null() -> None:
    ctypes.string_at(0)


def eat(size_bytes: int) -> int:
    return len(bytearray(size_bytes))


def fail(room: str) -> None:
    if room == "pdf":
        raise PdfError("pdf.no_such_page", page=7)
    if room == "signing":
        raise SigningError("token.pin_incorrect", tries=2)
    raise AppError("server.conflict", document="d1")


def stumble_over(secret: str) -> None:
    raise KeyError(f"no {secret} here")


def leave() -> None:
    sys.exit(3)


def count(upto: int) -> int:
    for number in range(upto):
        child.emit("counted", {"number": number})
    return upto


def work_until_stopped() -> int:
    done = 0
    child.emit("working", {})
    while not child.stop_requested():
        done += 1
    return done


def frozen() -> int:
    return gc.get_freeze_count()


def environment(name: str) -> str | None:
    return os.environ.get(name)


def print_something() -> str:
    os.write(1, b"a driver's chatter")
    return "printed"


def thread_name() -> str:
    return threading.current_thread().name


def core_limit() -> tuple[int, int]:
    return resource.getrlimit(resource.RLIMIT_CORE)


def picture(width_px: int, height_px: int) -> Large:
    pixels = bytes(range(256)) * (width_px * height_px * 3 // 256 + 1)
    size = width_px * height_px * 3
    return Large(PagePicture(0, width_px, height_px, width_px * 3, pixels[:size]), "pixels")


@dataclass(frozen=True)
class NotForParents:
    """A record of a module that the parent has not loaded."""

    text: str = "x"


def unknown_record() -> NotForParents:
    return NotForParents()


class Trap:
    """What an exploited child would send: on load, it runs something."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.path),))


def trap(path: Path) -> Trap:
    return Trap(path)


def half_a_segment_then_die(size_bytes: int) -> None:
    """Leave a segment behind, unannounced."""
    worker = child._Worker.serving
    assert worker is not None
    shared.put(worker._segment_name, b"x" * size_bytes)
    os.kill(os.getpid(), signal.SIGKILL)


def loaded(name: str) -> bool:
    return name in sys.modules


def ask_once() -> object:
    return child.ask(1)


def ask_twice() -> list[object]:
    return [child.ask(1), child.ask(2)]

"""Facts about what the parent lets out of a child's answer."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError
from app.workers import wire
from pdf.geometry import BoxMm
from pdf.places import PlaceKind, Proposal
from signing.report import FileReport
from signing.terms import Verdict


class Names:
    """Pickles as a call of whatever global it is told."""

    def __init__(self, what: Any, *arguments: Any) -> None:
        self._told = (what, arguments)

    def __reduce__(self) -> tuple[Any, ...]:
        return self._told


def naming(global_name: bytes) -> bytes:
    """A result whose value is a global named by hand."""
    pickled = pickle.dumps(wire.Result(1, "VALUE"), protocol=2)
    return pickled.replace(b"X\x05\x00\x00\x00VALUE", b"c" + global_name + b"\n")


def test_records_enumerations_and_moments_come_through() -> None:
    value = (
        FileReport("a.pdf", Verdict.VALID, None, "ab", 2),
        Proposal(PlaceKind.SEAL, 0, BoxMm(1, 2, 3, 4), 0.5, "under the title"),
        {"at": datetime(2026, 11, 22, tzinfo=UTC), "path": Path("a"), "set": frozenset({1})},
    )
    assert wire.load_checked(wire.dump(wire.Result(1, value))) == wire.Result(1, value)


def test_an_enumeration_comes_through_as_python_3_11_2_pickles_it() -> None:
    told = wire.load_checked(wire.dump(wire.Result(1, Names(getattr, Verdict, "VALID"))))
    assert told == wire.Result(1, Verdict.VALID)


def test_a_rooms_error_comes_through() -> None:
    told = wire.load_checked(wire.dump(wire.Failure(1, AppError("server.conflict", document="d"))))
    assert isinstance(told, wire.Failure)
    assert str(told.error) == str(AppError("server.conflict", document="d"))


@pytest.mark.parametrize(
    "value",
    [
        Names(os.system, "true"),
        Names(eval, "1 + 1"),
        Names(pickle.loads, b""),
        Names(wire.load_checked, b""),
        Names(AppError("x").__reduce__),
        Names(getattr, "text", "upper"),
        Names(getattr, FileReport, "__init__"),
    ],
    ids=["shell", "eval", "pickle", "our function", "a method", "getattr", "getattr of a record"],
)
def test_a_call_in_an_answer_is_refused(value: Any) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.load_checked(wire.dump(wire.Result(1, value)))


@pytest.mark.parametrize(
    "name",
    [
        b"app.workers.wire\nsys.modules",
        b"app.workers.wire\npickle",
        b"app.workers.wire\nload_checked",
        b"pdf.render\nrender_page",
        b"app.store.files\nFileStore",
        b"os\nsystem",
    ],
)
def test_a_global_that_is_no_record_is_refused(name: bytes) -> None:
    data = naming(name)
    assert name in data
    with pytest.raises(pickle.UnpicklingError):
        wire.load_checked(data)


@pytest.mark.parametrize(
    "data", [b"", b"garbage", pickle.dumps("a string"), pickle.dumps(wire.Result(1, "x"))[:-5]]
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.load_checked(data)


def test_an_error_of_no_room_is_refused() -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.load_checked(wire.dump(wire.Failure(1, wire.Bug)))  # type: ignore[arg-type] # on purpose


def test_a_request_does_not_show_its_arguments() -> None:
    assert "24680" not in repr(wire.Run(1, "signing.desk:login", ("24680",), {"pin": "24680"}))

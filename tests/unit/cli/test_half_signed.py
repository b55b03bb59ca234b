"""Facts about a foreign letter whose number was signed and whose seal failed: what exists is kept and said."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import sign
from app.cli.numbers import UsedNumbers
from app.cli.settling import Job
from app.cli.terminal import Terminal
from app.workflow.evidence_keeping import NOT_KEPT
from signing.errors import SigningError
from signing.request import SignedFile
from signing.terms import PadesLevel
from signing.token.records import OpenedKey

OPENED = sign._Opener(lambda: OpenedKey(b""), is_one_by_one=False)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A letter with two signatures to make, of which the second fails as if the token were pulled out."""
    made = iter((b"numbered",))

    def make_signature(_bench: Any, _base: Path, out: Path, _request: Any) -> Any:
        content = next(made, None)
        if content is None:
            raise SigningError("token.removed")
        out.write_bytes(content)
        return SimpleNamespace(file=SignedFile(out, "b" * 64, "SoVanBan", PadesLevel.B_B), notes=())

    monkeypatch.setattr(sign, "make_signature", make_signature)
    monkeypatch.setattr(sign, "plan_on", lambda _bench, _base, planned, _certificate: planned)
    monkeypatch.setattr(sign, "at_this_moment", lambda _bench, planned: planned)
    monkeypatch.setattr(sign, "_keep_evidence", lambda *_: (NOT_KEPT,))
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"letter")
    row: dict[str, Any] = {"path": str(letter), "out": None, "status": "skipped", "error": None}
    step: Any = SimpleNamespace(request=None)
    job = Job(letter, tmp_path / "issued.pdf", row, UsedNumbers(tmp_path / "data"), ExitStack())
    job.steps = (step, step)
    return job


def test_the_numbered_letter_is_kept_under_a_name_of_its_own(
    job: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    bench: Any = SimpleNamespace(level=PadesLevel.B_B)
    certificate: Any = None
    sign._sign_all([job], bench, certificate, OPENED, Terminal("en", as_json=True))
    kept = job.out.with_name("issued.numbered.pdf")
    assert kept.read_bytes() == b"numbered"
    assert (job.row["status"], job.row["out"]) == ("failed", str(kept))
    assert job.row["error"]["code"] == "token.removed"
    assert str(kept) in capsys.readouterr().err
    assert sorted(path.name for path in job.out.parent.glob("*.p*")) == [
        "issued.numbered.pdf",
        "letter.pdf",
    ]


def test_the_evidence_of_what_was_signed_is_kept_too(
    job: Job, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[Any, str]] = []

    def keep(_job: Job, _bench: Any, last: Any, sha256: str) -> tuple[str, ...]:
        asked.append((last, sha256))
        return (NOT_KEPT,)

    monkeypatch.setattr(sign, "_keep_evidence", keep)
    bench: Any = SimpleNamespace(level=PadesLevel.B_B)
    certificate: Any = None
    terminal = Terminal("en", as_json=True)
    sign._sign_all([job], bench, certificate, OPENED, terminal)
    assert asked == [(job.steps[0], "b" * 64)]
    assert terminal.words(NOT_KEPT) in capsys.readouterr().err

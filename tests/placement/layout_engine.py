"""LibreOffice, headless: lays Word files out as PDF, many a call, with a profile of its own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_DEADLINE_S = 300
_MOST_A_CALL = 200
"""LibreOffice takes no notice of arguments beyond the 255th."""


def to_pdf(files: Sequence[Path], folder: Path) -> None:
    """Convert Word files to PDFs of the same stems in a folder."""
    with tempfile.TemporaryDirectory(prefix="trinhky-writer-") as profile:
        for start in range(0, len(files), _MOST_A_CALL):
            _convert(files[start : start + _MOST_A_CALL], folder, Path(profile))
    missing = [file.name for file in files if not (folder / f"{file.stem}.pdf").is_file()]
    if missing:
        raise RuntimeError(f"LibreOffice left {missing} out")


def _convert(files: Sequence[Path], folder: Path, profile: Path) -> None:
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=_DEADLINE_S,
    )

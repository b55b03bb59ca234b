from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo.authority import Authority, start_authority


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="package")
def authority(office: Path) -> Iterator[Authority]:
    with start_authority(office / "pki") as running:
        yield running

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.pki import DemoPki, open_pki


@pytest.fixture(scope="package")
def pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    folder: Path = tmp_path_factory.mktemp("office") / "pki"
    return open_pki(folder, "http://127.0.0.1:40000")

"""A token with faults for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faulty.bed import Bed, make_bed


@pytest.fixture
def bed(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> Bed:
    return make_bed(pytestconfig, tmp_path_factory, tmp_path)

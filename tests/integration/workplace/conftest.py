"""One demo office with its processes for all of these tests; each test has its own front and stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Processes
from app.demo.opening import DemoOffice, open_office
from app.demo.people import LEADER
from tests.integration.workflow.world import world_in
from tests.integration.workplace.workplaces import Workplaces


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    with open_office(tmp_path_factory.mktemp("demo") / "office") as opened:
        yield opened


@pytest.fixture(scope="session")
def processes(demo: DemoOffice) -> Iterator[Processes]:
    settings = demo.settings_of(LEADER)
    with Processes.of(settings, environment=demo.token_environment) as started:
        yield started


@pytest.fixture
def places(demo: DemoOffice, processes: Processes, tmp_path: Path) -> Iterator[Workplaces]:
    with world_in(demo, processes, tmp_path) as world:
        yield Workplaces(world)

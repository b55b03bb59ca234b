"""One demo office with its processes for these tests and their neighbours; each test has its own front and stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Processes
from app.demo.opening import DemoOffice
from tests.integration.workflow.world import OpenOffice, shared_demo, world_in
from tests.integration.workplace.workplaces import Workplaces


@pytest.fixture(scope="session")
def office(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> OpenOffice:
    return shared_demo(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def demo(office: OpenOffice) -> DemoOffice:
    return office.demo


@pytest.fixture(scope="session")
def processes(office: OpenOffice) -> Processes:
    return office.processes


@pytest.fixture
def places(demo: DemoOffice, processes: Processes, tmp_path: Path) -> Iterator[Workplaces]:
    with world_in(demo, processes, tmp_path) as world:
        yield Workplaces(world)

"""Each fault of a token or its driver: what the person is told, what is left, and that the next attempt works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workers.token import Deadlines, TokenProcess
from signing.token.pin import Pin
from signing.token.records import ModuleInfo
from tests.faulty.bed import Bed
from tests.integration.signing.office import SigningOffice, asked, shared_office, told

HUNG_AFTER_S = 2.0


class Desk:
    """A person with one letter and one token: `token` is the real process."""

    def __init__(self, bed: Bed, token: TokenProcess, folder: Path, draft: Path) -> None:
        self.bed = bed
        self.token = token
        self.base = folder / "draft.pdf"
        self.out = folder / "signed.pdf"
        self._shown = draft.read_bytes()
        self.base.write_bytes(self._shown)

    def survey(self) -> ModuleInfo:
        return next(item for item in self.token.survey() if item.path == self.bed.module)

    def login(self, *, last_try: bool = False) -> None:
        self.token.login(
            self.bed.module,
            self.bed.token.serial,
            self.bed.token.certificate_sha256,
            Pin(self.bed.token.user_pin),
            last_try=last_try,
        )

    def sign(self) -> None:
        self.token.sign(self.base, self.out, asked(self.base, self.bed.token))

    @property
    def is_untouched(self) -> bool:
        """Whether the letter is as it was shown, and nothing else lies beside it."""
        return (
            list(self.base.parent.iterdir()) == [self.base]
            and self.base.read_bytes() == self._shown
        )

    def signs_from_the_start(self) -> bool:
        """Whether survey, login and signature go well, and the login costs one PIN."""
        typed = self.bed.pins
        (token,) = self.survey().tokens
        assert token.serial == self.bed.token.serial
        self.login()
        self.sign()
        assert self.bed.pins == typed + 1
        return "Signature is Valid." in told("pdfsig", "-nocert", self.out)


@pytest.fixture(scope="session")
def office(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> SigningOffice:
    return shared_office(pytestconfig, tmp_path_factory)


@pytest.fixture
def deadlines(request: pytest.FixtureRequest) -> Deadlines:
    return Deadlines(**getattr(request, "param", {}))


@pytest.fixture
def desk(bed: Bed, office: SigningOffice, tmp_path: Path, deadlines: Deadlines) -> Iterator[Desk]:
    folder = tmp_path / "letters"
    folder.mkdir()
    with TokenProcess((bed.module,), bed.environment, deadlines=deadlines) as token:
        yield Desk(bed, token, folder, office.draft)


def test_a_bed_without_faults_signs(desk: Desk) -> None:
    assert desk.signs_from_the_start()

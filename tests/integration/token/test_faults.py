"""Each fault of a token or its driver: what the person is told, what is left, and that the next attempt works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import Processes, workbench
from app.errors import AppError
from app.settings import Settings
from app.workers.token import Deadlines, TokenProcess
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from signing.errors import SigningError
from signing.terms import PinState
from signing.token import modules
from signing.token.pin import Pin
from signing.token.records import ModuleInfo
from tests.faulty.bed import PIN_PAD, PULLED, PULLED_WHILE_OPEN, Bed, make_bed
from tests.integration.signing.office import SigningOffice, asked, shared_office, told

HUNG_AFTER_S = 1.5


class Desk:
    """A person with one letter and one token: `token` is the real process, and so are all others."""

    def __init__(
        self, bed: Bed, bench: Workbench, token: TokenProcess, folder: Path, draft: Path
    ) -> None:
        self.bed = bed
        self.bench = replace(bench, token=token)
        self.token = token
        self.base = folder / "draft.pdf"
        self.out = folder / "signed.pdf"
        self._shown = draft.read_bytes()
        self.base.write_bytes(self._shown)

    def survey(self) -> ModuleInfo:
        (found,) = self.token.survey()
        return found

    def login(self, *, last_try: bool = False) -> None:
        self.token.login(
            self.bed.module,
            self.bed.token.serial,
            self.bed.token.certificate_sha256,
            Pin(self.bed.token.user_pin),
            last_try=last_try,
        )

    def sign(self) -> None:
        make_signature(self.bench, self.base, self.out, asked(self.base, self.bed.token))

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


@pytest.fixture(scope="session")
def bench(office: SigningOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """What judges the signatures; each desk brings a token of its own."""
    data = tmp_path_factory.mktemp("data")
    settings = Settings(trust=(office.trust,), data=data, logs=data / "logs")
    with Processes.of(settings) as processes:
        yield workbench(settings, processes)


@pytest.fixture
def bed(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> Bed:
    with_seal = getattr(request, "param", False)
    return make_bed(pytestconfig, tmp_path_factory, tmp_path, with_seal=with_seal)


@pytest.fixture
def deadlines(request: pytest.FixtureRequest) -> Deadlines:
    return Deadlines(**getattr(request, "param", {}))


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No driver but the bed's: other tests put cards into readers meanwhile, which OpenSC sees."""
    monkeypatch.setattr(modules, "known", lambda _: ())


@pytest.fixture
def desk(
    bed: Bed, office: SigningOffice, bench: Workbench, tmp_path: Path, deadlines: Deadlines
) -> Iterator[Desk]:
    folder = tmp_path / "letters"
    folder.mkdir()
    with TokenProcess((bed.module,), bed.environment, deadlines=deadlines) as token:
        yield Desk(bed, bench, token, folder, office.draft)


def test_a_bed_without_faults_signs(desk: Desk) -> None:
    assert desk.signs_from_the_start()


short_survey = pytest.mark.parametrize("deadlines", [{"survey_s": HUNG_AFTER_S}], indirect=True)
short_login = pytest.mark.parametrize("deadlines", [{"login_s": HUNG_AFTER_S}], indirect=True)
short_signing = pytest.mark.parametrize("deadlines", [{"raw_s": HUNG_AFTER_S}], indirect=True)


def _survey_is_refused(desk: Desk, fault: str, code: str) -> None:
    desk.bed.set(fault)
    found = desk.survey()
    assert (found.problem, found.tokens) == (code, ())
    assert desk.bed.pins == 0
    desk.bed.set()
    assert desk.signs_from_the_start()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("C_Initialize crash", "token.module_crashed"),
        ("C_Initialize ckr 0x06", "token.module_failed"),
        ("C_GetSlotList crash", "token.module_crashed"),
        ("C_GetSlotList ckr 0x05", "token.failed"),
        ("C_GetTokenInfo ckr 0x30", "token.failed"),
        ("C_OpenSession ckr 0x30", "token.failed"),
    ],
)
def test_a_driver_that_fails_while_it_is_looked_at_is_told_and_found_again(
    desk: Desk, fault: str, code: str
) -> None:
    _survey_is_refused(desk, fault, code)


@short_survey
def test_a_driver_that_hangs_while_it_is_looked_at_is_told_and_found_again(desk: Desk) -> None:
    _survey_is_refused(desk, "C_GetSlotList hang", "token.module_hung")


def _login_is_refused(desk: Desk, fault: str, code: str) -> None:
    desk.bed.set(fault)
    with pytest.raises((AppError, SigningError), match=rf"^{code}\b"):
        desk.login()
    assert desk.bed.pins == 1
    desk.bed.set()
    assert desk.signs_from_the_start()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("C_Login crash", "token.driver_crashed"),
        ("C_Login ckr 0x06", "token.failed"),
        ("C_Login ckr 0x32", "token.removed"),
        ("C_Login ckr 0xa0", "token.pin_incorrect"),
    ],
)
def test_a_login_that_fails_is_told_and_costs_one_pin(desk: Desk, fault: str, code: str) -> None:
    _login_is_refused(desk, fault, code)


def test_a_token_that_goes_right_after_it_took_the_pin_is_removed(desk: Desk) -> None:
    desk.bed.set("C_GetMechanismList ckr 0x32", "C_Logout ckr 0x32")
    with pytest.raises(SigningError, match=r"^token\.removed\b"):
        desk.login()
    assert desk.bed.pins == 1
    desk.bed.set()
    assert desk.signs_from_the_start()


def test_a_makers_own_error_is_told_by_its_number(desk: Desk) -> None:
    desk.bed.set("C_Login ckr 0x80000001")
    with pytest.raises(SigningError, match=r"token\.failed") as refusal:
        desk.login()
    assert refusal.value.params["ckr"] == "0x80000001"


@short_login
def test_a_login_that_hangs_is_told_and_costs_one_pin(desk: Desk) -> None:
    _login_is_refused(desk, "C_Login hang", "token.driver_hung")


def _signature_is_refused(desk: Desk, code: str, *faults: str) -> None:
    desk.login()
    desk.bed.set(*faults)
    with pytest.raises((AppError, SigningError), match=rf"^{code}\b"):
        desk.sign()
    assert desk.is_untouched
    desk.bed.set()
    with pytest.raises(SigningError, match=r"token\.not_open"):
        desk.sign()
    assert desk.bed.pins == 1
    assert desk.signs_from_the_start()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("C_Sign crash", "token.driver_crashed"),
        ("C_Sign ckr 0x05", "token.failed"),
        ("C_Sign ckr 0x06", "token.failed"),
        ("C_Sign ckr 0x32", "token.removed"),
        ("C_Sign ckr 0x101", "token.pin_each_time"),
        ("C_Sign flip", "token.bad_signature"),
        ("C_SignInit ckr 0x82", "token.failed"),
    ],
)
def test_a_signature_that_fails_leaves_nothing_and_the_pin_is_asked_for_again(
    desk: Desk, fault: str, code: str
) -> None:
    _signature_is_refused(desk, code, fault)


@short_signing
def test_a_signature_that_hangs_leaves_nothing_and_the_pin_is_asked_for_again(desk: Desk) -> None:
    _signature_is_refused(desk, "token.driver_hung", "C_Sign hang")


def test_a_token_that_goes_before_a_pss_signature_is_removed(desk: Desk) -> None:
    desk.login()
    desk.bed.set("C_GetAttributeValue ckr 0x32")
    request = replace(asked(desk.base, desk.bed.token), rsa_pss=True)
    with pytest.raises(SigningError, match=r"^token\.removed\b"):
        make_signature(desk.bench, desk.base, desk.out, request)
    assert desk.is_untouched


def test_a_token_that_hears_nothing_for_a_moment_takes_the_next_login(desk: Desk) -> None:
    deaf = (f"{name} ckr 0x06" for name in ("C_Sign", "C_Logout", "C_CloseSession"))
    _signature_is_refused(desk, "token.failed", *deaf)


def test_the_third_signature_fails_alone(desk: Desk) -> None:
    desk.login()
    desk.bed.set(f"C_Sign ckr 0x06 {desk.bed.next('C_Sign', after=2)}")
    for _ in range(2):
        desk.sign()
        desk.out.unlink()
    with pytest.raises(SigningError, match=r"token\.failed"):
        desk.sign()
    assert desk.is_untouched
    assert desk.signs_from_the_start()


def test_a_slow_token_signs(desk: Desk) -> None:
    desk.bed.set("C_Sign delay_ms 300")
    assert desk.signs_from_the_start()


def test_a_token_pulled_out_is_gone_until_it_is_put_back(desk: Desk) -> None:
    desk.login()
    desk.bed.set(*PULLED_WHILE_OPEN)
    with pytest.raises(SigningError, match=r"token\.removed"):
        desk.sign()
    assert desk.survey().tokens == ()
    with pytest.raises(SigningError, match=r"token\.none"):
        desk.login()
    assert desk.bed.pins == 1
    assert desk.is_untouched
    desk.bed.set()
    assert desk.signs_from_the_start()


def test_an_empty_reader_gets_no_pin(desk: Desk) -> None:
    desk.bed.set(*PULLED)
    found = desk.survey()
    assert (found.problem, found.tokens) == (None, ())
    with pytest.raises(SigningError, match=r"token\.none"):
        desk.login()
    assert desk.bed.pins == 0


def test_a_driver_whose_slots_freeze_shows_what_was_put_in_at_the_next_look(desk: Desk) -> None:
    desk.bed.set("C_GetSlotList frozen", *PULLED)
    assert desk.survey().tokens == ()
    desk.bed.set("C_GetSlotList frozen")
    assert not desk.token.has_news()
    assert desk.signs_from_the_start()


@pytest.mark.parametrize("look", [TokenProcess.survey, TokenProcess.has_news])
def test_a_driver_that_crashes_at_a_look_leaves_no_key_open(
    desk: Desk, look: Callable[[TokenProcess], object]
) -> None:
    desk.survey()
    desk.login()
    assert desk.token.is_open(desk.bed.token.certificate_sha256)
    desk.bed.set(f"C_GetSlotList crash {desk.bed.next('C_GetSlotList')}")
    look(desk.token)
    assert not desk.token.is_open(desk.bed.token.certificate_sha256)


def test_a_token_that_failed_at_a_look_is_noticed_as_soon_as_it_answers(desk: Desk) -> None:
    desk.bed.set("C_GetTokenInfo ckr 0x30")
    assert desk.survey().problem == "token.failed"
    assert not desk.token.has_news()
    desk.bed.set()
    assert desk.token.has_news()


def test_a_token_that_cannot_be_read_is_read_again_now_and_then(desk: Desk) -> None:
    desk.bed.set("C_OpenSession ckr 0x30")
    news = []
    for afresh in (False, False, True):
        assert desk.survey().problem == "token.failed"
        news.append(desk.token.has_news(afresh=afresh))
    assert news == [True, False, True]


def test_a_certificate_found_twice_is_shown_once(desk: Desk) -> None:
    desk.bed.set("C_FindObjects twice")
    (token,) = desk.survey().tokens
    shown = [item.sha256 for item in token.certificates]
    assert shown == [desk.bed.token.certificate_sha256]
    assert len(token.authorities) == len(set(token.authorities))
    assert desk.signs_from_the_start()


@pytest.mark.parametrize("bed", [True], indirect=True)
def test_a_token_that_fails_does_not_hide_the_other(desk: Desk) -> None:
    desk.bed.set(f"C_GetTokenInfo ckr 0x30 {desk.bed.next('C_GetTokenInfo')}")
    found = desk.survey()
    assert (found.problem, len(found.tokens)) == (None, 1)
    assert len(desk.survey().tokens) == 2


def test_a_token_that_says_nothing_of_its_pin_signs(desk: Desk) -> None:
    desk.bed.set("C_GetTokenInfo no_flags")
    (token,) = desk.survey().tokens
    assert token.pin_state is PinState.UNKNOWN
    assert desk.signs_from_the_start()


@pytest.mark.parametrize(
    ("flags", "state", "code"),
    [
        ("0x20000", PinState.FINAL, "token.pin_last_try"),
        ("0x40000", PinState.LOCKED, "token.pin_locked"),
    ],
)
def test_the_last_try_or_a_locked_token_gets_no_pin_unasked(
    desk: Desk, flags: str, state: PinState, code: str
) -> None:
    desk.bed.set(f"C_GetTokenInfo flags {flags}")
    assert [token.pin_state for token in desk.survey().tokens] == [state]
    with pytest.raises(SigningError) as refusal:
        desk.login()
    assert refusal.value.code == code
    assert desk.bed.pins == 0


def test_the_last_try_that_the_person_wants_is_one_pin(desk: Desk) -> None:
    desk.bed.set("C_GetTokenInfo flags 0x20000")
    desk.login(last_try=True)
    desk.sign()
    assert desk.bed.pins == 1


def test_a_pin_pad_is_sent_no_pin(desk: Desk) -> None:
    desk.bed.set(*PIN_PAD)
    (token,) = desk.survey().tokens
    assert token.pin_pad
    desk.login()
    desk.sign()
    assert (desk.bed.calls("C_Login"), desk.bed.pins) == (1, 0)


@pytest.mark.parametrize("ckr", ["0x50", "0x200"])
def test_whoever_presses_cancel_at_the_pin_pad_is_told_so(desk: Desk, ckr: str) -> None:
    desk.bed.set(*PIN_PAD, f"C_Login ckr {ckr}")
    with pytest.raises(SigningError, match=r"token\.cancelled"):
        desk.login()
    desk.bed.set(*PIN_PAD)
    desk.login()
    desk.sign()
    assert desk.bed.pins == 0

"""`python -m tests.faulty.table`: what each fault of a token or its driver comes to, as a table in Markdown.

Each is really played: two letters of the demo office before the leader, signed at the workplace, with the driver with
faults before the token. What befalls a signature befalls the second, of either letter: they are signed side by side.
Afterwards the fault is gone, and the leader tries again what was not signed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.bootstrap import Processes
from app.demo.people import AGENCY_SEAL, LEADER
from app.demo.tokens import plug_in
from app.errors import AppError
from app.messages import message
from app.store import open_store
from app.workers.token import Deadlines, TokenProcess
from app.workplace.records import Order, Problem, Progress, Step, problem_of
from app.workplace.workplace import Workplace
from signing.errors import SigningError
from signing.terms import PinState
from signing.token.pin import Pin
from signing.token.records import TokenInfo
from tests.faulty.bed import PIN_PAD, PULLED, PULLED_WHILE_OPEN, Bed, bed_in, build
from tests.faulty.office import LETTER, open_small_office
from tests.integration.workflow.world import World, world_in
from tests.integration.workplace.workplaces import Workplaces, carried_out, to_sign

COLUMNS = (
    "fault",
    "what the person is told",
    "PINs sent",
    "one letter (whose; journal; revision)",
    "the other",
    "after the fault is gone",
)
SHORT = Deadlines(survey_s=5, login_s=5, raw_s=2)
WRONG_PIN = "00000000"
Change = Callable[["Room"], None]


@dataclass(frozen=True)
class Fault:
    """What is wrong. `rules` hold from the first look, `at_second` only for the second signature.

    `after_look` and `after_login` happen to the token meanwhile. `is_sure`: the person agrees to the last try. `stays`
    are rules that hold on when the rest is gone.
    """

    name: str
    rules: tuple[str, ...] = ()
    at_second: str = ""
    after_look: Change | None = None
    after_login: Change | None = None
    pin: str | None = None
    is_sure: bool = False
    stays: tuple[str, ...] = ()


@dataclass
class Room:
    """The leader's workplace with the bed before it; `told` is what the person was told since the fault began."""

    world: World
    bed: Bed
    places: Workplaces
    told: list[Problem] = field(default_factory=list)

    def change_token(self, holder: str) -> None:
        """Take out what is in, and put somebody's token in."""
        desk = self.world.folder / f"desk-{holder}"
        tokens = self.world.demo.folder / "tokens"
        (conf,) = plug_in(tokens, desk, self.world.demo.tokens[holder]).values()
        Path(self.bed.environment["FAULTY_CONF"]).write_text(
            Path(conf).read_text(encoding="utf-8"), encoding="utf-8"
        )

    def sign(self, workplace: Workplace, orders: Sequence[Order], fault: Fault) -> list[Progress]:
        """Sign as the window lets a person do it: look, choose, open, and where the key wants it PIN by PIN."""
        try:
            modules = workplace.tokens(again=True)
            self.told += [
                Problem(item.problem, {"module": Path(item.path).name})
                for item in modules
                if item.problem and item.path == self.bed.module
            ]
            key = workplace.choose_key(modules, orders[0])
            self._tell_state(key.token)
            if fault.after_look is not None:
                fault.after_look(self)
            pin = fault.pin or self.bed.token.user_pin
            opened = workplace.open_key(key, Pin(pin), last_try=fault.is_sure)
            if fault.after_login is not None:
                fault.after_login(self)
            if not opened.wants_pin_each_time:
                return carried_out(workplace, key, *orders)
            self.told.append(Problem("token.pin_for_each", {"signed": 0, "count": len(orders)}))
            told = carried_out(workplace, key, orders[0])
            for order in orders[1:]:
                workplace.lock()
                workplace.open_key(key, Pin(pin))
                told += carried_out(workplace, key, order)
        except (AppError, SigningError) as error:
            self.told.append(problem_of(error))
            return []
        return told

    def _tell_state(self, token: TokenInfo) -> None:
        """Tell what the window shows beside the field for the PIN."""
        if token.pin_state is PinState.FINAL:
            self.told.append(Problem("token.pin_last_try", {"token": token.label}))
        elif token.pin_state is PinState.UNKNOWN:
            self.told.append(Problem("pin.unknown"))


def _goes(*rules: str) -> Change:
    return lambda room: room.bed.set(*rules)


def _pulled_at_second(room: Room) -> None:
    second = room.bed.next("C_Sign", after=1)
    room.bed.set(*PULLED, *(f"{rule} {second}" for rule in PULLED_WHILE_OPEN[len(PULLED) :]))


FAULTS = (
    Fault("none"),
    Fault("the driver crashes while it signs", at_second="C_Sign crash"),
    Fault("the driver hangs while it signs", at_second="C_Sign hang"),
    Fault("the driver crashes while it is looked at", ("C_GetSlotList crash",)),
    Fault("the driver crashes at the login", ("C_Login crash",)),
    Fault("CKR_DEVICE_REMOVED while it signs", at_second="C_Sign ckr 0x32"),
    Fault("CKR_FUNCTION_FAILED while it signs", at_second="C_Sign ckr 0x06"),
    Fault("a wrong signature, and CKR_OK", at_second="C_Sign flip"),
    Fault("pulled in the middle, put back", after_login=_pulled_at_second),
    Fault("pulled before the PIN, put back", after_look=_goes(*PULLED)),
    Fault(
        "frozen slots, put in after the first look",
        ("C_GetSlotList frozen", *PULLED),
        stays=("C_GetSlotList frozen",),
    ),
    Fault("certificates found twice", ("C_FindObjects twice",)),
    Fault("flags missing", ("C_GetTokenInfo no_flags",)),
    Fault("slow: 300 ms a signature", ("C_Sign delay_ms 300",)),
    Fault("wrong PIN", pin=WRONG_PIN),
    Fault("one try left", ("C_GetTokenInfo flags 0x20000",)),
    Fault("one try left, and the person is sure", ("C_GetTokenInfo flags 0x20000",), is_sure=True),
    Fault("locked", ("C_GetTokenInfo flags 0x40000",)),
    Fault("cancelled at the PIN pad", (*PIN_PAD, "C_Login ckr 0x50")),
    Fault("another token in its place", after_look=lambda room: room.change_token(AGENCY_SEAL.key)),
    Fault("the key wants its PIN each time", ("C_GetAttributeValue always_auth",)),
)


def play(room: Room, fault: Fault) -> str:
    """Play a fault, and what comes after it; returns its row."""
    world, bed = room.world, room.bed
    letters = [world.draft(LETTER) for _ in range(2)]
    room.told, before = [], (bed.pins, bed.signature_pins)
    with room.places.of() as workplace:
        orders = [to_sign(workplace, item) for item in letters]
        second = f"{fault.at_second} {bed.next('C_Sign', after=1)}" if fault.at_second else ""
        bed.set(*fault.rules, *filter(None, [second]))
        ended = room.sign(workplace, orders, fault)
        room.told += [item.problem for item in ended if item.problem is not None]
        told, sent = _words(room.told), _pins(bed, before)
        states = sorted((_state(room, item) for item in letters), key=_is_draft)
        bed.set(*fault.stays)
        room.change_token(LEADER.key)
        done = {item.document_id for item in ended if item.step is Step.DONE}
        left = [order for order in orders if order.document_id not in done]
        before, room.told = (bed.pins, bed.signature_pins), []
        again = room.sign(workplace, left, Fault("")) if left else []
    after = "–"
    if left:
        well = sum(item.step is Step.DONE for item in again)
        after = f"{well} of {len(left)} signed, PINs sent: {_pins(bed, before)}; "
        after += ", ".join(sorted({_state(room, order.document_id) for order in left}))
    return _row((fault.name, told, sent, *states, after))


def _pins(bed: Bed, before: tuple[int, int]) -> str:
    signature = bed.signature_pins - before[1]
    opened = bed.pins - before[0] - signature
    return f"{opened}, each again for its one signature" if signature else str(opened)


def _words(told: list[Problem]) -> str:
    """Say each thing once: how it is called, and what is read first."""
    said = {item.code: message(item.code, "en", item.params).what for item in told}
    return "<br>".join(f"{words} `{code}`" for code, words in said.items()) or "–"


def _is_draft(state: str) -> bool:
    return state.startswith("draft")


def _state(room: Room, document_id: str) -> str:
    """Say how a letter stands: still a draft or with the clerk, by the journal, and its revision at the server."""
    document = room.world.demo.store.document(document_id)
    named = {"to_sign": "draft", "to_issue": "the clerk's"}
    with open_store(room.world.folder / LEADER.key) as store:
        works = [str(work.state) for work in store.journal.works_of(document_id)]
    revision = room.world.main_revision(document_id)
    return f"{named[document.state]}; {', '.join(works) or 'nothing'}; {revision}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(folder: Path) -> None:
    """Play all faults and print the table."""
    build(folder)
    with open_small_office(folder / "office") as demo:
        bed = bed_in(folder, folder, demo.folder / "tokens", demo.tokens[LEADER.key])
        settings = demo.settings_of(LEADER)
        prepared = Processes.of(replace(settings, modules=()))
        token = TokenProcess((bed.module,), bed.environment, settings.trust, deadlines=SHORT)
        (folder / "people").mkdir()
        with (
            replace(prepared, token=token) as processes,
            world_in(demo, processes, folder / "people") as world,
        ):
            sys.stdout.write(f"{_row(COLUMNS)}\n{_row(['---'] * len(COLUMNS))}\n")
            room = Room(world, bed, Workplaces(world))
            for fault in FAULTS:
                sys.stdout.write(f"{play(room, fault)}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(Path(scratch))

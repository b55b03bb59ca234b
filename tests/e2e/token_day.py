"""`python -m tests.e2e.token_day FOLDER`: a leader's day with a token that is not there, wants much, and fails.

One window, driven by mouse and keyboard; between it and the token stands the driver with faults. What was counted and
seen goes to FOLDER/facts.json, pictures to FOLDER/pictures, the letters as the server has them to FOLDER/files.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.demo.command import _desk
from app.demo.opening import DemoOffice
from app.demo.people import LEADER
from tests.e2e import eyes
from tests.e2e.hand import required
from tests.e2e.parts import Facts, Part, Scene, at_desk, play
from tests.e2e.person import At, text_of
from tests.e2e.window_day import arguments
from tests.faulty.bed import PULLED, Bed, bed_in, build
from tests.faulty.office import open_small_office
from ui.viewmodels.signing import SigningPhase

NO_TOKEN = "Chưa cắm thiết bị ký"
PIN_EACH_TIME = "C_GetAttributeValue always_auth"
WAITING = ("unread", "read")
LETTERS = tuple(f"letter-{number}" for number in range(1, 7))
LAST = LETTERS[-1]


@dataclass(frozen=True)
class Holding(At):
    """A leader who has the token in the hand, too."""

    bed: Bed

    def puts_in(self, *faults: str) -> None:
        """Put the token in and wait until the bar above names it."""
        self.bed.set(*faults)
        self.hand.until(lambda: text_of("token_button") == self.bed.token.label, "seen")

    def pulls(self, *faults: str) -> None:
        """Take the token out and wait until the bar above says so."""
        self.bed.set(*PULLED, *faults)
        self.hand.until(lambda: text_of("token_button") == NO_TOKEN, "missed")

    def ticks(self, keys: Sequence[str]) -> None:
        """Read and tick those of the letters that still wait and are not ticked, then order them all."""
        waiting = {
            row.task.document_id for row in self.hand.ask(eyes.rows) if row.status in WAITING
        }
        for key in (key for key in keys if self.ids[key] in waiting):
            self.reads(key)
            if not self.hand.ask(lambda: required("tick_box").property("checked")):
                self.hand.click("tick_box")
        self.hand.click("sign_ticked_button")

    def is_asked(self, ended: int = 0) -> None:
        """Wait until a PIN is asked for, after so many letters have their result."""
        self.hand.until(
            lambda: (
                eyes.signing().phase is SigningPhase.AWAITING_PIN and eyes.signing().ended == ended
            ),
            f"asked after {ended}",
        )

    def types_pin(self) -> None:
        """Type the PIN."""
        self.hand.give_pin("pin_field", self.pin)

    def sees_end(self) -> Facts:
        """Wait until all have their result; return what is then said of them."""
        self.hand.until(lambda: eyes.signing().phase is SigningPhase.DONE, "end")
        items = self.hand.ask(lambda: eyes.signing().items)
        told = [(item.step, item.problem and item.problem.code) for item in items]
        return {"items": sorted(told), "notices": self.hand.ask(eyes.notices)}

    def goes_on(self) -> None:
        """Put the results away."""
        self.hand.click("continue_button")
        self.hand.until(lambda: eyes.signing().phase is SigningPhase.IDLE, "put away")


def leader(bed: Bed, at: At, facts: Facts) -> None:
    """Have a bad day, and sign everything all the same."""
    person = Holding(at.hand, at.ids, at.pin, at.pictures, bed)
    with person.hand.counted() as typed:
        facts |= {
            "absent": waits_for_token(person),
            "one_by_one": signs_one_by_one(person),
            "idle": pulls_while_idle(person),
            "pulled": pulls_while_signing(person),
            "crashed": loses_driver(person),
        }
    facts["pins"] = {
        "typed": typed.pins,
        "opened": bed.pins - bed.signature_pins,
        "for_one_signature": bed.signature_pins,
    }
    person.hand.leave()


def waits_for_token(person: Holding) -> Facts:
    """Order three letters while no token is in, then put it in: a key that wants its PIN each time."""
    person.hand.until(lambda: text_of("token_button") == NO_TOKEN, "none at first")
    person.sees_queue(*LETTERS)
    person.ticks(LETTERS[:3])
    told = person.hand.until(eyes.notices, "told")
    person.looks("no-token")
    with person.hand.counted() as done:
        person.bed.set(PIN_EACH_TIME)
        person.is_asked()
    return {"notices": told, "actions": done.actions}


def signs_one_by_one(person: Holding) -> Facts:
    """Agree to a PIN for each letter, sign two, stop before the third."""
    before = person.bed.calls("C_Sign")
    person.types_pin()
    person.hand.shows("agree_button")
    asked = {
        "notices": person.hand.ask(eyes.notices),
        "signatures": person.bed.calls("C_Sign") - before,
    }
    person.looks("asks-one-by-one")
    person.hand.click("agree_button")
    person.is_asked(1)
    person.types_pin()
    person.is_asked(2)
    person.looks("third-pin")
    person.hand.click("cancel_signing_button")
    end = person.sees_end()
    person.looks("stopped")
    person.goes_on()
    return {"asked": asked, "signatures": person.bed.calls("C_Sign") - before, "end": end}


def pulls_while_idle(person: Holding) -> list[str]:
    """Pull the token and put it back; return what the bar above said."""
    said = [person.hand.ask(partial(text_of, "token_button"))]
    person.pulls()
    said.append(person.hand.ask(partial(text_of, "token_button")))
    person.puts_in()
    return [*said, person.hand.ask(partial(text_of, "token_button"))]


def pulls_while_signing(person: Holding) -> Facts:
    """Pull the token at the second of three letters, put it back, try again what failed."""
    bed = person.bed
    person.ticks(LETTERS[:5])
    person.is_asked()
    first, gone = bed.next("C_Sign"), f"C_Sign ckr 0x32 {bed.next('C_Sign', after=1)}"
    bed.set(gone)
    person.types_pin()
    person.hand.until(lambda: bed.calls("C_Sign") >= first, "first signature")
    person.pulls(gone)
    end = person.sees_end()
    person.looks("pulled")
    person.puts_in()
    signed = bed.calls("C_Sign")
    with person.hand.counted() as again:
        person.hand.click("retry_failed_button")
        person.is_asked()
        person.types_pin()
        retried = person.sees_end()
    person.goes_on()
    return {
        "end": end,
        "retried": retried,
        "pins": again.pins,
        "signatures": bed.calls("C_Sign") - signed,
    }


def loses_driver(person: Holding) -> Facts:
    """Sign the last letter, with the token still open and a driver that crashes, and once more."""
    person.reads(LAST)
    person.bed.set(f"C_Sign crash {person.bed.next('C_Sign')}")
    person.hand.click("primary_button")
    end = person.sees_end()
    person.looks("crashed")
    with person.hand.counted() as again:
        person.hand.click("retry_failed_button")
        person.is_asked()
        person.types_pin()
        person.has_done(LAST)
    return {"end": end, "pins": again.pins}


def main(folder: Path) -> None:
    """Play the day."""
    driver = folder / "driver"
    driver.mkdir()
    build(driver)
    with open_small_office(folder / "office", letters=len(LETTERS)) as demo:
        token = demo.tokens[LEADER.key]
        bed = bed_in(driver, driver, demo.folder / "tokens", token)
        bed.set(*PULLED)
        desk = _desk(demo, LEADER)
        settings = replace(desk.settings, modules=(bed.module,))
        desk = replace(desk, settings=settings, token_environment=bed.environment)
        ids = {key: document_id for document_id, key in demo.keys.items()}
        scene = Scene(folder, (desk,), ids, {LEADER.key: token.user_pin}, folder / "pictures")
        facts: Facts = {}
        window = partial(at_desk, scene, LEADER.key)
        play(Part(scene, partial(leader, bed), window, LEADER.key), facts)
        facts["documents"] = {key: found(demo, item, folder / "files") for key, item in ids.items()}
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / "facts.json").write_text(text, encoding="utf-8")


def found(demo: DemoOffice, document_id: str, files: Path) -> Facts:
    """Copy a letter as the server has it, and say what the server knows of it."""
    document = demo.store.document(document_id)
    (letter,) = document.files
    files.mkdir(exist_ok=True)
    shutil.copyfile(
        demo.store.content_path(document_id, letter.file_id),
        files / f"{demo.keys[document_id]}.pdf",
    )
    return {
        "state": document.state,
        "revision": letter.revision,
        "handed_on": sum(step.action == "to_clerk" for step in document.history),
    }


if __name__ == "__main__":
    main(arguments(sys.argv[1:]))

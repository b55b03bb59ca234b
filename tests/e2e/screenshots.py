"""`python -m tests.e2e.screenshots [FOLDER]`: every screen of the real window, in both languages and both themes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import keyring

from app.cli.terminal import Terminal
from app.demo.command import desks_of
from app.demo.desks import MemoryKeyring
from app.demo.drafts import sample_incoming
from app.demo.opening import RECIPIENT, DemoOffice, open_office
from app.demo.people import AGENCY_SEAL, CLERK, HEAD, LEADER, SPECIALIST
from app.messages import LANGUAGES
from app.opening import open_window
from tests.e2e import eyes, parts
from tests.e2e.display import HEIGHT_PX, WIDTH_PX, virtual_display
from tests.e2e.parts import BATCH, TWO_ANNEXES, Facts, Part, Scene, at_desk, at_file, play
from tests.e2e.person import At, text_of
from tests.e2e.window_day import MORE_DRAFTS, add_with_two_annexes, bring_files, tamper
from ui.theme import Scheme

SCHEMES = (Scheme.LIGHT, Scheme.DARK)
NOBODY_THERE = "http://127.0.0.1:9"


class Photographer(At):
    """Keeps a picture in each language and theme of whatever is looked at."""

    def looks(self, name: str) -> None:
        """Switch the window as a person would, and keep four pictures; end as it began."""
        for language in LANGUAGES:
            for scheme in SCHEMES:
                self.dresses(language, scheme)
                super().looks(f"{name}-{language}-{scheme.value}")
        self.dresses(LANGUAGES[0], SCHEMES[0])


class Enlarged(At):
    """Keeps one picture, at 200 %."""

    def looks(self, name: str) -> None:
        """Keep a picture under a name of its own."""
        super().looks(f"{name}-vi-200-percent")


def newcomer(at: At, _: Facts) -> None:
    """Look at the way in."""
    at.hand.shows("sign_in_button")
    at.looks("sign-in")
    at.hand.click("sign_in_code_button")
    at.hand.shows("sign_in_code")
    at.looks("sign-in-code")
    at.hand.click("sign_in_cancel_button")
    at.hand.leave()


def nothing_waits(at: At, _: Facts) -> None:
    """Look at an empty queue."""
    at.is_synced()
    at.looks("empty")
    at.hand.leave()


def offline(at: At, _: Facts) -> None:
    """Look at a draft that was fetched before the server went away."""
    at.reads("quyet-dinh")
    at.is_offline()
    at.looks("offline")
    at.hand.leave()


def leader(at: At, _: Facts) -> None:
    """Look, sign, tick, sign the batch, begin to return one, be refused one."""
    at.sees_queue("cong-van", TWO_ANNEXES, *BATCH)
    at.looks("queue")
    at.reads(TWO_ANNEXES)
    at.looks("draft")
    at.orders()
    at.has_done(TWO_ANNEXES)
    for key in BATCH[1:]:
        at.reads(key)
        at.hand.click("tick_box")
    at.looks("batch")
    at.orders("sign_ticked_button")
    at.has_done(*BATCH[1:])
    at.reads("quyet-dinh")
    at.drags_box(parts.WAY_PX)
    at.looks("moved")
    at.hand.click("return_button")
    at.hand.shows("move_text")
    at.looks("return")
    at.hand.click("move_cancel")
    at.chooses("cong-van-mat")
    at.looks("secret")
    at.chooses("ke-hoach-scan")
    at.hand.until(lambda: eyes.document().signing and eyes.is_drawn(), "scan")
    at.looks("scan")
    at.chooses("cong-van")
    at.hand.leave()


def enlarged(at: At, _: Facts) -> None:
    """Look at a draft on a screen of twice the density."""
    at.reads("cong-van")
    at.looks("draft")
    at.hand.leave()


def level(at: At, _: Facts) -> None:
    """Say something at the first level of a phiếu trình; look at the office's rules."""
    at.reads("phieu-trinh")
    at.hand.click("opinion_text")
    at.hand.type("Kinh trinh lanh dao xem xet, cho y kien.")
    at.hand.until(lambda: eyes.document().opinion_shown, "opinion drawn")
    at.looks("opinion")
    at.hand.click("person_button")
    at.hand.key("Down")
    at.hand.key("Return")
    at.hand.shows("rules_close")
    at.looks("rules")
    at.hand.leave()


def initialler(at: At, _: Facts) -> None:
    """Look at a ký nháy before it is given."""
    at.reads("cong-van")
    at.looks("initial")
    at.hand.leave()


def clerk(at: At, _: Facts) -> None:
    """Look at what will be issued, and issue it."""
    at.reads(TWO_ANNEXES)
    at.looks("issue")
    at.orders()
    at.has_done(TWO_ANNEXES)
    at.chooses("sao-y")
    at.hand.shows("copy_button")
    at.hand.click("copy_button")
    at.hand.until(lambda: eyes.document().pictures and eyes.is_drawn(), "copy")
    at.looks("copy")
    at.hand.leave()


def picture(source: Path, at: At, _: Facts) -> None:
    """Take the picture of a seal in."""
    at.is_synced()
    at.hand.click("person_button")
    at.hand.key("Down")
    at.hand.key("Down")
    at.hand.key("Return")
    at.hand.click("picture_choose")
    at.hand.type(str(source))
    at.hand.key("Return")
    at.hand.until(lambda: text_of("picture_facts"), "picture")
    at.looks("picture")
    at.hand.leave()


def doctor(at: At, _: Facts) -> None:
    """Ask whether this machine is ready to sign, down to the drivers; look at the report before it is copied."""
    at.is_synced()
    at.hand.click("doctor_button")
    at.hand.shows("doctor_write")
    at.looks("doctor")
    at.hand.scroll("doctor_scroll", 60)
    at.looks("doctor-drivers")
    at.hand.click("doctor_write")
    at.hand.shows("doctor_copy")
    at.looks("doctor-report")
    at.hand.leave()


def registrar(at: At, _: Facts) -> None:
    """Begin to register a file that came in."""
    at.is_told()
    at.hand.click("review_register_button")
    at.hand.shows("incoming_abstract")
    at.looks("register")
    at.hand.leave()


def returned(at: At, _: Facts) -> None:
    """Begin to send a changed file back."""
    at.is_told()
    at.hand.click("review_return_button")
    at.hand.shows("return_letter")
    at.looks("review-return")
    at.hand.leave()


def many(at: At, _: Facts) -> None:
    """Look at a folder of files, at those that are not valid, at one of them."""
    at.hand.until(eyes.checked, "all files checked")
    at.looks("checking")
    at.hand.click("checking_filter")
    at.looks("checking-doubtful")
    at.hand.click_row("checking_list", lambda index: index.row() == 0)
    at.is_told()
    at.looks("checking-one")
    at.hand.leave()


def main(folder: Path) -> None:
    """Make all pictures."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch, virtual_display() as display:
        os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        home = Path(scratch)
        with open_office(home / "office", drafts=MORE_DRAFTS) as demo:
            scene = _scene(demo, home, folder)
            take = partial(_take, scene)
            take(newcomer, partial(_signed_out, scene))
            take(nothing_waits, partial(at_desk, scene, RECIPIENT.key))
            take(leader, partial(at_desk, scene, LEADER.key), LEADER.key)
            take(level, partial(at_desk, scene, SPECIALIST.key), SPECIALIST.key)
            take(offline, partial(_without_server, scene))
            take(clerk, partial(at_desk, scene, CLERK.key), CLERK.key)
            take(
                partial(picture, demo.images[AGENCY_SEAL.key]),
                partial(at_desk, scene, CLERK.key),
                CLERK.key,
            )
            take(doctor, partial(at_desk, scene, LEADER.key), LEADER.key)
            take(registrar, partial(_with_arrival, scene))
            bring_files(demo, scene.ids, home / "files")
            issued = home / "files" / "published" / TWO_ANNEXES / f"{TWO_ANNEXES}.pdf"
            tamper(issued, home / "tampered.pdf")
            take(partial(parts.stranger, "review-valid"), partial(at_file, scene, issued))
            take(
                partial(parts.stranger, "review-invalid"),
                partial(at_file, scene, home / "tampered.pdf"),
            )
            take(returned, partial(at_file, scene, home / "tampered.pdf"))
            take(many, partial(at_file, scene, _received(home, issued)))
            take(
                partial(parts.stranger, "review-undetermined"),
                partial(_without_trust, scene, issued),
            )
            with open_office(home / "initials", profile_id="thads-hau-giang-2025") as other:
                there = _scene(other, home / "initials", folder)
                _take(there, initialler, partial(at_desk, there, HEAD.key), HEAD.key)
            with virtual_display(2 * WIDTH_PX, 2 * HEIGHT_PX) as large:
                os.environ |= {"DISPLAY": large, "QT_SCALE_FACTOR": "2"}
                play(
                    Part(
                        scene, enlarged, partial(at_desk, scene, LEADER.key), LEADER.key, Enlarged
                    ),
                    {},
                )
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")


def _scene(demo: DemoOffice, home: Path, pictures: Path) -> Scene:
    ids = {key: document_id for document_id, key in demo.keys.items()}
    ids[TWO_ANNEXES] = add_with_two_annexes(demo)
    pins = {key: token.user_pin for key, token in demo.tokens.items()}
    pins[CLERK.key] = pins[AGENCY_SEAL.key]
    return Scene(home, desks_of(demo), ids, pins, pictures)


def _take(scene: Scene, act: parts.Act, window: Callable[[], int], user_id: str = "") -> None:
    play(Part(scene, act, window, user_id, Photographer), {})


def _received(home: Path, issued: Path) -> Path:
    """Return a folder of files that came in: valid, changed, not signed, no PDF at all."""
    folder = home / "received"
    folder.mkdir()
    for name in ("412-UBND.pdf", "Công văn đến của Sở Tư pháp về việc báo cáo công tác năm.pdf"):
        shutil.copyfile(issued, folder / name)
    tamper(issued, folder / "413-UBND.pdf")
    sample_incoming()[0].file.build(folder / "Thông báo.pdf")
    (folder / "hỏng.pdf").write_bytes(b"no PDF at all")
    return folder


def _signed_out(scene: Scene) -> int:
    settings = replace(scene.desks[0].settings, data=scene.folder / "newcomer")
    return parts.at_settings(settings)


def _without_server(scene: Scene) -> int:
    desk = scene.desks[scene.at(LEADER.key)]
    settings = replace(desk.settings, server=NOBODY_THERE)
    return parts.at_settings(settings, signed_in=LEADER.key, environment=desk.token_environment)


def _with_arrival(scene: Scene) -> int:
    """Open the clerk's window on a file that came in."""
    arrival = sample_incoming()[0].file
    path = scene.folder / arrival.name
    arrival.build(path)
    desk = scene.desks[scene.at(CLERK.key)]
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]  # keyring's own
    return open_window(
        desk.settings,
        language=LANGUAGES[0],
        told=Terminal(LANGUAGES[0], as_json=False).error,
        file=path,
        sign_in=desk.sign_in,
        environment=desk.token_environment,
    )


def _without_trust(scene: Scene, path: Path) -> int:
    settings = replace(scene.desks[0].settings, server=None, trust=(), data=scene.folder / "nobody")
    return parts.at_settings(settings, file=path)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots").absolute())

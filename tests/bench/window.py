"""The real window on a demo office: the first page of a draft, and how long its event loop is ever kept waiting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.demo.command import desks_of
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.opening import DemoOffice, open_office
from app.demo.people import LEADER
from tests.bench import window_acts
from tests.bench.measure import Line, milliseconds
from tests.bench.scene import Scene
from tests.e2e.display import virtual_display
from tests.e2e.parts import Facts, Part, at_desk, play
from tests.e2e.parts import Scene as Stage

DRAFTS = 30
FRAME_S = 0.016
P999_MS, MAX_MS = 16, 50
TITLES = {"letter": "2 pages", "report": "200 pages", "scan": "23 MB scan"}
STALLS = {
    "stalls_scan": "a 23 MB scan drawn and scrolled",
    "stalls_report": "200 pages scrolled",
    "stalls_signing": f"{window_acts.SIGNED} drafts signed",
    "stalls_hung": "read on while the token's driver hangs",
}


def run(scene: Scene) -> Iterator[Line]:
    facts: Facts = {}
    files = {"letter": scene.letter, "report": scene.report, "scan": scene.scan}
    with virtual_display() as display, open_office(scene.folder / "office", drafts=DRAFTS) as demo:
        os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        ids = {key: document_id for document_id, key in demo.keys.items()}
        ids |= {key: _add(demo, key, path) for key, path in files.items()}
        pins = {key: token.user_pin for key, token in demo.tokens.items()}
        stage = Stage(scene.folder, desks_of(demo), ids, pins, scene.folder / "pictures")
        desk = partial(at_desk, stage, LEADER.key)
        part = Part(stage, window_acts.both, desk, LEADER.key, window_acts.Measured)
        play(part, facts)
    for key, title in TITLES.items():
        ours_s, reference_s = facts[f"first_{key}"]
        yield Line(
            f"first page in the window, {title}, from choosing to painted / PyMuPDF in-process",
            milliseconds(ours_s),
            milliseconds(reference_s),
            f"{ours_s / reference_s:.2f} x",
            f"<= 1.5 x + {milliseconds(FRAME_S)}",
            ours_s <= 1.5 * reference_s + FRAME_S,
        )
    for key, title in STALLS.items():
        found = facts[key]
        yield Line(
            f"stalls of the event loop, {title}, p99.9 and longest / a frame",
            f"{found['p999_ms']:.1f} ms, {found['max_ms']:.1f} ms",
            milliseconds(FRAME_S),
            f"{found['turns']} turns",
            f"<= {P999_MS} ms, <= {MAX_MS} ms",
            found["p999_ms"] <= P999_MS and found["max_ms"] <= MAX_MS,
        )


def _add(demo: DemoOffice, key: str, path: Path) -> str:
    return demo.store.add_document(
        NewDocument(
            abstract=f"{key} ({TITLES[key]})",
            kind_name="Công văn",
            symbol="STP-VP",
            files=(NewFile(path, f"{key}.pdf"),),
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
        )
    )

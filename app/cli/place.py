"""`trinhky place`: proposed places, in millimetres, best first."""

from __future__ import annotations

from argparse import Namespace

from app.bootstrap import Processes
from app.cli.terminal import EXIT_OK, Terminal
from app.rules import load_profile
from app.settings import Settings
from pdf.places import PlaceKind, Proposal


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Print the proposals; none is no error: a person must place it."""
    profile = load_profile(arguments.profile or settings.profile, settings.profiles_folder)
    kind = PlaceKind(arguments.kind)
    with Processes.of(settings) as processes:
        found = processes.render.propose(
            arguments.file, kind, profile.placement(), arguments.signer
        ).result()
    proposals = [_row(item) for item in found]
    for row in proposals:
        terminal.say(
            f"{row['kind']} {terminal.short('label.page')} {row['page']}: {row['box_mm']} mm "
            f"({row['confidence']:.2f}) {row['reason']}"
        )
    if not proposals:
        terminal.say(terminal.words("workflow.no_place", {"kind": "kind." + kind.value}))
    terminal.result(
        {"schema": "trinhky.place/1", "file": str(arguments.file), "proposals": proposals}
    )
    return EXIT_OK


def _row(item: Proposal) -> dict[str, object]:
    box = item.box_mm
    sides = (box.left_mm, box.top_mm, box.right_mm, box.bottom_mm)
    row: dict[str, object] = {
        "kind": item.kind.value,
        "page": item.page_index + 1,
        "box_mm": [round(side, 2) for side in sides],
        "confidence": round(item.confidence, 2),
        "reason": item.reason,
    }
    if item.text_format is not None:
        row["text_format"] = item.text_format
    return row

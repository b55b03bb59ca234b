"""`python -m tests.e2e.window_day FOLDER`: the office's day at the real window, driven by mouse and keyboard.

The demo office runs in this process, each person's window in one of its own, as `trinhky demo` does it. What was
counted and seen goes to FOLDER/facts.json, pictures to FOLDER/pictures, the files to FOLDER/files.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from app.demo.command import desks_of
from app.demo.drafts.annex import STATISTICS
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.opening import RECIPIENT, DemoOffice, open_office
from app.demo.people import AGENCY_SEAL, CLERK, LEADER, PARTNER
from app.workflow.documents import Urgency
from tests.e2e import parts
from tests.e2e.parts import BATCH, TWO_ANNEXES, Facts, Part, Scene, at_desk, at_file, play

MORE_DRAFTS = 6
"""Four of them for the leader: the batch."""


def main(folder: Path) -> None:
    """Play the day."""
    with open_office(folder / "office", drafts=MORE_DRAFTS) as demo:
        ids = {key: document_id for document_id, key in demo.keys.items()}
        ids[TWO_ANNEXES] = add_with_two_annexes(demo)
        pins = {key: token.user_pin for key, token in demo.tokens.items()}
        scene = Scene(
            folder,
            desks_of(demo),
            ids,
            pins | {CLERK.key: pins[AGENCY_SEAL.key]},
            folder / "pictures",
        )
        facts: Facts = {"partner": scene.desks[scene.at(PARTNER.key)].label}
        codes = [
            play(Part(scene, act, partial(at_desk, scene, user_id), user_id), facts)
            for user_id, act in (
                (LEADER.key, parts.leader),
                (PARTNER.key, parts.partner),
                (CLERK.key, parts.clerk),
                (RECIPIENT.key, parts.recipient),
            )
        ]
        facts["sat_down"] = codes[0] - 100 == scene.at(PARTNER.key)
        facts["states"] = {key: demo.store.document(item).state for key, item in ids.items()}
        facts["history"] = [
            step.model_dump(mode="json") for step in demo.store.document(ids[BATCH[0]]).history
        ]
        bring_files(demo, ids, folder / "files")
        issued = folder / "files" / "published" / TWO_ANNEXES / f"{TWO_ANNEXES}.pdf"
        tamper(issued, folder / "tampered.pdf")
        for name, path in (("review-opened", issued), ("review-invalid", folder / "tampered.pdf")):
            play(Part(scene, partial(parts.stranger, name), partial(at_file, scene, path)), facts)
    text = json.dumps(facts, ensure_ascii=False, indent=1, default=str)
    (folder / "facts.json").write_text(text, encoding="utf-8")


def add_with_two_annexes(demo: DemoOffice) -> str:
    """Add a letter with two attachments, due first."""
    folder = demo.folder / "drafts" / TWO_ANNEXES
    folder.mkdir()
    main_file = shutil.copy(
        demo.folder / "drafts" / "cong-van" / "cong-van.pdf", folder / f"{TWO_ANNEXES}.pdf"
    )
    annexes = [folder / f"phu-luc-{number}.pdf" for number in (1, 2)]
    for annex in annexes:
        STATISTICS.build(annex)
    files = (
        NewFile(Path(main_file), f"{TWO_ANNEXES}.pdf"),
        *(NewFile(annex, annex.name, "attachment") for annex in annexes),
    )
    return demo.store.add_document(
        NewDocument(
            abstract="gửi hai phụ lục thống kê",
            kind_name="Công văn",
            symbol="STP-VP",
            files=files,
            signers=(Seat(LEADER.key, "GIÁM ĐỐC"),),
            recipients=("Như trên", "Lưu: VT"),
            urgency=Urgency.URGENT,
        )
    )


def bring_files(demo: DemoOffice, ids: Mapping[str, str], into: Path) -> None:
    """Copy every published and every signed file to where the tests look for it."""
    for key, document_id in ids.items():
        found = demo.store.document(document_id)
        if found.state in ("published", "to_issue"):
            folder = into / found.state / key
            folder.mkdir(parents=True)
            for file in found.files:
                shutil.copyfile(
                    demo.store.content_path(document_id, file.file_id), folder / file.name
                )


def tamper(issued: Path, into: Path) -> None:
    """Change one letter of what was signed."""
    content = bytearray(issued.read_bytes())
    place = content.find(b"/MediaBox")
    content[place + 1 : place + 2] = b"m"
    into.write_bytes(content)


def arguments(words: Sequence[str]) -> Path:
    """Return the folder, made where it is missing."""
    folder = Path(words[0]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main(arguments(sys.argv[1:]))

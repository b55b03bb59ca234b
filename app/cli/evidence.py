"""`trinhky evidence`: what is kept of each signature made here, written out, or deleted when somebody asks for it."""

from __future__ import annotations

import json
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from app.cli.terminal import EXIT_OK, EXIT_USAGE, Terminal, on_one_line
from app.clock import vietnam_time
from app.errors import AppError
from app.settings import Settings
from app.store import open_evidence
from app.store.evidence import EvidenceStore
from app.store.journal import SqliteJournal
from app.workflow.evidence import Evidence


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List, write out or delete.

    Raises:
        AppError: `evidence.none`, `evidence.not_confirmed`, `usage.out_exists`, `usage.out_not_writable`; the store's.
    """
    if (arguments.action == "list") != (arguments.what is None):
        terminal.error_code("usage.evidence")
        return EXIT_USAGE
    if arguments.action == "export" and arguments.out is None:
        terminal.error_code("usage.evidence")
        return EXIT_USAGE
    with closing(open_evidence(settings.data)) as store:
        if arguments.action == "delete":
            return _delete(arguments, terminal, settings, store)
        found = store.all() if arguments.what is None else store.about(arguments.what)
        if arguments.what is not None and not found:
            raise AppError("evidence.none", what=arguments.what)
    for item in found:
        _tell(item, terminal)
    if not found:
        terminal.say(terminal.short("label.evidence_none"))
    written = _write(found, arguments.out) if arguments.action == "export" else []
    for path in written:
        terminal.say(f"  {path}")
    terminal.result(
        {
            "schema": "trinhky.evidence/1",
            "signatures": [_row(item) for item in found],
            "files": [str(path) for path in written],
        }
    )
    return EXIT_OK


def _delete(
    arguments: Namespace, terminal: Terminal, settings: Settings, store: EvidenceStore
) -> int:
    if not store.about(arguments.what):
        raise AppError("evidence.none", what=arguments.what)
    if not arguments.yes:
        raise AppError("evidence.not_confirmed", what=arguments.what)
    with closing(SqliteJournal(settings.data / "journal.db")) as journal:
        deleted = store.delete(arguments.what, journal)
    for sha256 in deleted:
        terminal.say(terminal.short("label.evidence_deleted", {"sha256": sha256}))
    terminal.result({"schema": "trinhky.evidence/1", "deleted": list(deleted)})
    return EXIT_OK


def _tell(item: Evidence, terminal: Terminal) -> None:
    moment = vietnam_time(item.signed_at).strftime("%d/%m/%Y %H:%M:%S")
    kind = terminal.short("kind." + item.kind)
    status = terminal.short("revocation." + item.status.revocation)
    terminal.say(f"{item.signed_sha256} · {kind} · {moment} · {status}")
    terminal.say(f"  {on_one_line(item.document_id or '–')} · {item.certificate_sha256}")


def _row(item: Evidence) -> dict[str, Any]:
    status = item.status
    return {
        "signed_sha256": item.signed_sha256,
        "document_id": item.document_id,
        "kind": item.kind,
        "certificate_sha256": item.certificate_sha256,
        "signed_at": item.signed_at,
        "revocation": status.revocation,
        "trusted": status.trusted,
        "checked_at": status.checked_at,
        "usable_until": status.usable_until,
    }


def _write(found: tuple[Evidence, ...], out: Path) -> list[Path]:
    """Write each signature's evidence into a folder of its own: what is known, and the data that it rests on."""
    written: list[Path] = []
    try:
        for item in found:
            folder = out / item.signed_sha256
            folder.mkdir(parents=True)
            parts = (
                ("signing-evidence.json", json.dumps(_row(item), indent=1, default=str).encode()),
                *(
                    (f"certificate-{n}.cer", der)
                    for n, der in enumerate(item.status.certificates, 1)
                ),
                *((f"list-{n}.crl", der) for n, der in enumerate(item.status.crls, 1)),
                *((f"answer-{n}.ocsp", der) for n, der in enumerate(item.status.ocsps, 1)),
            )
            for name, content in parts:
                (folder / name).write_bytes(content)
                written.append(folder / name)
    except FileExistsError as error:
        raise AppError("usage.out_exists", path=str(error.filename)) from error
    except OSError as error:
        raise AppError("usage.out_not_writable", path=str(out)) from error
    return written

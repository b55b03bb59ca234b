"""`trinhky signers`: the register of authorised signers and agencies on this machine."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from app.cli.terminal import EXIT_OK, Terminal, on_one_line, plain
from app.errors import AppError
from app.settings import Settings
from app.store import open_signatories
from app.workflow.signatories import Signatory


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List the register, or remove an entry from it.

    Raises:
        AppError: `usage.no_signer` where there is none to remove; the store's.
    """
    with closing(open_signatories(settings.data)) as register:
        if arguments.remove is not None and not register.remove(arguments.remove.lower()):
            raise AppError("usage.no_signer", sha256=arguments.remove)
        known = register.all()
    for one in known:
        terminal.say(_line(one, terminal))
    if not known:
        terminal.say(terminal.short("label.no_signers"))
    terminal.result({"schema": "trinhky.signers/1", "signers": [plain(item) for item in known]})
    return EXIT_OK


def _line(one: Signatory, terminal: Terminal) -> str:
    role = terminal.short("label.agency") if one.is_agency else one.title or one.office or ""
    return f"{on_one_line(one.name)} · {on_one_line(role)} · {one.certificate_sha256}"

"""A leader's program that signs what waits and, after its n-th step, kills itself as `kill -9` would.

Run as `python -m tests.integration.workflow.leaders_program OFFICE URL STORE STEP`, refresh token and PIN on standard
input, a line each. Each step is a line on standard output.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from app.bootstrap import Processes, office, workbench
from app.demo.people import LEADER
from app.demo.tokens import load_tokens, softhsm_environment, softhsm_module
from app.server.sign_in import session_from_refresh_token
from app.server.transport import ServerAddress
from app.settings import Settings
from app.store import open_store
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Queue
from app.workflow.making import choose_certificate
from app.workflow.sign_draft import open_draft, plan_draft, resume_draft, sign_draft
from signing.token.pin import Pin
from tests.integration.workflow.killing import Tripwire


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    folder, url, store, step = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    refresh_token, pin = sys.stdin.readline().strip(), sys.stdin.readline().strip()
    wanted = next(item for item in load_tokens(folder / "tokens") if item.holder == LEADER.key)
    settings = Settings(modules=(str(softhsm_module()),), trust=(folder / "trust",))
    environment = softhsm_environment(folder / "tokens")
    session = session_from_refresh_token(ServerAddress(url), refresh_token)
    wire = Tripwire(step or None, die)
    with (
        open_store(store) as opened,
        Processes.of(settings, environment=environment) as processes,
    ):
        desk = office(settings, workbench(settings, processes), session.server, opened)
        desk = wire.around(desk)
        deliver_unfinished(desk)
        for task in desk.server.tasks(Queue.TO_SIGN).changed:
            if resume_draft(desk, task.document_id) is not None:
                continue
            found = [item for module in desk.bench.token.survey() for item in module.tokens]
            token = next(item for item in found if item.serial == wanted.serial)
            certificate = choose_certificate(token.certificates, "person")
            desk.bench.token.login(token.module, token.serial, certificate.sha256, Pin(pin))
            draft = open_draft(desk, task.document_id)
            sign_draft(desk, draft, plan_draft(desk, draft, certificate)[0])
    session.server.close()
    os.write(1, " ".join(wire.trace).encode())


if __name__ == "__main__":
    main()

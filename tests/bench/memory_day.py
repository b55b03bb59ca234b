"""One person's work on one file, in a fresh process that imports what the window imports; prints the peak in bytes."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from app.bootstrap import Processes, workbench
from app.settings import Settings
from app.workflow.making import make_signature
from signing.request import Appearance, SignatureRequest, UserBox
from signing.terms import SignatureKind
from signing.token.pin import Pin
from tests.bench.measure import peak_bytes_of_tree

DPI = 96.0


def main(module: str, serial: str, certificate: str, *names: str) -> None:
    trust, image, path, out = (Path(name) for name in names)
    sealed = out.with_suffix(".sealed.pdf")
    with Processes.of(Settings(modules=(module,), trust=(trust,))) as processes:
        bench = workbench(Settings(), processes)
        processes.render.page(path, 0, DPI).result()
        request = SignatureRequest(
            kind=SignatureKind.PERSONAL,
            base_sha256=bench.judge.look(path).result().sha256,
            certificate_sha256=certificate,
            page_index=0,
            box=UserBox(320.0, 120.0, 447.5, 182.0),
            appearance=Appearance(image),
        )
        bench.token.login(module, serial, certificate, Pin(sys.stdin.readline().strip()))
        make_signature(bench, path, out, request)
        processes.render.page(out, 0, DPI).result()
        seal = replace(
            request,
            kind=SignatureKind.SEAL,
            base_sha256=bench.judge.look(out).result().sha256,
            box=UserBox(260.0, 110.0, 362.0, 212.0),
        )
        make_signature(bench, out, sealed, seal)
        print(peak_bytes_of_tree())
    out.unlink()
    sealed.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])

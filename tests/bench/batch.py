"""A batch of 100 drafts on one token, each signature judged from disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.workflow.making import make_signature
from tests.bench import bare
from tests.bench.measure import Line, among, faster, timed
from tests.bench.measure import run as run_process
from tests.bench.scene import BATCH, Scene

CHUNK = 10
SCALED = 5


def run(scene: Scene) -> Iterator[Line]:
    yield from _whole_command(scene)
    yield from _loop(scene)


def _whole_command(scene: Scene) -> Iterator[Line]:
    """All that `trinhky sign --batch` does: start, placing, preparing number and date, signing, judging."""
    bare_out = scene.folder / "batch-bare"
    bare_out.mkdir()
    token = scene.token
    module, trust, image = scene.module, str(scene.trust), str(scene.image)

    def ours(name: str, *place: str) -> None:
        out = scene.folder / name
        out.mkdir()
        run_process(
            [
                *(sys.executable, "-m", "app", "sign", "--batch", "--kind", "personal", "--json"),
                *("--module", module, "--trust", trust, "--image", image, "--out-dir", str(out)),
                *place,
                *(str(path) for path in scene.drafts),
            ],
            environment={"TRINHKY_SETTINGS": str(scene.folder / "none.toml")},
            stdin=token.user_pin + "\n",
        )

    def one_process(path: Path) -> None:
        signed = str(bare_out / path.name)
        words = (module, token.label, token.key_id, image, trust, str(path), signed)
        run_process(
            [sys.executable, "-m", "tests.bench.bare", "sign", *words],
            stdin=token.user_pin + "\n",
        )

    several = [partial(one_process, path) for path in scene.drafts[:SCALED]]
    for title, name, place in (
        ("place proposed", "batch-proposed", ()),
        ("place given", "batch-given", ("--box", "1:120,180,165,202")),
    ):
        ours_s, one_s = among(partial(ours, name, *place), several)
        yield faster(
            f"batch of {BATCH}, `trinhky sign --batch`, {title} / pyHanko one process each "
            f"(script for its absent command line; {SCALED} files scaled)",
            ours_s,
            one_s * BATCH,
            20.0,
        )


def _loop(scene: Scene) -> Iterator[Line]:
    """In pieces, so that all sides meet the same machine."""
    bench, token = scene.bench, scene.token
    signer = bare.signer_on_token(scene.module, token.label, token.user_pin, token.key_id)
    inputs = bare.validation_inputs(scene.trust)
    jobs = [(path, scene.request(path)) for path in scene.drafts]
    out = scene.folder / "loop"
    out.mkdir()

    def ours(start: int) -> None:
        for path, request in jobs[start : start + CHUNK]:
            make_signature(bench, path, out / f"ours-{path.name}", request)

    def overlapped(start: int) -> None:
        judged = []
        for path, request in jobs[start : start + CHUNK]:
            signed = out / f"overlapped-{path.name}"
            bench.token.sign(path, signed, request)
            judged.append(bench.judge.verify(signed))
        for future in judged:
            future.result()

    def reference(start: int) -> None:
        for path, _ in jobs[start : start + CHUNK]:
            signed = out / f"bare-{path.name}"
            bare.sign(signer, path, signed, scene.image)
            bare.validate(signed, inputs)

    sides = (ours, overlapped, reference)
    for side in sides:
        side(0)
    spent_s = [0.0, 0.0, 0.0]
    for start in range(0, BATCH, CHUNK):
        for index, side in enumerate(sides):
            spent_s[index] += timed(partial(side, start))
    signer.pkcs11_session.close()
    ours_s, overlapped_s, reference_s = spent_s
    against = "pyHanko loop that also validates"
    yield faster(f"batch of {BATCH}, as now, warm / {against}", ours_s, reference_s, 1.3)
    yield faster(
        f"batch of {BATCH}, if judging overlapped with signing, warm / {against}",
        overlapped_s,
        reference_s,
        None,
    )

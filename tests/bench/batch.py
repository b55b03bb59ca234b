"""A batch of 100 drafts on one token, each signature judged from disk."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.bootstrap import Processes, workbench
from app.demo.token_writer import SOFTHSM_CONF
from app.demo.tokens import softhsm_environment
from app.workflow.batch import work_through
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from signing.token.pin import Pin
from tests.bench import bare
from tests.bench.measure import Line, Pair, among, faster, timed
from tests.bench.measure import run as run_process
from tests.bench.scene import BATCH, Scene
from tests.faulty.bed import build

CHUNK = 10
SCALED = 5
SLOW_MS = 300


def run(scene: Scene) -> Iterator[Line]:
    yield from _whole_command(scene)
    yield from _loop(scene)
    yield from _slow_token(scene)


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
    """In pieces, so that both sides meet the same machine."""
    bench, token = scene.bench, scene.token
    signer = bare.signer_on_token(scene.module, token.label, token.user_pin, token.key_id)
    inputs = bare.validation_inputs(scene.trust)
    out = scene.folder / "loop"
    out.mkdir()

    def ours(start: int) -> None:
        _sign_all(bench, scene, scene.drafts[start : start + CHUNK], out)

    def reference(start: int) -> None:
        for path in scene.drafts[start : start + CHUNK]:
            signed = out / f"bare-{path.name}"
            bare.sign(signer, path, signed, scene.image)
            bare.validate(signed, inputs)

    sides = (ours, reference)
    for side in sides:
        side(0)
    spent_s = [0.0, 0.0]
    for start in range(0, BATCH, CHUNK):
        for index, side in enumerate(sides):
            spent_s[index] += timed(partial(side, start))
    signer.pkcs11_session.close()
    yield faster(
        f"batch of {BATCH} on SoftHSM, each verified, warm / pyHanko loop that also validates",
        spent_s[0],
        spent_s[1],
        1.3,
    )


def _slow_token(scene: Scene) -> Iterator[Line]:
    """From the PIN to the last verified file on disk, cold processes included, on a token that takes 300 ms."""
    folder = scene.folder / "slow"
    folder.mkdir()
    rules = folder / "rules"
    rules.write_text(f"C_Sign delay_ms {SLOW_MS}\n", encoding="utf-8")
    module = build(folder)
    environment = {
        "FAULTY_MODULE": str(folder / "behind.so"),
        "FAULTY_CONF": softhsm_environment(scene.folder / "tokens")[SOFTHSM_CONF],
        "FAULTY_RULES": str(rules),
        "FAULTY_CALLS": str(folder / "calls"),
    }
    token = scene.token
    settings = replace(scene.settings, modules=(str(module),))
    with Processes.of(settings, environment=environment) as processes:
        bench = workbench(settings, processes)
        processes.start()
        bench.token.survey()
        pin = Pin(token.user_pin)

        def ours() -> None:
            serial, certificate = token.serial, token.certificate_sha256
            bench.token.login(str(module), serial, certificate, pin)
            _sign_all(bench, scene, scene.drafts, folder)

        ours_s = timed(ours)
    token_s = BATCH * SLOW_MS / 1000
    yield Pair(ours_s, token_s, ours_s / token_s).at_most(
        f"batch of {BATCH} on a token that takes {SLOW_MS} ms, PIN to the last verified file / the token's own time",
        1.05,
    )


def _sign_all(bench: Workbench, scene: Scene, drafts: Sequence[Path], out: Path) -> None:
    """Sign and judge as the program does, also what is asked of each file before."""

    def one(path: Path) -> Exception | None:
        signed = out / f"ours-{path.name}"
        signed.unlink(missing_ok=True)
        make_signature(bench, path, signed, scene.request(path))
        return None

    left = work_through(drafts, one, lambda _: None, lambda *_: None)
    assert left is None

"""One signature: from the agreed plan to a signed revision that is safely on disk and was judged from there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyhanko.sign.pkcs11 import PKCS11Signer

from app.workflow.making import make_signature
from signing.request import SignatureRequest
from tests.bench import bare
from tests.bench.measure import Line, interleaved
from tests.bench.scene import Scene

ROUNDS = 9
RESERVED_HEX_DIGITS = 16_384


def run(scene: Scene) -> Iterator[Line]:
    out, bare_out = scene.folder / "one.pdf", scene.folder / "one-bare.pdf"
    bench, token = scene.bench, scene.token

    def open_signer() -> PKCS11Signer:
        return bare.signer_on_token(scene.module, token.label, token.user_pin, token.key_id)

    signer = open_signer()
    for title, base in (("2 pages", scene.letter), ("23 MB scan", scene.scan)):
        request = scene.request(base)

        def ours(base: Path = base, request: SignatureRequest = request) -> None:
            out.unlink(missing_ok=True)
            make_signature(bench, base, out, request)

        def reference(base: Path = base, reserved: int | None = None) -> None:
            bare_out.unlink(missing_ok=True)
            bare.sign(signer, base, bare_out, scene.image, reserved)

        def reserving(base: Path = base) -> None:
            reference(base, RESERVED_HEX_DIGITS)

        yield interleaved(ours, reference, ROUNDS).at_most(
            f"one signature, {title}, validated / pyHanko in-process, sign only", 2.0
        )
        yield interleaved(ours, reserving, ROUNDS).shown(
            f"one signature, {title}, validated / the same with bytes_reserved set"
        )
    signer.pkcs11_session.close()

    request = scene.request(scene.letter)

    def ours_with_pin() -> None:
        scene.login(bench)
        out.unlink(missing_ok=True)
        make_signature(bench, scene.letter, out, request)

    def reference_with_pin() -> None:
        fresh = open_signer()
        bare.sign(fresh, scene.letter, bare_out, scene.image)
        fresh.pkcs11_session.close()

    yield interleaved(ours_with_pin, reference_with_pin, ROUNDS).at_most(
        "PIN checked, 2 pages signed, validated / pyHanko in-process, login and sign only", 2.0
    )

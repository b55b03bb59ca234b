"""The demo office in small: the leader's token and another one, and one letter, as often as it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from app.demo.authority import start_authority
from app.demo.drafts import sample_drafts
from app.demo.images import draw_seal, draw_signature
from app.demo.office.app import office_app
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.office.store import OfficeStore
from app.demo.opening import DemoOffice, _office, _publish_trust
from app.demo.people import AGENCY_SEAL, LEADER
from app.demo.serving import serve
from app.demo.tokens import provision_tokens
from app.rules import load_profile
from app.settings import DEFAULT_PROFILE

LETTER = "cong-van"


@contextmanager
def open_small_office(folder: Path, *, letters: int = 0) -> Iterator[DemoOffice]:
    """Open it in a folder, so many letters before the leader: `letter-1` and so on; runs until the context ends.

    The whole one makes seven tokens and twenty drafts, which takes as long as all that is then done with them here.
    """
    profile = load_profile(DEFAULT_PROFILE)
    paper = folder / "drafts" / LETTER / f"{LETTER}.pdf"
    paper.parent.mkdir(parents=True)
    sample_drafts()[0].files[0].build(paper)
    images = {LEADER.key: folder / "signature.png", AGENCY_SEAL.key: folder / "seal.png"}
    draw_signature(LEADER.key, images[LEADER.key])
    draw_seal(images[AGENCY_SEAL.key])
    with ExitStack() as stack:
        pki = stack.enter_context(start_authority(folder / "pki")).pki
        made = provision_tokens(folder / "tokens", pki, (LEADER, AGENCY_SEAL))
        tokens = {token.holder: token for token in made}
        _publish_trust(pki, folder / "trust")
        store = stack.enter_context(OfficeStore(folder / "server", _office(tokens, profile)))
        keys = [f"letter-{number}" for number in range(1, letters + 1)]
        ids = store.add_documents(_letter(paper, key) for key in keys)
        served = stack.enter_context(serve(office_app(store)))
        by_id = dict(zip(ids, keys, strict=True))
        yield DemoOffice(folder, profile, served.url, pki, store, tokens, images, by_id)


def _letter(paper: Path, key: str) -> NewDocument:
    return NewDocument(
        abstract=key,
        kind_name="Công văn",
        symbol="STP-VP",
        files=(NewFile(paper, paper.name),),
        signers=(Seat(LEADER.key, LEADER.title or ""),),
        recipients=("Như trên", "Lưu: VT"),
    )

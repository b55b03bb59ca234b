"""Authority, tokens, images and one letter: what the tests of signing and of the command line share."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from app.demo.authority import start_authority
from app.demo.certificates import Flaw, SignerKey
from app.demo.drafts import sample_drafts
from app.demo.images import draw_seal, draw_signature
from app.demo.opening import _publish_trust
from app.demo.people import AGENCY_SEAL, CHIEF, DEPUTY, LEADER, PARTNER, Holder
from app.demo.pki import DemoPki
from app.demo.tokens import DemoToken, provision_tokens, softhsm_environment, softhsm_module
from signing.opening import file_sha256
from signing.request import SignatureRequest
from signing.terms import SignatureKind


@dataclass(frozen=True)
class SigningOffice:
    """One leader, one seal, their tokens and images, and the letter `draft`."""

    folder: Path
    pki: DemoPki
    tokens: dict[str, DemoToken]
    draft: Path

    @property
    def module(self) -> str:
        return str(softhsm_module())

    @property
    def environment(self) -> dict[str, str]:
        return softhsm_environment(self.folder / "tokens")

    @property
    def trust(self) -> Path:
        return self.folder / "trust"

    @property
    def signature_image(self) -> Path:
        return self.folder / "signature.png"

    @property
    def seal_image(self) -> Path:
        return self.folder / "seal.png"

    @property
    def leader(self) -> DemoToken:
        return self.tokens[LEADER.key]

    @property
    def agency(self) -> DemoToken:
        return self.tokens[AGENCY_SEAL.key]


_SHARED = pytest.StashKey[SigningOffice]()


def shared_office(config: pytest.Config, factory: pytest.TempPathFactory) -> SigningOffice:
    """The one office of a test run, opened when it is first asked for."""
    if _SHARED not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[_SHARED] = stack.enter_context(_open(factory.mktemp("signing-office")))
    return config.stash[_SHARED]


@dataclass(frozen=True)
class FlawedTokens:
    """Tokens in a store of their own whose certificates may not sign, by the holder's key."""

    tokens: dict[str, DemoToken]
    environment: dict[str, str]


_FLAWED = pytest.StashKey[FlawedTokens]()


def shared_flawed_tokens(config: pytest.Config, factory: pytest.TempPathFactory) -> FlawedTokens:
    """The flawed tokens of a test run: expired (leader), not for signing (deputy), weak (chief), revoked (partner)."""
    if _FLAWED not in config.stash:
        pki = shared_office(config, factory).pki
        folder = factory.mktemp("flawed-tokens")
        flawed = _FlawedPki(pki.folder, pki.base_url)
        flawed.answering = pki
        made = provision_tokens(folder, flawed, tuple(FLAWS))
        tokens = {token.holder: token for token in made}
        config.stash[_FLAWED] = FlawedTokens(tokens, softhsm_environment(folder))
    return config.stash[_FLAWED]


@contextmanager
def _open(folder: Path) -> Iterator[SigningOffice]:
    with start_authority(folder / "pki") as authority:
        tokens = provision_tokens(folder / "tokens", authority.pki, (LEADER, AGENCY_SEAL))
        _publish_trust(authority.pki, folder / "trust")
        draft = folder / "cong-van.pdf"
        sample_drafts()[0].files[0].build(draft)
        office = SigningOffice(
            folder, authority.pki, {token.holder: token for token in tokens}, draft
        )
        draw_signature(LEADER.key, office.signature_image)
        draw_seal(office.seal_image)
        yield office


FLAWS = {
    LEADER: Flaw.EXPIRED,
    DEPUTY: Flaw.WRONG_KEY_USAGE,
    CHIEF: Flaw.NONE,
    PARTNER: Flaw.REVOKED,
}


class _FlawedPki(DemoPki):
    answering: DemoPki
    """Of the same folder: the one that is asked for a status."""

    def issue(
        self,
        holder: Holder,
        public_key: SignerKey,
        flaw: Flaw = Flaw.NONE,
    ) -> x509.Certificate:
        assert flaw is Flaw.NONE
        if holder is CHIEF:
            weak = rsa.generate_private_key(65537, 1024)  # noqa: S505 - weak on purpose
            public_key = weak.public_key()
        certificate = super().issue(holder, public_key, FLAWS[holder])
        if FLAWS[holder] is Flaw.REVOKED:
            self.answering.revoke(certificate.serial_number)
        return certificate


def asked(base: Path, token: DemoToken, **wanted: object) -> SignatureRequest:
    """An invisible personal signature with a token on a file as it is; anything else as wanted."""
    given: dict[str, object] = {
        "kind": SignatureKind.PERSONAL,
        "base_sha256": file_sha256(base),
        "certificate_sha256": token.certificate_sha256,
    }
    return SignatureRequest(**(given | wanted))  # type: ignore[arg-type]  # as `SignatureRequest` has them


def told(*command: str | Path, codes: tuple[int, ...] = (0,)) -> str:
    """What another program says of a file; it must end with one of these exit codes."""
    parts = [str(part) for part in command]
    done = subprocess.run(parts, capture_output=True, text=True, check=False)
    assert done.returncode in codes, done
    return done.stdout + done.stderr

"""The product's own token process, asked as the product asks it, that sees the virtual reader."""

from __future__ import annotations

from app.workers.process import SupervisedProcess
from signing.token.pin import Pin
from signing.token.records import ModuleInfo, RawRequest, TokenInfo
from tests.card.bench import ENVIRONMENT, opensc_module
from tests.card.piv import AUTHENTICATION, PivCard

PATIENCE_S = 60.0


class Desk(SupervisedProcess):
    """`signing.desk` with OpenSC's module, in a process of its own as modules are never unloaded."""

    def __init__(self) -> None:
        super().__init__("token", environment=ENVIRONMENT, preload=("signing.desk",))

    def tokens(self) -> tuple[TokenInfo, ...]:
        """What a person is shown of the cards that are in."""
        found: ModuleInfo = self.call(
            "signing.token.driver:survey", opensc_module(), deadline_s=PATIENCE_S
        )
        return found.tokens

    def login(
        self, card: PivCard, pin: str, *, key: int = AUTHENTICATION, last_try: bool = False
    ) -> None:
        """Open a key of a card with a PIN that a person typed once."""
        self.call(
            "signing.desk:login",
            *(str(opensc_module()), card.serial, card.keys[key].sha256, Pin(pin)),
            last_try=last_try,
            deadline_s=PATIENCE_S,
        )

    def sign(
        self,
        card: PivCard,
        data: bytes,
        *,
        key: int = AUTHENTICATION,
        deadline_s: float = PATIENCE_S,
    ) -> bytes:
        """Sign with a key that is open."""
        wanted = RawRequest(data, "sha256")
        made: bytes = self.call(
            "signing.desk:sign_raw", card.keys[key].sha256, wanted, deadline_s=deadline_s
        )
        return made

    def logout(self) -> None:
        """Forget what is open."""
        self.call("signing.desk:logout", deadline_s=PATIENCE_S)

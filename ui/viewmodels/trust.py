"""Whom this machine believes: authorities imported one by one, their fingerprints compared, and revocation lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.clock import Clock, system_clock
from app.workplace.records import Problem
from app.workplace.trust_records import Store, findings
from signing.trust_records import Likeness, OfferedAuthority, OfferedList
from ui.bridge import Bridge
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace
    from signing.trust_records import Bundle, RevocationList

_NOTHING = Store()


@dataclass(frozen=True, slots=True)
class Offer:
    """The certificate that a person is asked about, of `left` in the file.

    `typed` is the fingerprint as the authority publishes it, `accepts` the yes to another one than was published.
    """

    offered: OfferedAuthority
    file: str
    left: int
    typed: str = ""
    accepts: bool = False

    @property
    def is_same(self) -> bool:
        """Whether the fingerprint was compared and is the one published, by the program or by the person."""
        one = self.offered.authority
        return one.match.likeness is Likeness.SAME or _bare(self.typed) in (one.sha256, one.sha1)

    @property
    def differs(self) -> bool:
        """Whether it bears the name of a published certificate and is not it."""
        return self.offered.authority.match.likeness is Likeness.DIFFERS

    @property
    def can_keep(self) -> bool:
        """Whether everything that a yes needs is there."""
        return self.is_same and (self.accepts or not self.differs)


@dataclass(frozen=True, slots=True)
class TrustState:
    """`findings` are what should be known of the store; `kept` counts what the last import has added to it.

    `problem` is why the last wish was not done.
    """

    store: Store = _NOTHING
    findings: tuple[Problem, ...] = ()
    offer: Offer | None = None
    kept: int = 0
    is_busy: bool = False
    problem: Problem | None = None


class TrustVm(ViewModel):
    """Asks about one certificate after the other; lists need no yes, their issuer proves them."""

    def __init__(self, bridge: Bridge, clock: Clock = system_clock) -> None:
        super().__init__()
        self._errands = Errands(bridge)
        self._clock = clock
        self._state = TrustState()
        self._file = ""
        self._offers: tuple[OfferedAuthority, ...] = ()
        self._lists: tuple[OfferedList, ...] = ()

    @property
    def state(self) -> TrustState:
        """What is shown."""
        return self._state

    @property
    def now(self) -> datetime:
        """The moment as of which ages are told."""
        return self._clock().astimezone(UTC)

    def begin(self) -> None:
        """Begin anew: look what is in the store."""
        self._errands.cancel_all()
        self._offers, self._lists = (), ()
        self._become(TrustState(self._state.store, self._state.findings, is_busy=True))
        self._look()

    def choose(self, path: Path) -> None:
        """Read a file; its certificates are asked about then."""
        if not self._state.is_busy:
            self._file = path.name
            self._become(
                replace(self._state, is_busy=True, offer=None, kept=0, problem=None),
            )
            self._errands.ask("change", lambda it: it.trust().read(path), self._read, self._failed)

    def type(self, fingerprint: str) -> None:
        """Take the fingerprint as the authority publishes it."""
        if self._state.offer is not None:
            offer = replace(self._state.offer, typed=fingerprint)
            self._become(replace(self._state, offer=offer))

    def accept(self, *, accepts: bool) -> None:
        """Take or take back the yes to a certificate that is not the published one."""
        if self._state.offer is not None:
            self._become(replace(self._state, offer=replace(self._state.offer, accepts=accepts)))

    def keep(self) -> None:
        """Keep the certificate that was asked about."""
        offer = self._state.offer
        if offer is None or self._state.is_busy or not offer.can_keep:
            return
        one = offer.offered.authority
        agreed = one.sha256 if one.match.likeness is Likeness.SAME else offer.typed
        instead = one.match.sha256 if offer.accepts else None
        self._become(replace(self._state, is_busy=True, problem=None))
        self._errands.ask(
            "change",
            lambda it: it.trust().keep(offer.offered, offer.file, agreed, instead),
            self._kept,
            self._failed,
        )

    def skip(self) -> None:
        """Leave out the certificate that was asked about."""
        if self._state.offer is not None and not self._state.is_busy:
            self._next()

    def switch(self, sha256: str, is_enabled: bool) -> None:  # noqa: FBT001 - as the row's signal has it
        """Let an authority that counts count no more, and keep it; or count again."""
        if is_enabled:
            self._change(lambda it: it.trust().disable(sha256))
        else:
            self._change(lambda it: it.trust().enable(sha256))

    def remove(self, sha256: str) -> None:
        """Remove an authority."""
        self._change(lambda it: it.trust().remove(sha256))

    def _change(self, work: Callable[[Workplace], None]) -> None:
        if not self._state.is_busy:
            self._become(replace(self._state, is_busy=True, kept=0, problem=None))
            self._errands.ask("change", work, lambda _: self._look(), self._failed)

    def _read(self, bundle: Bundle) -> None:
        self._offers, self._lists = bundle.authorities, bundle.lists
        self._next()

    def _kept(self, _: None) -> None:
        self._become(replace(self._state, kept=self._state.kept + 1))
        self._next()

    def _next(self) -> None:
        """Ask about the next certificate; after the last take the lists in."""
        if self._offers:
            offer = Offer(self._offers[0], self._file, len(self._offers))
            self._offers = self._offers[1:]
            self._become(replace(self._state, offer=offer, is_busy=False))
            return
        lists, self._lists = self._lists, ()
        self._become(replace(self._state, offer=None, is_busy=True))
        if lists:
            self._errands.ask(
                "change",
                lambda it: it.trust().keep_lists(lists),
                lambda taken: self._lists_kept(lists, taken),
                self._failed,
            )
        else:
            self._look()

    def _lists_kept(
        self, lists: tuple[OfferedList, ...], taken: tuple[RevocationList, ...]
    ) -> None:
        known = {one.sha256 for one in taken}
        left = [one.crl.issuer for one in lists if one.crl.sha256 not in known]
        problem = Problem("trust.list_not_kept", {"issuer": left[0]}) if left else None
        kept = self._state.kept + len(taken)
        self._become(replace(self._state, kept=kept, problem=problem))
        self._look()

    def _look(self) -> None:
        self._errands.ask("look", lambda it: it.trust().store(), self._looked, self._failed)

    def _looked(self, store: Store) -> None:
        found = tuple(findings(store, self.now))
        self._become(replace(self._state, store=store, findings=found, is_busy=False))

    def _failed(self, problem: Problem) -> None:
        self._become(replace(self._state, is_busy=False, problem=problem))

    def _become(self, state: TrustState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _bare(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())

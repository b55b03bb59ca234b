"""Puts the program together: settings in, workbench and office out. The only place that knows everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from app.clock import Clock, system_clock
from app.rules import load_profile
from app.settings import Settings
from app.store import Store
from app.store.keys import KeyFolder
from app.store.modules import ModuleList
from app.store.trust import TrustFolder
from app.workers.convert import ConvertClient
from app.workers.images import ImageClient
from app.workers.render import RenderClient
from app.workers.services import ServicesProcess
from app.workers.token import TokenProcess
from app.workers.verify import VerifyClient
from app.workflow.documents import Person
from app.workflow.office import Office, Workbench
from app.workflow.ports import DocumentServer
from signing.terms import PadesLevel, SignatureKind

if TYPE_CHECKING:
    from app.server.sign_in import OpenBrowser
    from app.workplace.workplace import Workplace


@dataclass
class Processes:
    """The worker processes of one program; each starts at its first call, all end with `close`."""

    render: RenderClient
    verify: VerifyClient
    token: TokenProcess
    convert: ConvertClient
    images: ImageClient
    services: ServicesProcess

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        trust: tuple[Path, ...] = (),
        profile_id: str | None = None,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
    ) -> Processes:
        """Prepare the processes.

        Args:
            settings: the program's.
            profile_id: rule profile whose demands on signatures count; the settings' where None.
            trust: trust anchors beside those of the settings and those that the person has added.
            modules: PKCS#11 modules to try before those of the settings and those that the person has added.
            environment: of the token process, say where a software token keeps its store.
        """
        profile = load_profile(profile_id or settings.profile, settings.profiles_folder)
        tried = (*modules, *settings.modules, *ModuleList(settings.data).paths())
        believed = (*settings.trust, *TrustFolder(settings.data).places(), *trust)
        return cls(
            RenderClient(),
            VerifyClient(believed, profile=profile.judging()),
            TokenProcess(tried, environment, believed, KeyFolder(settings.data).all),
            ConvertClient(settings.converter),
            ImageClient(),
            ServicesProcess(believed),
        )

    def start(self, *, token: bool = True) -> None:
        """Start the processes before they are needed, side by side."""
        self.render.start()  # first: starts go one by one, and the first page waits for this one
        self.verify.start()
        if token:
            self.token.start()

    def close(self) -> None:
        """End the processes; harmless twice."""
        self.token.close()
        self.render.close()
        self.verify.close()
        self.convert.close()
        self.images.close()
        self.services.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def workbench(
    settings: Settings,
    processes: Processes,
    *,
    profile_id: str | None = None,
    level: PadesLevel = PadesLevel.B_B,
    tsa_urls: tuple[str, ...] = (),
    clock: Clock = system_clock,
) -> Workbench:
    """Put together what one signature on a file needs.

    Raises:
        AppError: `rules.unknown`, `rules.broken`.
    """
    return Workbench(
        eyes=processes.render,
        judge=processes.verify,
        token=processes.token,
        profile=load_profile(profile_id or settings.profile, settings.profiles_folder),
        level=level,
        tsa_urls=tsa_urls or settings.tsa,
        rsa_pss=settings.rsa_scheme == "pss",
        clock=clock,
        converter=processes.convert,
        images=processes.images,
        services=processes.services,
    )


def office(
    settings: Settings,
    bench: Workbench,
    server: DocumentServer,
    store: Store,
    user_id: str | None = None,
) -> Office:
    """Put together a signed-in person's office on their local store.

    A picture that the person has taken in at this machine goes before that of the settings.
    """
    own = partial(store.pictures.find, owner=user_id) if user_id is not None else _no_picture
    personal = own(SignatureKind.PERSONAL.value) or settings.signature_image
    return Office(
        bench=bench,
        server=server,
        files=store.files,
        journal=store.journal,
        personal_image=personal,
        initial_image=own(SignatureKind.INITIAL.value) or settings.initial_image or personal,
        seal_image=store.pictures.find(SignatureKind.SEAL.value, None) or settings.seal_image,
        numbers=store.numbers,
        evidence=store.evidence,
    )


def open_workplace(
    settings: Settings,
    *,
    store: Store,
    environment: Mapping[str, str] | None = None,
    sign_in: OpenBrowser | None = None,
    processes: Processes | None = None,
    clock: Clock = system_clock,
) -> Workplace:
    """Put together what the window asks; its `close` ends the processes.

    Args:
        settings: the program's; its `level` is what signatures are brought to.
        store: this machine's; stays the caller's to close.
        environment: of the token process, say where a software token keeps its store.
        sign_in: opens the sign-in page in place of the system's browser, say for the demo office's people.
        processes: running already; they stay the caller's to close.
        clock: the present moment.

    Raises:
        AppError: `rules.unknown`, `rules.broken`.
    """
    # The command line has no use for them, and they bring HTTP and the keyring.
    from app.workplace.account import Account  # noqa: PLC0415
    from app.workplace.doctor import Doctor  # noqa: PLC0415
    from app.workplace.trust import TrustDesk  # noqa: PLC0415
    from app.workplace.workplace import Workplace  # noqa: PLC0415

    started = processes or Processes.of(settings, environment=environment)
    if processes is None:
        started.start(token=False)
    level = PadesLevel(settings.level or ("B-T" if settings.tsa else "B-B"))

    def furnish(person: Person, server: DocumentServer) -> Office:
        bench = workbench(
            settings, started, profile_id=person.rule_profile, level=level, clock=clock
        )
        judge = started.verify.judging_by(bench.profile.judging())
        return office(settings, replace(bench, judge=judge), server, store, person.user_id)

    account = Account(settings, store.cache, furnish, sign_in)
    bench = workbench(settings, started, level=level, clock=clock)
    end = started.close if processes is None else _leave_running
    doctor = Doctor(settings, account, bench, started.token)
    trust = TrustDesk(settings, started.verify, started.services.forget, clock)
    return Workplace(account, store, bench, started.render, end, doctor=doctor, trust=trust)


def _no_picture(kind: str) -> Path | None:
    del kind
    return None


def _leave_running() -> None:
    """End nothing."""

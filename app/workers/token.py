"""The token process with its PKCS#11 drivers, and the signing processes that ask it for each raw signature.

The PIN goes to the token process and nowhere else. What a document needs besides the raw signature is made beside it,
so that the token never waits for a file, and a driver that crashes takes no file with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from app.errors import AppError
from app.workers.one_question import OneQuestion
from app.workers.pool import WorkerPool
from app.workers.process import SupervisedProcess
from signing.errors import KEY_STAYS_OPEN, SigningError
from signing.request import STAMP_TIMEOUT_S, SignatureRequest, SignedFile, TextFieldSpec
from signing.terms import PadesLevel
from signing.token.modules import candidates
from signing.token.pin import Pin
from signing.token.records import (
    KeyFile,
    KeyFileInfo,
    ModuleInfo,
    OpenedKey,
    RawRequest,
    is_key_file,
)

KEY_FILE_DEADLINE_S = 30.0
"""A hostile file can ask for hours of key derivation."""
FILE_DEADLINE_S = 60.0
"""Of the file; the token and the time stamping authorities have their own time."""
PROCESS = "token"
SIGNERS = 2
"""Files that are made at once: one is got ready, or finished, while the token signs the other."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a driver may take before it counts as hung; at a login a person may be typing at a PIN pad."""

    survey_s: float = 30.0
    login_s: float = 180.0
    raw_s: float = 60.0


USUAL = Deadlines()

MODULE_DIED = {
    "worker.crashed": "token.module_crashed",
    "worker.deadline": "token.module_hung",
}
DRIVER_DIED = {
    "worker.crashed": "token.driver_crashed",
    "worker.deadline": "token.driver_hung",
}
"""What the end of the token process means, which runs nothing but drivers: at a look, and later."""
FILE_AT_FAULT = (
    "token.module_missing",
    "token.module_no_library",
    "token.module_no_pkcs11",
    "token.module_bits",
    "token.module_failed",
    *MODULE_DIED.values(),
)


@contextmanager
def _told_of_the_driver() -> Iterator[None]:
    try:
        yield
    except AppError as error:
        code = DRIVER_DIED.get(error.code)
        if code is None or error.params.get("worker") != PROCESS:
            raise
        raise SigningError(code, **error.params) from error


def _is_watched(module: ModuleInfo) -> bool:
    """Say whether a token that is put in or answers again changes what a module says: not if its file is at fault."""
    problem = module.problem
    return problem is None or (problem.startswith("token.") and problem not in FILE_AT_FAULT)


def _glance_of(module: ModuleInfo) -> tuple[str, ...]:
    return (
        tuple(item.serial for item in module.tokens)
        if module.problem is None
        else (module.problem,)
    )


def _no_key_files() -> tuple[KeyFile, ...]:
    return ()


class TokenProcess:
    """Implements `app.workflow.ports.Token` on the functions of `signing.desk`. Any thread may use it."""

    def __init__(
        self,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        trust: tuple[Path, ...] = (),
        key_files: Callable[[], tuple[KeyFile, ...]] = _no_key_files,
        deadlines: Deadlines = USUAL,
    ) -> None:
        self._modules = modules
        self._key_files = key_files
        self._trust = trust
        self._deadlines = deadlines
        self._keys: dict[str, OpenedKey] = {}
        self._surveyed: dict[Path, ModuleInfo] = {}
        self._glanced: frozenset[tuple[str, str]] = frozenset()
        self._signing: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._process = SupervisedProcess(
            PROCESS, environment=environment, preload=("signing.desk",)
        )
        self._signers = WorkerPool(
            lambda index: SupervisedProcess(
                f"signing-{index + 1}", preload=("app.workers.signing_jobs",)
            ),
            SIGNERS,
        )

    def start(self) -> None:
        """Start the processes before they are needed."""
        self._process.start()
        self._signers.start()

    def survey(self, *, again: bool = True) -> tuple[ModuleInfo, ...]:
        """Try every module, each in a call of its own: one that crashes or hangs does not hide the others.

        While no key is open the drivers are loaded afresh, since some list their slots only once. A module that crashed
        or hung before is tried only where a person wants to look `again`.
        """
        self._afresh()
        found = tuple(self._survey_one(path, again=again) for path in candidates(self._modules))
        self._surveyed = {Path(item.path): item for item in found}
        return (*found, *(item.module for item in self.key_files()))

    def has_news(self, *, afresh: bool = False) -> bool:
        """Tell whether other tokens are in than at the last look, as far as the drivers see it.

        Those that list their slots only once see it where they are loaded `afresh`, as `survey` does it.
        """
        if afresh:
            self._afresh()
        watched = [item for item in self._surveyed.values() if _is_watched(item)]
        failing = {item.path for item in watched if item.problem is not None}
        known = {(item.path, told) for item in watched for told in _glance_of(item)}
        modules = tuple(item.path for item in watched)
        try:
            answer = self._process.call(
                "signing.desk:glance", modules, deadline_s=self._deadlines.survey_s
            )
        except AppError:
            self._keys.clear()  # it died, and every session with it
            return True
        seen = frozenset(answer)
        is_repeated, self._glanced = seen == self._glanced, seen
        changed = {path for path, _ in known ^ seen}
        # What only the survey fails at is not to be read anew at every glance.
        return bool(changed - failing) or bool(changed and (afresh or not is_repeated))

    def add_module(self, path: Path) -> ModuleInfo:
        """Try one module more; where it answers, it is tried with the others from now on."""
        found = self._survey_one(path, again=True)
        if found.problem is None and str(path) not in self._modules:
            self._modules = (*self._modules, str(path))
        return found

    def drop_module(self, path: Path) -> None:
        """Try a module no more, unless its place is known anyway."""
        self._modules = tuple(item for item in self._modules if item != str(path))

    def _survey_one(self, path: Path, *, again: bool) -> ModuleInfo:
        known = self._surveyed.get(path)
        if known is not None and known.problem in MODULE_DIED.values() and not again:
            return known
        try:
            found = self._process.call(
                "signing.token.driver:survey", path, deadline_s=self._deadlines.survey_s
            )
        except AppError as error:
            self._forget_if_died(error)
            problem = MODULE_DIED.get(error.code, error.code)
            return ModuleInfo(str(path), found=True, bits=None, problem=problem)
        return cast("ModuleInfo", found)

    def key_files(self) -> tuple[KeyFileInfo, ...]:
        """Say how each key file that was added is now, each in a call of its own: a drive may be gone."""
        return tuple(self._look_at(kept) for kept in self._key_files())

    def _look_at(self, kept: KeyFile) -> KeyFileInfo:
        try:
            found = self._process.call(
                "signing.token.key_file:look_at", kept, deadline_s=KEY_FILE_DEADLINE_S
            )
        except (AppError, SigningError) as error:
            self._forget_if_died(error)
            return KeyFileInfo(kept, error.code)
        return cast("KeyFileInfo", found)

    def read_key_file(self, path: Path, password: Pin) -> KeyFile:
        """Open a PKCS#12 file once; the password is sent once and forgotten here."""
        try:
            found = self._process.call(
                "signing.token.key_file:read_key_file",
                path,
                password,
                deadline_s=KEY_FILE_DEADLINE_S,
            )
        except AppError as error:
            self._forget_if_died(error)
            raise
        return cast("KeyFile", found)

    def login(
        self, module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
    ) -> OpenedKey:
        """Open a token; the PIN is sent once and forgotten here. Where it is refused, nothing stays open."""
        self._signers.start()  # it gets ready while the PIN is tried
        others, self._keys = self._keys, {}
        is_file = is_key_file(module)
        with nullcontext() if is_file else _told_of_the_driver():
            key: OpenedKey = self._process.call(
                "signing.desk:login",
                module,
                serial,
                certificate_sha256,
                pin,
                last_try=last_try,
                deadline_s=KEY_FILE_DEADLINE_S if is_file else self._deadlines.login_s,
            )
        self._keys = {**others, certificate_sha256: key}
        return key

    def is_open(self, certificate_sha256: str) -> bool:
        """Say whether a key signs without its PIN: no more, where the process has died meanwhile."""
        return certificate_sha256 in self._keys

    def prepare(self, path: Path, specs: tuple[TextFieldSpec, ...]) -> None:
        """Add empty fields to an unsigned file, in place."""
        self._signers.result_of(
            self._signers.submit(
                "signing.prepare:prepare_file", path, specs, deadline_s=FILE_DEADLINE_S
            )
        )

    def sign(self, base: Path, out: Path, request: SignatureRequest) -> SignedFile:
        """Sign a file with an open token into a new file."""
        key = self._keys.get(request.certificate_sha256)
        if key is None:
            raise SigningError("token.not_open")
        authorities = len(request.tsa_urls) if request.level is not PadesLevel.B_B else 0

        future = self._signers.submit(
            "app.workers.signing_jobs:sign",
            base,
            out,
            request,
            key,
            self._trust,
            deadline_s=FILE_DEADLINE_S + authorities * STAMP_TIMEOUT_S,
            on_question=OneQuestion(partial(self._sign_raw, request.certificate_sha256)),
        )
        with self._lock:
            self._signing.add(future)
        try:
            with _told_of_the_driver():
                return cast("SignedFile", self._signers.result_of(future))
        finally:
            with self._lock:
                self._signing.discard(future)

    def skip_time_stamp(self) -> None:
        """Wait no more for time stamps of signatures under way: they stand without. Does not block."""
        with self._lock:
            signing = tuple(self._signing)
        for future in signing:
            self._signers.ask_to_stop(future)

    def logout(self) -> None:
        """Forget all open tokens; harmless where the process never started."""
        self._keys.clear()
        if self._process.pid is not None:
            self._process.call("signing.desk:logout", deadline_s=self._deadlines.survey_s)

    def close(self) -> None:
        """End the processes, and with them every session."""
        self._signers.close()
        self._process.close()

    def _sign_raw(self, certificate_sha256: str, wanted: RawRequest) -> Future[Any]:
        answer = self._process.submit(
            "signing.desk:sign_raw", certificate_sha256, wanted, deadline_s=self._deadlines.raw_s
        )
        answer.add_done_callback(self._forget_after_failure)
        return answer

    def _forget_after_failure(self, answer: Future[Any]) -> None:
        error = None if answer.cancelled() else answer.exception()
        if error is not None and getattr(error, "code", None) not in KEY_STAYS_OPEN:
            self._keys.clear()

    def _forget_if_died(self, error: AppError | SigningError) -> None:
        if error.code in DRIVER_DIED:
            self._keys.clear()

    def _afresh(self) -> None:
        if not self._keys:
            self._process.restart()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

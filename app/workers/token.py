"""The token process: PKCS#11 drivers and the signatures made with them. The PIN goes there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from app.errors import AppError
from app.workers.process import SupervisedProcess
from signing.request import STAMP_TIMEOUT_S, SignatureRequest, SignedFile, TextFieldSpec
from signing.terms import PadesLevel
from signing.token.modules import candidates
from signing.token.pin import Pin
from signing.token.records import ModuleInfo

SURVEY_DEADLINE_S = 30.0
LOGIN_DEADLINE_S = 180.0
"""A person may be typing at a PIN pad."""
SIGN_DEADLINE_S = 60.0
"""Of the token and the file; the time stamping authorities have their own time."""


class TokenProcess:
    """Implements `app.workflow.ports.Token` on the functions of `signing.desk`."""

    def __init__(
        self,
        modules: tuple[str, ...] = (),
        environment: Mapping[str, str] | None = None,
        trust: tuple[Path, ...] = (),
    ) -> None:
        self._modules = modules
        self._trust = trust
        self._signing: Future[Any] | None = None
        self._process = SupervisedProcess(
            "token", environment=environment, preload=("app.workers.token_jobs",)
        )

    def start(self) -> None:
        """Start the process before it is needed."""
        self._process.start()

    def survey(self) -> tuple[ModuleInfo, ...]:
        """Try every module, each in a call of its own: one that crashes or hangs does not hide the others."""
        return tuple(self._survey_one(path) for path in candidates(self._modules))

    def _survey_one(self, path: Path) -> ModuleInfo:
        try:
            found = self._process.call(
                "signing.token.driver:survey", path, deadline_s=SURVEY_DEADLINE_S
            )
        except AppError as error:
            return ModuleInfo(str(path), found=True, bits=None, problem=error.code)
        return cast("ModuleInfo", found)

    def login(
        self, module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
    ) -> None:
        """Open a token for signing; the PIN is sent once and forgotten here."""
        self._process.call(
            "signing.desk:login",
            module,
            serial,
            certificate_sha256,
            pin,
            last_try=last_try,
            deadline_s=LOGIN_DEADLINE_S,
        )

    def prepare(self, path: Path, specs: tuple[TextFieldSpec, ...]) -> None:
        """Add empty fields to an unsigned file, in place."""
        self._process.call("signing.prepare:prepare_file", path, specs, deadline_s=SIGN_DEADLINE_S)

    def sign(self, base: Path, out: Path, request: SignatureRequest) -> SignedFile:
        """Sign a file with an open token into a new file."""
        authorities = len(request.tsa_urls) if request.level is not PadesLevel.B_B else 0
        future = self._process.submit(
            "app.workers.token_jobs:sign",
            base,
            out,
            request,
            self._trust,
            deadline_s=SIGN_DEADLINE_S + authorities * STAMP_TIMEOUT_S,
        )
        self._signing = future
        try:
            return cast("SignedFile", self._process.result_of(future))
        finally:
            self._signing = None

    def skip_time_stamp(self) -> None:
        """Wait no more for the time stamp of the signature that is being made: it stands without. Does not block."""
        signing = self._signing
        if signing is not None:
            self._process.ask_to_stop(signing)

    def logout(self) -> None:
        """Forget all open tokens; harmless where the process never started."""
        if self._process.pid is not None:
            self._process.call("signing.desk:logout", deadline_s=SURVEY_DEADLINE_S)

    def close(self) -> None:
        """End the process, and with it every session."""
        self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

"""The token process: PKCS#11 drivers and the signatures made with them. The PIN goes there and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from app.errors import AppError
from app.workers.process import SupervisedProcess
from signing.request import SignatureRequest, SignedFile, TextFieldSpec
from signing.token.modules import candidates
from signing.token.pin import Pin
from signing.token.records import ModuleInfo

SURVEY_DEADLINE_S = 30.0
LOGIN_DEADLINE_S = 180.0
"""A person may be typing at a PIN pad."""
SIGN_DEADLINE_S = 240.0
"""The token, and a time stamping authority that was seen to take 131 s."""


class TokenProcess:
    """Implements `app.workflow.ports.Token` on the functions of `signing.desk`."""

    def __init__(
        self, modules: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
    ) -> None:
        self._modules = modules
        self._process = SupervisedProcess(
            "token", environment=environment, preload=("signing.desk",)
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
        signed = self._process.call(
            "signing.desk:sign", base, out, request, deadline_s=SIGN_DEADLINE_S
        )
        return cast("SignedFile", signed)

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

"""What the benchmarks work on: a demo authority, one SoftHSM token, drafts, a scan; made once for a run."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

import pymupdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from app.bootstrap import Processes, workbench
from app.demo.authority import build_crl
from app.demo.drafts import more_drafts
from app.demo.drafts.scans import build_long_scan
from app.demo.images import draw_all
from app.demo.people import LEADER
from app.demo.pki import DemoPki, open_pki
from app.demo.tokens import DemoToken, provision_tokens, softhsm_environment, softhsm_module
from app.settings import Settings
from app.workflow.office import Workbench
from signing.fields import look
from signing.pades import sign_file
from signing.request import Appearance, SignatureRequest, UserBox
from signing.terms import SignatureKind
from signing.token.pin import Pin

BATCH = 100
BOX = UserBox(320.0, 120.0, 447.5, 182.0)
"""45 by 22 mm: a signature's image."""


@dataclass
class SoftKey:
    """A key in this process, to make many signed files quickly."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: rsa.RSAPrivateKey

    def sign(self, data: bytes, digest: str) -> bytes:
        assert digest == "sha256"
        return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def sign_pss(self, data: bytes, digest: str, salt_bytes: int) -> bytes:
        assert digest == "sha256"
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), salt_bytes)
        return self.key.sign(data, scheme, hashes.SHA256())


class Scene:
    """Lazy: a benchmark pays for nothing that it does not use."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="trinhky-bench-"))
        self._processes: Processes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._processes is not None:
            self._processes.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def pki(self) -> DemoPki:
        # Nobody answers there: no benchmark uses the network.
        return open_pki(self.folder / "pki", "http://127.0.0.1:9")

    @cached_property
    def token(self) -> DemoToken:
        token = provision_tokens(self.folder / "tokens", self.pki, (LEADER,))[0]
        os.environ.update(softhsm_environment(self.folder / "tokens"))
        return token

    @property
    def module(self) -> str:
        return str(softhsm_module())

    @cached_property
    def image(self) -> Path:
        return draw_all(self.folder / "images")[LEADER.key]

    @cached_property
    def trust(self) -> Path:
        folder = self.folder / "trust"
        folder.mkdir()
        for name, identity in (("root", self.pki.root), ("issuing", self.pki.issuing)):
            der = identity.certificate.public_bytes(Encoding.DER)
            (folder / f"{name}.cer").write_bytes(der)
            (folder / f"{name}.crl").write_bytes(build_crl(self.pki, identity))
        return folder

    @cached_property
    def drafts(self) -> tuple[Path, ...]:
        folder = self.folder / "drafts"
        folder.mkdir()
        paths = []
        for spec in more_drafts(BATCH):
            path = folder / spec.files[0].name
            spec.files[0].build(path)
            paths.append(path)
        return tuple(paths)

    @cached_property
    def letter(self) -> Path:
        """A draft of two pages."""
        return self._of_pages("letter.pdf", 2)

    @cached_property
    def report(self) -> Path:
        """A draft of two hundred pages."""
        return self._of_pages("report.pdf", 200)

    @cached_property
    def scan(self) -> Path:
        """20 scanned pages, 23 MB."""
        path = self.folder / "scan.pdf"
        build_long_scan(path)
        return path

    @cached_property
    def large_scan(self) -> Path:
        """The scan again and again, each time with images of its own: about 300 MB."""
        path = self.folder / "large.pdf"
        with pymupdf.open() as document:
            for _ in range(13):
                with pymupdf.open(self.scan) as part:
                    document.insert_pdf(part)
            document.save(path)
        return path

    @cached_property
    def soft_key(self) -> SoftKey:
        identity = self.pki.issue_with_key(LEADER)
        return SoftKey(identity.certificate, self.pki.chain, identity.key)

    @cached_property
    def signed(self) -> tuple[Path, ...]:
        """A folder of signed files."""
        folder = self.folder / "signed"
        folder.mkdir()
        for draft in self.drafts:
            sign_file(draft, folder / draft.name, self.request(draft), self.soft_key)
        return tuple(folder / draft.name for draft in self.drafts)

    def request(self, base: Path) -> SignatureRequest:
        """A visible personal signature by the token's certificate."""
        return SignatureRequest(
            kind=SignatureKind.PERSONAL,
            base_sha256=look(base).sha256,
            certificate_sha256=self.token.certificate_sha256,
            page_index=0,
            box=BOX,
            appearance=Appearance(self.image),
            signer_name=LEADER.common_name,
        )

    @cached_property
    def settings(self) -> Settings:
        return replace(Settings(), modules=(self.module,), trust=(self.trust,))

    @property
    def processes(self) -> Processes:
        """Our processes, warm."""
        if self._processes is None:
            _ = self.token
            self._processes = Processes.of(self.settings)
            self._processes.render.start()
            self._processes.token.start()
            self._processes.verify.start()
        return self._processes

    @cached_property
    def bench(self) -> Workbench:
        """Workbench with the token open."""
        bench = workbench(self.settings, self.processes)
        self.login(bench)
        return bench

    def login(self, bench: Workbench) -> None:
        token = self.token
        bench.token.login(self.module, token.serial, token.certificate_sha256, Pin(token.user_pin))

    def _of_pages(self, name: str, pages: int) -> Path:
        path = self.folder / name
        with pymupdf.open() as document:
            while document.page_count < pages:
                for draft in self.drafts[: pages - document.page_count]:
                    with pymupdf.open(draft) as part:
                        document.insert_pdf(part, to_page=0)
            document.save(path)
        return path

"""Facts about the trust store of a program that runs: what is changed counts at once, in every process."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap import Processes
from app.settings import Settings
from app.workplace.trust import TrustDesk
from tests.unit.signing.verification_world import NOW, draft, root, sign


def test_what_is_added_disabled_and_enabled_counts_from_the_next_file_on(tmp_path: Path) -> None:
    letter, file = tmp_path / "letter.pdf", tmp_path / "root.cer"
    letter.write_bytes(sign(draft(), "Leader"))
    file.write_bytes(root().der)
    settings = Settings(data=tmp_path / "data")
    with Processes.of(settings) as processes:
        desk = TrustDesk(settings, processes.verify, processes.services.forget)

        def is_trusted() -> bool:
            report = processes.verify.verify(letter, at=NOW).result()
            return report.signatures[0].authentication.trusted

        assert not is_trusted()
        (offered,) = desk.read(file).authorities
        desk.keep(offered, file.name, offered.authority.sha256)
        assert is_trusted()
        desk.disable(offered.authority.sha256)
        assert not is_trusted()
        desk.enable(offered.authority.sha256)
        assert is_trusted()
        desk.remove(offered.authority.sha256)
        assert not is_trusted()

"""Facts about a sign-in that is given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError
from app.settings import Settings
from app.store import Store, open_store
from app.workflow.documents import Person, Role
from app.workplace import account as accounts
from app.workplace.account import Account

AN = Person("u1", "Nguyễn Văn An", "Sở Tư pháp", (Role.LEADER,), (), (), "bhxh-599-2018")


class Session:
    """A session that knows whether it was signed out."""

    def __init__(self) -> None:
        self.person, self.not_kept, self.is_signed_out = AN, None, False

    def sign_out(self) -> None:
        self.is_signed_out = True


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def test_a_sign_in_given_up_while_the_server_hands_out_its_tokens_seats_nobody(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session()
    settings = Settings(data=tmp_path, server="https://vanban.example")
    account = Account(settings, store.cache, lambda *_: pytest.fail("no office"))

    class Exchanging:
        def __init__(self, *_: object, **__: object) -> None:
            """Take what a sign-in takes."""

        def run(self) -> Session:
            account.cancel()
            return session

        def cancel(self) -> None:
            """It is too late for that."""

    monkeypatch.setattr(accounts, "BrowserSignIn", Exchanging)
    with pytest.raises(AppError, match=r"server\.sign_in_cancelled"):
        account.sign_in(lambda _: True)
    assert account.seat is None
    assert store.cache.person() is None
    assert session.is_signed_out

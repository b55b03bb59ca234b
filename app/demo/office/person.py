"""Plays a person at a browser, so that the day and the tests sign in the way people do, with nobody there."""

from __future__ import annotations

from dataclasses import dataclass, field

import requests

_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class PersonAtBrowser:
    """Opens the sign-in page, enters user and password, and follows the way back: an `OpenBrowser`."""

    user_id: str
    password: str = field(repr=False)

    def __call__(self, url: str) -> bool:
        """Sign in; False where the office refuses."""
        form = {"user": self.user_id, "password": self.password}
        with _browser() as browser:
            page = browser.get(url, timeout=_TIMEOUT_S)
            return page.ok and browser.post(url, data=form, timeout=_TIMEOUT_S).ok

    def enter_code(self, verification_uri: str, user_code: str, *, allow: bool = True) -> bool:
        """Answer a device that shows a code; False where the office refuses."""
        form = {
            "user": self.user_id,
            "password": self.password,
            "user_code": user_code,
            "answer": "allow" if allow else "deny",
        }
        with _browser() as browser:
            return browser.post(verification_uri, data=form, timeout=_TIMEOUT_S).ok


def _browser() -> requests.Session:
    browser = requests.Session()
    browser.trust_env = False  # a proxy of the machine knows nothing of loopback
    return browser

"""Facts about what may be passed on: all that helps, nothing about persons, their tokens, homes and passwords."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.diagnosis.records import Check
from app.diagnosis.report import write_report

NOW = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
HOME = Path("/home/nguyenan")
PERSON = "Nguyễn Văn An"


def report(*checks: Check) -> str:
    return write_report(checks, "en", NOW, HOME)


def said(**params: str) -> str:
    """How a report fills these into the words of one finding."""
    return report(Check("trust", "ok", "doctor.trust_ok", params)).splitlines()[1]


def test_each_finding_stands_with_its_state_and_its_code() -> None:
    text = report(
        Check("pcsc", "warning", "doctor.pcsc_missing"),
        Check("fonts", "ok", "doctor.fonts_ok", {"detail": "Tinos"}),
    )
    first, second, third = text.splitlines()
    assert "Python" in first
    assert second.startswith("[warning] Card service: ")
    assert second.endswith("Install and start the package pcscd. [doctor.pcsc_missing]")
    assert third == "[ok] Fonts: The office's font is installed: Tinos. [doctor.fonts_ok]"


def test_it_speaks_vietnamese() -> None:
    text = write_report([Check("pcsc", "ok", "doctor.pcsc_ok")], "vi", NOW, HOME)
    assert "[tốt] Dịch vụ thẻ: " in text


def test_names_of_persons_are_left_out_wherever_they_stand() -> None:
    text = report(
        Check("certificate", "ok", "doctor.certificate_ok", {"subject": PERSON, "days": "99"}),
        Check("trust", "ok", "doctor.trust_ok", {"detail": f"/media/{PERSON}/bit4xpki.so"}),
    )
    assert PERSON not in text
    assert "/media/…/bit4xpki.so" in text
    assert "99 more days" in text


def test_of_a_serial_number_the_last_four_letters_stay() -> None:
    params = {"token": "AN NGUYEN", "serial": "0123456789abcdef"}
    text = report(Check("tokens", "ok", "doctor.token_ok", params))
    assert "AN NGUYEN" not in text
    assert "serial …cdef" in text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/home/nguyenan/lib/x.so", "~/lib/x.so"),
        ("/home/nguyenan", "~"),
        ("/home/nguyenan2/x.so", "/home/…/x.so"),
        ("/home/tranbinh/x.so, /opt/y.so", "/home/…/x.so, /opt/y.so"),
        ("/run/user/nguyenan/x.so", "/run/user/~/x.so"),
        (r"C:\Users\Tran Binh\x.dll", r"C:\Users\…\x.dll"),
        ("/Users/binh/x.dylib (3)", "/Users/…/x.dylib (3)"),
        ("/opt/vnpt/x.so", "/opt/vnpt/x.so"),
        ("/media/usb/nguyenan-2026.P12", "/media/usb/….P12"),
    ],
)
def test_a_path_names_no_user(path: str, shown: str) -> None:
    assert shown in said(detail=path).removesuffix(" [doctor.trust_ok]")
    assert "nguyenan" not in said(detail=path)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://an:secret@vb.example.vn/x", "https://vb.example.vn/x"),
        ("https://vb.example.vn/x?token=secret", "https://vb.example.vn/x"),
        ("https://vb.example.vn/#secret, http://tsa.example.vn", "http://tsa.example.vn"),
    ],
)
def test_an_address_carries_no_credentials(url: str, shown: str) -> None:
    assert shown in said(detail=url)
    assert "secret" not in said(detail=url)


def test_no_mixture_of_findings_lets_anything_private_through() -> None:
    lots = random.Random(7)
    private = {"subject": PERSON, "token": "TOKEN-AN", "serial": "A1B2C3D4E5F6"}
    places = (
        f"{HOME}/a.so",
        f"/srv/{PERSON}/b",
        "https://u:p4ss@host/?k=p4ss",
        "/home/nguyenan/TOKEN-AN/c",
    )
    for _ in range(200):
        checks = [Check("tokens", "ok", "doctor.token_ok", private)]
        checks += [
            Check("trust", "ok", "doctor.trust_ok", {"detail": ", ".join(lots.sample(places, 3))})
            for _ in range(3)
        ]
        lots.shuffle(checks)
        text = report(*checks)
        assert not [it for it in (PERSON, "TOKEN-AN", "A1B2C3", "nguyenan", "p4ss") if it in text]

"""Facts about what the token process refuses: the right code, and nothing left behind."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from app.demo.people import CHIEF, DEPUTY, LEADER, PARTNER
from app.demo.tokens import softhsm_environment
from app.workers.token import TokenProcess
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from signing.errors import SigningError
from signing.request import FieldValue, SignatureRequest
from signing.terms import SignatureKind
from signing.token.pin import Pin
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import FlawedTokens, SigningOffice, asked, told
from tests.unit.signing.signing_world import own_field
from tests.unit.signing.verification_world import sign


def _refused(bench: Workbench, base: Path, out: Path, wish: SignatureRequest) -> str:
    before = base.read_bytes()
    with pytest.raises(SigningError) as refusal:
        make_signature(bench, base, out, wish)
    assert list(out.parent.iterdir()) in ([], [base])
    assert base.read_bytes() == before
    return refusal.value.code


def _file(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_base_changed_on_disk_is_not_what_was_shown(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    base = _file(tmp_path, "draft.pdf", signing_office.draft.read_bytes())
    wish = asked(base, signing_office.leader)
    base.write_bytes(base.read_bytes() + b"\n")
    assert _refused(bench, base, tmp_path / "out.pdf", wish) == "sign.not_what_was_shown"


def _truncated(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _certified(data: bytes) -> bytes:
    return sign(data, "ChungThuc", certify=MDPPerm.NO_CHANGES)


def _with_own_fields(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(data))
    own_field("HoTen", "")(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda _: b"PK\x03\x04", "sign.not_a_pdf"),
        (_truncated, "sign.damaged"),
        (_certified, "sign.certified_no_changes"),
        (_with_own_fields, "sign.own_form_fields"),
    ],
    ids=["no-pdf", "truncated", "certified", "own-fields"],
)
def test_a_file_that_cannot_be_signed_soundly_is_refused(
    signing_office: SigningOffice, bench: Workbench, tmp_path: Path, spoil: Any, code: str
) -> None:
    base = _file(tmp_path, "draft.pdf", spoil(signing_office.draft.read_bytes()))
    wish = asked(base, signing_office.leader)
    assert _refused(bench, base, tmp_path / "out.pdf", wish) == code


@pytest.mark.parametrize(
    ("lock", "code"),
    [
        (("mat-khau", "owner", "256"), "sign.password_required"),
        (("", "owner", "256", "--modify=none"), "sign.not_permitted"),
        (("", "owner", "256", "--modify=form"), "sign.not_permitted"),
        (("", "owner", "256", "--modify=assembly"), "sign.not_permitted"),
    ],
    ids=["password", "nothing", "filling-only", "assembly-only"],
)
def test_a_file_whose_author_locked_it_is_refused(
    signing_office: SigningOffice,
    bench: Workbench,
    tmp_path: Path,
    lock: tuple[str, ...],
    code: str,
) -> None:
    base = tmp_path / "draft.pdf"
    told("qpdf", "--encrypt", *lock, "--", signing_office.draft, base)
    wish = asked(base, signing_office.leader)
    assert _refused(bench, base, tmp_path / "out.pdf", wish) == code


@pytest.mark.parametrize(
    "case",
    [
        ("prepare.text_too_wide", ("VT_SO", "123456789012345")),
        ("prepare.field_filled", ("VT_SO", "05"), ("VT_SO", "06")),
        ("prepare.field_missing", ("VT_TOMTAT", "05")),
    ],
    ids=lambda case: case[0],
)
def test_a_number_that_cannot_be_filled_in_leaves_the_letter_as_the_leader_signed_it(
    letter: Letter,
    signing_office: SigningOffice,
    bench: Workbench,
    tmp_path: Path,
    case: tuple[Any, ...],
) -> None:
    code, *fill = case
    base = _file(tmp_path, "approved.pdf", letter.revisions[1].read_bytes())
    values = tuple(FieldValue(*item) for item in fill)
    wish = asked(base, signing_office.agency, kind=SignatureKind.SEAL, fill=values)
    assert _refused(bench, base, tmp_path / "out.pdf", wish) == code


def test_an_issued_letter_is_not_numbered_again(
    letter: Letter, signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    base = _file(tmp_path, "issued.pdf", letter.revisions[-1].read_bytes())
    wish = asked(
        base, signing_office.agency, kind=SignatureKind.SEAL, fill=(FieldValue("VT_SO", "06"),)
    )
    assert _refused(bench, base, tmp_path / "out.pdf", wish) == "prepare.field_filled"


@pytest.fixture(scope="module")
def flawed_process(flawed: FlawedTokens, signing_office: SigningOffice) -> Iterator[TokenProcess]:
    with TokenProcess((signing_office.module,), flawed.environment) as process:
        yield process


@pytest.mark.parametrize(
    ("holder", "code"),
    [
        (LEADER.key, "certificate.expired"),
        (DEPUTY.key, "certificate.key_usage"),
        (CHIEF.key, "certificate.weak_key"),
    ],
)
def test_a_certificate_that_may_not_sign_opens_no_token(
    flawed: FlawedTokens,
    flawed_process: TokenProcess,
    signing_office: SigningOffice,
    holder: str,
    code: str,
) -> None:
    token = flawed.tokens[holder]
    with pytest.raises(SigningError) as refusal:
        flawed_process.login(
            signing_office.module, token.serial, token.certificate_sha256, Pin(token.user_pin)
        )
    assert refusal.value.code == code


def test_a_survey_says_of_each_certificate_why_it_cannot_sign(
    flawed: FlawedTokens, flawed_process: TokenProcess
) -> None:
    reasons = {
        item.sha256: item.cannot_sign
        for module in flawed_process.survey()
        for token in module.tokens
        for item in token.certificates
    }
    assert reasons == {
        flawed.tokens[LEADER.key].certificate_sha256: "certificate.expired",
        flawed.tokens[DEPUTY.key].certificate_sha256: "certificate.key_usage",
        flawed.tokens[CHIEF.key].certificate_sha256: "certificate.weak_key",
        flawed.tokens[PARTNER.key].certificate_sha256: None,  # revoked: only its authority can tell
    }


@pytest.fixture
def store(signing_office: SigningOffice, tmp_path: Path) -> Path:
    """A copy of the office's tokens, to be pulled out."""
    source = signing_office.folder / "tokens"
    folder = tmp_path / "tokens"
    shutil.copytree(source, folder)
    configuration = folder / "softhsm2.conf"
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace(str(source), str(folder)), encoding="utf-8")
    return folder


@pytest.fixture
def process(store: Path, signing_office: SigningOffice) -> Iterator[TokenProcess]:
    with TokenProcess((signing_office.module,), softhsm_environment(store)) as process:
        yield process


def _login(process: TokenProcess, office: SigningOffice, pin: str | None = None) -> None:
    token = office.leader
    process.login(office.module, token.serial, token.certificate_sha256, Pin(pin or token.user_pin))


def _pull(store: Path, *, all_of_them: bool = False, label: str = "") -> None:
    """Take the tokens' folders away: the one whose label it is, or all."""
    for folder in (store / "store").iterdir():
        if all_of_them or label.encode() in (folder / "token.object").read_bytes():
            shutil.rmtree(folder)


def test_a_wrong_pin_is_refused_and_opens_nothing(
    process: TokenProcess, signing_office: SigningOffice, tmp_path: Path
) -> None:
    with pytest.raises(SigningError) as refusal:
        _login(process, signing_office, "00001111")
    assert refusal.value.code == "token.pin_incorrect"
    assert refusal.value.params["token"] == LEADER.common_name
    out = tmp_path / "out.pdf"
    base = signing_office.draft
    with pytest.raises(SigningError, match=r"token\.not_open"):
        process.sign(base, out, asked(base, signing_office.leader))
    assert not out.exists()


def test_the_right_pin_after_a_wrong_one_signs(
    process: TokenProcess, signing_office: SigningOffice, tmp_path: Path
) -> None:
    with pytest.raises(SigningError, match=r"token\.pin_incorrect"):
        _login(process, signing_office, "00001111")
    _login(process, signing_office)
    base = signing_office.draft
    process.sign(base, tmp_path / "out.pdf", asked(base, signing_office.leader))
    assert "Signature is Valid." in told("pdfsig", "-nocert", tmp_path / "out.pdf")


def test_another_certificates_pin_is_not_sent_to_this_token(
    process: TokenProcess, signing_office: SigningOffice
) -> None:
    with pytest.raises(SigningError, match=r"token\.wrong_token"):
        process.login(
            signing_office.module,
            signing_office.leader.serial,
            signing_office.agency.certificate_sha256,
            Pin(signing_office.agency.user_pin),
        )


def test_no_token_is_told_apart_from_another_token(
    process: TokenProcess, store: Path, signing_office: SigningOffice
) -> None:
    _pull(store, label=LEADER.common_name)
    with pytest.raises(SigningError, match=r"token\.wrong_token"):
        _login(process, signing_office)


def test_no_token_at_all_is_told(
    process: TokenProcess, store: Path, signing_office: SigningOffice
) -> None:
    _pull(store, all_of_them=True)
    with pytest.raises(SigningError, match=r"token\.none"):
        _login(process, signing_office)


def test_a_token_pulled_after_the_login_leaves_nothing_and_must_be_opened_again(
    process: TokenProcess, store: Path, signing_office: SigningOffice, tmp_path: Path
) -> None:
    _login(process, signing_office)
    _pull(store, all_of_them=True)
    base, out = signing_office.draft, tmp_path / "out.pdf"
    with pytest.raises(SigningError) as refusal:
        process.sign(base, out, asked(base, signing_office.leader))
    assert refusal.value.code in {"token.removed", "token.failed"}
    assert not out.exists()
    with pytest.raises(SigningError, match=r"token\.not_open"):
        process.sign(base, out, asked(base, signing_office.leader))


def test_after_the_logout_nothing_is_signed(
    process: TokenProcess, signing_office: SigningOffice, tmp_path: Path
) -> None:
    _login(process, signing_office)
    process.logout()
    base, out = signing_office.draft, tmp_path / "out.pdf"
    with pytest.raises(SigningError, match=r"token\.not_open"):
        process.sign(base, out, asked(base, signing_office.leader))
    assert not out.exists()


def test_a_second_login_on_the_same_token_takes_the_place_of_the_first(
    process: TokenProcess, signing_office: SigningOffice, tmp_path: Path
) -> None:
    _login(process, signing_office)
    _login(process, signing_office)
    wish = asked(signing_office.draft, signing_office.leader)
    assert process.sign(signing_office.draft, tmp_path / "signed.pdf", wish).path.exists()


def _that_crashes(module: Path, out: Path) -> Path:
    """A copy of a module whose C_GetFunctionList is no code; ELF as the System V ABI lays it out."""
    data = bytearray(module.read_bytes())
    sections_at, size, count = (
        struct.unpack_from("<Q", data, 0x28)[0],
        *struct.unpack_from("<HH", data, 0x3A),
    )
    headers = [
        struct.unpack_from("<IIQQQQIIQQ", data, sections_at + index * size)
        for index in range(count)
    ]
    (symbols,) = (header for header in headers if header[1] == 11)
    names_at = headers[symbols[6]][4]
    for at in range(symbols[4], symbols[4] + symbols[5], symbols[9]):
        name_at, _, _, section, address, _ = struct.unpack_from("<IBBHQQ", data, at)
        name = data[names_at + name_at :].split(b"\0", 1)[0]
        if name == b"C_GetFunctionList":
            home = headers[section]
            offset = address - home[3] + home[4]
            data[offset : offset + 16] = b"\x0f\x0b" * 8
    out.write_bytes(data)
    return out


def test_a_module_that_crashes_does_not_hide_the_others(
    signing_office: SigningOffice, tmp_path: Path
) -> None:
    module = _that_crashes(Path(signing_office.module), tmp_path / "crash.so")
    with TokenProcess((str(module),), signing_office.environment) as process:
        modules = process.survey()
    assert modules[0].problem == "token.module_crashed"
    assert any(item.tokens for item in modules[1:])

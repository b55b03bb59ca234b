"""Facts about a letter and its attachment under each office's rules: signed on real tokens, measured on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PIL import ImageChops

from app.bootstrap import Processes, workbench
from app.clock import system_clock, vietnam_date
from app.demo.authority import start_authority
from app.demo.drafts import sample_drafts
from app.demo.images import draw_seal, draw_signature
from app.demo.opening import _publish_trust
from app.demo.people import AGENCY_SEAL, CHIEF, DEPUTY, LEADER, SPECIALIST
from app.demo.tokens import provision_tokens, softhsm_environment, softhsm_module
from app.errors import AppError
from app.rules import profile_ids
from app.settings import Settings
from app.workflow.checking import check_file
from app.workflow.leaders import check_signed_by_leader
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.showing import corner_wish
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.terms import SignatureKind, Verdict
from signing.token.pin import Pin
from signing.token.records import CertificateInfo
from tests.e2e.measuring import PT_PER_MM, box_of, overlap, page_picture
from tests.integration.signing.office import told

DPI = 300
PX_PER_MM = DPI / 25.4
NUMBER, SYMBOL = "05", "STP-VP"
HOLDERS = (LEADER, DEPUTY, CHIEF, SPECIALIST, AGENCY_SEAL)
TEXT_TOP_RIGHT = tuple(item for item in profile_ids() if item != "bhxh-599-2018")
FIELDS = {
    "bhxh-599-2018": ["LanhDao", "ConDau"],
    "nd30-2020": ["LanhDao", "ConDau"],
    "thads-hau-giang-2025": ["KyNhay", "KyNhay_2", "LanhDao", "ConDau"],
    "stp-binh-phuoc-2019": ["LanhDao", "ConDau"],
    "snn-tuyen-quang-2019": ["LanhDao", "ConDau"],
    "mot-cua-tuyen-quang-2020": ["LanhDao", "ConDau"],
}
"""What each office's issued letter carries, in this order."""


@dataclass
class Issued:
    """What one office made of the letter: before its leader, before its seal, sealed; and the attachment."""

    draft: Path
    initialled: Path
    approved: Path
    issued: Path
    annex: Path
    sealed_annex: Path


@dataclass
class Offices:
    """Everybody's open token and the processes; a letter is signed once for each profile."""

    folder: Path
    settings: Settings
    processes: Processes
    certificates: dict[str, CertificateInfo]
    _made: dict[str, Issued] = field(default_factory=dict)

    def bench(self, profile_id: str) -> Workbench:
        return workbench(self.settings, self.processes, profile_id=profile_id)

    def sign(self, profile_id: str, base: Path, wish: Wish, holder: str, name: str) -> Path:
        bench = self.bench(profile_id)
        planned = plan_signature(bench, base, wish, self.certificates[holder])
        out = self.folder / f"{profile_id}-{name}.pdf"
        made: Path = make_signature(bench, base, out, planned.request).file.path
        return made

    def refusal(self, profile_id: str, base: Path, wish: Wish, holder: str) -> str | None:
        """Plan a signature as the command line does, with no PIN anywhere, and say why it is refused."""
        bench = self.bench(profile_id)
        try:
            if wish.kind is SignatureKind.SEAL:
                check_signed_by_leader(bench.profile, check_file(bench.judge, bench.eyes, base))
            plan_signature(bench, base, wish, self.certificates[holder])
        except AppError as error:
            return error.code
        return None

    def issued(self, profile_id: str) -> Issued:
        if profile_id not in self._made:
            self._made[profile_id] = self._issue(profile_id)
        return self._made[profile_id]

    def _issue(self, profile_id: str) -> Issued:
        bench, sign = self.bench(profile_id), partial(self.sign, profile_id)
        draft, annex = self.folder / "letter.pdf", self.folder / "annex.pdf"
        initialled = draft
        for index, holder in enumerate((CHIEF, DEPUTY)[: bench.profile.initial.least]):
            initialled = sign(initialled, initials(), holder.key, f"initialled-{index}")
        image = self.folder / "signature.png"
        approved = sign(initialled, personal(image), LEADER.key, "approved")
        seal = self.folder / "seal.png"
        issued = sign(approved, sealing(seal), AGENCY_SEAL.key, "issued")
        agency = self.certificates[AGENCY_SEAL.key].subject
        kind = SignatureKind.ATTACHMENT
        wish = corner_wish(bench, kind, agency, image=seal, number=NUMBER, symbol=SYMBOL)
        sealed_annex = sign(annex, wish, AGENCY_SEAL.key, "annex")
        return Issued(draft, initialled, approved, issued, annex, sealed_annex)


def initials() -> Wish:
    return Wish(SignatureKind.INITIAL, lines=("Cg",), font_size_pt=8, signer=LEADER.common_name)


def personal(image: Path | None = None) -> Wish:
    return Wish(SignatureKind.PERSONAL, image=image, signer=LEADER.common_name)


def sealing(image: Path | None = None) -> Wish:
    day = vietnam_date(system_clock())
    return Wish(SignatureKind.SEAL, image=image, number=NUMBER, issue_date=day)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    folder = tmp_path_factory.mktemp("profiles")
    with start_authority(folder / "pki") as authority:
        tokens = provision_tokens(folder / "tokens", authority.pki, HOLDERS)
        _publish_trust(authority.pki, folder / "trust")
    draw_signature(LEADER.key, folder / "signature.png")
    draw_seal(folder / "seal.png")
    letter, *_ = sample_drafts()
    letter.files[0].build(folder / "letter.pdf")
    with_annex = next(item for item in sample_drafts() if len(item.files) > 1)
    with_annex.files[1].build(folder / "annex.pdf")
    module = str(softhsm_module())
    settings = Settings(modules=(module,), trust=(folder / "trust",), data=folder / "data")
    environment = softhsm_environment(folder / "tokens")
    with Processes.of(settings, environment=environment) as processes:
        processes.start()
        for token in tokens:
            processes.token.login(
                module, token.serial, token.certificate_sha256, Pin(token.user_pin)
            )
        listed = {
            item.sha256: item
            for found in processes.token.survey()
            for token in found.tokens
            for item in token.certificates
        }
        certificates = {item.holder: listed[item.certificate_sha256] for item in tokens}
        yield Offices(folder, settings, processes, certificates)


def _added_red(before: Path, after: Path, page: int, folder: Path) -> BoxMm | None:
    """Measure what red a signature added to a page, in millimetres from its top left."""
    reds = []
    for path in (before, after):
        red, _, blue = page_picture(path, page, folder, DPI).split()
        reds.append(ImageChops.subtract(red, blue))
    added = ImageChops.subtract(reds[1], reds[0]).point(lambda value: 255 if value > 24 else 0)
    bounds = added.getbbox()
    return None if bounds is None else BoxMm(*(side / PX_PER_MM for side in bounds))


def _word(path: Path, page: int, text: str) -> BoxMm:
    """Return where poppler finds the last of some words that follow each other."""
    listed = told("pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-")
    words = re.findall(r'xMin="(\S+)" yMin="(\S+)" xMax="(\S+)" yMax="(\S+)">(.*?)</word>', listed)
    wanted = text.split()
    starts = [
        index
        for index in range(len(words))
        if [item[4] for item in words[index : index + len(wanted)]] == wanted
    ]
    first, last = words[starts[-1]], words[starts[-1] + len(wanted) - 1]
    sides = (first[0], first[1], last[2], last[3])
    return BoxMm(*(float(side) / PT_PER_MM for side in sides))


@pytest.mark.parametrize("profile_id", profile_ids())
def test_the_letter_carries_the_offices_signatures_in_their_order(
    offices: Offices, profile_id: str
) -> None:
    path = offices.issued(profile_id).issued
    report = offices.bench(profile_id).judge.verify(path).result()
    assert [item.field for item in report.signatures] == FIELDS[profile_id]
    assert {item.verdict for item in report.signatures} == {Verdict.VALID}
    said = told("pdfsig", "-nocert", path)
    assert said.count("Signature is Valid.") == len(FIELDS[profile_id])
    assert "No syntax or stream encoding errors found" in told("qpdf", "--check", path)
    assert re.search(rf"Số: +{NUMBER} +/{SYMBOL}", told("pdftotext", "-layout", path, "-"))


@pytest.mark.parametrize("profile_id", profile_ids())
def test_the_leaders_signature_stands_between_title_and_name(
    offices: Offices, profile_id: str
) -> None:
    made = offices.issued(profile_id)
    page, box = box_of(made.issued, "LanhDao")
    title, name = (_word(made.draft, page, text) for text in ("GIÁM ĐỐC", LEADER.common_name))
    assert title.bottom_mm - 0.5 <= box.top_mm
    assert box.bottom_mm <= name.top_mm + 0.5
    assert box.centre_x_mm == pytest.approx(name.centre_x_mm, abs=0.5)


@pytest.mark.parametrize("profile_id", profile_ids())
def test_the_seal_has_its_real_size_and_covers_a_third_of_the_signature(
    offices: Offices, profile_id: str, tmp_path: Path
) -> None:
    made = offices.issued(profile_id)
    page, leader = box_of(made.issued, "LanhDao")
    seal = _added_red(made.approved, made.issued, page, tmp_path)
    assert seal is not None
    diameter_mm = offices.bench(profile_id).profile.seal.diameter_mm
    assert (seal.width_mm, seal.height_mm) == pytest.approx((diameter_mm,) * 2, abs=0.2)
    assert 0.30 <= overlap(seal, leader) <= 0.36
    assert seal.centre_y_mm == pytest.approx(leader.centre_y_mm, abs=0.5)


def test_social_security_seals_an_attachment_at_the_top_left(
    offices: Offices, tmp_path: Path
) -> None:
    made = offices.issued("bhxh-599-2018")
    seal = _added_red(made.annex, made.sealed_annex, 1, tmp_path)
    rule = offices.bench("bhxh-599-2018").profile.attachment
    assert seal is not None
    assert (seal.left_mm, seal.top_mm) == pytest.approx(
        (rule.margin_x_mm, rule.margin_y_mm), abs=0.5
    )
    assert seal.width_mm == pytest.approx(rule.width_mm, abs=0.2)


@pytest.mark.parametrize("profile_id", TEXT_TOP_RIGHT)
def test_elsewhere_an_attachment_carries_a_line_at_the_top_right_and_no_image(
    offices: Offices, profile_id: str, tmp_path: Path
) -> None:
    made = offices.issued(profile_id)
    assert _added_red(made.annex, made.sealed_annex, 1, tmp_path) is None
    text = told("pdftotext", "-layout", "-l", "1", made.sealed_annex, "-")
    day = vietnam_date(system_clock()).strftime("%d/%m/%Y")
    line = re.search(rf"Số: {NUMBER}/{SYMBOL}; (\d\d/\d\d/\d{{4}}); \d\d:\d\d:\d\d \+07:00", text)
    assert line is not None
    assert line[1] == day
    _, box = box_of(made.sealed_annex, "VanBanKemTheo")
    width_mm = float(told("pdfinfo", made.annex).split("Page size:")[1].split()[0]) / PT_PER_MM
    assert box.left_mm > width_mm / 2
    assert box.bottom_mm < 30


@pytest.mark.parametrize("profile_id", profile_ids())
def test_no_office_seals_before_its_leader_has_signed(offices: Offices, profile_id: str) -> None:
    base = offices.issued(profile_id).initialled
    refused = offices.refusal(profile_id, base, sealing(), AGENCY_SEAL.key)
    assert refused == "workflow.leader_signature_missing"


@pytest.mark.parametrize("profile_id", profile_ids())
def test_no_office_seals_twice_or_lets_anybody_sign_after_the_seal(
    offices: Offices, profile_id: str
) -> None:
    base = offices.issued(profile_id).issued
    after = {
        offices.refusal(profile_id, base, wish, holder)
        for wish, holder in (
            (sealing(), AGENCY_SEAL.key),
            (personal(), DEPUTY.key),
            (initials(), SPECIALIST.key),
        )
    }
    assert after <= {"workflow.already_signed", "workflow.sealed_already"}
    assert None not in after


@pytest.mark.parametrize(
    ("profile_id", "told_before", "told_after"),
    [
        ("bhxh-599-2018", "workflow.no_initials", "workflow.no_initials"),
        ("stp-binh-phuoc-2019", "workflow.no_initials", "workflow.no_initials"),
        ("snn-tuyen-quang-2019", "workflow.no_initials", "workflow.no_initials"),
        ("nd30-2020", None, "workflow.initial_after_leader"),
        ("mot-cua-tuyen-quang-2020", None, "workflow.initial_after_leader"),
        ("thads-hau-giang-2025", None, "workflow.initial_after_leader"),
    ],
)
def test_initials_are_given_before_the_leader_where_the_office_has_them(
    offices: Offices, profile_id: str, told_before: str | None, told_after: str
) -> None:
    made = offices.issued(profile_id)
    before = offices.refusal(profile_id, made.draft, initials(), SPECIALIST.key)
    after = offices.refusal(profile_id, made.approved, initials(), SPECIALIST.key)
    assert (before, after) == (told_before, told_after)


def test_in_hau_giang_the_leader_waits_for_both_initials(offices: Offices) -> None:
    profile_id = "thads-hau-giang-2025"
    draft = offices.issued(profile_id).draft
    one = offices.sign(profile_id, draft, initials(), CHIEF.key, "one-initial")
    for base in (draft, one):
        refused = offices.refusal(profile_id, base, personal(), LEADER.key)
        assert refused == "workflow.initials_missing"


def test_in_binh_phuoc_there_is_one_person_and_one_organisation(offices: Offices) -> None:
    base = offices.issued("stp-binh-phuoc-2019").approved
    refused = offices.refusal("stp-binh-phuoc-2019", base, personal(), DEPUTY.key)
    assert refused == "workflow.signature_count"


def test_in_tuyen_quang_no_other_day_than_today_is_filled_in(offices: Offices) -> None:
    made = offices.issued("snn-tuyen-quang-2019")
    wish = Wish(SignatureKind.SEAL, number=NUMBER, issue_date=date(2026, 1, 5))
    refused = offices.refusal("snn-tuyen-quang-2019", made.approved, wish, AGENCY_SEAL.key)
    assert refused == "workflow.date_differs"

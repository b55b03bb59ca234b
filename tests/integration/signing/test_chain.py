"""Facts about letters after each hand they go through: no step harms a signature before it, whoever judges.

One judge differs by design: pyHanko's stock difference analysis holds a certification that lets forms be filled in
(P = 2: ISO 32000-2, table 257, "filling in forms, instantiating page templates, and signing") against every later
signature that shows a field of its own: for it `Signature1` is OTHER from the incumbent tool's own second signature on,
before this program has touched the file. The certification allows signing, pdfsig and `verify` go by that, and the
signatures after it are judged like any others by all of them (research: libraries, fact 5). That the number's widget
lies over the words between its blanks is nothing to pyHanko.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from app.demo.drafts import sample_drafts
from app.demo.people import AGENCY_SEAL, CHIEF, LEADER, PARTNER, PARTNER_AGENCY
from app.rules import load_profile
from app.workflow.checking import check_file
from app.workflow.office import Workbench
from signing.terms import PadesLevel, Verdict
from signing.trust import TrustAnchors
from tests.integration.signing.chain import PATHS, Journey, Keys, Step, after_the_seal
from tests.integration.signing.office import SigningOffice, told
from tests.integration.signing.variants import SOUND

STRUCTURES = {"classic": "version 1.7", "streams": "object streams"}
CERTIFIED = "Signature1"
_SOAK = (pytest.mark.soak,)
_EACH_IN_ONE = (((), _SOAK), (_SOAK, ()))
"""Each path in one structure, and each structure on one path; the rest is left to the long runs."""


@pytest.fixture(scope="module")
def keys(signing_office: SigningOffice) -> Keys:
    receiver = replace(AGENCY_SEAL, key="receiver", common_name=PARTNER_AGENCY)
    holders = {
        "chief": CHIEF,
        "leader": LEADER,
        "partner": PARTNER,
        "agency": AGENCY_SEAL,
        "receiver": receiver,
    }
    return {who: signing_office.pki.issue_with_key(holder) for who, holder in holders.items()}


@pytest.fixture(scope="module")
def joint_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that two offices' directors sign."""
    path = tmp_path_factory.mktemp("chain") / "joint-plan.pdf"
    spec = next(item for item in sample_drafts() if len(item.signers) == 2)
    spec.files[0].build(path)
    return path


@pytest.fixture(scope="module")
def start(
    signing_office: SigningOffice, bench: Workbench, anchors: TrustAnchors, keys: Keys
) -> Callable[[Path], Journey]:
    """Begins a letter's way in a folder, under the decree's rules."""
    bench = replace(bench, profile=load_profile("nd30-2020"), level=PadesLevel.B_B)
    return lambda folder: Journey(signing_office, bench, keys, anchors, folder)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((path, structure), id=f"{path}-{structure}", marks=marks)
        for at, path in enumerate(PATHS)
        for structure, marks in zip(STRUCTURES, _EACH_IN_ONE[at], strict=True)
    ],
)
def journey(
    request: pytest.FixtureRequest,
    start: Callable[[Path], Journey],
    joint_plan: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Journey:
    path, structure = request.param
    made = start(tmp_path_factory.mktemp(path))
    draft = made.folder / "draft.pdf"
    SOUND[STRUCTURES[structure]](joint_plan, draft)
    made.begins(draft)
    PATHS[path](made)
    after_the_seal(made)
    return made


def test_each_step_keeps_every_byte_that_was_there(journey: Journey) -> None:
    for before, after in zip(journey.steps, journey.steps[1:], strict=False):
        assert after.path.read_bytes().startswith(before.path.read_bytes()), after.name


def test_after_each_step_every_signature_is_valid_for_verify(journey: Journey) -> None:
    bench, steps = journey.bench, journey.steps[1:]
    with ThreadPoolExecutor() as threads:
        reports = threads.map(lambda step: check_file(bench.judge, bench.eyes, step.path), steps)
        judged = list(zip(steps, reports, strict=True))
    for step, report in judged:
        found = {item.field: item.verdict for item in report.signatures}
        assert (step.name, set(found.values())) == (step.name, {Verdict.VALID})
        assert (len(found), report.verdict) == (step.signatures + step.stamps, Verdict.VALID)


def test_after_each_step_every_signature_is_valid_for_pdfsig(journey: Journey) -> None:
    for step in journey.steps[1:]:
        said = told("pdfsig", "-nocert", step.path)
        assert (step.name, said.count("Signature is Valid.")) == (step.name, step.signatures)


def test_after_each_step_qpdf_and_mupdf_find_no_fault(journey: Journey) -> None:
    for step in journey.steps[1:]:
        assert "WARNING" not in told("qpdf", "--check", step.path), step.name
        said = told("mutool", "info", step.path)
        assert ("warning:" in said or "error:" in said, step.name) == (False, step.name)


def test_after_each_step_stock_pyhanko_sees_nothing_but_filled_forms_and_archives(
    journey: Journey,
) -> None:
    for step in journey.steps[1:]:
        levels = stock_levels(step, journey.office)
        certified = levels.pop(CERTIFIED, None)
        assert (step.name, set(levels.values()) - ALLOWED) == (step.name, set())
        is_alone = not levels
        assert certified in (None, ModificationLevel.NONE if is_alone else ModificationLevel.OTHER)


ALLOWED = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}


def stock_levels(step: Step, office: SigningOffice) -> dict[str, ModificationLevel]:
    """What pyHanko as it comes makes of each signature, in order; each is whole and its cryptography holds."""
    chain = office.pki.chain
    trust = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain]
    context = ValidationContext(trust_roots=trust, allow_fetching=False)
    found: dict[str, ModificationLevel] = {}
    with step.path.open("rb") as stream:
        for one in PdfFileReader(stream).embedded_signatures:
            is_stamp = one.sig_object["/SubFilter"] == "/ETSI.RFC3161"
            judge: Callable[..., Any] = (
                validate_pdf_timestamp if is_stamp else validate_pdf_signature
            )
            status = judge(one, context)
            assert (one.field_name, status.intact, status.valid) == (one.field_name, True, True)
            found[one.field_name] = status.modification_level
    return found

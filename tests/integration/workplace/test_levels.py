"""Facts about the levels of signatures at a workplace: what the services give in time, and what the person is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app import bootstrap
from app.demo.authority import authority_app
from app.demo.people import CLERK, LEADER
from app.demo.serving import claim_port, serve
from app.demo.timestamping import TsaFault
from app.rules import RuleProfile, load_profile
from app.store import open_evidence
from app.workplace.records import Progress, Step
from signing.terms import PadesLevel
from tests.integration.workplace.workplaces import Workplaces, carried_out, to_issue, to_sign


@contextmanager
def publishing_at(level: str) -> Iterator[None]:
    """Let the office's rules ask for a level before documents go out."""

    def load(profile_id: str, folder: Path | None = None) -> RuleProfile:
        rules = load_profile(profile_id, folder)
        publish = rules.publish.model_copy(update={"level": level})
        return rules.model_copy(update={"publish": publish})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "load_profile", load)
        yield


def test_a_person_who_waits_no_more_signs_without_a_time_stamp_and_is_told(
    places: Workplaces,
) -> None:
    document_id = places.world.draft()
    asked = threading.Event()
    pki = places.world.demo.pki
    with (
        serve(authority_app(pki, TsaFault.SLOW, tsa_delay_s=600)) as slow,
        places.of(tsa=(f"{slow.url}/tsa",)) as workplace,
    ):
        order = to_sign(workplace, document_id)
        key = places.key(workplace, order)
        told: list[Progress] = []

        def sign() -> None:
            told.extend(carried_out(workplace, key, order))

        signing = threading.Thread(target=sign)
        signing.start()
        while signing.is_alive() and not asked.wait(0.1):
            workplace.skip_time_stamp()
        signing.join()
    assert told[-1].step is Step.DONE
    assert told[-1].detail == PadesLevel.B_B.value
    assert {"timestamp.missing", "timestamp.given_up"} <= set(told[-1].notes)


def test_where_nothing_waits_for_a_time_stamp_skipping_it_is_harmless(places: Workplaces) -> None:
    with places.of() as workplace:
        workplace.skip_time_stamp()
        told = places.sign(workplace, to_sign(workplace, places.world.draft()))
    assert told[-1].detail == PadesLevel.B_T.value


def test_a_machine_whose_settings_say_so_sends_signatures_at_the_archives_level(
    places: Workplaces,
) -> None:
    document_id = places.world.draft()
    with places.of(level="B-LTA") as workplace:
        told = places.sign(workplace, to_sign(workplace, document_id))
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    assert told[-1].detail == PadesLevel.B_LTA.value
    assert review.report.signatures[0].signature_info.level is PadesLevel.B_LTA
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_what_waits_below_its_level_is_published_when_what_waits_is_sent(
    places: Workplaces,
) -> None:
    document_id = places.world.to_issue()
    with claim_port() as nobody:
        away = (f"http://127.0.0.1:{nobody.getsockname()[1]}/tsa",)
        with publishing_at("B-LT"), places.of(CLERK, tsa=away) as workplace:
            told = places.issue(workplace, to_issue(workplace, document_id))
    assert told[-1].problem is not None
    assert told[-1].problem.code == "workflow.level_missing"
    with publishing_at("B-LT"), places.of(CLERK) as workplace:
        workplace.sync()
        assert workplace.send_waiting() == ()
    assert places.world.demo.store.document(document_id).state == "published"


def test_what_is_signed_at_a_workplace_leaves_evidence_with_its_document(
    places: Workplaces,
) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        key = places.key(workplace, order)
        carried_out(workplace, key, order)
    with closing(open_evidence(places.world.folder / LEADER.key)) as store:
        (evidence,) = store.about(document_id)
    assert key.notes == ()
    assert evidence.certificate_sha256 == key.certificate.sha256
    assert (evidence.status.revocation, evidence.status.trusted) == ("good", True)
    assert key.certificate.der in evidence.status.certificates

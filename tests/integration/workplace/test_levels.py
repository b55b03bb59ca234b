"""Facts about the levels of signatures at a workplace: what the services give in time, and what the person is told."""

from __future__ import annotations

import threading

from app.demo.authority import authority_app
from app.demo.serving import serve
from app.demo.timestamping import TsaFault
from app.workplace.records import Progress, Step
from signing.terms import PadesLevel
from tests.integration.workplace.workplaces import Workplaces, carried_out, to_sign


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

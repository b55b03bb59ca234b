"""Facts about an agency's key that wants its PIN each time: a letter with an attachment takes two, and ends as ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from app.demo.people import AGENCY_SEAL, CLERK
from app.workers.token import TokenProcess
from app.workplace.records import Step
from signing.terms import Verdict
from signing.token import modules
from tests.faulty.bed import Bed, bed_in, built_for
from tests.integration.workflow.world import world_in
from tests.integration.workplace.workplaces import Workplaces, carried_out, endings, to_issue

EACH_TIME = "C_GetAttributeValue always_auth"


@dataclass
class Desks:
    """`others` work as ever; at `clerks` the agency's key wants its PIN each time."""

    others: Workplaces
    clerks: Workplaces
    bed: Bed


@pytest.fixture
def desks(
    places: Workplaces,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desks]:
    # No driver but the bed's: other tests put cards into readers meanwhile.
    monkeypatch.setattr(modules, "known", lambda _: ())
    demo, folder = places.world.demo, tmp_path_factory.mktemp("one-by-one")
    built = built_for(pytestconfig, tmp_path_factory)
    bed = bed_in(folder, built, demo.folder / "tokens", demo.tokens[AGENCY_SEAL.key])
    bed.set(EACH_TIME)
    with (
        TokenProcess((bed.module,), bed.environment) as token,
        world_in(demo, replace(places.world.processes, token=token), folder) as world,
    ):
        yield Desks(places, Workplaces(world), bed)


def test_a_letter_with_an_attachment_goes_on_with_the_second_pin(desks: Desks) -> None:
    document_id = desks.others.world.to_issue("cong-van-phu-luc")
    store = desks.others.world.demo.store
    with desks.clerks.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        key = desks.clerks.key(workplace, order, AGENCY_SEAL)
        first = carried_out(workplace, key, order)
        number = store.document(document_id).number
        desks.clerks.key(workplace, order, AGENCY_SEAL)
        second = carried_out(workplace, key, order)
        verdicts = [
            workplace.review(store.content_path(document_id, file)).report.verdict
            for file in ("f1", "f2")
        ]
    issued = store.document(document_id)
    assert endings(first) == [(Step.FAILED, "token.pin_each_time")]
    assert endings(second) == [(Step.DONE, None)]
    assert (issued.state, issued.number) == ("published", number)
    assert verdicts == [Verdict.VALID, Verdict.VALID]
    # Each PIN opens the token, and is told to it once more for its one signature.
    assert (desks.bed.pins, desks.bed.signature_pins) == (4, 2)

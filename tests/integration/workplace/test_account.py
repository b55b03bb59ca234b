"""Facts about signing in, the queues' copy, and what a workplace still knows when it is opened again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from queue import SimpleQueue

import pytest

from app.bootstrap import open_workplace
from app.demo.office.faults import Fault, FaultKind
from app.demo.office.person import PersonAtBrowser
from app.demo.opening import password_of
from app.demo.people import CLERK, LEADER, Holder
from app.errors import AppError
from app.settings import Settings
from app.store import Store, open_store
from app.workflow.documents import Queue, Role, Secrecy
from app.workplace.records import Step
from app.workplace.workplace import Workplace
from signing.terms import Verdict
from tests.integration.server.conftest import KeyringInMemory, safe
from tests.integration.workplace.workplaces import (
    Workplaces,
    carried_out,
    endings,
    sign_order,
    to_sign,
)

__all__ = ["safe"]


def no_browser(url: str) -> bool:
    raise AssertionError(url)


def settings(places: Workplaces, holder: Holder = LEADER) -> Settings:
    """Everybody at one machine: the store is the machine account's."""
    demo = places.world.demo
    return replace(
        demo.settings_of(holder), server=places.world.url, data=places.world.folder / "one-machine"
    )


def at(places: Workplaces, store: Store, holder: Holder = LEADER) -> Workplace:
    return open_workplace(
        settings(places, holder),
        store=store,
        processes=places.world.processes,
        sign_in=PersonAtBrowser(holder.key, password_of(holder)),
    )


def test_who_signed_in_is_still_there_at_the_next_start(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    del safe
    document_id = places.world.draft()
    folder = settings(places).data
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        person = workplace.sign_in(no_browser)
        assert workplace.not_kept() is None
        before = workplace.sync()
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        assert store.cache.person() == person
        assert workplace.cached_tasks() == before
        assert workplace.restore() == person
        assert endings(places.sign(workplace, to_sign(workplace, document_id)))[0][0] is Step.DONE


def test_who_sits_here_already_needs_no_keyring_to_go_on(places: Workplaces) -> None:
    with places.of() as workplace:
        assert workplace.restore().name == LEADER.common_name
        assert workplace.sync() == workplace.cached_tasks()


def test_a_start_without_the_server_lets_the_stored_draft_be_signed(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    del safe
    document_id = places.world.draft()
    folder = settings(places).data
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        workplace.sign_in(no_browser)
        workplace.prefetch(workplace.sync())
    places.lose_the_server()
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            workplace.restore()
        with pytest.raises(AppError, match=r"server\.unreachable"):
            workplace.sync()
        paper = workplace.stored(document_id)
        assert paper is not None
        told = places.sign(workplace, sign_order(paper, workplace.propose_signing(paper)))
        places.find_the_server()
        assert workplace.send_waiting() == ()
    assert endings(told) == [(Step.KEPT, "server.unreachable")]
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_a_sign_in_that_was_revoked_asks_to_sign_in_again(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    folder = settings(places).data
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        workplace.sign_in(no_browser)
        for entry in safe.entries:
            safe.entries[entry] = "garbage" if entry[1].endswith(LEADER.key) else LEADER.key
    with open_store(folder) as store, closing(at(places, store)) as workplace:
        for _ in range(2):
            with pytest.raises(AppError, match=r"server\.sign_in_again"):
                workplace.restore()
        with pytest.raises(AppError, match=r"server\.sign_in_again"):
            workplace.sync()


def test_another_person_sees_nothing_of_the_one_before(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    del safe
    document_id = places.world.draft()
    with open_store(settings(places).data) as store:
        with closing(at(places, store)) as workplace:
            workplace.sign_in(no_browser)
            workplace.prefetch(workplace.sync())
            assert workplace.stored(document_id) is not None
        with closing(at(places, store, CLERK)) as workplace:
            assert workplace.sign_in(no_browser).roles == (Role.CLERK,)
            assert workplace.cached_tasks() == ()
            assert workplace.stored(document_id) is None


def test_signing_out_leaves_nothing_but_what_is_signed_and_not_sent(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    document_id = places.world.draft()
    with open_store(settings(places).data) as store, closing(at(places, store)) as workplace:
        workplace.sign_in(no_browser)
        workplace.sync()
        order = to_sign(workplace, document_id)
        places.world.break_calls("/revisions")
        places.sign(workplace, order)
        workplace.sign_out()
        assert (store.cache.person(), workplace.cached_tasks()) == (None, ())
        assert safe.entries == {}
        assert workplace.waiting() == ()
        assert [work.document_id for work in store.journal.unfinished()] == [document_id]
        with pytest.raises(AppError, match=r"server\.sign_in_again"):
            workplace.restore()


def test_signing_out_needs_no_server(places: Workplaces, safe: KeyringInMemory) -> None:
    with open_store(settings(places).data) as store, closing(at(places, store)) as workplace:
        workplace.sign_in(no_browser)
        places.lose_the_server()
        workplace.sign_out()
        assert (store.cache.person(), safe.entries) == (None, {})


def test_a_workplace_ends_the_processes_that_it_started(places: Workplaces) -> None:
    path = places.world.demo.folder / "drafts" / "cong-van" / "cong-van.pdf"
    with open_store(settings(places).data) as store:
        workplace = open_workplace(settings(places), store=store)
        assert workplace.review(path).report.verdict is Verdict.UNSIGNED
        workplace.close()
        workplace.close()
        assert workplace.page(path, 0, 36).cancelled()


def test_a_sign_in_that_waits_can_be_given_up(places: Workplaces, safe: KeyringInMemory) -> None:
    del safe
    with open_store(settings(places).data) as store:
        workplace = open_workplace(settings(places), store=store, processes=places.world.processes)

        def give_up(url: str) -> bool:
            del url
            workplace.cancel_sign_in()
            return True

        with closing(workplace), pytest.raises(AppError, match=r"server\.sign_in_cancelled"):
            workplace.sign_in(give_up)


def test_a_sign_in_with_a_code_is_answered_elsewhere(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    del safe
    person = PersonAtBrowser(LEADER.key, password_of(LEADER))

    def show(url: str, code: str) -> None:
        assert person.enter_code(url, code)

    with open_store(settings(places).data) as store, closing(at(places, store)) as workplace:
        signed_in = workplace.sign_in_with_code(show)
    assert signed_in.name == LEADER.common_name


def test_without_a_server_in_the_settings_nobody_signs_in(places: Workplaces) -> None:
    nowhere = replace(settings(places), server=None)
    with (
        open_store(nowhere.data) as store,
        closing(
            open_workplace(nowhere, store=store, processes=places.world.processes)
        ) as workplace,
        pytest.raises(AppError, match=r"settings\.no_server"),
    ):
        workplace.restore()


def test_a_second_sync_asks_only_for_what_changed(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        before = workplace.sync()
        places.sign(workplace, to_sign(workplace, document_id))
        after = workplace.sync()
        asked = places.world.faults.seen("/v1/tasks")
    assert {task.document_id for task in before} - {task.document_id for task in after} == {
        document_id
    }
    assert len(asked) == 2


def test_a_clerk_has_two_queues(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        tasks = workplace.sync()
    assert document_id in {task.document_id for task in tasks if task.queue is Queue.TO_ISSUE}


def test_what_was_fetched_ahead_opens_without_the_server_and_is_fetched_once(
    places: Workplaces,
) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        tasks = [task for task in workplace.sync() if task.document_id == document_id]
        workplace.prefetch(tasks)
        workplace.prefetch(tasks)
        paper = workplace.stored(document_id)
    assert paper is not None
    assert paper.main.path.read_bytes() == places.world.content(document_id)
    assert len(places.world.faults.seen(f"/v1/documents/{document_id}")) == 2


def test_fetching_ahead_stops_where_the_server_is_away(places: Workplaces) -> None:
    wanted = [places.world.draft() for _ in range(2)]
    secret = places.world.draft("cong-van-mat", secrecy=Secrecy.CONFIDENTIAL)
    with places.of() as workplace:
        tasks = [task for task in workplace.sync() if task.document_id in {*wanted, secret}]
        places.world.faults.add(Fault(FaultKind.DROP, "/v1/documents"))
        workplace.prefetch(tasks)
        assert len(places.world.faults.seen("/v1/documents")) == 1
        workplace.prefetch(tasks)
        assert {task for task in wanted if workplace.stored(task)} == set(wanted)
    assert not [call for call in places.world.faults.seen("/v1/documents") if secret in call.path]


def listening(
    workplace: Workplace, changed: Callable[[], None]
) -> tuple[threading.Thread, list[BaseException]]:
    errors: list[BaseException] = []

    def run() -> None:
        try:
            workplace.listen(changed)
        except AppError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, errors


def test_a_change_is_told_until_the_workplace_is_closed(places: Workplaces) -> None:
    told: SimpleQueue[None] = SimpleQueue()
    with places.of() as workplace:
        thread, errors = listening(workplace, lambda: told.put(None))
        while told.empty() and thread.is_alive():
            # The stream may not be open yet: what came before it is not told.
            places.world.draft()
            thread.join(0.2)
        told.get(timeout=10)
    thread.join(10)
    assert (thread.is_alive(), errors) == (False, [])


def test_a_kept_signature_waits_for_its_signer_while_somebody_else_works_here(
    places: Workplaces, safe: KeyringInMemory
) -> None:
    del safe
    document_id = places.world.draft()
    folder = settings(places).data
    with open_store(folder) as store:
        with closing(at(places, store)) as leader:
            leader.sign_in(no_browser)
            order = to_sign(leader, document_id)
            places.world.break_calls("/revisions")
            assert endings(places.sign(leader, order))[0][0] is Step.KEPT
            (kept,) = leader.waiting()
            leader.sign_out()
            assert leader.waiting() == ()
        with closing(at(places, store, CLERK)) as clerk:
            clerk.sign_in(no_browser)
            clerk.sync()
            assert clerk.waiting() == clerk.send_waiting() == ()
        with closing(at(places, store)) as leader:
            leader.sign_in(no_browser)
            leader.sync()
            assert [item.work_id for item in leader.waiting()] == [kept.work_id]
            assert leader.send_waiting() == ()
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_who_leaves_the_seat_takes_nothing_along(places: Workplaces, safe: KeyringInMemory) -> None:
    document_id = places.world.draft()
    with open_store(settings(places).data) as store, closing(at(places, store)) as workplace:
        person = workplace.sign_in(no_browser)
        workplace.sync()
        order = to_sign(workplace, document_id)
        key = places.key(workplace, order)
        kept, before = dict(safe.entries), workplace.cached_tasks()
        workplace.leave()
        with pytest.raises(AppError, match=r"server\.sign_in_again"):
            workplace.sync()
        assert (store.cache.person(), workplace.cached_tasks()) == (person, before)
        assert safe.entries == kept
        assert workplace.restore() == person
        assert endings(carried_out(workplace, key, order)) == [(Step.FAILED, "token.not_open")]

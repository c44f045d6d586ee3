"""The thread that catches up, and who waits for it."""

from tests.support.audience import Clock, asked, following
from tests.support.store import default_twin
from tests.support.waiting import PATIENCE_S, wait_until
from twind.audience.backlog import Backlog
from twind.audience.reports import overview
from twind.audience.service import Audience
from twind.audience.worker import Worker
from twind.domain.audience import Asked
from twind.domain.metrics import day_of
from twind.store.store import Store, Tenant


def note(store: Store, tenant: Tenant, audience: Audience, *questions: Asked) -> None:
    with tenant.transaction():
        for question in questions:
            audience.collector.record(tenant, question)


def test_a_report_holds_what_was_asked_before_it(store: Store, tenant: Tenant) -> None:
    audience = Audience(store, lambda _: None, keep_days=30)
    audience.start()
    try:
        for count in (1, 2, 3):
            note(store, tenant, audience, asked(tenant))
            period = audience.reports.period(tenant, default_twin(tenant), 1)
            assert overview(period).total.questions == count
    finally:
        audience.stop()


def test_what_another_left_behind_is_taken_up(store: Store, tenant: Tenant) -> None:
    life = following(store, tenant)
    life.ask(asked(tenant), asked(tenant, "Who?"))
    audience = Audience(store, lambda _: None, keep_days=30, clock=life.clock)
    audience.start()
    try:
        wait_until(lambda: not tenant.audience.changed_days())
    finally:
        audience.stop()

    assert tenant.audience.ungrouped(9) == ()


def test_at_the_start_what_is_too_old_goes(store: Store, tenant: Tenant) -> None:
    life = following(store, tenant)
    life.ask(asked(tenant))
    life.catch_up()
    store.salts.of_day(day_of(life.clock()))
    later = Clock()
    later.forward(days=31)
    audience = Audience(store, lambda _: None, keep_days=30, clock=later)
    audience.start()
    try:
        wait_until(lambda: not tenant.audience.days_before(99_999))
    finally:
        audience.stop()

    assert store.salts.drop_before(99_999) == 0
    assert tenant.database.rows("SELECT 1 FROM audience_events") == []


def test_a_tenant_that_fails_does_not_hold_up_the_others(store: Store, tenant: Tenant) -> None:
    def meaning(asking: Tenant) -> None:
        if asking.id == "default":
            raise ZeroDivisionError

    other = store.create_tenant("other")
    audience = Audience(store, meaning, keep_days=30)
    audience.start()
    try:
        note(store, tenant, audience, asked(tenant))
        note(store, other, audience, asked(other))
        wait_until(lambda: not other.audience.changed_days())
    finally:
        audience.stop()

    assert len(tenant.audience.ungrouped(9)) == 1


def test_a_tenant_that_is_gone_is_passed_over(store: Store) -> None:
    audience = Audience(store, lambda _: None, keep_days=30)
    backlog = Backlog()
    backlog.add("gone")
    worker = Worker(store, audience.collector, backlog, audience.visitors, keep_days=30)
    worker.start()
    try:
        assert backlog.settle(PATIENCE_S)
    finally:
        worker.stop()


def test_who_waits_is_let_go_in_the_end() -> None:
    backlog = Backlog()
    assert backlog.settle(0.0)
    backlog.add("one")
    assert not backlog.settle(0.0)
    _, goal = backlog.take(0.0, 0.0)
    backlog.add("two")
    backlog.done(goal)
    assert not backlog.settle(0.0)
    _, goal = backlog.take(0.0, 0.0)
    backlog.done(goal)

    assert backlog.settle(0.0)
    backlog.add("three")
    backlog.close()
    assert not backlog.settle(60.0)


def test_stopping_ends_what_is_being_caught_up_with(store: Store, tenant: Tenant) -> None:
    life = following(store, tenant)
    life.ask(asked(tenant))
    life.audience.collector.catch_up(tenant, lambda: True)

    assert len(tenant.audience.changed_days()) == 1

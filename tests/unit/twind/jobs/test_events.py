"""What listeners take: every row that changed, once, as it is then."""

import threading
from collections.abc import Iterator

import pytest

from tests.support.store import a_live_source, a_source, default_twin
from twind.domain.jobs import JobStatus
from twind.domain.sources import SourceStatus
from twind.jobs.events import Events, Subscription
from twind.store.store import Store, Tenant


@pytest.fixture
def events(store: Store) -> Events:
    return Events(store)


@pytest.fixture
def awake() -> threading.Event:
    return threading.Event()


@pytest.fixture
def listening(events: Events, tenant: Tenant, awake: threading.Event) -> Iterator[Subscription]:
    with events.subscribe(tenant, (), awake.set) as subscription:
        yield subscription


def test_a_listener_is_woken_and_takes_what_changed(
    tenant: Tenant, listening: Subscription, awake: threading.Event
) -> None:
    assert listening.parts() == 0
    source = a_source(tenant)
    assert awake.is_set()
    assert listening.parts() == 1
    news = listening.take()
    assert (news.sources, news.jobs) == ({source.id: source}, {})
    assert listening.parts() == 0


def test_changes_of_one_row_are_taken_as_one(tenant: Tenant, listening: Subscription) -> None:
    source = a_source(tenant)
    job = tenant.jobs.add("work", source.twin_id, source.id)
    tenant.leases.claim("me", 30)
    for done in range(100):
        tenant.leases.report(job.id, "me", done, 100)
    news = listening.take()
    (taken,) = news.jobs.values()
    assert taken is not None
    assert (taken.status, taken.done) == (JobStatus.RUNNING, 99)


def test_much_is_taken_in_parts(tenant: Tenant, listening: Subscription) -> None:
    made = {a_source(tenant, f"/{number}.md").id for number in range(450)}
    taken = []
    assert listening.parts() == 3
    for _ in range(3):
        news = listening.take()
        assert len(news.sources) <= 200
        taken += list(news.sources)
    assert len(taken) == 450
    assert set(taken) == made


def test_what_comes_while_a_part_is_about_to_be_taken_is_not_left(
    tenant: Tenant, listening: Subscription, awake: threading.Event
) -> None:
    for number in range(150):
        a_source(tenant, f"/{number}.md")
    awake.clear()
    assert listening.parts() == 1
    for number in range(150, 250):
        a_source(tenant, f"/{number}.md")
    assert len(listening.take().sources) == 200
    assert awake.is_set()
    awake.clear()
    assert len(listening.take().sources) == 50
    assert not awake.is_set()


def test_what_was_deleted_is_none(tenant: Tenant, listening: Subscription) -> None:
    source = a_live_source(tenant, "Granite.")
    tenant.sources.delete(source.id)
    news = listening.take()
    assert news.sources == {source.id: None}


def test_a_job_that_has_ended_comes_with_its_source(
    tenant: Tenant, listening: Subscription
) -> None:
    source = a_live_source(tenant, "Granite.")
    job = tenant.jobs.add("work", source.twin_id, source.id)
    tenant.leases.claim("me", 30)
    listening.take()
    tenant.leases.succeed(job.id, "me")
    news = listening.take()
    told = news.sources[source.id]
    assert told is not None
    assert told.status is SourceStatus.LIVE


def test_only_the_twin_that_was_asked_for_is_told_of(
    events: Events, tenant: Tenant, awake: threading.Event
) -> None:
    twin = tenant.twins.create("stones", "Stones").id
    with events.subscribe(tenant, (twin,), awake.set) as subscription:
        a_source(tenant, "/other.md")
        assert not awake.is_set()
        wanted = a_source(tenant, "/wanted.md", twin=twin)
        news = subscription.take()
        assert list(news.sources) == [wanted.id]


def test_nothing_is_told_to_another_tenant(
    store: Store, events: Events, tenant: Tenant, awake: threading.Event
) -> None:
    other = store.create_tenant("other")
    with events.subscribe(other, (), awake.set) as subscription:
        a_source(tenant)
        assert not awake.is_set()
        assert subscription.parts() == 0
    assert default_twin(other)


def test_who_goes_away_leaves_nothing_behind(
    events: Events, tenant: Tenant, awake: threading.Event
) -> None:
    with events.subscribe(tenant, (), awake.set):
        assert events.count() == 1
    assert events.count() == 0
    a_source(tenant)
    assert not awake.is_set()


def test_everybody_is_woken_when_it_ends(
    events: Events, listening: Subscription, awake: threading.Event
) -> None:
    events.end()
    assert events.has_ended
    assert awake.is_set()
    assert listening.parts() == 0

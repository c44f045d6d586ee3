"""Whatever is asked, rated, closed and forgotten, figures are what the events come to."""

import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.support.audience import NOON, Letters, asked, by, following, refused
from tests.support.store import default_tenant, default_twin, open_store
from twind.audience.reports import Period, groups, overview
from twind.audience.rollups import roll_up
from twind.domain.audience import OWNER, Channel
from twind.domain.metrics import (
    Count,
    DayFigures,
    Dimension,
    Event,
    GroupCount,
    Rating,
    day_of,
    latency_step,
    step_ms,
)

VISITORS = ["", "vis_1", "vis_2", "named:ada"]
QUESTIONS = ["on", "no", "On?", "tea", "eat", "Where?", "", "?"]
EVENTS = st.builds(
    Event,
    asked_at=st.floats(NOON - 40_000, NOON + 40_000),
    channel=st.sampled_from([str(channel) for channel in Channel]),
    session=st.sampled_from(["ses_1", "ses_2"]),
    visitor=st.sampled_from(VISITORS),
    host=st.sampled_from(["", "a.example", "b.example"]),
    answered=st.booleans(),
    reason=st.sampled_from([None, "no_evidence", "no_sources"]),
    took_ms=st.floats(0, 100_000),
    sources=st.lists(st.sampled_from(["src_1", "src_2"]), unique=True).map(tuple),
    rating=st.sampled_from([None, *Rating]),
    is_closed=st.booleans(),
    group_key=st.sampled_from([None, 1, 2]),
).map(lambda event: replace(event, reason=None) if event.answered else event)


@given(st.floats(0.1, 1e7))
def test_a_latency_is_told_within_five_percent(took_ms: float) -> None:
    assert math.isclose(step_ms(latency_step(took_ms)), took_ms, rel_tol=0.05)


@given(st.lists(EVENTS, max_size=12), st.randoms())
def test_figures_do_not_depend_on_the_order_of_events(events: list[Event], chance: Any) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    one, two = roll_up(events), roll_up(shuffled)

    assert one.figures == two.figures
    assert set(one.counts) == set(two.counts)
    assert set(one.groups) == set(two.groups)


@given(st.lists(EVENTS, max_size=12))
def test_the_figures_of_a_day_agree_with_each_other(events: list[Event]) -> None:
    rollup = roll_up(events)
    figures = rollup.figures

    for dimension in (Dimension.CHANNEL, Dimension.LATENCY):
        counts = [count for count in rollup.counts if count.dimension is dimension]
        assert sum(count.questions for count in counts) == figures.questions
        assert sum(count.answered for count in counts) == figures.answered
    assert figures.came_again <= figures.visitors <= figures.sessions <= figures.questions
    for group in rollup.groups:
        assert group.questions >= group.answered + group.open_questions
        assert group.open_visitors <= group.visitors <= group.questions


class AudienceMachine(RuleBasedStateMachine):
    """Visitors of two twins, an owner, and days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(Path(self.folder.name))
        self.tenant = default_tenant(self.store)
        self.twins = [default_twin(self.tenant), self.tenant.twins.create("two", "Two").id]
        self.life = following(self.store, self.tenant, Letters)
        self.messages: list[tuple[str, str]] = []

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(
        twin=st.sampled_from([0, 1]),
        visitor=st.sampled_from(VISITORS),
        question=st.sampled_from(QUESTIONS),
        answered=st.booleans(),
        after_s=st.sampled_from([0, 600, 3600, 30_000]),
    )
    def ask(self, *, twin: int, visitor: str, question: str, answered: bool, after_s: int) -> None:
        make = asked if answered else refused
        event = make(
            self.tenant,
            question,
            twin_id=self.twins[twin],
            asker=by(visitor) if visitor else OWNER,
            sources=("src_1",) if answered else (),
            took_ms=20.0 + after_s,
        )
        self.messages.append((event.message_id, event.asker.session))
        self.life.clock.forward(after_s)
        self.life.ask(event)

    @precondition(lambda self: self.messages)
    @rule(pick=st.integers(0, 99), rating=st.sampled_from([None, *Rating]))
    def rate(self, pick: int, rating: Rating | None) -> None:
        message, session = self.messages[pick % len(self.messages)]
        self.tenant.metrics.rate(message, rating, session)

    @precondition(lambda self: self.messages)
    @rule(pick=st.integers(0, 99))
    def close(self, pick: int) -> None:
        message, _ = self.messages[pick % len(self.messages)]
        self.life.audience.collector.close(self.tenant, [message])

    @rule(twin=st.sampled_from([0, 1]), visitor=st.sampled_from(VISITORS[1:]))
    def forget(self, twin: int, visitor: str) -> None:
        self.life.audience.collector.forget(self.tenant, self.twins[twin], visitor)
        for table, column in (("audience_events", "visitor"), ("conversations", "visitor")):
            rows = self.tenant.database.rows(
                f"SELECT 1 FROM {table} WHERE {column} = :visitor AND twin_id = :twin",
                {"visitor": visitor, "twin": self.twins[twin]},
            )
            assert rows == []

    @rule()
    def expire(self) -> None:
        self.life.audience.collector.expire(self.tenant, 2, lambda: False)
        first = day_of(self.life.clock()) - 1
        assert all(day >= first for _, day in self.days())

    @rule()
    def catch_up(self) -> None:
        self.life.catch_up()
        for twin, day in self.days():
            events = self.tenant.audience.events(twin, day)
            expected = roll_up(events)
            assert self.kept(twin, day) == (
                expected.figures,
                set(expected.counts),
                set(expected.groups),
            )
            assert all(event.group_key for event in events)
        for twin in self.twins:
            self.check_report(twin)

    @invariant()
    def each_group_goes_by_a_question_that_is_kept(self) -> None:
        rows = self.tenant.database.rows(
            "SELECT g.key FROM audience_groups AS g WHERE NOT EXISTS (SELECT 1 "
            "FROM audience_events AS e WHERE e.group_key = g.key AND e.key = g.leader "
            "AND e.question = g.question AND e.twin_id = g.twin_id)"
        )
        assert rows == []

    def check_report(self, twin: str) -> None:
        today = day_of(self.life.clock())
        period = Period(tenant=self.tenant, twin_id=twin, first=today - 99, last=today)
        total = overview(period).total
        asked_of = [day for day in self.days() if day[0] == twin]
        assert total.questions == sum(
            len(self.tenant.audience.events(twin, day)) for _, day in asked_of
        )
        refusals = sum(each.questions for each in period.totals(Dimension.REASON))
        assert total.answered + refusals == total.questions
        for counts in (
            period.totals(Dimension.CHANNEL),
            period.totals(Dimension.LATENCY),
            groups(period),
        ):
            assert sum(each.questions for each in counts) == total.questions
            assert sum(each.answered for each in counts) == total.answered

    def days(self) -> set[tuple[str, int]]:
        """Return twin and day of all events."""
        rows = self.tenant.database.rows("SELECT DISTINCT twin_id, day FROM audience_events")
        return {(row["twin_id"], row["day"]) for row in rows}

    def kept(self, twin: str, day: int) -> tuple[DayFigures, set[Count], set[GroupCount]]:
        """Return the figures of a day as they are kept."""
        rows = self.tenant.database.rows(
            "SELECT dimension, name, questions, answered FROM audience_counts "
            "WHERE twin_id = :twin AND day = :day",
            {"twin": twin, "day": day},
        )
        counts = {Count(**{**dict(row), "dimension": Dimension(row["dimension"])}) for row in rows}
        figures = self.tenant.figures
        return figures.days(twin, day, day)[day], counts, set(figures.groups(twin, day, day))


AudienceMachine.TestCase.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None
)
TestAudience = AudienceMachine.TestCase

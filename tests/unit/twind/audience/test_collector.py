"""What is noted of questions, and what becomes of it."""

import pytest

from tests.support.audience import NOON, Following, asked, by, following, refused
from tests.support.store import default_twin
from twind.audience.rollups import roll_up
from twind.domain.audience import OWNER, Asker, Channel
from twind.domain.conversations import Role
from twind.domain.metrics import DayFigures, Dimension, Rating, day_of
from twind.errors import NotFound
from twind.store.store import Store, Tenant

TODAY = day_of(NOON)


@pytest.fixture
def life(store: Store, tenant: Tenant) -> Following:
    return following(store, tenant)


def figures(life: Following, *, day: int = TODAY) -> DayFigures | None:
    return life.tenant.figures.days(default_twin(life.tenant), day, day).get(day)


def names(life: Following, dimension: Dimension) -> dict[str, int]:
    twin = default_twin(life.tenant)
    totals = life.tenant.figures.totals(twin, dimension, TODAY - 99, TODAY + 99)
    return {total.name: total.questions for total in totals}


def groups(life: Following, *, is_open: bool = False) -> dict[str, int]:
    """Return how many questions of groups there are, or open ones, by what they go by."""
    tenant, twin = life.tenant, default_twin(life.tenant)
    counts = tenant.figures.groups(twin, TODAY - 99, TODAY + 99)
    known = tenant.audience.groups([count.group_key for count in counts])
    return {
        known[count.group_key].question: count.open_questions if is_open else count.questions
        for count in counts
    }


def test_a_question_is_counted_once_it_is_caught_up_with(life: Following) -> None:
    life.ask(asked(life.tenant))
    assert figures(life) is None
    life.catch_up()

    assert figures(life) == DayFigures(questions=1, answered=1, visitors=1, sessions=1)
    assert life.tenant.audience.changed_days() == ()


def test_a_greeting_belongs_to_no_group_of_questions(life: Following) -> None:
    life.ask(refused(life.tenant, "Hello!", is_courtesy=True), refused(life.tenant, "Who?"))
    life.catch_up()

    assert figures(life) == DayFigures(questions=1, visitors=1, sessions=1)
    assert groups(life) == {"Who?": 1}
    assert life.tenant.audience.ungrouped(9) == ()


def test_catching_up_again_changes_nothing(life: Following) -> None:
    life.ask(asked(life.tenant), refused(life.tenant, "Who?"))
    life.catch_up()
    before = figures(life), groups(life)
    life.catch_up()

    assert (figures(life), groups(life)) == before


def test_nothing_is_noted_of_an_answer_that_is_not_kept(life: Following) -> None:
    def ask_and_fail() -> None:
        with life.tenant.transaction():
            life.audience.collector.record(life.tenant, asked(life.tenant))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    life.catch_up()

    assert figures(life) is None
    registry = life.audience.instruments.registry
    labels = {"channel": "widget", "outcome": "answered"}
    assert registry.get_sample_value("twinctl_answers_total", labels) is None


def test_a_bot_leaves_nothing(life: Following) -> None:
    bot = Asker(channel=Channel.WIDGET, session="ses_1", is_counted=False)
    life.ask(asked(life.tenant, asker=bot))
    life.catch_up()

    assert figures(life) is None


def test_of_who_wants_no_trace_the_host_is_not_kept(life: Following) -> None:
    life.ask(asked(life.tenant, asker=by("")), asked(life.tenant, asker=by("vis_2")))
    life.catch_up()

    assert names(life, Dimension.HOST) == {"ada.example": 1}
    assert names(life, Dimension.CHANNEL) == {"widget": 2}


def test_the_owner_is_counted_as_a_channel_and_is_no_visitor(life: Following) -> None:
    life.ask(asked(life.tenant, asker=OWNER))
    life.catch_up()

    assert figures(life) == DayFigures(questions=1, answered=1, sessions=1)
    assert names(life, Dimension.CHANNEL) == {"chat": 1}


def test_what_was_asked_of_a_twin_that_is_gone_is_not_noted(life: Following) -> None:
    life.ask(asked(life.tenant, twin_id="twn_gone"))
    life.catch_up()

    assert life.tenant.audience.changed_days() == ()


def test_days_are_those_of_utc(life: Following) -> None:
    life.ask(asked(life.tenant))
    life.clock.forward(12 * 3600)
    life.ask(asked(life.tenant))
    life.catch_up()

    for day in (TODAY, TODAY + 1):
        found = figures(life, day=day)
        assert found is not None
        assert found.questions == 1


def test_an_answer_is_rated_and_the_rating_taken_back(life: Following) -> None:
    life.ask(asked(life.tenant, message_id="msg_1"))
    for rating, counts in ((Rating.UP, (1, 0)), (Rating.DOWN, (0, 1)), (None, (0, 0))):
        life.audience.collector.rate(life.tenant, "msg_1", rating, "ses_1")
        life.catch_up()
        found = figures(life)
        assert found is not None
        assert (found.up, found.down) == counts


def test_an_answer_of_another_session_cannot_be_rated(life: Following) -> None:
    life.ask(asked(life.tenant, message_id="msg_1"))
    rate = life.audience.collector.rate
    rate(life.tenant, "msg_1", Rating.UP, "ses_1")

    for message_id, session in (("msg_1", "ses_2"), ("msg_1", ""), ("msg_2", "ses_1")):
        with pytest.raises(NotFound):
            rate(life.tenant, message_id, Rating.UP, session)


def test_what_changes_while_a_day_is_counted_is_counted_next_time(life: Following) -> None:
    life.ask(asked(life.tenant))
    [(twin, day, changes)] = life.tenant.audience.changed_days()
    life.ask(asked(life.tenant))
    old = roll_up(life.tenant.audience.events(twin, day)[:1])
    life.tenant.metrics.put_rollup(twin, day, old, changes=changes)
    found = figures(life)
    assert found is not None
    assert found.questions == 1
    life.catch_up()

    found = figures(life)
    assert found is not None
    assert found.questions == 2


def a_visit(life: Following, visitor: str, question: str, message_id: str) -> str:
    """Have a visitor ask in a conversation of their own; return its id."""
    tenant, asker = life.tenant, by(visitor)
    conversation = tenant.conversations.start(default_twin(tenant), question, asker)
    tenant.conversations.add(conversation.id, Role.USER, question)
    life.ask(
        refused(
            tenant,
            question,
            asker=asker,
            conversation_id=conversation.id,
            message_id=message_id,
        )
    )
    return conversation.id


def test_forgetting_a_visitor_leaves_what_others_asked(life: Following) -> None:
    gone = a_visit(life, "vis_1", "Why is the sky blue?", "msg_1")
    kept = a_visit(life, "vis_2", "why is the sky blue", "msg_2")
    life.catch_up()
    twin = default_twin(life.tenant)
    forgotten = life.audience.collector.forget(life.tenant, twin, "vis_1")
    life.catch_up()

    assert (forgotten.events, forgotten.conversations) == (1, 1)
    with pytest.raises(NotFound):
        life.tenant.conversations.get(gone)
    assert life.tenant.conversations.get(kept).id == kept
    found = figures(life)
    assert found is not None
    assert (found.questions, found.visitors) == (1, 1)
    assert groups(life, is_open=True) == {"why is the sky blue": 1}


def test_forgetting_takes_groups_that_nobody_else_asked_for(life: Following) -> None:
    a_visit(life, "vis_1", "Why?", "msg_1")
    life.catch_up()
    assert groups(life) == {"Why?": 1}
    twin = default_twin(life.tenant)
    life.audience.collector.forget(life.tenant, twin, "vis_1")
    life.catch_up()

    assert (figures(life), groups(life)) == (None, {})
    assert life.tenant.database.rows("SELECT 1 FROM audience_groups") == []


def test_a_question_without_an_answer_is_forgotten_with_its_visitor(life: Following) -> None:
    tenant, twin = life.tenant, default_twin(life.tenant)
    conversation = tenant.conversations.start(twin, "Secret?", by("vis_1"))
    tenant.conversations.add(conversation.id, Role.USER, "Secret?")
    forgotten = life.audience.collector.forget(tenant, twin, "vis_1")

    assert (forgotten.events, forgotten.conversations) == (0, 1)


def test_nobody_is_forgotten_by_an_empty_name(life: Following) -> None:
    life.ask(asked(life.tenant, asker=OWNER), asked(life.tenant, asker=by("")))
    forgotten = life.audience.collector.forget(life.tenant, default_twin(life.tenant), "")

    assert (forgotten.events, forgotten.conversations) == (0, 0)


def test_what_is_too_old_goes_with_the_conversations_of_visitors(life: Following) -> None:
    tenant, twin = life.tenant, default_twin(life.tenant)
    a_visit(life, "vis_1", "Old?", "msg_1")
    own = tenant.conversations.start(twin, "Mine")
    life.catch_up()
    life.clock.forward(days=29)
    a_visit(life, "vis_2", "New?", "msg_2")
    life.catch_up()
    assert not life.audience.collector.expire(tenant, 30, lambda: False)
    life.clock.forward(days=1)
    assert life.audience.collector.expire(tenant, 30, lambda: False)

    assert figures(life) is None
    assert groups(life) == {"New?": 1}
    assert tenant.conversations.get(own.id).id == own.id


def test_a_twin_takes_its_audience_along(life: Following) -> None:
    tenant = life.tenant
    other = tenant.twins.create("other", "Other").id
    life.ask(asked(tenant, twin_id=other), asked(tenant, "Who?", twin_id=other))
    life.catch_up()
    life.ask(asked(tenant, "When?", twin_id=other))
    tenant.twins.delete(other)
    life.store.erasure.wipe()
    life.catch_up()

    assert (tenant.audience.changed_days(), tenant.audience.ungrouped(9)) == ((), ())
    assert tenant.figures.days(other, 0, TODAY) == {}

"""Gaps: questions that were refused, and the answers that close them."""

import pytest

from tests.support.audience import Following, asked, by, following, refused
from tests.support.store import default_twin
from twind.audience import reports
from twind.audience.gaps import Closed, Gaps
from twind.audience.reports import Asking, Gap, Period, groups
from twind.domain.metrics import day_of
from twind.domain.twins import Twin
from twind.errors import NotFound
from twind.store.store import Store, Tenant


@pytest.fixture
def life(store: Store, tenant: Tenant) -> Following:
    return following(store, tenant)


def period(life: Following, days: int = 30) -> Period:
    life.catch_up()
    today = day_of(life.clock())
    return Period(
        tenant=life.tenant,
        twin_id=default_twin(life.tenant),
        first=today - days + 1,
        last=today,
    )


def gaps(life: Following, limit: int = 9) -> list[Gap]:
    within = period(life)
    return reports.gaps(within, groups(within), limit)


def most_asked(life: Following, days: int = 30) -> list[Asking]:
    within = period(life, days)
    return reports.most_asked(within, groups(within), 9)


def close(life: Following, group_id: str, *answered: str, question: str = "When?") -> Closed:
    """Close a gap; afterwards these wordings are answered."""

    def is_answered(tenant: Tenant, twin: Twin, question: str) -> bool:
        assert tenant.verified.find(twin.id, question) or tenant.verified.all(twin.id)
        return question in answered

    twin = life.tenant.twins.get("default")
    service = Gaps(life.audience.collector, is_answered)
    return service.close(life.tenant, twin, group_id, question=question, answer="Now.")


def ask_same(life: Following, *wordings: str) -> str:
    """Have questions refused that belong to one group; return its id."""
    for n, wording in enumerate(wordings):
        life.ask(refused(life.tenant, wording, message_id=f"msg_{n}", asker=by(f"vis_{n}")))
    tenant = life.tenant
    first, *others = tenant.audience.ungrouped(99)
    tenant.metrics.start_group(first, None, None)
    group = tenant.audience.worded(first.twin_id, first.plain)
    assert group is not None
    tenant.metrics.put_in_groups((other.key, group) for other in others)
    return gaps(life, 1)[0].group.id


def test_gaps_are_ordered_by_their_visitors(life: Following) -> None:
    loud = [refused(life.tenant, "Loud?", asker=by("vis_1")) for _ in range(5)]
    wide = [refused(life.tenant, "Wide?", asker=by(f"vis_{n}")) for n in range(3)]
    life.ask(*loud, *wide, asked(life.tenant, "Fine?"))

    found = gaps(life)
    assert [
        (gap.group.question, gap.count.open_visitors, gap.count.open_questions) for gap in found
    ] == [
        ("Wide?", 3, 3),
        ("Loud?", 1, 5),
    ]
    assert [gap.last.reason for gap in found] == ["no_evidence", "no_evidence"]
    assert [gap.group.question for gap in gaps(life, 1)] == ["Wide?"]


def test_closing_a_gap_asks_each_wording_once_and_counts_every_question(
    life: Following,
) -> None:
    group = ask_same(life, "When?", "when", "At what time?", "How soon?")
    closed = close(life, group, "At what time?", "when")

    assert (closed.asked, closed.answered, closed.refused) == (4, 3, ["How soon?"])
    assert closed.verified.answer == "Now."
    [gap] = gaps(life)
    assert (gap.count.open_questions, gap.last.question) == (1, "How soon?")


def test_a_gap_whose_questions_are_all_answered_is_none(life: Following) -> None:
    group = ask_same(life, "When?")
    close(life, group, "When?")

    assert gaps(life) == []
    [asking] = most_asked(life)
    assert (asking.count.questions, asking.count.answered) == (1, 0)


def test_closing_again_exchanges_the_answer(life: Following) -> None:
    group = ask_same(life, "When?", "How soon?")
    first = close(life, group, "When?")
    second = close(life, group, "How soon?")

    assert first.verified.id == second.verified.id
    assert (second.asked, second.answered) == (1, 1)


def test_a_group_of_another_twin_is_none(life: Following) -> None:
    group = ask_same(life, "When?")
    other = life.tenant.twins.create("other", "Other")
    service = Gaps(life.audience.collector, lambda *_: True)

    for twin, group_id in ((other.id, group), (default_twin(life.tenant), "grp_none")):
        with pytest.raises(NotFound):
            service.show(life.tenant, twin, group_id)
    with pytest.raises(NotFound):
        service.close(life.tenant, other, group, question="When?", answer="Now.")
    assert life.tenant.verified.all(other.id) == ()


def test_the_trend_compares_with_as_many_days_before(life: Following) -> None:
    life.ask(*(asked(life.tenant, "Why?") for _ in range(3)))
    life.clock.forward(days=7)
    life.ask(asked(life.tenant, "Why?"), asked(life.tenant, "New?"))

    found = {each.group.question: each for each in most_asked(life, 7)}
    assert (found["Why?"].count.questions, found["Why?"].before) == (1, 3)
    assert (found["New?"].count.questions, found["New?"].before) == (1, 0)
    assert [each.before for each in most_asked(life, 8)] == [0, 0]

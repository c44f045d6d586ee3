"""What a chunk holds of a question's words is judged alike, whoever found it."""

import pytest

from tests.support.store import a_live_source
from twind.retrieve.words import NO_MATCH, look_up
from twind.store.store import Tenant


def test_the_best_chunks_are_judged_as_the_search_ranks_them(tenant: Tenant, twin: str) -> None:
    a_live_source(tenant, "Bees dance.", "Bees and more bees.", "Wasps.", "A dance of bees.")
    words = look_up(tenant.index, twin, "Do bees dance?", limit=10)

    matches = words.judge(words.best)

    found = dict(tenant.index.full_text(twin, "bees OR dance", 10))
    assert list(matches) == list(found)
    assert {key: match.bm25 for key, match in matches.items()} == pytest.approx(found)
    assert matches[1].coverage == 1


def test_a_chunk_that_the_search_left_out_is_judged_all_the_same(
    tenant: Tenant, twin: str
) -> None:
    a_live_source(tenant, "Bees dance.", "Bees and more bees.", "Wasps.")
    words = look_up(tenant.index, twin, "Do bees dance?", limit=1)

    others = words.judge([2, 3])

    assert words.best == [1]
    assert 0 < others[2].bm25 < words.judge([1])[1].bm25
    assert 0 < others[2].coverage < 1
    assert others[3] == NO_MATCH

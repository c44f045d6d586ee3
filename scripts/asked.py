"""A year of questions in a real store, and how long reports of them take."""

import itertools
import random
import statistics
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from invented import fill, questions, unit_vector
from running import running_daemon

from twinctl.client.client import TwinClient
from twinctl.paths import find_home
from twind.audience.service import Audience
from twind.domain.answers import RefusalReason
from twind.domain.audience import OWNER, Asked, Asker, Channel
from twind.domain.generations import ModelSpec
from twind.domain.ids import new_id
from twind.domain.metrics import SECONDS_A_DAY
from twind.domain.twins import DEFAULT_TENANT, DEFAULT_TWIN
from twind.store.store import Store, Tenant

DAYS = 365
QUESTIONS_A_DAY = 1000
TOPICS = 4000
WORDINGS = 2
"""Ways in which a topic is asked for."""
UNANSWERED = 5
"""Of so many topics one is that no source tells about."""
UNCITED = 5
VISITORS = 400
HOSTS = 5
CHUNKS = 5000
ROUNDS = 15
SPEC = ModelSpec(model_id="invented", revision="1", dimension=384)
SPREAD = 0.018
"""How far wordings of one topic lie apart in each dimension: their cosine is about 0.89."""
SAME = 0.8


class Invented:
    """What a model would make of invented questions, which mean nothing."""

    model = SPEC.question_space

    def embed(self, questions: Sequence[str]) -> list[bytes]:
        """Refuse: each question comes with its vector."""
        raise ValueError(questions)

    def same(self, question: str, others: Sequence[tuple[str, float]]) -> int | None:
        """Return the nearest, if it is near enough."""
        return 0 if question and others and others[0][1] >= SAME else None


def audience(home: Path, _: Path | None) -> dict[str, float]:
    """Reports of 365,000 questions over a year, and what noting and grouping one costs."""
    fill(home, CHUNKS, SPEC)
    at = find_home(str(home))
    store = Store.open(at.database, at.blobs)
    figures = _fill_year(store)
    store.close()
    with running_daemon(home, embedding="none") as client:
        figures |= _reports(client)
    return figures


def _fill_year(store: Store) -> dict[str, float]:
    """Have a year of questions noted, grouped and counted, day by day."""
    tenant = store.tenant(DEFAULT_TENANT)
    now = [0.0]
    writer = Audience(
        store, lambda _: Invented(), keep_days=2 * DAYS, clock=lambda: now[0]
    ).collector
    twin_id, asked = tenant.twins.get(DEFAULT_TWIN).id, _questions(tenant)
    noted: list[float] = []
    caught_up: list[float] = []
    for day in range(1, DAYS + 1):
        now[0] = time.time() - (DAYS - day) * SECONDS_A_DAY
        began = time.perf_counter()
        with tenant.transaction():
            for _ in range(QUESTIONS_A_DAY):
                writer.record(tenant, next(asked))
        noted.append((time.perf_counter() - began) / QUESTIONS_A_DAY)
        began = time.perf_counter()
        writer.catch_up(tenant, lambda: False)
        caught_up.append(time.perf_counter() - began)
    return {
        "questions": DAYS * QUESTIONS_A_DAY,
        "groups": len(tenant.audience.unembedded(twin_id, "", limit=-1)),
        "database_mb": store.size_bytes() / 2**20,
        "note_us": 1e6 * statistics.median(noted),
        "group_and_count_a_day_ms": 1000 * statistics.median(caught_up),
    }


def _reports(client: TwinClient) -> dict[str, float]:
    asks: dict[str, Callable[[], object]] = {
        "report_of_a_year": lambda: client.audience(DEFAULT_TWIN, days=DAYS),
        "report_of_half_a_year": lambda: client.audience(DEFAULT_TWIN, days=DAYS // 2),
        "report_of_a_month": lambda: client.audience(DEFAULT_TWIN, days=30),
        "dashboard_of_a_year": lambda: client.dashboard(DEFAULT_TWIN, days=DAYS),
    }
    figures: dict[str, float] = {}
    for name, ask in asks.items():
        taken = [_taken_ms(ask) for _ in range(ROUNDS)]
        figures |= {
            f"{name}_first_ms": taken[0],
            f"{name}_p50_ms": statistics.median(taken),
            f"{name}_worst_ms": max(taken),
        }
    return figures


def _taken_ms(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _questions(tenant: Tenant) -> Iterator[Asked]:
    """Yield questions without end: few topics are asked for often, many seldom."""
    chance = random.Random("audience")
    twin_id = tenant.twins.get(DEFAULT_TWIN).id
    sources = [source.id for source in tenant.sources.list(twin_id)][UNCITED:]
    texts = questions(TOPICS * WORDINGS)
    topics = [_wordings(texts[n * WORDINGS :][:WORDINGS], chance) for n in range(TOPICS)]
    weights = list(itertools.accumulate(1 / rank for rank in range(1, TOPICS + 1)))
    while True:
        [number] = chance.choices(range(TOPICS), cum_weights=weights)
        text, vector = chance.choice(topics[number])
        answered = number % UNANSWERED > 0
        yield Asked(
            twin_id=twin_id,
            conversation_id=new_id("cnv"),
            message_id=new_id("msg"),
            asker=_asker(chance),
            question=text,
            vector=vector,
            model=SPEC.question_space,
            answered=answered,
            refusal_reason=None if answered else RefusalReason.NO_EVIDENCE,
            confidence=chance.random(),
            sources=tuple(chance.sample(sources, 2)) if answered else (),
            took_ms=chance.lognormvariate(4.5, 0.6),
        )


def _wordings(texts: Sequence[str], chance: random.Random) -> list[tuple[str, bytes]]:
    """Return ways to ask for one topic, with vectors that are near each other."""
    topic = array("f", unit_vector(chance, SPEC.dimension))
    return [
        (text, array("f", (number + chance.gauss(0, SPREAD) for number in topic)).tobytes())
        for text in texts
    ]


def _asker(chance: random.Random) -> Asker:
    """Return the owner, or one of the visitors of a day, who ask by one way each."""
    visitor = chance.randrange(VISITORS)
    if visitor < VISITORS // 20:
        return OWNER
    channel = (Channel.WIDGET, Channel.WIDGET, Channel.SHARE, Channel.API)[visitor % 4]
    host = f"site-{visitor % HOSTS}.example" if channel is Channel.WIDGET else ""
    return Asker(
        channel=channel,
        session=f"ses_{visitor}",
        visitor=f"vis_{visitor:032}",
        origin_host=host,
    )

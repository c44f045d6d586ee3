"""Questions of an audience, and what looks after them, for tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.store import SPEC, default_twin, vector
from twind.audience.service import Audience
from twind.domain.answers import RefusalReason
from twind.domain.audience import Asked, Asker, Channel
from twind.domain.ids import new_id
from twind.domain.metrics import SECONDS_A_DAY
from twind.store.store import Store, Tenant

NOON = 20_000 * SECONDS_A_DAY + SECONDS_A_DAY / 2
SOMEBODY = Asker(
    channel=Channel.WIDGET, session="ses_1", visitor="vis_1", origin_host="ada.example"
)


def asked(tenant: Tenant, question: str = "Why?", **changes: Any) -> Asked:
    """Return a question that somebody asked the default twin and that was answered."""
    values = {
        "twin_id": default_twin(tenant),
        "conversation_id": "cnv_1",
        "message_id": new_id("msg"),
        "asker": SOMEBODY,
        "question": question,
        "vector": None,
        "model": None,
        "answered": True,
        "refusal_reason": None,
        "confidence": 0.9,
        "sources": (),
        "took_ms": 100.0,
    }
    return Asked(**{**values, **changes})


def refused(tenant: Tenant, question: str = "Why?", **changes: Any) -> Asked:
    """Return a question that somebody asked the default twin and that was refused."""
    whys = {"answered": False, "refusal_reason": RefusalReason.NO_EVIDENCE, "confidence": 0.1}
    return asked(tenant, question, **{**whys, **changes})


def by(visitor: str, **changes: Any) -> Asker:
    """Return a visitor of the widget."""
    return replace(SOMEBODY, visitor=visitor, session=f"session of {visitor}", **changes)


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float = 0.0, *, days: int = 0) -> None:
        """Let time pass."""
        self.now += seconds + days * SECONDS_A_DAY


@dataclass
class Letters:
    """A model to which questions are the same when they have the same letters."""

    model: str = SPEC.question_space
    embedded: list[str] = field(default_factory=list)

    def embed(self, questions: Sequence[str]) -> list[bytes]:
        """Return letter counts."""
        self.embedded += questions
        return [vector(question) for question in questions]

    def same(self, question: str, others: Sequence[tuple[str, float]]) -> int | None:
        """Return the first with the same letters."""
        for n, (other, _) in enumerate(others):
            if sorted(other.lower()) == sorted(question.lower()):
                return n
        return None


@dataclass(frozen=True)
class Following:
    """An audience that is caught up with when a test says so."""

    store: Store
    tenant: Tenant
    clock: Clock
    audience: Audience

    def ask(self, *questions: Asked) -> None:
        """Note questions, each in a transaction of its own."""
        for question in questions:
            with self.tenant.transaction():
                self.audience.collector.record(self.tenant, question)

    def catch_up(self) -> None:
        """Group and count what was noted."""
        self.audience.collector.catch_up(self.tenant, lambda: False)


def following(
    store: Store, tenant: Tenant, meaning: Callable[[], Letters | None] = lambda: None
) -> Following:
    """Return the audience of a tenant, without its thread."""
    clock = Clock()
    audience = Audience(store, lambda _: meaning(), keep_days=30, clock=clock)
    return Following(store=store, tenant=tenant, clock=clock, audience=audience)

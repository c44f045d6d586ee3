"""What a monitoring system reads: answers since the daemon started, over all tenants."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from twind.domain.audience import Asked
from twind.domain.metrics import COURTESY

_SECONDS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60)


class Instruments:
    """Counts answers in a registry of its own, which others may add to."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter(
            "twinctl_answers",
            "Questions that were answered or refused, and greetings.",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "twinctl_answer_seconds",
            "Time from a question to the whole answer.",
            buckets=_SECONDS,
            registry=self.registry,
        )

    def observe(self, asked: Asked) -> None:
        """Count a question that was answered or refused."""
        outcome = "answered" if asked.answered else "refused"
        if asked.is_courtesy:
            outcome = COURTESY
        self._answers.labels(channel=asked.asker.channel, outcome=outcome).inc()
        self._seconds.observe(asked.took_ms / 1000)

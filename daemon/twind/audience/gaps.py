"""Questions that were refused, and the answer that closes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twind.audience.collector import Collector
from twind.domain.metrics import Group, OpenQuestion
from twind.domain.twins import Twin
from twind.domain.verified import VerifiedAnswer, plain
from twind.store.store import Tenant

MOST_QUESTIONS = 500

IsAnswered = Callable[[Tenant, Twin, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGap:
    """A group of questions that were refused, newest first, and how many there are in all."""

    group: Group
    count: int
    questions: Sequence[OpenQuestion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How the questions of a gap did when they were asked again.

    `asked` and `answered` count each as often as it was asked; `refused` has each wording once.
    """

    verified: VerifiedAnswer
    asked: int
    answered: int
    refused: Sequence[str]


class Gaps:
    """Shows and closes gaps."""

    def __init__(self, collector: Collector, is_answered: IsAnswered) -> None:
        """Take who writes metrics, and what answers a question without keeping it."""
        self._collector = collector
        self._is_answered = is_answered

    def show(self, tenant: Tenant, twin_id: str, group_id: str) -> OpenGap:
        """Return the refused questions of a group.

        Raises:
            NotFound: No such group of the twin.
        """
        group = tenant.audience.group(twin_id, group_id)
        return OpenGap(
            group=group,
            count=tenant.audience.count_open(group),
            questions=tenant.audience.open_questions(group, MOST_QUESTIONS),
        )

    def close(
        self, tenant: Tenant, twin: Twin, group_id: str, *, question: str, answer: str
    ) -> Closed:
        """Vouch for an answer, then ask the refused questions of the group again.

        Those that are answered now are open no longer. An answer that was given to the same
        question before is exchanged.

        Raises:
            NotFound: No such group of the twin.
        """
        gap = self.show(tenant, twin.id, group_id)
        verified = _vouch(tenant, twin.id, question, answer)
        wordings: dict[str, list[OpenQuestion]] = {}
        for each in gap.questions:
            wordings.setdefault(plain(each.question), []).append(each)
        refused: list[str] = []
        answered: list[str] = []
        for same in wordings.values():
            if self._is_answered(tenant, twin, same[0].question):
                answered += [each.message_id for each in same]
            else:
                refused.append(same[0].question)
        self._collector.close(tenant, answered)
        return Closed(
            verified=verified,
            asked=len(gap.questions),
            answered=len(answered),
            refused=refused,
        )


def _vouch(tenant: Tenant, twin_id: str, question: str, answer: str) -> VerifiedAnswer:
    with tenant.transaction():
        known = tenant.verified.find(twin_id, question)
        if known is not None:
            return tenant.verified.change(known.id, answer=answer)
        return tenant.verified.add(twin_id, question, answer)

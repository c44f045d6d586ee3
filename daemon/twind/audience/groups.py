"""Which questions mean the same: each joins the group of one that it asks the same as.

A group goes by the first question in it (a leader, as in the clustering of Hartigan, 1975): a
question is compared with leaders only, so that what it costs grows with the groups and not with
all that was ever asked, and a group does not drift.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from twind.domain.metrics import Group, Ungrouped
from twind.errors import ModelUnavailable
from twind.store.store import Tenant

_log = logging.getLogger(__name__)

_NEAREST = 3
_SLICE = 8
"""Questions that are embedded at once; people's own go in between."""


class Meaning(Protocol):
    """What the embedding model of a tenant makes of questions.

    Everything may raise ModelUnavailable.
    """

    @property
    def model(self) -> str:
        """Name of the model; vectors of one name can be compared."""

    def embed(self, questions: Sequence[str]) -> list[bytes]:
        """Return a vector a question."""

    def same(self, question: str, others: Sequence[tuple[str, float]]) -> int | None:
        """Return which of other questions, given with cosines, asks the same; None if none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a question belongs: to a group by its key, or to a new one with this vector."""

    group_key: int | None = None
    model: str | None = None
    vector: bytes | None = None


class Grouper:
    """Finds the groups of questions."""

    def __init__(self, meaning_of: Callable[[Tenant], Meaning | None]) -> None:
        """Take what tells the meaning of questions in a tenant; None where there is no model."""
        self._meaning_of = meaning_of

    def place(self, tenant: Tenant, asked: Ungrouped, worded: int | None) -> Place:
        """Return where a question belongs.

        The same words are the same question. Other words are judged by their meaning; without a
        model they are another question.

        Args:
            tenant: Who was asked.
            asked: The question.
            worded: The group of the same words, if that is about to be kept.
        """
        known = worded or tenant.audience.worded(asked.twin_id, asked.plain)
        if known is not None:
            return Place(group_key=known)
        try:
            meaning = self._meaning_of(tenant)
            return Place() if meaning is None else _by_meaning(tenant, asked, meaning)
        except ModelUnavailable as error:
            _log.warning("a question was grouped by its words alone: %s", error.message)
            return Place()

    def renewed(
        self, tenant: Tenant, twin_id: str
    ) -> Iterator[tuple[str, list[tuple[Group, bytes]]]]:
        """Yield vectors for the groups that have none of the model at hand, some at a time.

        They are asked for again until all are kept, or the model cannot be had.
        """
        try:
            meaning = self._meaning_of(tenant)
            while meaning is not None and (
                groups := tenant.audience.unembedded(twin_id, meaning.model, _SLICE)
            ):
                vectors = meaning.embed([group.question for group in groups])
                yield meaning.model, list(zip(groups, vectors, strict=True))
        except ModelUnavailable as error:
            _log.warning("groups of questions have no vectors yet: %s", error.message)


def _by_meaning(tenant: Tenant, asked: Ungrouped, meaning: Meaning) -> Place:
    vector = asked.vector
    if vector is None or asked.model != meaning.model:
        (vector,) = meaning.embed([asked.question])
    near = tenant.audience.nearest(asked.twin_id, meaning.model, vector, _NEAREST)
    same = meaning.same(asked.question, [(group.question, cosine) for group, cosine in near])
    if same is not None:
        return Place(group_key=near[same][0].key)
    return Place(model=meaning.model, vector=vector)

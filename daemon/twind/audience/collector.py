"""The only code that writes metrics.

A question is noted in the transaction that keeps its answer, by one row: so nothing is lost that
was answered, and it costs the answer next to nothing. Whatever takes longer is done later, from
what stands in the database: questions without a group, and days whose figures are old. It may end
at any point and be taken up again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from twind.audience.backlog import Backlog
from twind.audience.groups import Grouper
from twind.audience.rollups import roll_up
from twind.domain.audience import Asked, Asker, Channel
from twind.domain.metrics import SECONDS_A_DAY, Rating, day_of
from twind.errors import NotFound
from twind.store.store import Tenant

_BATCH = 64

Observe = Callable[[Asked], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How much was erased of a visitor."""

    events: int
    conversations: int


class Collector:
    """Notes questions, and makes groups and figures of them."""

    def __init__(
        self,
        grouper: Grouper,
        backlog: Backlog,
        observe: Observe,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take what groups questions, whom to tell of changes, and who else looks on.

        Args:
            grouper: Finds the groups of questions.
            backlog: Is told which tenants have changed.
            observe: Is told of each question once it is kept.
            clock: Returns UTC seconds.
        """
        self._grouper = grouper
        self._backlog = backlog
        self._observe = observe
        self._clock = clock

    def record(self, tenant: Tenant, asked: Asked) -> None:
        """Note a question inside the transaction that keeps its answer; bots leave nothing."""
        if not asked.asker.is_counted:
            return

        def tell() -> None:
            self._backlog.add(tenant.id)
            self._observe(asked)

        kept = _kept(asked.asker)
        tenant.metrics.add(
            asked if kept is asked.asker else replace(asked, asker=kept), self._clock()
        )
        tenant.database.after_commit(tell)

    def rate(self, tenant: Tenant, message_id: str, rating: Rating | None, session: str) -> None:
        """Rate an answer that was given in a session, or take the rating back.

        Raises:
            NotFound: No such answer is known, or not in that session.
        """
        if not tenant.metrics.rate(message_id, rating, session):
            raise NotFound(
                f"there is no answer {message_id} to rate",
                hint="whoever asked may rate the answer",
            )
        self._backlog.add(tenant.id)

    def close(self, tenant: Tenant, message_ids: list[str]) -> None:
        """Count refused questions as answered since."""
        tenant.metrics.close(message_ids)
        self._backlog.add(tenant.id)

    def forget(self, tenant: Tenant, twin_id: str, visitor: str) -> Forgotten:
        """Erase the questions of a visitor, and the conversations that they stand in."""
        with tenant.transaction():
            conversations = {
                *tenant.visits.of(twin_id, visitor),
                *tenant.audience.conversations_of(twin_id, visitor),
            }
            forgotten = Forgotten(
                events=tenant.metrics.forget(twin_id, visitor, conversations),
                conversations=tenant.visits.delete(conversations),
            )
        self._backlog.add(tenant.id)
        return forgotten

    def catch_up(self, tenant: Tenant, is_stopping: Callable[[], bool]) -> None:
        """Group what has no group, then make the figures of all changed days."""
        while not is_stopping() and self._group_some(tenant, is_stopping):
            pass
        for twin_id, day, changes in tenant.audience.changed_days():
            if is_stopping():
                return
            rollup = roll_up(tenant.audience.events(twin_id, day))
            tenant.metrics.put_rollup(twin_id, day, rollup, changes=changes)

    def expire(self, tenant: Tenant, keep_days: int, is_stopping: Callable[[], bool]) -> bool:
        """Erase what is older, with visitors' conversations; return whether anything was."""
        first = day_of(self._clock()) - keep_days + 1
        days = tenant.audience.days_before(first)
        for twin_id, day in days:
            if is_stopping():
                return True
            tenant.metrics.drop_day(twin_id, day)
        old = 0
        while not is_stopping() and (
            ids := tenant.visits.before(first * SECONDS_A_DAY, limit=_BATCH)
        ):
            old += tenant.visits.delete(ids)
        return bool(days) or old > 0

    def _group_some(self, tenant: Tenant, is_stopping: Callable[[], bool]) -> bool:
        """Group the oldest questions up to the first that begins a group; False if none is left.

        What comes after that one may belong to its group.
        """
        batch = tenant.audience.ungrouped(_BATCH)
        for twin_id in {asked.twin_id for asked in batch}:
            for model, made in self._grouper.renewed(tenant, twin_id):
                if is_stopping():
                    return False
                tenant.metrics.put_vectors(model, made)
        pairs: list[tuple[int, int]] = []
        worded: dict[tuple[str, str], int] = {}
        for asked in batch:
            wording = asked.twin_id, asked.plain
            place = self._grouper.place(tenant, asked, worded.get(wording))
            if place.group_key is None:
                with tenant.transaction():
                    tenant.metrics.put_in_groups(pairs)
                    tenant.metrics.start_group(asked, place.model, place.vector)
                return True
            worded[wording] = place.group_key
            pairs.append((asked.key, place.group_key))
        tenant.metrics.put_in_groups(pairs)
        return bool(batch)


def _kept(asker: Asker) -> Asker:
    """Return what is kept of who asked: of who wants no trace, not where they came from."""
    is_untraced = not asker.visitor and asker.channel in {Channel.WIDGET, Channel.SHARE}
    return replace(asker, origin_host="") if is_untraced else asker

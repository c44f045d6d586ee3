"""Catches up with what was asked, in a thread of its own that nobody's answer waits for."""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from twind.audience.backlog import Backlog
from twind.audience.collector import Collector
from twind.audience.visitors import Visitors
from twind.domain.metrics import SECONDS_A_DAY
from twind.errors import NotFound
from twind.store.store import Store

_log = logging.getLogger(__name__)

_REST_S = 0.25
_REST_PER_WORK = 10  # so that many questions cost a tenth of the time and not all of it
_LONGEST_REST_S = 30.0
_HOUR_S = 3600.0


class Worker:
    """Groups, counts, and lets go of what is too old.

    What it has to do stands in the database itself, so that a killed daemon goes on with it.
    """

    def __init__(
        self,
        store: Store,
        collector: Collector,
        backlog: Backlog,
        visitors: Visitors,
        *,
        keep_days: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._collector = collector
        self._backlog = backlog
        self._visitors = visitors
        self._keep_days = keep_days
        self._clock = clock
        self._thread = threading.Thread(target=self._work, name="audience", daemon=True)

    def start(self) -> None:
        """Let go of what is too old, take up what a daemon before left, then go on."""
        self._backlog.add(*(tenant.id for tenant in self._store.each_tenant()))
        self._thread.start()

    def stop(self) -> None:
        """End after the step at hand; the next start goes on."""
        self._backlog.close()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        rest_s, upkeep_at = 0.0, time.monotonic()
        while not self._backlog.is_closed:
            if time.monotonic() >= upkeep_at:
                self._try(self._keep_up)
                upkeep_at = time.monotonic() + self._until_upkeep_s()
            tenants, goal = self._backlog.take(rest_s, max(0.0, upkeep_at - time.monotonic()))
            began = time.monotonic()
            failed = [each for each in tenants if not self._try(partial(self._catch_up, each))]
            self._backlog.done(goal)
            rest_s = _REST_PER_WORK * (time.monotonic() - began)
            rest_s = min(max(rest_s, _REST_S), _LONGEST_REST_S)
            if failed:
                self._backlog.add(*failed)
                rest_s = _LONGEST_REST_S

    def _catch_up(self, tenant_id: str) -> None:
        try:
            tenant = self._store.tenant(tenant_id)
        except NotFound:
            return
        self._collector.catch_up(tenant, self._is_stopping)

    def _keep_up(self) -> None:
        dropped = self._visitors.drop_salts()
        for tenant in self._store.each_tenant():
            dropped += self._collector.expire(tenant, self._keep_days, self._is_stopping)
        if dropped:
            self._store.erasure.request()

    def _until_upkeep_s(self) -> float:
        """Return the time until the next hour or day begins."""
        return min(_HOUR_S, SECONDS_A_DAY - self._clock() % SECONDS_A_DAY)

    def _is_stopping(self) -> bool:
        return self._backlog.is_closed

    def _try(self, step: Callable[[], None]) -> bool:
        try:
            step()
        except Exception:  # noqa: BLE001
            _log.exception("the audience could not be caught up with; it will be tried again")
            return False
        return True

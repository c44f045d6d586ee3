"""Which tenants have something that is to be caught up with."""

import threading


class Backlog:
    """Handed from whoever changes something to the thread that catches up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._tenants: set[str] = set()
        self._added = 0
        self._done = 0
        self._waiting = 0
        self.is_closed = False

    def add(self, *tenant_ids: str) -> None:
        """Have tenants caught up with."""
        with self._changed:
            self._tenants.update(tenant_ids)
            self._added += 1
            self._changed.notify_all()

    def settle(self, limit_s: float) -> bool:
        """Wait until all that was added is caught up with; return whether it was in time."""
        with self._changed:
            goal = self._added
            self._waiting += 1
            self._changed.notify_all()
            try:
                self._changed.wait_for(lambda: self.is_closed or self._done >= goal, limit_s)
                return self._done >= goal
            finally:
                self._waiting -= 1

    def take(self, rest_s: float, idle_s: float) -> tuple[set[str], int]:
        """Wait until there is something to do, and take it.

        Args:
            rest_s: Time to rest before, unless somebody waits; more gathers in it.
            idle_s: The longest to wait; then nothing is taken.

        Returns:
            The tenants, and what to tell `done`.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.is_closed or self._is_awaited(), rest_s)
            self._changed.wait_for(lambda: self.is_closed or self._tenants, idle_s)
            taken, self._tenants = self._tenants, set()
            return taken, self._added

    def done(self, goal: int) -> None:
        """Tell that everything up to `goal` is caught up with."""
        with self._changed:
            self._done = max(self._done, goal)
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def _is_awaited(self) -> bool:
        return self._waiting > 0 and self._added > self._done

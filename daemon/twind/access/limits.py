"""Limits on how often may be asked, which a restart does not lift.

Levels live in memory, are kept by the store about once a second while they change and once more
at the end. Names are hashed with the secret of the server: no address is ever written down.
"""

import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from hashlib import sha256

from twind.domain.keys import ApiKey
from twind.domain.limits import MINUTE_S, Allowance, Bucket, Level, allowance, tightest
from twind.errors import RateLimited
from twind.store.limits import LimitTable

KEPT_EVERY_S = 1.0
MOST_LEVELS = 100_000
_NAME_LENGTH = 32


def of_key(key: ApiKey, per_minute: int) -> Bucket:
    """Return what a key takes from, on whichever listener it is shown."""
    return Bucket(name=f"key {key.id}", per_minute=per_minute)


def too_often(refused: Allowance) -> RateLimited:
    """Return the failure of a request that is beyond its limits."""
    return RateLimited(
        f"only {refused.limit} requests a minute are answered",
        retry_after_s=refused.retry_after_s,
    )


class Limits:
    """Buckets of tokens by name."""

    def __init__(
        self,
        table: LimitTable,
        secret: bytes,
        *,
        clock: Callable[[], float] = time.time,
        most: int = MOST_LEVELS,
    ) -> None:
        """Go on where the last daemon stopped.

        Args:
            table: Where levels are kept.
            secret: What names are hashed with.
            clock: Returns UTC seconds.
            most: Levels that are remembered; whoever asked least recently is forgotten first.
        """
        self._table = table
        self._secret = secret
        self._clock = clock
        self._lock = threading.Lock()
        self._most = most
        self._levels = OrderedDict(table.since(clock() - MINUTE_S))
        """By name, whoever asked least recently first."""
        self._changed: set[str] = set()
        self._has_changed = threading.Event()
        self._is_ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep_on, name="limits", daemon=True)

    def start(self) -> None:
        """Begin to keep what changes."""
        self._keeper.start()

    def stop(self) -> None:
        """Keep everything, and no more from now on."""
        self._is_ending.set()
        self._has_changed.set()
        if self._keeper.is_alive():
            self._keeper.join()
        self.keep()

    def take(self, buckets: Sequence[Bucket]) -> Allowance:
        """Take a token from every bucket, or from none if one of them is empty.

        Returns:
            What the tightest bucket says: the empty one, else the one with the fewest left.
        """
        names = [self._name(bucket) for bucket in buckets]
        with self._lock:
            now = self._clock()
            left = [
                self._levels.get(name, Level(tokens=bucket.per_minute, at=now)).filled(
                    bucket.per_minute, now
                )
                for name, bucket in zip(names, buckets, strict=True)
            ]
            is_granted = min(left) >= 1
            if is_granted:
                left = [tokens - 1 for tokens in left]
                self._levels.update(
                    (name, Level(tokens=tokens, at=now))
                    for name, tokens in zip(names, left, strict=True)
                )
                self._changed.update(names)
                if not self._has_changed.is_set():
                    self._has_changed.set()
            self._forget(names, now)
        return tightest(
            allowance(bucket, tokens, is_granted=is_granted)
            for bucket, tokens in zip(buckets, left, strict=True)
        )

    def is_full(self, bucket: Bucket) -> bool:
        """Return whether nothing was taken from a bucket for the last minute."""
        with self._lock:
            level = self._levels.get(self._name(bucket))
            return level is None or level.filled(bucket.per_minute, self._clock()) >= (
                bucket.per_minute
            )

    def give_back(self, buckets: Sequence[Bucket]) -> None:
        """Put a token back into every bucket, as if it had not been taken."""
        with self._lock:
            now = self._clock()
            for bucket in buckets:
                name = self._name(bucket)
                if name in self._levels:
                    tokens = self._levels[name].filled(bucket.per_minute, now) + 1
                    kept = min(tokens, float(bucket.per_minute))
                    self._levels[name] = Level(tokens=kept, at=now)
                    self._changed.add(name)
            self._has_changed.set()

    def keep(self) -> None:
        """Write down what has changed since it was last kept."""
        with self._lock:
            self._has_changed.clear()
            changed = {name: self._levels[name] for name in self._changed & self._levels.keys()}
            self._changed.clear()
            full_since = self._clock() - MINUTE_S
        if changed:
            self._table.keep(changed, forget_before=full_since)

    def _forget(self, just_asked: Sequence[str], now: float) -> None:
        """Forget whose buckets are full again for sure, and of too many those of long ago."""
        for name in just_asked:
            if name in self._levels:
                self._levels.move_to_end(name)
        full_since = now - MINUTE_S
        while self._levels and (
            len(self._levels) > self._most or next(iter(self._levels.values())).at <= full_since
        ):
            self._levels.popitem(last=False)

    def _keep_on(self) -> None:
        while not self._is_ending.is_set():
            self._has_changed.wait()
            self._is_ending.wait(KEPT_EVERY_S)
            self.keep()

    def _name(self, bucket: Bucket) -> str:
        digest = hmac.new(self._secret, bucket.name.encode(), sha256)
        return digest.hexdigest()[:_NAME_LENGTH]

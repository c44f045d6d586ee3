"""How often something may be asked: buckets of tokens that fill up again with time.

A bucket holds as many tokens as may be asked in a minute, and fills from empty to full in one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

MINUTE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Whom a limit holds for, and how many requests a minute it allows.

    `name` begins with the kind of the holder, such as `key` or `twin`.
    """

    name: str
    per_minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Tokens that were left in a bucket at a time, in UTC seconds."""

    tokens: float
    at: float

    def filled(self, per_minute: int, now: float) -> float:
        """Return the tokens that are there by now; a clock that was set back adds none."""
        gained = max(0.0, now - self.at) * per_minute / MINUTE_S
        return min(float(per_minute), self.tokens + gained)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What the tightest of some limits says to a request.

    Attributes:
        is_granted: The request may go on.
        limit: Requests a minute.
        remaining: How many more may follow at once.
        reset_s: Seconds until all of them may.
        retry_after_s: Seconds until the next may; 0 where it may at once.
    """

    is_granted: bool
    limit: int
    remaining: int
    reset_s: float
    retry_after_s: float


def tightest(allowances: Iterable[Allowance]) -> Allowance:
    """Return what the limit says that lets ask again last, else the one that leaves the least."""
    return max(allowances, key=lambda each: (each.retry_after_s, -each.remaining))


def allowance(bucket: Bucket, tokens: float, *, is_granted: bool) -> Allowance:
    """Return what a bucket with so many tokens says."""
    a_token_s = MINUTE_S / bucket.per_minute
    return Allowance(
        is_granted=is_granted,
        limit=bucket.per_minute,
        remaining=int(tokens),
        reset_s=(bucket.per_minute - tokens) * a_token_s,
        retry_after_s=max(0.0, 1 - tokens) * a_token_s,
    )

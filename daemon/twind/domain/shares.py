"""Share links: who has the link may talk to one twin, within its limits."""

from dataclasses import dataclass
from enum import StrEnum


class ShareState(StrEnum):
    """Whether a link can be used."""

    OPEN = "open"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link to a twin. Times are UTC seconds.

    Attributes:
        id: The link, as its owner names it.
        twin_id: The twin that it opens.
        name: What its owner calls it; may be empty.
        prefix: The first characters of its token.
        expires_at: When it ends by itself; None for never.
        max_questions: How many may be asked over it in all; None for any number.
        questions: How many were.
        has_passcode: Whether its visitors need one.
        created_at: When it was made.
        revoked_at: When its owner ended it; None while they did not.
    """

    id: str
    twin_id: str
    name: str
    prefix: str
    expires_at: float | None
    max_questions: int | None
    questions: int
    has_passcode: bool
    created_at: float
    revoked_at: float | None

    @property
    def questions_left(self) -> int | None:
        """How many more may be asked; None for any number."""
        if self.max_questions is None:
            return None
        return max(0, self.max_questions - self.questions)

    def state(self, now: float) -> ShareState:
        """Return whether the link can be used at a time; what its owner did comes first."""
        if self.revoked_at is not None:
            return ShareState.REVOKED
        if self.expires_at is not None and now >= self.expires_at:
            return ShareState.EXPIRED
        if self.questions_left == 0:
            return ShareState.USED_UP
        return ShareState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """A link that is about to be kept, with the hashes of what opens it.

    Attributes:
        twin_id: The twin that it opens.
        name: What its owner calls it; may be empty.
        prefix: The first characters of its token.
        token_hash: Of the whole token.
        passcode_hash: Of the passcode; None where none is needed.
        expires_at: When it ends by itself; None for never.
        max_questions: How many may be asked over it in all; None for any number.
    """

    twin_id: str
    name: str
    prefix: str
    token_hash: str
    passcode_hash: str | None
    expires_at: float | None
    max_questions: int | None

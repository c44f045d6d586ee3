"""Share links: who has the link may talk to one twin, within its limits."""

import secrets
import string
from dataclasses import dataclass
from enum import StrEnum

_ALPHABET = string.ascii_letters + string.digits
"""Free of marks, which programs that make links of addresses leave out at the end."""
_LENGTH = 43
_SHOWN = 6


class ShareState(StrEnum):
    """Whether a link can be used."""

    OPEN = "open"
    REVOKED = "revoked"
    EXPIRED = "expired"
    USED_UP = "used_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTerms:
    """What a link is for, as its owner chooses it. Times are UTC seconds.

    Attributes:
        twin_id: The twin that it opens.
        name: What its owner calls it; may be empty.
        expires_at: When it ends by itself; None for never.
        max_questions: How many may be asked over it in all; None for any number.
    """

    twin_id: str
    name: str = ""
    expires_at: float | None = None
    max_questions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare(ShareTerms):
    """A link that is about to be kept, with the hashes of what opens it.

    Attributes:
        prefix: The first characters of its token.
        token_hash: Of the whole token.
        passcode_hash: Of the passcode; None where none is needed.
    """

    prefix: str
    token_hash: str
    passcode_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(ShareTerms):
    """A link as it is kept, without its token. Times are UTC seconds.

    Attributes:
        id: The link.
        prefix: The first characters of its token, by which its owner knows it.
        questions: How many were asked over it.
        has_passcode: Whether its visitors need one.
        created_at: When it was made.
        revoked_at: When its owner ended it; None while they did not.
    """

    id: str
    prefix: str
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
        """Return whether the link can be used at a moment; what its owner did comes first."""
        if self.revoked_at is not None:
            return ShareState.REVOKED
        if self.expires_at is not None and self.expires_at <= now:
            return ShareState.EXPIRED
        return ShareState.USED_UP if self.questions_left == 0 else ShareState.OPEN


def new_token() -> str:
    """Return the token of a new link: letters and digits of 256 random bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def shown_part(token: str) -> str:
    """Return the first characters of a token, which are shown in lists."""
    return token[:_SHOWN]

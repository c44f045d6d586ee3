"""Share links: addresses by which visitors talk to one twin without a key."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from twinctl.wire.moments import Moment
from twinctl.wire.public import PublicMessageOut, PublicTwinOut
from twinctl.wire.texts import LINE

State = Literal["open", "revoked", "expired", "used_up"]
Passcode = Annotated[str, Field(min_length=4, max_length=200), LINE]


class ShareIn(BaseModel, extra="forbid"):
    """A new link; without an end or a number of questions it works until it is revoked.

    A limit that is misspelt is refused, not left out.
    """

    name: Annotated[str, Field(max_length=200), LINE] = ""
    expires_at: Moment | None = None
    max_questions: int | None = Field(default=None, ge=1, le=1_000_000)
    passcode: Passcode | None = Field(default=None, repr=False)


class ShareOut(BaseModel):
    """A link, without the token that opens it; `prefix` is how its token begins.

    `questions` counts what was asked over it.
    """

    id: str
    name: str
    state: State
    prefix: str
    twin: str
    expires_at: datetime | None
    max_questions: int | None
    questions: int
    has_passcode: bool
    created_at: datetime
    revoked_at: datetime | None


class ShareCreated(ShareOut):
    """A link that was just made: the only time that its token is shown.

    `path` is where its page is on the public listener. `url` is its whole address; null while no
    listener runs and no address is configured. `is_reachable` is false while none runs.
    """

    token: str
    path: str
    url: str | None
    is_reachable: bool


class SharePage(BaseModel):
    """A page of links, newest first; `next_cursor` is null on the last one."""

    shares: list[ShareOut]
    next_cursor: str | None = None


class ShareOpened(BaseModel):
    """What a visitor of a link gets; a link that cannot be used is a problem document instead.

    Attributes:
        valid: Always true.
        needs_passcode: The link has a passcode and it was not given: there is no session yet.
        twin: The twin that is talked to.
        questions_left: How many more may be asked over the link; null for any number.
        expires_at: When the link ends; null for never.
        token: Of the session, for `Authorization: Bearer`; null without one.
        expires_in: Seconds that the token is good for; null without one.
        conversation_id: Of a session that goes on, what it talks in.
        messages: Of a session that goes on, what was said before, oldest first.
    """

    valid: Literal[True] = True
    needs_passcode: bool = False
    twin: PublicTwinOut
    questions_left: int | None
    expires_at: datetime | None
    token: str | None = None
    expires_in: int | None = None
    conversation_id: str | None = None
    messages: list[PublicMessageOut] = []

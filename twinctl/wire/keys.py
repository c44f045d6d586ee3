"""API keys."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from twinctl.wire.moments import Moment
from twinctl.wire.texts import LINE

DAY_S = 86_400
LONGEST_OVERLAP_S = 90 * DAY_S
MOST_LISTED = 100
MOST_A_MINUTE = 100_000

Kind = Literal["publishable", "secret"]
Scope = Literal["chat", "search", "sources:read", "sources:write", "stats:read", "admin"]
State = Literal["active", "replaced", "expired", "revoked"]
Name = Annotated[str, Field(max_length=200), LINE]
Text = Annotated[str, Field(min_length=1, max_length=300), LINE]


class KeyIn(BaseModel, extra="forbid"):
    """A new key; a limit that is misspelt is refused, not left out.

    Attributes:
        name: What its owner calls it.
        kind: A `publishable` key stands in the pages of a site and may only mint widget
            sessions; a `secret` one stays on a server.
        scopes: What it may be used for; `chat` for a secret key unless others are named.
        twins: Slugs or ids of the twins that it reaches; all of the tenant if none is named.
        origins: Pages that may use it, such as `https://example.com` or
            `https://*.example.com`; without any, pages of this machine only.
        expires_at: When it ends; never if null.
        requests_per_minute: The most that it may ask; the usual limit of the public listener if
            null.
    """

    name: Name = ""
    kind: Kind = "secret"
    scopes: list[Scope] | None = Field(default=None, max_length=MOST_LISTED)
    twins: list[Text] = Field(default=[], max_length=MOST_LISTED)
    origins: list[Text] = Field(default=[], max_length=MOST_LISTED)
    expires_at: Moment | None = None
    requests_per_minute: int | None = Field(default=None, ge=1, le=MOST_A_MINUTE)


class KeyOut(BaseModel):
    """A key without its secret; `twins` are slugs, and empty for all of the tenant.

    A `replaced` key still works, until `expires_at`.
    """

    id: str
    name: str
    kind: Kind
    state: State
    prefix: str
    last_four: str
    scopes: list[Scope]
    twins: list[str]
    origins: list[str]
    expires_at: datetime | None
    requests_per_minute: int | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    replaced_by: str | None

    @property
    def has_ended(self) -> bool:
        """Whether it works no longer."""
        return self.state in {"expired", "revoked"}


class KeyCreated(KeyOut):
    """A new key with its secret, which is never shown again."""

    key: str


class KeyPage(BaseModel):
    """A page of keys, newest first; `next_cursor` is null on the last one."""

    keys: list[KeyOut]
    next_cursor: str | None = None


class RotateIn(BaseModel, extra="forbid"):
    """How long the old key works beside the new one."""

    overlap_s: int = Field(default=DAY_S, ge=0, le=LONGEST_OVERLAP_S)

"""The audit log: who did what to keys, shares, tenants, twins and sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Detail = str | int | float | bool | list[str] | None


class Action(StrEnum):
    """What is written down."""

    KEY_CREATE = "key.create"
    KEY_ROTATE = "key.rotate"
    KEY_REVOKE = "key.revoke"
    SHARE_CREATE = "share.create"
    SHARE_REVOKE = "share.revoke"
    TENANT_CREATE = "tenant.create"
    TENANT_DELETE = "tenant.delete"
    TWIN_CREATE = "twin.create"
    TWIN_UPDATE = "twin.update"
    TWIN_DELETE = "twin.delete"
    SOURCE_INGEST = "source.ingest"
    SOURCE_DELETE = "source.delete"
    SOURCE_REINDEX = "source.reindex"

    @property
    def kind(self) -> str:
        """The kind of what it is done to."""
        return self.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that was done. Times are UTC seconds.

    Attributes:
        id: The entry.
        at: When it was done.
        actor: Who did it: `owner`, the id of a key, or `watch`.
        action: What.
        kind: The kind of what it was done to: key, share, tenant, twin or source.
        subject: Its id.
        details: What else tells, such as its name at that time.
    """

    id: str
    at: float
    actor: str
    action: Action
    kind: str
    subject: str
    details: Mapping[str, Detail]

"""The audit log."""

from datetime import datetime

from pydantic import BaseModel


class AuditOut(BaseModel):
    """One thing that was done.

    Attributes:
        id: The entry.
        at: When.
        actor: Who: `owner` for the socket, the id of a key, or `watch` for a watched folder.
        action: What, such as `key.create`.
        kind: The kind of what it was done to: `key`, `share`, `tenant`, `twin` or `source`.
        subject: Its id.
        details: What else tells, such as its name at that time.
    """

    id: str
    at: datetime
    actor: str
    action: str
    kind: str
    subject: str
    details: dict[str, str | int | float | bool | list[str] | None]


class AuditPage(BaseModel):
    """A page of the audit log, newest first; `next_cursor` is null on the last one."""

    entries: list[AuditOut]
    next_cursor: str | None = None

"""State of the daemon."""

from typing import Literal

from pydantic import BaseModel

from twinctl.wire.errors import Failure


class DaemonStatus(BaseModel):
    """The process; everything but `running` is null where none runs.

    `rss_bytes` is the memory that the daemon itself takes. On Linux these are its resident pages
    that belong to no file: what the system maps of the database, and drops when it needs the room,
    is not counted. Elsewhere it is all that is resident.
    """

    running: bool
    pid: int | None = None
    version: str | None = None
    uptime_s: float | None = None
    rss_bytes: int | None = None


class StoreStatus(BaseModel):
    """The database and how much is in it."""

    kind: str
    bytes: int
    twins: int
    sources: int
    chunks: int


class JobCounts(BaseModel):
    """Jobs by status."""

    queued: int
    running: int
    failed: int


class ModelStatus(BaseModel):
    """Which models answer; `embedding` is null where full text answers alone."""

    embedding: str | None
    generator: str


class IndexStatus(BaseModel):
    """Whose vectors answer in a tenant, and whose are being made, of how many chunks.

    `active` is null where no vectors answer; `building`, `made` and `chunks` where none are made.
    """

    tenant: str
    active: str | None
    building: str | None = None
    made: int | None = None
    chunks: int | None = None


class Status(BaseModel):
    """What `status --json` prints; only `daemon` is set where none runs.

    `problem` is what keeps jobs from going on, as a full disk; null where they go on.
    """

    daemon: DaemonStatus
    store: StoreStatus | None = None
    jobs: JobCounts | None = None
    models: ModelStatus | None = None
    indexes: list[IndexStatus] | None = None
    problem: Failure | None = None


class Ready(BaseModel):
    """The daemon answers requests."""

    status: Literal["ready"] = "ready"
    version: str


class Check(BaseModel):
    """One finding of `doctor`."""

    name: str
    state: Literal["ok", "warning", "failed"]
    message: str
    hint: str | None = None


class Checks(BaseModel):
    """Findings of `doctor`."""

    checks: list[Check]

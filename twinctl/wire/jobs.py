"""Jobs: units of background work."""

from datetime import datetime

from pydantic import BaseModel

from twinctl.wire.errors import Failure
from twinctl.wire.sources import SourceOut


class Progress(BaseModel):
    """Steps done of all steps; `total` is null until it is known."""

    done: int
    total: int | None


class JobOut(BaseModel):
    """A job; status is `queued`, `running`, `succeeded`, `failed` or `cancelled`."""

    id: str
    kind: str
    status: str
    source_id: str | None
    attempts: int
    progress: Progress
    error: Failure | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobPage(BaseModel):
    """A page of jobs; `next_cursor` is null on the last one."""

    jobs: list[JobOut]
    next_cursor: str | None = None


class JobLog(BaseModel):
    """A line of a job's log."""

    at: datetime
    level: str
    message: str


class JobLogs(BaseModel):
    """Lines of a job's log, oldest first."""

    logs: list[JobLog]
    next_cursor: str | None = None


class Accepted(BaseModel):
    """What an ingest route answers: the source and the job that works on it."""

    source: SourceOut
    job: JobOut


class AcceptedFiles(BaseModel):
    """What became of each of several files, in their order: taken in, or why it was not."""

    files: list[Accepted | Failure]

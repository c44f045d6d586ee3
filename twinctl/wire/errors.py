"""Problem documents (RFC 9457) and the failure of one source or job."""

from pydantic import BaseModel


class Failure(BaseModel):
    """Why a source or a job failed."""

    code: str
    message: str
    hint: str | None = None


class Problem(BaseModel):
    """An error answer, `application/problem+json`; `param` is the part of what was sent."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    hint: str | None = None
    param: str | None = None
    request_id: str | None = None

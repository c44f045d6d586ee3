"""Questions and answers."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from twinctl.wire.locators import Locator
from twinctl.wire.texts import SAID


class ChatIn(BaseModel):
    """A message to a twin; answered as server-sent events unless `stream` is false."""

    message: Annotated[str, Field(min_length=1, max_length=10_000), SAID]
    conversation_id: str | None = None
    stream: bool = True


class CitationOut(BaseModel):
    """A quote that stands word for word in the source at its locator."""

    n: int
    source_id: str
    chunk_id: str
    uri: str
    title: str
    quote: str
    locator: Locator


class ClaimOut(BaseModel):
    """A sentence of the answer, its support (0 to 1) and the citations it rests on."""

    text: str
    support: float
    citations: list[int]


class AnswerOut(BaseModel):
    """An answer with its citations, or a refusal without any.

    `notice` says when the model that writes answers failed, and what was said instead.
    `question` is what was answered, where a follow-up was made a question of its own.
    """

    answer: str
    answered: bool
    refusal_reason: str | None
    confidence: float
    citations: list[CitationOut]
    claims: list[ClaimOut]
    generator: str
    conversation_id: str
    took_ms: float
    notice: str | None = None
    question: str | None = None


EventName = Literal["meta", "status", "delta", "citation", "refusal", "done", "error"]


class ChatEvent(BaseModel):
    """One event of a streamed answer.

    The data of each: meta {conversation_id, message_id}, status {stage, question?},
    delta {text}, citation (a `CitationOut`), refusal {reason, message}, done {answered, took_ms,
    generator, notice?}, error {code, message}. A citation follows the delta that names it first.
    """

    event: EventName
    data: dict[str, Any]

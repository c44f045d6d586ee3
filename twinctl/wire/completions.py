"""What programs that speak OpenAI's protocol ask of a twin.

What a request may hold and a twin has no use for (`temperature`, `max_tokens`, `user`, …) is
accepted and ignored. What would change the meaning of the answer is refused.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    FailFast,
    Field,
)
from pydantic_core import PydanticCustomError

from twinctl.wire.texts import WHOLE

LONGEST_QUESTION = 10_000
MOST_MESSAGES = 1_000

Text = Annotated[str, WHOLE]


def _unsupported(why: str) -> Any:
    """Return a check that takes nothing but what asks for nothing."""

    def check(value: object) -> object:
        if value:
            raise PydanticCustomError("unsupported", "{why}", {"why": why})
        return value

    return AfterValidator(check)


def _one_answer(value: int | None) -> int | None:
    if value not in {None, 1}:
        raise PydanticCustomError("unsupported", "a twin gives one answer; leave n at 1")
    return value


class TextPart(BaseModel):
    """A part of a message; any but `text` is refused."""

    type: Text
    text: Text | None = None


def _only_text(part: TextPart) -> TextPart:
    if part.type != "text" or part.text is None:
        raise PydanticCustomError(
            "unsupported", "a twin reads text only, not {type}", {"type": part.type[:40]}
        )
    return part


def _as_parts(content: object) -> object:
    """Return a content that is one text, or none, as a list of parts."""
    if content is None:
        return []
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _not_of_a_tool(role: str) -> str:
    if role in {"tool", "function"}:
        raise PydanticCustomError("unsupported", "a twin uses no tools, and reads none's results")
    return role


class CompletionMessage(BaseModel):
    """A turn. Those of `system` and `developer` are not read: nobody tells a twin what to say."""

    role: Annotated[
        Literal["system", "developer", "user", "assistant", "tool", "function"],
        AfterValidator(_not_of_a_tool),
    ]
    content: Annotated[
        list[Annotated[TextPart, AfterValidator(_only_text)]],
        FailFast(),
        BeforeValidator(_as_parts),
    ] = []

    @property
    def text(self) -> str:
        """All its text."""
        return "\n".join(part.text or "" for part in self.content)


def _has_a_question(messages: list[CompletionMessage]) -> list[CompletionMessage]:
    asked = [message.text for message in messages if message.role == "user"]
    if not asked or not asked[-1].strip():
        raise PydanticCustomError("no_question", "the last message of the user holds no text")
    if len(asked[-1]) > LONGEST_QUESTION:
        raise PydanticCustomError(
            "question_too_long",
            "the last message of the user is longer than {most} characters",
            {"most": LONGEST_QUESTION},
        )
    return messages


class StreamOptions(BaseModel):
    """What a stream tells besides the answer."""

    include_usage: bool = False


class ResponseFormat(BaseModel):
    """The form of the answer; text is the only one."""

    type: Text


def _as_text(wanted: ResponseFormat | None) -> ResponseFormat | None:
    if wanted is not None and wanted.type != "text":
        raise PydanticCustomError("unsupported", "a twin answers in text only")
    return wanted


def _by_text(wanted: list[str] | None) -> list[str] | None:
    if wanted is not None and wanted != ["text"]:
        raise PydanticCustomError("unsupported", "a twin answers in text only")
    return wanted


_NO_TOOLS = _unsupported("a twin uses no tools; it answers from its sources")


class CompletionIn(BaseModel):
    """A question to a twin: the last message of the user.

    Earlier messages complete that question, as "and when?" is completed, and do nothing else.
    """

    model: str = Field(max_length=200)
    messages: Annotated[
        list[CompletionMessage],
        FailFast(),
        Field(min_length=1, max_length=MOST_MESSAGES),
        AfterValidator(_has_a_question),
    ]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: Annotated[int | None, AfterValidator(_one_answer)] = None
    tools: Annotated[list[Any] | None, _NO_TOOLS] = None
    functions: Annotated[list[Any] | None, _NO_TOOLS] = None
    response_format: Annotated[ResponseFormat | None, AfterValidator(_as_text)] = None
    modalities: Annotated[list[str] | None, AfterValidator(_by_text)] = None
    logprobs: Annotated[bool | None, _unsupported("a twin knows no probabilities of words")] = None

"""The shapes of the OpenAI-compatible protocol, as far as the child speaks it."""

from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from twind.models.llama_writer import PromptTooLong, Wanted, Writer, Writing

MOST_TOKENS = 1 << 20
TOO_LONG = "context_length_exceeded"

Body = TypeVar("Body", bound=BaseModel)


class Refused(Exception):
    """A request that cannot be served; `code` is the word that programs go by."""

    def __init__(self, status: HTTPStatus, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.problem = {"message": message, "type": "invalid_request_error", "code": code}


class MessageIn(BaseModel):
    """A message of the chat."""

    role: str
    content: str


class CountIn(BaseModel):
    """Body of `POST /v1/count`."""

    messages: list[MessageIn] = Field(min_length=1)


class StreamOptions(BaseModel):
    """What a stream holds beside the text."""

    include_usage: bool = False


class CompletionIn(CountIn):
    """Body of `POST /v1/chat/completions`."""

    max_tokens: int = Field(MOST_TOKENS, ge=1)
    temperature: float = Field(0.0, ge=0.0)
    stream: bool = False
    stream_options: StreamOptions = StreamOptions()


def parse(form: type[Body], body: bytes) -> Body:
    """Read the body of a request.

    Raises:
        Refused: It does not have that form.
    """
    try:
        return form.model_validate_json(body)
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        raise Refused(HTTPStatus.BAD_REQUEST, f"{place}: {problem['msg']}") from error


def count(writer: Writer, asked: CountIn) -> int:
    """Return how many tokens a prompt takes.

    Raises:
        Refused: The model's template does not take these messages.
    """
    try:
        return writer.count([message.model_dump() for message in asked.messages])
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error


def begin(writer: Writer, asked: CompletionIn) -> Writing:
    """Return an answer that is still empty.

    Raises:
        Refused: The prompt is too long, or not one for this model.
    """
    wanted = Wanted(
        messages=[message.model_dump() for message in asked.messages],
        max_tokens=asked.max_tokens,
        temperature=asked.temperature,
    )
    try:
        return writer.begin(wanted)
    except PromptTooLong as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error), TOO_LONG) from error
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error


def completion(writing: Writing, text: str) -> dict[str, Any]:
    """Return a whole answer."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text},
        "finish_reason": writing.finish_reason,
    }
    return {"object": "chat.completion", "choices": [choice], "usage": usage(writing)}


def text_chunk(text: str) -> dict[str, Any]:
    """Return a piece of an answer."""
    return _chunk([{"index": 0, "delta": {"content": text}, "finish_reason": None}])


def last_chunk(writing: Writing) -> dict[str, Any]:
    """Return the end of an answer."""
    return _chunk([{"index": 0, "delta": {}, "finish_reason": writing.finish_reason}])


def usage_chunk(writing: Writing) -> dict[str, Any]:
    """Return what an answer cost."""
    return {**_chunk([]), "usage": usage(writing)}


def usage(writing: Writing) -> dict[str, Any]:
    """Return what an answer cost, in tokens."""
    prompt, written = len(writing.prompt), writing.written_tokens
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
        "prompt_tokens_details": {"cached_tokens": writing.cached_tokens},
    }


def failure(error: Exception) -> dict[str, Any]:
    """Return how an answer broke off."""
    return {"message": str(error), "type": "server_error", "code": None}


def _chunk(choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"object": "chat.completion.chunk", "choices": choices}

"""What programs that speak OpenAI's protocol are told: models, chat completions and errors."""

from typing import Any, Literal

from pydantic import BaseModel, SerializerFunctionWrapHandler, model_serializer

from twinctl.wire.public import PublicCitationOut


class Model(BaseModel):
    """A twin, as a model; `id` is its slug."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ModelList(BaseModel):
    """The twins that a key reaches."""

    object: Literal["list"] = "list"
    data: list[Model]


class UrlCitation(BaseModel):
    """What the text between two places rests on; `end_index` is the place after the last.

    `url` leads to a source that lies on the web for everyone. Any other has a name in its place,
    `urn:twinctl:citation:N`, which leads nowhere.
    """

    start_index: int
    end_index: int
    url: str
    title: str


class Annotation(BaseModel):
    """A citation, in the one form that the protocol has for it."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class TwinExtension(BaseModel):
    """What the protocol has no place for.

    `answered` false means refused, with `refusal_reason` set and `citations` empty. `notice` says
    what the reader should know of how the answer came about.
    """

    answered: bool
    refusal_reason: str | None
    confidence: float
    citations: list[PublicCitationOut]
    conversation_id: str
    notice: str | None


class Usage(BaseModel):
    """Estimates: a token for every four bytes of the text in UTF-8."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class CompletionMessageOut(BaseModel):
    """What the twin says; a refusal is content, too, and `refusal` is always null."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    """The one answer."""

    index: int = 0
    message: CompletionMessageOut
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class CompletionOut(BaseModel):
    """A whole answer."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    twin: TwinExtension


class _Sparse(BaseModel):
    """Leaves out what is null."""

    @model_serializer(mode="wrap")
    def _without_null(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value is not None}


class DeltaOut(_Sparse):
    """The next piece of an answer."""

    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[Annotation] | None = None


class ChoiceDelta(BaseModel):
    """The next piece of the one answer; the last one has a reason to end."""

    index: int = 0
    delta: DeltaOut
    finish_reason: Literal["stop"] | None = None


class CompletionChunk(_Sparse):
    """One event of a streamed answer.

    `twin` comes with the last piece; `usage` comes after it, alone, to whoever asked for it.
    """

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChoiceDelta]
    twin: TwinExtension | None = None
    usage: Usage | None = None


class ApiError(BaseModel):
    """Why there is no answer; `param` names the part of the request that is wrong."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ApiErrorOut(BaseModel):
    """An error in the shape of the protocol."""

    error: ApiError

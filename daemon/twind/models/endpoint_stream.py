"""What a server sends while a model writes: server-sent events that hold JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from twind.errors import GeneratorFailed

DONE = "[DONE]"

_LONGEST_EVENT = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A step of an answer.

    Attributes:
        text: What the model wrote; empty where it began, ended, thought or was counted.
        finish: Why it ended, once it has: `stop`, `length` or another word.
        error: What went wrong instead, as the server says it.
    """

    text: str = ""
    finish: str | None = None
    error: object = None


def event_data(pieces: Iterable[bytes | None]) -> Iterator[str | None]:
    """Yield the data of each event; None, a pulse, is passed on.

    Comments and names of events are left out. What an `error:` line holds counts as data, too:
    that is how older servers say that they broke off.

    Raises:
        GeneratorFailed: An event has no end.
    """
    data: list[bytes] = []
    for line in _lines(pieces):
        if line is None:
            yield None
            continue
        field, _, value = line.partition(b":")
        if field in (b"data", b"error"):
            data.append(value.removeprefix(b" "))
        elif not line and data:
            yield b"\n".join(data).decode("utf-8", errors="replace")
            data = []
    if data:
        yield b"\n".join(data).decode("utf-8", errors="replace")


def _lines(pieces: Iterable[bytes | None]) -> Iterator[bytes | None]:
    rest = b""
    for piece in pieces:
        if piece is None:
            yield None
            continue
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            yield line.removesuffix(b"\r")
        if len(rest) > _LONGEST_EVENT:
            raise GeneratorFailed("the server sent an event without end")
    yield rest.removesuffix(b"\r")


def read_chunk(data: str) -> Chunk:
    """Return what an event says; one that is no JSON object of the protocol is an error."""
    try:
        said = json.loads(data)
    except ValueError:
        return Chunk(error=data)
    if not isinstance(said, dict):
        return Chunk(error=said or data)
    choices = said.get("choices")
    if said.get("error") or said.get("object") == "error" or not isinstance(choices, list):
        return Chunk(error=said)
    return _step(choices[0]) if choices else Chunk()


def _step(choice: Any) -> Chunk:
    if not isinstance(choice, dict):
        return Chunk(error="a choice that is none")
    delta = choice.get("delta")
    text = delta.get("content") if isinstance(delta, dict) else None
    finish = choice.get("finish_reason")
    return Chunk(
        text=text if isinstance(text, str) else "",
        finish=finish if isinstance(finish, str) else None,
    )

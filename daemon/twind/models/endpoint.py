"""Text from any server that speaks the OpenAI protocol, streaming."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from twind.domain.tokens import estimate_token_starts
from twind.errors import GeneratorFailed
from twind.models.base import Prompt
from twind.models.endpoint_address import Address
from twind.models.endpoint_exchange import Patience
from twind.models.endpoint_failures import Complaint, Diagnosis, ParameterRefused
from twind.models.endpoint_key import ReadKey
from twind.models.endpoint_server import Server
from twind.models.endpoint_stream import DONE, Chunk, event_data, read_chunk
from twind.models.thoughts import Thoughts

WRITING = Patience(connect_s=10, silence_s=600, total_s=1800)
"""A processor may read for minutes before the first word; whoever waits can stop at any time."""

COUNTING = Patience(connect_s=5, silence_s=60, total_s=60)

_BROKEN = frozenset({"content_filter", "error"})
_TOKENS_OF_A_PROMPT = 8


class EndpointGenerator:
    """Asks a server to write; each text has a connection of its own."""

    def __init__(  # noqa: PLR0913 - set once, each by its name
        self,
        *,
        name: str,
        base_url: str,
        model: str,
        key: ReadKey,
        context_tokens: int,
        uds: Path | None = None,
        patience: Patience = WRITING,
    ) -> None:
        """Take where the server is and what it is asked for.

        Args:
            name: What answers name as their generator.
            base_url: Address up to where `/chat/completions` follows.
            model: Name of the model on that server.
            key: Reads the key, at each use.
            context_tokens: What prompts and text share.
            uds: UNIX socket to connect to instead of the host; such a server is a child of ours,
                and counts tokens at `/count`.
            patience: How long a text may take.

        Raises:
            ModelUnavailable: `base_url` is no address of a server.
        """
        self._name = name
        self._model = model
        self._server = Server(Address.parse(base_url, uds), model, key)
        self._context_tokens = context_tokens
        self._counts = uds is not None
        self._patience = patience
        self._refused: set[str] = set()

    @property
    def name(self) -> str:
        """What answers name as their generator."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """What prompts and text share, in tokens."""
        return self._context_tokens

    def count_tokens(self, prompts: Sequence[Prompt]) -> int:
        """Return how many tokens the prompts take: exactly for a child of ours, else a high guess.

        Raises:
            GeneratorFailed: The child cannot be reached.
        """
        if not self._counts:
            return sum(_guess(prompt.content) for prompt in prompts)
        messages = [asdict(prompt) for prompt in prompts]
        answer = self._server.ask("/count", {"messages": messages}, COUNTING)
        tokens = answer.get("tokens") if isinstance(answer, dict) else None
        if not isinstance(tokens, int):
            raise GeneratorFailed(f"{self._name} did not count the tokens of a question")
        return tokens

    def stream(self, prompts: Sequence[Prompt], *, max_tokens: int) -> Generator[str, None, None]:
        """Yield the text as it is written, empty pieces as pulses; closing it hangs up.

        What the model thinks before it writes is left out.

        Raises:
            GeneratorFailed: The server cannot be reached, refuses, writes nothing or breaks off.
        """
        while True:
            wanted = self._wanted(prompts, max_tokens)
            pieces = self._server.stream("/chat/completions", wanted, self._patience)
            try:
                with closing(pieces):
                    yield from _text(event_data(pieces), self._server.diagnosis())
            except ParameterRefused as refusal:
                if refusal.parameter in self._refused:
                    raise
                self._refused.add(refusal.parameter)
            else:
                return

    def examine(self) -> str:
        """Return which model is where, after asking the server for those that it has.

        Raises:
            GeneratorFailed: It cannot be reached, or lacks the model.
        """
        models = self._server.models()
        if models and not {self._model, f"{self._model}:latest"} & set(models):
            raise self._server.diagnosis().without_model(models)
        return f"{self._model} at {self._server.address.url}"

    def close(self) -> None:
        """Hold nothing back: a connection ends with its text."""

    def _wanted(self, prompts: Sequence[Prompt], max_tokens: int) -> dict[str, object]:
        """Return the request; models that think want another limit and no temperature."""
        limit = "max_completion_tokens" if "max_tokens" in self._refused else "max_tokens"
        steady = {} if "temperature" in self._refused else {"temperature": 0}
        return {
            "model": self._model,
            "messages": [asdict(prompt) for prompt in prompts],
            "stream": True,
            limit: max_tokens,
            **steady,
        }


def _text(events: Iterator[str | None], diagnosis: Diagnosis) -> Generator[str, None, None]:
    """Yield what is written, from the data of events; an empty piece where one holds no text."""
    thoughts, finish, has_begun = Thoughts(), None, False
    for data in events:
        if data == DONE:
            finish = finish or DONE
            break
        chunk = read_chunk(data) if data else Chunk()
        if chunk.error is not None:
            raise diagnosis.of_event(Complaint.read(chunk.error))
        finish = chunk.finish or finish
        piece = thoughts.without(chunk.text)
        if thoughts.have_leaked:
            raise diagnosis.of_leak()
        piece = piece if has_begun else piece.lstrip()
        has_begun = has_begun or bool(piece)
        yield piece
    rest = thoughts.rest()
    if finish is None or finish in _BROKEN:
        raise diagnosis.of_finish(finish)
    if not has_begun and not rest:
        raise diagnosis.of_silence(finish)
    yield rest


def _guess(text: str) -> int:
    """Return how many tokens a model makes of a prompt, rather too many than too few.

    What is made for English is high for it already; some models need a token for each digit, and
    two for a letter of another script.
    """
    dense = sum(letter.isdigit() or not letter.isascii() for letter in text)
    return len(estimate_token_starts(text)) + dense + _TOKENS_OF_A_PROMPT

"""Answers to chats, a piece at a time. Imported in the child only."""

import codecs
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from twind.models.llama import STEP, Llama
from twind.models.llama_chat import ChatPrompts, Message
from twind.models.llama_prefixes import PrefixStates


class PromptTooLong(Exception):
    """The prompt leaves no room in the context for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for.

    Attributes:
        messages: The chat so far.
        max_tokens: Longest answer.
        temperature: How much chance has a say; 0 always takes the likeliest token.
    """

    messages: Sequence[Message]
    max_tokens: int
    temperature: float


@dataclass(slots=True, kw_only=True)
class Writing:
    """An answer as it comes about.

    Attributes:
        wanted: What was asked for.
        prompt: Tokens of the prompt.
        cached_tokens: How many of them were not evaluated again.
        written_tokens: Length of the answer so far.
        finish_reason: `stop` once the model said that it is done; `length` until then.
    """

    wanted: Wanted
    prompt: list[int]
    cached_tokens: int = 0
    written_tokens: int = 0
    finish_reason: str = field(default="length")


class Writer:
    """Writes one answer at a time; only counting may happen beside it."""

    def __init__(self, llama: Llama, states: PrefixStates) -> None:
        self._llama = llama
        self._states = states
        self._prompts = ChatPrompts(llama)

    def count(self, messages: Sequence[Message]) -> int:
        """Return how many tokens a prompt takes.

        Raises:
            ValueError: The model's template refuses the messages.
        """
        return len(self._prompts.tokens(messages))

    def begin(self, wanted: Wanted) -> Writing:
        """Return an answer that is still empty, before anything is evaluated.

        Raises:
            PromptTooLong: The prompt and one token do not fit into the context.
            ValueError: The model's template refuses the messages.
        """
        prompt = self._prompts.tokens(wanted.messages)
        room = self._llama.context_tokens
        if len(prompt) >= room:
            raise PromptTooLong(f"the prompt has {len(prompt)} tokens, the context {room}")
        return Writing(wanted=wanted, prompt=prompt)

    def write(self, writing: Writing, pulse: Callable[[], None]) -> Generator[str, None, None]:
        """Yield the pieces of the answer.

        `pulse` is called between steps of the prompt and before each token; what it raises ends
        the work.

        Raises:
            LlamaFailed: There is no memory left.
        """
        self._read_prompt(writing, pulse)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        room = min(writing.wanted.max_tokens, self._llama.context_tokens - len(writing.prompt))
        with closing(self._llama.sampler(writing.wanted.temperature)) as sampler:
            while writing.written_tokens < room:
                pulse()
                token = sampler.next()
                if self._llama.ends(token):
                    writing.finish_reason = "stop"
                    break
                writing.written_tokens += 1
                if piece := decoder.decode(self._llama.piece(token)):
                    yield piece
                if writing.written_tokens < room:
                    self._llama.evaluate([token])
        if rest := decoder.decode(b"", final=True):
            yield rest

    def _read_prompt(self, writing: Writing, pulse: Callable[[], None]) -> None:
        """Evaluate what neither the sequence nor a file holds; the last token is always due."""
        prompt = writing.prompt
        prefix = self._prompts.prefix(writing.wanted.messages)
        if prompt[: len(prefix)] != prefix or len(prefix) == len(prompt):
            prefix = []
        self._llama.keep(_shared(prompt[:-1], self._llama.tokens))
        held = len(self._llama.tokens)
        if held < len(prefix):
            if self._states.prepare(self._llama, prefix):
                held = len(prefix)
            else:
                held = len(self._llama.tokens)
                self._evaluate(prefix[held:], pulse)
                self._states.save(self._llama)
        writing.cached_tokens = held
        self._evaluate(prompt[len(self._llama.tokens) :], pulse)

    def _evaluate(self, tokens: Sequence[int], pulse: Callable[[], None]) -> None:
        for start in range(0, len(tokens), STEP):
            pulse()
            self._llama.evaluate(tokens[start : start + STEP])


def _shared(left: Sequence[int], right: Sequence[int]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count

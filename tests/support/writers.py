"""A generator that writes what a test prepared."""

from collections.abc import Generator, Sequence

from twind.errors import GeneratorFailed
from twind.models.base import Prompt


class PreparedGenerator:
    """Writes a text word by word; counts words as tokens.

    Attributes:
        prompts: What it was last asked with.
        written: How many words it has written.
        is_closed: Whether the last text was ended, by itself or by whoever read it.
    """

    name = "prepared"

    def __init__(
        self, text: str, *, context_tokens: int = 4096, fails_after: int | None = None
    ) -> None:
        self.context_tokens = context_tokens
        self.prompts: Sequence[Prompt] = ()
        self.written = 0
        self.is_closed = False
        self._words = text.split(" ")
        self._fails_after = fails_after

    def count_tokens(self, prompts: Sequence[Prompt]) -> int:
        return sum(len(prompt.content.split()) for prompt in prompts)

    def stream(self, prompts: Sequence[Prompt], *, max_tokens: int) -> Generator[str, None, None]:
        self.prompts = prompts
        self.is_closed = False
        try:
            for number, word in enumerate(self._words[:max_tokens]):
                if number == self._fails_after:
                    raise GeneratorFailed("the model broke off")
                self.written = number + 1
                yield f"{' ' if number else ''}{word}"
        finally:
            self.is_closed = True

"""From the messages of a chat to the tokens of a prompt. Imported in the child only."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile
from typing import Any

from llama_cpp.llama_chat_format import Jinja2ChatFormatter

from twind.models.llama import Llama

Message = dict[str, str]

PLAIN = (
    "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n\n{% endfor %}"
    "assistant:"
)
"""For a model that brings no template."""
PROBES = ("0", "Where")
"""Two texts without a common beginning: what prompts around them share is their prefix."""
REMEMBERED = 64


class ChatPrompts:
    """Renders chats by the model's own template."""

    def __init__(self, llama: Llama) -> None:
        self._llama = llama
        begin, end = llama.markers
        self._format = Jinja2ChatFormatter(llama.template or PLAIN, eos_token=end, bos_token=begin)
        self._prefix_of = lru_cache(maxsize=REMEMBERED)(self._common_to_probes)

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """Return the tokens of a prompt.

        Names of control tokens within a message are taken apart, so that a text from a source
        cannot end its message and begin one of its own.

        Raises:
            ValueError: The template refuses the messages.
        """
        harmless = [
            message | {"content": self._disarm(message["content"])} for message in messages
        ]
        rendered = self._llama.tokenize(self._render(harmless), special=True)
        begin = self._llama.begin
        return rendered if rendered[:1] == begin or not begin else begin + rendered

    def prefix(self, messages: Sequence[Message]) -> list[int]:
        """Return the first tokens, which every prompt with the same system message has."""
        if not messages or messages[0]["role"] != "system":
            return []
        return list(self._prefix_of(messages[0]["content"]))

    def _common_to_probes(self, system: str) -> tuple[int, ...]:
        one, other = (
            self.tokens([_message("system", system), _message("user", probe)]) for probe in PROBES
        )
        pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
        return tuple(token for token, _ in pairs)

    def _disarm(self, text: str) -> str:
        """Take names of control tokens apart; what is left may hold another one."""
        while name := self._control_name(text):
            text = text.replace(name, f"{name[0]} {name[1:]}" if name[1:] else " ")
        return text

    def _control_name(self, text: str) -> str | None:
        found = (
            self._llama.piece(token, special=True).decode("utf-8", "replace")
            for token in set(self._llama.tokenize(text, special=True))
            if self._llama.is_control(token)
        )
        return next((name for name in found if name and name in text), None)

    def _render(self, messages: list[Message]) -> str:
        """Render, with the system message inside the next one where the template knows none."""
        try:
            return self._fill_in(messages)
        except ValueError:
            if len(messages) < 2 or messages[0]["role"] != "system":  # noqa: PLR2004
                raise
        first, second, *rest = messages
        merged = _message(second["role"], f"{first['content']}\n\n{second['content']}")
        return self._fill_in([merged, *rest])

    def _fill_in(self, messages: Any) -> str:
        from jinja2 import TemplateError

        try:
            return str(self._format(messages=messages).prompt)
        except TemplateError as error:
            raise ValueError(f"the template of the model fails: {error}") from error


def _message(role: str, content: str) -> Message:
    return {"role": role, "content": content}

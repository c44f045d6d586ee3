"""A follow-up worded by a model, and what of that is trusted."""

import logging
import re
import time
from collections.abc import Sequence
from contextlib import closing

from twind.answer.words import content_words
from twind.domain.conversations import Message, Role
from twind.errors import GeneratorFailed
from twind.models.base import Prompt, TextGenerator

log = logging.getLogger(__name__)

PATIENCE_S = 8.0
"""How long a model may take; the rule has its answer at once."""

_MAX_TOKENS = 80
_LONGEST = 300
_LONGEST_TURN = 400
_INSTRUCTIONS = """\
You are given a conversation and its last question. Write that question so that it can be \
understood without the conversation: put the names it means in the place of words like "she", \
"it" or "there", and add what was left out. Keep its language and its other words. Do not answer \
it. Write the question on one line and nothing else."""
_LABEL = re.compile(r"^(?:[\w ]{0,30}question|frage|pregunta)\s*:\s*", re.IGNORECASE)


def rephrase(question: str, turns: Sequence[Message], generator: TextGenerator) -> str | None:
    """Return the question as a model words it, or None where that cannot be trusted.

    It is trusted when it is one line that keeps the words of the question and takes all others
    from the conversation, so that it neither answers nor asks something new.
    """
    told = "\n".join(f"{_speaker(turn)}: {_shortened(turn.content)}" for turn in turns)
    prompts = [
        Prompt(role="system", content=_INSTRUCTIONS),
        Prompt(role="user", content=f"{told}\n\nLast question: {question}"),
    ]
    try:
        if generator.count_tokens(prompts) + _MAX_TOKENS > generator.context_tokens:
            return None
        written = _written(generator, prompts)
    except GeneratorFailed as error:
        log.warning("a follow-up was completed by rule: %s", error.message)
        return None
    worded = _LABEL.sub("", written.strip()).strip(' "“”')
    return worded if _is_trusted(worded, question, told) else None


def _written(generator: TextGenerator, prompts: Sequence[Prompt]) -> str:
    """Return what a model writes; nothing where it takes too long."""
    until = time.monotonic() + PATIENCE_S
    text = ""
    with closing(generator.stream(prompts, max_tokens=_MAX_TOKENS)) as pieces:
        for piece in pieces:
            text += piece
            if time.monotonic() > until:
                return ""
            if "\n" in text.strip():
                break
    return text.strip().partition("\n")[0]


def _is_trusted(worded: str, question: str, told: str) -> bool:
    asked, words = set(content_words(question)), set(content_words(worded))
    known = asked | set(content_words(told))
    return 0 < len(worded) <= _LONGEST and asked <= words <= known


def _speaker(turn: Message) -> str:
    return "Question" if turn.role is Role.USER else "Answer"


def _shortened(content: str) -> str:
    text = " ".join(content.split())
    return text if len(text) <= _LONGEST_TURN else f"{text[:_LONGEST_TURN]} …"

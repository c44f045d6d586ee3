"""What speaks against a sentence that shares a question's words: it may be about something else.

Whoever asks for what is not there often changes one word of what is: denies it, turns it into its
opposite, or names somebody else. By its words and by its meaning such a question is as close to
the sentence as one that it answers.
"""

import re

from twind.answer.negation import denies
from twind.answer.opposites import opposites
from twind.answer.question import Question
from twind.answer.words import content_words

DENIED = 0.6
OPPOSITE = 0.6
UNNAMED = 0.05
"""For each name or number of the question that the sentence lacks."""

_MOST_UNNAMED = 2
_WITHHELD = re.compile(r"\b(?:except|excluding|besides|lacks?|lacking)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\bif\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def doubt(question: Question, sentence: str) -> float:
    """Return how much a sentence lacks of what a question says, on the scale of its strength."""
    missed = len(question.names.difference(content_words(sentence) if question.names else ()))
    return (
        DENIED * (_denies(_asked(question.text)) and not _denies(sentence))
        + OPPOSITE * _turns(question.text, sentence)
        + UNNAMED * min(missed, _MOST_UNNAMED)
    )


def _asked(question: str) -> str:
    """Return what stands before a condition: "If it is not known, say so" asks nothing."""
    return _CONDITION.split(question, maxsplit=1)[0]


def _denies(text: str) -> bool:
    return denies(text) or _WITHHELD.search(text) is not None


def _turns(question: str, sentence: str) -> bool:
    """Tell whether a sentence has the opposite of a word in place of the word."""
    asked, said = _small_words(question), _small_words(sentence)
    return any(not opposites(word).isdisjoint(said - asked) for word in asked - said)


def _small_words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))

"""What speaks against a sentence that shares a question's words: it may be about something else.

Whoever asks for what is not there often changes one word of what is: denies it, turns it into its
opposite, or names somebody else. By its words and by its meaning such a question is as close to
the sentence as one that it answers.
"""

import re

from twind.answer.negation import denies
from twind.answer.opposites import opposites
from twind.answer.question import Question, Wanted, offers
from twind.answer.words import content_words

DENIED = 0.6
OPPOSITE = 0.6
REPLY = 0.4
"""For "Yes, we do" where somebody asks who, when or how many and it does not tell."""
UNNAMED = 0.05
"""For each name or number of the question that the sentence lacks."""

_MOST_UNNAMED = 2
_WITHHELD = re.compile(r"\b(?:except|excluding|besides|lacks?|lacking)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(r"(?:yes|no|ja|nein|oui|non|sí|да|нет)\s*[,.;:!]", re.IGNORECASE)
_CONDITION = re.compile(r"\bif\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def doubt(question: Question, sentence: str, heading: str = "") -> float:
    """Return how much a sentence lacks of what a question says, on the scale of its strength.

    Args:
        question: What is asked.
        sentence: What may answer it.
        heading: What it stands directly below; a name is not missing that stands there.
    """
    held = content_words(f"{heading} {sentence}") if question.names else ()
    missed = len(question.names.difference(held))
    return (
        DENIED * (_denies(_asked(question.text)) and not _denies(sentence))
        + OPPOSITE * _turns(question.text, sentence)
        + REPLY * _replies_to_another(question, sentence)
        + UNNAMED * min(missed, _MOST_UNNAMED)
    )


def _asked(question: str) -> str:
    """Return what stands before a condition: "If it is not known, say so" asks nothing."""
    return _CONDITION.split(question, maxsplit=1)[0]


def _replies_to_another(question: Question, sentence: str) -> bool:
    asks_for_one = question.wanted is not Wanted.ANY
    is_reply = _YES_OR_NO.match(sentence) is not None
    return asks_for_one and is_reply and not offers(question, sentence)


def _denies(text: str) -> bool:
    return denies(text) or _WITHHELD.search(text) is not None


def _turns(question: str, sentence: str) -> bool:
    """Tell whether a sentence has the opposite of a word in place of the word."""
    asked, said = _small_words(question), _small_words(sentence)
    return any(not opposites(word).isdisjoint(said - asked) for word in asked - said)


def _small_words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))

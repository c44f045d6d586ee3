"""Replies: what stands directly below a question in the source, as where visitors' are listed.

Whoever asks the same gets the reply, however little it shares with the question and however much
else stands in the passage; whoever asks something else should not.
"""

import re

from twind.answer.question import Question, Wanted, offers, read_question
from twind.domain.sentences import sentences

_ASKED = re.compile(r"[?？؟][*_]*$")  # noqa: RUF001
_TOLD_TO_ASK = re.compile(
    r"(?:(?:i|we)(?: am|['’]m| are|['’]re| get| was| were)(?: \w+)? asked"  # noqa: RUF001
    r"|(?:people|you|they|(?:many|most|some|all)(?: of)?(?: \w+)?|\w+s)(?: \w+)? (?:ask|wonder)"
    r"|(?:everyone|everybody|someone|somebody|nobody)(?: \w+)? (?:asks|wonders))"
    r"(?: (?:me|us|myself|yourself|themselves))?(?: \w+)?"
    r"(?: (?:what|when|where|why|who|whose|how|which|whether|if|about)\b[^,;:—]*)?\.",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|this|that|they|them|their|these|those|he|she|there)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(
    r"(?:yes|no|not|maybe|perhaps|please|mostly|ja|nein|sí|oui|non|да|нет)\b", re.IGNORECASE
)


def asks(text: str) -> bool:
    """Tell whether a text is a question, or tells of one, and nothing else."""
    is_question = _ASKED.search(text) is not None and len(sentences(text)) == 1
    return is_question or _TOLD_TO_ASK.fullmatch(text) is not None


def leans(question: str) -> bool:
    """Tell whether a question can only be understood with what stands above, as "Is it free?"."""
    return _LEANS.search(question) is not None


def replies(sentence: str) -> bool:
    """Tell whether a sentence begins as a reply to somebody does."""
    return _YES_OR_NO.match(sentence) is not None


def answers_another(question: Question, sentence: str, heading: str) -> bool:
    """Tell whether a sentence answers the question above it, and that asks for another kind.

    "In English." answers "Which language do you teach in?", and not "Where do you teach?".
    """
    if question.wanted is Wanted.ANY or not asks(heading):
        return False
    return read_question(heading).wanted is not question.wanted and not offers(question, sentence)

"""Answers that the owner of a twin vouches for."""

import unicodedata
from dataclasses import dataclass

from twind.domain.answers import Answer, Citation, Claim
from twind.domain.chunks import Locator

VERIFIED = "verified"
"""What an answer names as its generator where the owner gave it."""

TITLE = "Verified answer"

_KEPT = "#&%+*/@-"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedAnswer:
    """A question and the answer that the owner gave to it. Times are UTC seconds."""

    id: str
    twin_id: str
    question: str
    answer: str
    created_at: float
    updated_at: float


def plain(question: str) -> str:
    """Return a question without what is no difference: case, punctuation, width and spaces.

    >>> plain("What's  C++?")
    'whats c++'
    """
    folded = unicodedata.normalize("NFKC", question).casefold().replace("’", "'")  # noqa: RUF001
    letters = (_spoken(char) for char in folded.replace("'", ""))
    return " ".join("".join(letters).split())


def as_answer(verified: VerifiedAnswer) -> Answer:
    """Return the owner's answer word for word; it cites itself.

    What it rests on is what the owner wrote: the one citation names the verified answer in place
    of a source, and quotes all of it.
    """
    citation = Citation(
        n=1,
        source_id=verified.id,
        chunk_id=verified.id,
        uri=f"qa:{verified.id}",
        title=TITLE,
        quote=verified.answer,
        locator=Locator(start_char=0, end_char=len(verified.answer)),
    )
    return Answer(
        text=verified.answer,
        answered=True,
        confidence=1.0,
        citations=(citation,),
        claims=(Claim(text=verified.answer, support=1.0, citations=(1,)),),
    )


def _spoken(char: str) -> str:
    return " " if unicodedata.category(char)[0] == "P" and char not in _KEPT else char

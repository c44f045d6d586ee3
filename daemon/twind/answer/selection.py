"""Which sentences make an answer: the strongest, what it needs to be understood, and its like."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from functools import partial

from twind.answer.display import is_ended, readable
from twind.answer.evidence import Evidence
from twind.answer.replies import asks, replies
from twind.answer.units import header_of, is_row
from twind.answer.words import count_words

MAX_SENTENCES = 3
MAX_WORDS = 70
MAX_LAG = 0.4
"""How much weaker than the best sentence another one of its source may be."""
MAX_LAG_ELSEWHERE = 0.2
"""How much weaker one of another source may be."""

NEWS = 0.3
"""What it is worth to tell of all that the question asks of, where no other sentence does."""
TERSE_WORDS = 7
"""An answer of so few words below the question that it answers comes with the next sentence."""

NAME_WORDS = 7
"""A line of so few words that is no sentence only names something, if it tells nothing of it."""

_TELLING = re.compile(r"[:|\n]|\d")
_LEANS_BACK = re.compile(
    r"(?:[\w.'-]+(?: [\w.'-]+)?: )?"
    r"(?:(?:he|she|it|they|his|her|its|their|this|these|those|such|both|however|therefore|thus)\b"
    r"|(?:above|after|at|before|below|by|during|for|from|in|of|on|to|under|with)"
    r" (?:this|that|these|those|such)\b"
    r"|(?:er|sie|es|dies\w*|él|ella|ellos|este|esta|esto|он|она|они|это)\b)",
    re.IGNORECASE,
)


def select(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the strongest sentence, and others that come close while the answer stays short.

    What a sentence needs to be understood comes along; where there is no room for both, another
    sentence than the strongest is left out. They are in the order in which they are to be read.

    Args:
        evidence: All that was weighed, strongest first; at least one.
    """
    best = evidence[0]
    whole = [*_needed(best, evidence), best, *_added(best, evidence)]
    chosen = _joining({}, whole) or _joining({}, [best])
    rest = [one for one in evidence[1:] if _is_plain(one)]
    while rest:
        told = {word for one in chosen.values() for word in one.sentence.shared}
        one = max(rest, key=partial(_worth, told=told))
        rest.remove(one)
        if told.issuperset(one.sentence.shared) and _is_row(one):
            continue
        if one.strength >= best.strength - _lag(one, best, chosen.values()):
            chosen = _joining(chosen, [*_needed(one, evidence), one]) or chosen
    return _in_reading_order(list(chosen.values()))


def _worth(one: Evidence, told: Set[str]) -> float:
    """Return the strength of a sentence, and more for what the question asks of and nobody told.

    So a question that compares two things, or asks two, gets a sentence for either.
    """
    shared = one.sentence.shared
    return one.strength + NEWS * sum(shared[word] for word in shared.keys() - told)


def _lag(one: Evidence, best: Evidence, chosen: Iterable[Evidence]) -> float:
    """Return how much weaker than the best sentence another one may be.

    Elsewhere, and by its meaning alone, a sentence is more often about something like what was
    asked than about just that.
    """
    same = one.sentence.passage.source_id == best.sentence.passage.source_id
    beside = (_follows(other, one) or _follows(one, other) for other in chosen)
    is_linked = one.sentence.shared or any(beside)
    return MAX_LAG if same and is_linked else MAX_LAG_ELSEWHERE


def _is_row(one: Evidence) -> bool:
    """Tell whether one row of a table stands alone: another one is about another thing."""
    return is_row(one.sentence.passage.text, (one.sentence.start, one.sentence.end))


def _is_plain(one: Evidence) -> bool:
    """Tell whether a sentence says something beside others.

    It is whole, and can be understood without the heading above, which is not quoted.
    """
    sentence = one.sentence
    leans = _LEANS_BACK.match(sentence.text) or replies(sentence.text)
    is_name = (
        count_words(sentence.text) <= NAME_WORDS
        and not is_ended(sentence.text)
        and not _TELLING.search(sentence.text)
    )
    return not (is_name or sentence.is_cut or (sentence.heading and leans))


def _joining(chosen: dict[str, Evidence], more: Sequence[Evidence]) -> dict[str, Evidence]:
    """Return what was chosen and more, by what is said; empty if that is too long.

    A single sentence is never too long.
    """
    said = [(readable(one.sentence.text), one) for one in more]
    new = {text: one for text, one in said if not any(text in other for other in chosen)}
    kept = {text: one for text, one in chosen.items() if not any(text in other for other in new)}
    joined = {**kept, **new}
    too_long = sum(map(count_words, joined)) > MAX_WORDS or len(joined) > MAX_SENTENCES
    return {} if too_long and len(joined) > 1 else joined


def _needed(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return what it takes to understand a sentence.

    That is the sentence before where it begins with a pronoun, and the first row of its table.
    What a pronoun directly below a heading means, the heading tells, and with it the question.
    """
    sentence = one.sentence
    earlier = [
        other
        for other in evidence
        if other.sentence.passage is sentence.passage and other.sentence.end <= sentence.start
    ]
    if _LEANS_BACK.match(sentence.text) and not sentence.heading:
        return [other for other in earlier if _follows(other, one) and not other.sentence.is_cut]
    header = header_of(sentence.passage.text, (sentence.start, sentence.end))
    if header is None:
        return []
    return [replace(one, sentence=replace(sentence, start=header[0], end=header[1]))]


def _added(one: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentence after a terse reply to the question above it, or a yes or no.

    It gives the reason, or tells more than whoever listed the question was asked.
    """
    sentence = one.sentence
    is_reply = asks(sentence.heading) and replies(sentence.text)
    is_terse = sentence.heading and count_words(sentence.text) <= TERSE_WORDS
    if not (is_reply or is_terse):
        return []
    return [other for other in evidence if _follows(one, other) and not other.sentence.heading]


def _follows(one: Evidence, other: Evidence) -> bool:
    """Tell whether a sentence stands right behind another one."""
    passage, start, end = one.sentence.passage, one.sentence.end, other.sentence.start
    return (
        other.sentence.passage is passage and start <= end and not passage.text[start:end].strip()
    )


def _in_reading_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Order by source, the strongest source first, and within a source as the text goes."""
    sources = [one.sentence.passage.source_id for one in chosen]

    def place(one: Evidence) -> tuple[int, int]:
        passage = one.sentence.passage
        return sources.index(passage.source_id), passage.locator.start_char + one.sentence.start

    return sorted(chosen, key=place)

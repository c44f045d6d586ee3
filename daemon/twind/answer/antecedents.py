"""What the pronouns of a question may mean: who and what earlier turns were about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twind.answer.display import readable
from twind.answer.leaning import Need
from twind.answer.phrases import Phrase, names, noun_phrases
from twind.answer.tongues import GERMAN, tongue_of
from twind.answer.words import content_words

_CITED = re.compile(r"\s*\[\d{1,3}\]")
_ASKS_PERSON = re.compile(
    r"[¿\s]*(?:(?:by|to|for|with|von|mit|par|por) )?(?:who|whom|wer|wem|wen|qui|quién(?:es)?)\b",
    re.IGNORECASE,
)
_ASKS_ABOUT_PERSON = re.compile(
    r"[¿\s]*(?:who(?: is| was|['’]s)|wer (?:ist|war)|qui (?:est|était)"  # noqa: RUF001
    r"|quién (?:es|fue|era)) ",
    re.IGNORECASE,
)
_ASKS_THING = re.compile(
    r"[¿\s]*(?:what|which|was|welche\w*|que|quel\w*|qué|cuál)\b", re.IGNORECASE
)
_ASKS_PLACE = re.compile(r"[¿\s]*(?:where|wo|où|dónde)\b", re.IGNORECASE)
_PLACED = frozenset(
    {"in", "at", "to", "from", "on", "near", "into", "im", "am", "nach", "aus", "à", "en", "dans"}
)
_LAST_WORD = re.compile(r"(?<![\w-])([a-zß-öø-ÿ]{3,})[\s?!.]*$")
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An earlier turn: the question as it was understood, and the answer ("" for a refusal)."""

    question: str
    answer: str


def antecedent(need: Need, said: Sequence[Said]) -> Phrase | None:
    """Return what a pronoun most likely means, looked for from the last turn back."""
    for turn in reversed(said):
        for phrase in _candidates(need, turn):
            if len(phrase.text) <= _LONGEST:
                return phrase
    return None


def plain_answer(content: str) -> str:
    """Return an answer without the numbers of its citations."""
    return readable(_CITED.sub("", content))


def _candidates(need: Need, turn: Said) -> Iterator[Phrase]:
    tongue = tongue_of(turn.question)
    asked = noun_phrases(turn.question, tongue)
    told = _news(turn)
    if need is Need.PERSON:
        yield from _people(turn, asked, told)
    elif need is Need.MANY:
        yield from (one for one in (*asked, *_last_word(turn.question)) if one.is_plural)
        yield from (one for one in noun_phrases(turn.answer, tongue) if one.is_plural)
        yield from asked[:1]
    elif need is Need.PLACE:
        yield from _places(turn, asked, told)
    if need is not Need.PERSON:
        yield from _things(turn, asked, told)
    yield from asked
    yield from told


def _people(turn: Said, asked: Sequence[Phrase], told: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield who was asked for, then who was named, before what stands in a place's position.

    "Who was Ida Rolfe?" asks about her, and not for somebody of another name.
    """
    about = _ASKS_ABOUT_PERSON.match(turn.question)
    if about:
        rest = turn.question[about.end() :].rstrip(" ?!.")
        yield from (one for one in _names_asked(turn) if one.text == rest)
    if _ASKS_PERSON.match(turn.question):
        yield from _not_placed(told)
    yield from (one for one in _not_placed(asked) if one.is_name)
    yield from _not_placed(_names_asked(turn))
    yield from _not_placed(told)


def _names_asked(turn: Said) -> list[Phrase]:
    return names(turn.question, tongue_of(turn.question))


def _places(turn: Said, asked: Sequence[Phrase], told: Sequence[Phrase]) -> Iterator[Phrase]:
    tongue = tongue_of(turn.question)
    if _ASKS_PLACE.match(turn.question):
        yield from (one for one in told if one.tie in _PLACED)
    yield from (one for one in names(turn.question, tongue) if one.tie in _PLACED)
    yield from (one for one in asked if one.tie in _PLACED)


def _things(turn: Said, asked: Sequence[Phrase], told: Sequence[Phrase]) -> Iterator[Phrase]:
    """Yield what was asked about: not the bare name of who acts, where there is another."""
    if _ASKS_THING.match(turn.question) and len(asked) == 1 and asked[0].is_name:
        yield from (one for one in told if one.tie == "")
    lower = [one for one in asked if not one.is_name and not one.is_plural]
    yield from lower
    yield from (one for one in asked if not one.is_name)
    yield from reversed([one for one in asked if one.tie not in _PLACED])


def _last_word(question: str) -> Iterator[Phrase]:
    """Yield the bare noun that may end a question, as "adults" in "Do you teach adults?"."""
    ending = _LAST_WORD.search(question)
    if ending and content_words(ending.group(1)):
        yield Phrase(text=ending.group(1), start=ending.start(1), tie="", is_name=False)


def _news(turn: Said) -> list[Phrase]:
    """Return the names of an answer that its question did not hold.

    In German any noun is capitalised, so that only several words make a name.
    """
    tongue = tongue_of(turn.answer)
    known = set(content_words(turn.question))
    return [
        one
        for one in names(turn.answer, tongue)
        if not known.issuperset(content_words(one.text))
        and (tongue is not GERMAN or " " in one.text)
    ]


def _not_placed(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    yield from (one for one in phrases if one.tie not in _PLACED)

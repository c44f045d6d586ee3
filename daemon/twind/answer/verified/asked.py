"""A question taken apart, so that two of them can be compared piece by piece."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from twind.answer.verified.clauses import asking_part, is_told
from twind.answer.verified.kinds import AUXILIARY, YES_NO, Kind, kind_of
from twind.answer.verified.wordings import read_words, without_phrases

_POLITE = re.compile(
    r"^(?:(?:hello|hi|please|and|so|but|well|ok|okay)\b[,!]? ?)*"
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|explain|say|show)(?: to)?(?: me| us)?"
    r"|(?:do|would) you (?:happen to )?know(?= (?:wh|how|if))"
    r"|(?:i want|i would like|i'd like) to (?:know|ask)|i (?:was )?wonder(?:ing)?"
    r"|(?:please )?tell (?:me|us))? ?(?:please )?(?:if |whether )?"
)
_JOINED = re.compile(r"\b(co|e|pre|re|anti|multi)-(?=\w)")
_PARTICLE = re.compile(r"\b(check|log|sign|opt|drop|pick|hand|fill|move)[ -](in|out|off|up)\b")
_MUST = re.compile(
    r"^(?:must|do \w+ (?:need|have to)|does \w+ (?:need|have to)|will i need"
    r"|(?:is|are) .* (?:required|obliged|necessary|mandatory|obligatory))\b"
)
_MAY = re.compile(
    r"^(?:can|may|could|is it (?:possible|ok|okay)|(?:is|are) .* (?:able|allowed|permitted))\b"
)
_PAST = re.compile(r"^(?:(?:did|was|were|had)\b|(?:have|has) .*\bever\b)")
_FUTURE = re.compile(r"^(?:(?:will|would|shall)\b|do you (?:ever )?want\b)")
_OUGHT = re.compile(r"\b(?:should|must|ought|(?:have|has|need|needs) to)\b")
_NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|nothing|cannot|\w+n't)\b|\bnon-")
_TURNING = re.compile(
    r"\b(?:before(?= \w)|after|during|against|outside|off|only|without|least|other"
    r"|this(?= (?:year|month|week|season|time|term|semester"
    r"|summer|winter|spring|autumn|morning|evening)\b))\b"
)
_LED = re.compile(r"\b(from|(?:in)?to|than|over|by|against) (?:the |a |an |which |what )?(\w+)")
_SUBJECT = re.compile(
    rf"(?<!\bi )(?<!\byou )(?<!\bwe )(?<!\bthey )\b({AUXILIARY}) "
    r"(?:the |a |an |my |your |his |her |our |their )?(\w+)"
)
_OBJECT_ASKED = re.compile(
    r"^(?:who|what|whom)(?: (?:do|does|did)\b| (?:was|were|is|are|has been|have been) \w+ by\b)"
)
_SUBJECT_ASKED = re.compile(rf"^(?:who|what) (?!{AUXILIARY}\b)(\w+\b)(?! {AUXILIARY}\b)")
_TOKEN = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMERALS = {
    word: str(number)
    for words in (
        "two three four five six seven eight nine ten eleven twelve",
        "second third fourth fifth sixth seventh eighth ninth tenth",
    )
    for number, word in enumerate(words.split(), 2)
}
_OWNERS = {"my": "i", "your": "you", "his": "he", "her": "she", "our": "we", "their": "they"}
_BEING = frozenset(["is", "are", "am", "was", "were"])
_PERFECT = frozenset(["has", "have"])
_DONE = frozenset(["was", "were", "did", "had", *_PERFECT])
_TENSED = _DONE | _BEING | {"do", "does", "can", "could", "may", "will", "would"}
_PLAIN = frozenset(["may", "must", "shall", "might", "one", "vs", "per", "each", "every"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question in pieces.

    Attributes:
        kind: What it asks for.
        demand: Whether it asks what `must` or what `may` be done; None for neither.
        words: Its content words as they were written, by the word that stands for each.
        told: Those of them that are only in what somebody tells of themselves.
        tokens: All its words in order, small.
        names: Those of its content words that are proper names.
        numbers: The numbers in it, also those in words.
        is_past: Whether its first auxiliary verb is in the past; None without one
            and with "have", which may be either.
        is_ought: True where it asks what should be, False where it asks what was or has been;
            None elsewhere.
        is_negated: Whether it is put in the negative.
        turning: Those of its content words that turn a meaning round, such as `before`.
        led: Pairs of a preposition and the word it leads.
        subject: What follows the first auxiliary verb of a direct question.
        is_state: Whether that verb is a form of "be".
        asks_object: Whether "who" or "what" is what something is done to.
        doing: The verb behind "who" or "what" where they do it.
    """

    kind: Kind
    demand: str | None
    words: Mapping[str, str]
    told: frozenset[str]
    tokens: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    is_past: bool | None
    is_ought: bool | None
    is_negated: bool
    turning: frozenset[str]
    led: frozenset[tuple[str, str]]
    subject: str | None
    is_state: bool
    asks_object: bool
    doing: str | None

    @property
    def mentioned(self) -> frozenset[str]:
        """All its words, a possessive as its pronoun."""
        return frozenset(_OWNERS.get(token, token) for token in self.tokens)


@lru_cache(maxsize=2048)
def read_asked(text: str) -> Asked:
    """Take a question apart."""
    plain = " ".join(text.lower().replace("’", "'").split())  # noqa: RUF001
    spoken = _PARTICLE.sub(r"\1\2", _JOINED.sub(r"\1", plain))
    plain = _POLITE.sub("", without_phrases(spoken))
    asking, beside = asking_part(plain)
    asking = _POLITE.sub("", asking)
    kind = kind_of(asking)
    asked_for = _content(kind, kind.rest, asking)
    words = _content(kind, beside, beside) | asked_for
    turning = set(_TURNING.findall(plain))
    tokens = tuple(_TOKEN.findall(plain))
    first = next((token for token in tokens if token in _TENSED), None)
    is_direct = asking == without_phrases(spoken)
    subject = _SUBJECT.search(plain) if is_direct else None
    doing = _SUBJECT_ASKED.search(plain)
    return Asked(
        kind=kind,
        demand=_demand(kind, asking),
        words=words,
        told=frozenset(words.keys() - asked_for.keys()) if is_told(beside) else frozenset(),
        tokens=tokens,
        names=_names(text),
        numbers=_numbers(text, _TOKEN.findall(asking) if is_told(beside) else tokens),
        is_past=None if first is None or first in _PERFECT else first in _DONE,
        is_ought=True if _OUGHT.search(plain) else False if first in _DONE else None,
        is_negated=len(_NEGATION.findall(plain)) % 2 == 1,
        turning=frozenset(word for word, written in words.items() if written in turning),
        led=frozenset(
            (hit[1].removeprefix("in"), word)
            for hit in _LED.finditer(plain)
            for word in read_words(hit[2])
        ),
        subject=subject[2] if subject else None,
        is_state=subject is not None and subject[1] in _BEING,
        asks_object=bool(_OBJECT_ASKED.search(plain)),
        doing=next(iter(read_words(doing[1])), None) if doing else None,
    )


def _content(kind: Kind, rest: str, plain: str) -> dict[str, str]:
    """Return the words that are to be compared: not those of numbers, nor what the kind says."""
    words = read_words(rest)
    words |= {word: word for word in _TURNING.findall(plain) if word not in words.values()}
    return {
        word: written
        for word, written in words.items()
        if word not in kind.implied
        and written not in _PLAIN
        and written not in _NUMERALS
        and not written[0].isdigit()
    }


def _names(text: str) -> frozenset[str]:
    """Return the words with a capital, but for the first, which has one anyway."""
    later = [word for word in _TOKEN.findall(text)[1:] if word[0].isupper()]
    return frozenset(read_words(" ".join(later)))


def _numbers(text: str, tokens: Sequence[str]) -> frozenset[str]:
    written = {_NUMERALS[token] for token in tokens if token in _NUMERALS}
    return frozenset(written | {number.replace(",", "") for number in _NUMBER.findall(text)})


def _demand(kind: Kind, plain: str) -> str | None:
    if kind.name != YES_NO:
        return None
    if _MUST.match(plain):
        return "must"
    if _MAY.match(plain):
        return "may"
    if _PAST.match(plain):
        return "past"
    return "future" if _FUTURE.match(plain) else None

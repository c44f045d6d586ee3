"""The details of a sentence, which a source holds or does not: numbers, names and addresses.

Models that write from sources err most visibly in these: Nan et al., "Entity-level Factual
Consistency of Abstractive Text Summarization" (2021), count the entities of a summary that its
source lacks. Here they are told by how they are written, so that no model of names is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from twind.answer.words import content_words

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]]+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_SEPARATOR = "[.,'’ \u202f\u00a0]"  # noqa: RUF001
_GROUPED = rf"(?<!\d)\d{{1,3}}(?:{_SEPARATOR}\d{{3}})+(?!\d)"
_NUMBER = re.compile(rf"{_GROUPED}|\d+(?:[.,]\d+)?")
_SPELLED = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_SPELLED.split(), start=2)}
_WORD = re.compile(r"[^\W\d_][\w'’]*")  # noqa: RUF001
_BEGINS = re.compile(r"(?:^|[.!?:…]|[-*+•]\s)[\s\"'“”„«(]*$")
_SHORTEST_STEM = 4
_GERMAN_WORDS = (
    "der die das des dem den und ist nicht ein eine einer eines wurde von mit auf im zu"
)
_GERMAN = frozenset(_GERMAN_WORDS.split())
_GERMAN_SHARE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a text names: numbers in one notation, names folded and stemmed, addresses."""

    numbers: frozenset[str]
    names: frozenset[str]
    addresses: frozenset[str]

    def __sub__(self, other: "Details") -> "Details":
        return Details(
            numbers=self.numbers - other.numbers,
            names=frozenset(name for name in self.names if not _knows(other.names, name)),
            addresses=self.addresses - other.addresses,
        )

    def __bool__(self) -> bool:
        return bool(self.numbers or self.names or self.addresses)


def details_of(text: str) -> Details:
    """Return what a text names.

    A word counts as a name when it begins with a capital, unless it only leads into the sentence,
    as in "However, she ...". German writes every noun so: there no names are told.
    """
    rest = _ADDRESS.sub(" ", text)
    return Details(
        numbers=_numbers(rest),
        names=frozenset(content_words(" ".join(_names(rest)))),
        addresses=_addresses(text),
    )


def holdings_of(text: str) -> Details:
    """Return what a source can vouch for: any word of it may be a name."""
    rest = _ADDRESS.sub(" ", text)
    return Details(
        numbers=_numbers(rest), names=frozenset(content_words(text)), addresses=_addresses(text)
    )


def _addresses(text: str) -> frozenset[str]:
    return frozenset(address.rstrip(".,;:!?").lower() for address in _ADDRESS.findall(text))


def _numbers(text: str) -> frozenset[str]:
    written = (re.sub(_SEPARATOR, "", n) if _is_grouped(n) else n for n in _NUMBER.findall(text))
    spelled = (_NUMBER_WORDS.get(word) for word in _WORD.findall(text.lower()))
    bare = (number.replace(",", ".").lstrip("0") or "0" for number in written)
    return frozenset(bare) | frozenset(number for number in spelled if number)


def _is_grouped(number: str) -> bool:
    return re.fullmatch(_GROUPED, number) is not None


def _names(text: str) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    german = sum(word.group() in _GERMAN for word in words)
    if words and german / len(words) >= _GERMAN_SHARE:
        return
    for word in words:
        is_apart = text[word.end() : word.end() + 1] == ","
        begins = _BEGINS.search(text[: word.start()]) is not None
        if word.group()[0].isupper() and not (begins and is_apart):
            yield word.group()


def _knows(names: frozenset[str], name: str) -> bool:
    """Tell whether a name is among others, also as another form of it: America, American."""
    if name in names:
        return True
    return any(
        min(len(name), len(other)) >= _SHORTEST_STEM
        and (name.startswith(other) or other.startswith(name))
        for other in names
    )

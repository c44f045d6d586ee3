"""What stands for each word of a question, and whether two words can both be meant."""

import re

from twind.answer.verified.exclusive import EXCLUSIVE
from twind.answer.verified.synonyms import PHRASES, SYNONYMS
from twind.answer.words import content_words

_LIGHT = """
possible able okay way thing kind sort type happen want like would get go come lot really actually
exactly anyone anybody somebody someone somewhere ever yet already bring use take give become made
make show part good need require allow permit put see tell long advisable best due people place
case something own available accept option
general usually normally typically various certain find feel sure try along whole
"""

_ENGLISH = "the which is "
"""Put before a few words so that they are not taken for another language."""
_WORD = re.compile(r"[^\W_]+")


def without_phrases(plain: str) -> str:
    """Return a text in small letters with one word in place of what takes several to say."""
    for word, phrase in _PHRASE:
        plain = phrase.sub(word, plain)
    return plain


def stems(words: str) -> frozenset[str]:
    """Return what stands for each of some English words."""
    return frozenset(read_words(words))


def read_words(text: str) -> dict[str, str]:
    """Return the content words of an English text, as written, by what stands for each."""
    written = {stem: word for word in _WORD.findall(text) for stem in _stems(word)}
    return {_SAME_AS.get(stem, stem): written.get(stem, stem) for stem in _stems(text)}


def is_light(word: str) -> bool:
    """Tell whether a question hardly changes with a word."""
    return word in _LIGHT_WORDS


def exclude_each_other(one: str, two: str) -> bool:
    """Tell whether two words cannot both be meant."""
    return one != two and any(one in group and two in group for group in _GROUPS)


def _stems(text: str) -> list[str]:
    return content_words(_ENGLISH + text)


_PHRASE = tuple((word, re.compile(rf"\b(?:{phrase})\b")) for word, phrase in PHRASES.items())
_SAME_AS = {
    stem: group.split()[0]
    for group in reversed(SYNONYMS.strip().splitlines())
    for stem in _stems(group)
}
_LIGHT_WORDS = stems(_LIGHT)
_GROUPS = tuple(
    frozenset(kept for word in group.split("|") for kept in stems(word) or {word.strip()})
    for group in EXCLUSIVE.strip().splitlines()
)

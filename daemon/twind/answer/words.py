"""The words of a text that carry its meaning, in a form in which related words are equal."""

import re
import unicodedata
from functools import lru_cache

from twind.domain.stopwords import without_stop_words
from twind.domain.terms import index_text

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_ENDINGS = ("ingly", "edly", "ings", "ies", "ied", "ing", "ed", "es", "ly", "s")
_SHORTEST_STEM = 3
_LONGEST_UNCUT = 6


def content_words(text: str) -> list[str]:
    """Return the words of a text in order, folded and stemmed, without the common ones.

    Scripts written without spaces give overlapping pairs of characters.
    """
    words = _WORD.findall(index_text(text).lower())
    return [_stem(_fold(word)) for word in without_stop_words(words)]


def count_words(text: str) -> int:
    """Return the length of a text in words; a pair of characters makes one where no spaces do."""
    return len(_WORD.findall(index_text(text)))


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """Cut endings roughly: it has to make forms of a word equal, not to find its root."""
    if word[0].isdigit():
        return word
    if not word.isascii():
        return word[:-2] if len(word) > _LONGEST_UNCUT else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > _SHORTEST_STEM and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word

"""Words for full-text search: what is indexed, and what of a question is looked for.

The tokenizer of the index parts words at white space and punctuation, folds case and accents and
stems English. Scripts that are written without spaces need more: their runs are indexed as
overlapping pairs of characters, and looked for as such (a standard technique for Chinese and
Japanese: Nie, Gao, Zhang and Zhou, "On the use of words and n-grams for Chinese information
retrieval", 2000). Korean has spaces, but glues particles to its words, so it is treated alike.
"""

import re
import unicodedata
from collections.abc import Sequence

from twind.domain.stopwords import without_stop_words

MAX_TERMS = 64

_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
    "\uac00-\ud7af"  # Hangul
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_LAST_NUMBER = re.compile(r"(?<=[^\W\d_])\d{4,}$")
_VOWEL_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0640\u064b-\u065f\u0670]")


def index_text(text: str) -> str:
    """Return what goes into the full-text index for a text.

    Letters of younger scripts are made small here, because the tokenizer does not know them.
    """
    if text.isascii():
        return text
    return _RUN.sub(_pairs, _VOWEL_POINTS.sub("", text.lower()))


def query_terms(question: str) -> list[str]:
    """Return the words of a question to look for, each once, in order.

    Question words and other stop words are left out, unless nothing else would remain. Behind a
    word that ends in a long number, such as `FY2022`, follows the number: texts write it apart.
    """
    words = _words(index_text(question).lower())
    told = without_stop_words(words) or words
    terms = [term for word in told for term in (word, *_LAST_NUMBER.findall(word))]
    return list(dict.fromkeys(terms))[:MAX_TERMS]


def match_expression(terms: Sequence[str]) -> str:
    """Return an FTS5 expression that finds texts with any of the terms; any text is safe in it.

    A single character of a script without spaces finds the pairs that begin with it.
    """
    return " OR ".join(_quoted(term) for term in terms)


def _words(text: str) -> list[str]:
    """Return runs of letters, digits and the marks that sit on them, as the index parts them."""
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in text)
    return "".join(kept).split()


def _quoted(term: str) -> str:
    quoted = '"' + term.replace('"', '""').replace("\0", "") + '"'
    return f"{quoted} *" if len(term) == 1 and _RUN.match(term) else quoted


def _pairs(run: re.Match[str]) -> str:
    letters = run.group()
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)] or [letters]
    return f" {' '.join(pairs)} "

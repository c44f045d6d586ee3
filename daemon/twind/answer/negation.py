"""Whether one sentence denies what another affirms."""

import re

from twind.answer.words import content_words

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"  # noqa: RUF001
    r"|nicht|kein\w*|nie|niemals|ohne|ne|pas|jamais|aucun\w*|sans|nunca|jamás|sin|ningun[oa]?"
    r"|не|нет|никогда|без)\b|[不没沒]",
    re.IGNORECASE,
)
_WIDE, _NARROW = 3, 1
_CLAUSE_END = re.compile(r"[.,;:!?()—]|\bbut\b|\baber\b|\bsino\b|\bmais\b")


def denies(text: str) -> bool:
    """Tell whether a text has a word of negation."""
    return _NEGATION.search(text) is not None


def contradicts(sentence: str, source: str) -> bool:
    """Tell whether a sentence denies what its source says without denying it, or the other way.

    A denial of the sentence is read widely, one of the source narrowly: sources say more.
    """
    denied = _denied(sentence, _WIDE) - _denied(source, _WIDE)
    affirmed = _denied(source, _NARROW) - _denied(sentence, _WIDE)
    return bool(denied & {*content_words(source)} or affirmed & {*content_words(sentence)})


def _denied(text: str, reach: int) -> set[str]:
    """Return what negations are about: the first content words behind each in its clause."""
    denied: set[str] = set()
    for negation in _NEGATION.finditer(text):
        clause = _CLAUSE_END.split(text[negation.end() :], maxsplit=1)[0]
        denied.update(content_words(clause)[:reach])
    return denied

"""Whether one sentence denies what another affirms."""

import re

from twind.answer.words import content_words

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"  # noqa: RUF001
    r"|nicht|kein\w*|nie|niemals|ohne|ne|pas|jamais|aucun\w*|sans|nunca|jamás|sin|ningun[oa]?"
    r"|не|нет|никогда|без)\b|[不没沒]",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.,;:!?()—]|\bbut\b|\baber\b|\bsino\b|\bmais\b")
_REACH = 2


def contradicts(sentence: str, source: str) -> bool:
    """Tell whether one of both denies something that the other says without denying it."""
    denied, denied_there = _denied(sentence), _denied(source)
    if denied == denied_there:
        return False
    words, words_there = set(content_words(sentence)), set(content_words(source))
    return bool((denied - denied_there) & words_there or (denied_there - denied) & words)


def _denied(text: str) -> set[str]:
    """Return the words that a negation reaches: the first ones behind it in its clause."""
    denied: set[str] = set()
    for negation in _NEGATION.finditer(text):
        clause = _CLAUSE_END.split(text[negation.end() :], maxsplit=1)[0]
        denied.update(content_words(clause)[:_REACH])
    return denied

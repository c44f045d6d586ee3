"""Finding conversations by words, without an index.

A scan of 100,000 messages takes 0.1 s, and 0.3 s for several words. An index would be a second
copy of what people said, which had to be wiped with every answer that is withdrawn.
"""

from collections.abc import Sequence
from typing import Any

from twind.domain.conversations import Wanted

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\%_"})


def wanted_condition(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """Return what holds of the rows of `conversations` that are wanted, and its parameters."""
    conditions, params = ["TRUE"], dict[str, Any]()
    for number, word in enumerate(wanted.words):
        holds, patterns = any_word("content", [word], name=f"word{number}_")
        conditions.append(_has_message(holds))
        params |= patterns
    if wanted.channel is not None:
        conditions.append("channel = :channel")
        params["channel"] = wanted.channel
    if wanted.named:
        conditions.append("id LIKE :named ESCAPE '\\'")
        params["named"] = wanted.named.translate(_SPECIAL) + "%"
    if wanted.is_refused:
        conditions.append(_has_message("answered = 0"))
    return " AND ".join(conditions), params


def any_word(
    column: str, words: Sequence[str], *, name: str = "word"
) -> tuple[str, dict[str, Any]]:
    """Return what holds of texts with any of the words in them, and its parameters.

    `LIKE` of SQLite knows the case of ASCII letters only, so a word with others is looked for in
    all cases that people write.
    """
    spellings = [spelling for word in words for spelling in _spellings(word)]
    params = {
        f"{name}{number}": f"%{spelling.translate(_SPECIAL)}%"
        for number, spelling in enumerate(spellings)
    }
    tests = [f"{column} LIKE :{key} ESCAPE '\\'" for key in params]
    return f"({' OR '.join(tests) or 'FALSE'})", params


def _has_message(condition: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id AND {condition})"
    )


def _spellings(word: str) -> list[str]:
    if word.isascii():
        return [word]
    return list(dict.fromkeys([word, word.lower(), word.capitalize(), word.upper()]))

"""Sentences of a source that give orders to whatever reads it, instead of saying something.

A text that a model reads can try to steer it (Greshake et al., "Not what you've signed up for:
Compromising Real-World LLM-Integrated Applications with Indirect Prompt Injection", 2023). What
is told here as such an order is neither shown to a model nor taken as evidence, with all that
follows it in its paragraph: an order often brings along what is to be said. The rest is left to
the judgement of each written sentence, which no order can evade.
"""

import re
import unicodedata

from twind.domain.sentences import sentences

_RULES = r"(?:instruction|prompt|rule|guideline|direction|context|order|command)s?"
_OVERRULING = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,30}\b(?:all|any|your|the|these|my)\b"
    rf"[^.!?\n]{{0,30}}\b{_RULES}\b"
    rf"|\b(?:new|updated|real|secret|hidden)\s+{_RULES}\s*:"
)
_OVERRULING_ELSEWHERE = (
    r"\b(?:ignorier\w*|vergiss|vergesst|olvid[ae]\w*|ignor[aez]\w*|oublie\w*|игнорируй\w*"
    r"|забудь\w*)\b[^.!?\n]{0,60}"
    r"\b(?:anweisung\w*|regeln|vorgaben|instruc\w+|reglas|consignes|règles|инструкци\w+|правила)\b"
)
_IN_ANOTHER_VOICE = (
    r"(?:^|\n)\W{0,8}(?:system|assistant|user|developer|ai)(?:\s+(?:message|prompt|note))?"
    r"\W{0,4}[:>\]]"
    r"|</?\s*(?:passage|system|instructions?|assistant|user|im_start|im_end)\b"
    r"|<\|[^|<>]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|\bNO_ANSWER\b"
)
_WHAT_TO_BE = (
    r"\b(?:you are now|from now on,? you)\b|^\W*(?:pretend (?:to be|that you)|act as (?:if|an?)\b)"
    r"|\b(?:ai|language) (?:model|assistant|agent)s?\b[^.!?\n]{0,60}\b(?:must|shall|please)\b"
)
_WHAT_TO_SAY = (
    r"(?:^\W*|\b(?:must|please|always|just|only) )"
    r"(?:(?:answer|respond|reply)\b[^.!?\n]{0,40}"
    r"\b(?:only|exactly|always|nothing but|every|any|all)\b"
    r"|(?:say|write|output|print|repeat)\b"
    r"[^.!?\n]{0,40}\b(?:exactly|verbatim|nothing else|in your (?:answer|reply|response))\b)"
)
_ORDER = re.compile(
    "|".join(
        (_OVERRULING, _OVERRULING_ELSEWHERE, _IN_ANOTHER_VOICE, _WHAT_TO_BE, _WHAT_TO_SAY),
    ),
    re.IGNORECASE,
)
_JOINERS = "\u200c\u200d"
_SPACES = "\n\t"
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn"})


def statements(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a text that may be evidence, in order."""
    told: list[tuple[int, int]] = []
    obeying_from: int | None = None
    for start, end in sentences(text):
        if obeying_from is not None and "\n\n" not in text[obeying_from:start]:
            continue
        obeying_from = start if _ORDER.search(visible(text[start:end])) else None
        if obeying_from is None:
            told.append((start, end))
    return told


def without_orders(text: str) -> str:
    """Return the statements of a text; what lies between them stays if it is white space."""
    kept: list[str] = []
    at = 0
    for start, end in statements(text):
        between = text[at:start]
        kept.append(between if not between.strip() else "\n")
        kept.append(text[start:end])
        at = end
    return "".join(kept).strip()


def visible(text: str) -> str:
    """Return a text without the characters that nobody sees, which may hide words or part them."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if _is_seen(char))


def _is_seen(char: str) -> bool:
    return char in _JOINERS or char in _SPACES or unicodedata.category(char) not in _UNSEEN

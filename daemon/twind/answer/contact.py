"""How somebody can be reached: the questions for it, and the sentences that tell it."""

import re

from twind.answer.words import content_words

ASKED = (
    r"(?:tele)?phone(?: number)?|e-?mail(?: address)?|contact (?:details|information)|get in touch"
    r"|(?:can|could|do|may|should) (?:i|we|one) (?:contact|reach|call|ring|write to|e-?mail) "
    r"(?:you|them|him|her|us)|how (?:can|could|do|may|should) (?:i|we|one) contact"
    r"|telefon(?:nummer|o)?|t[eé]l[eé]phone|correo"
)
"""What a question holds that asks how somebody can be reached; a regular expression."""

_PHONE = r"(?<![\w.,])\+?\(?\d[\d ()/.-]{5,}\d"
_MAIL = r"[\w.+-]+@[\w-]+\.\w"
WRITTEN = re.compile(rf"{_PHONE}|{_MAIL}|https?://|\bwww\.")
"""Addresses and telephone numbers by how they are written."""

_FORMS = (
    (re.compile(r"\be-?mail|\bcorreo", re.IGNORECASE), re.compile(_MAIL)),
    (re.compile(r"phone|tel[eé]fono?|t[eé]l[eé]phone", re.IGNORECASE), re.compile(_PHONE)),
)
_OF_NOBODY = re.compile(
    rf"\b(?:{ASKED}|how|number|nummer|nr|no|address|adresse|contact|reach)\b", re.IGNORECASE
)
_INVITES = re.compile(
    r"\b(?:me|my|us|our|contact|call|ring|(?:tele)?phone|mobile|tel|e-?mail|mail|write|reach"
    r"|kontakt\w*|schreib\w*|ruf\w*|anruf\w*|telefon\w*|mobil|contacto|escr[ií]b\w*|ll[aá]m\w*"
    r"|correo|tel[eé]fono|appel\w*|[eé]cri\w*|t[eé]l[eé]phone)\b",
    re.IGNORECASE,
)


def reaches(question: str, sentence: str, above: str) -> float:
    """Return how surely a sentence says how the one can be reached who is asked about, 0 to 1.

    What is written like an address or a telephone number is hardly anything else, but it may be
    anybody's. Who is named in the question must be named with it; where nobody is, the sentence
    or what stands above it must invite to call or write.

    Args:
        question: One that asks how somebody can be reached.
        sentence: A sentence of a source.
        above: The titles and headings that it stands below.
    """
    forms = [form for asks, form in _FORMS if asks.search(question)] or [WRITTEN]
    if not any(form.search(sentence) for form in forms):
        return 0.0
    told = f"{above} {sentence}"
    whose = frozenset(content_words(_OF_NOBODY.sub(" ", question)))
    if not whose:
        return float(_INVITES.search(told) is not None)
    return len(whose.intersection(content_words(told))) / len(whose)

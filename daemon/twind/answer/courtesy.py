"""Greetings, thanks and questions for the twin itself, which no source answers."""

import re
from enum import StrEnum

from twind.answer.tongues import FRENCH, GERMAN, SPANISH, tongue_of


class Courtesy(StrEnum):
    """What is said out of courtesy."""

    GREETING = "greeting"
    """A greeting, or a question for who or what the twin is: both begin a conversation."""
    THANKS = "thanks"
    """Thanks, or a farewell."""


FALLBACK = "en"
"""The language of a question that is known to be of no other."""

_TONGUES = {GERMAN: "de", FRENCH: "fr", SPANISH: "es"}


def _whole(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"[\s¿¡]*(?:(?:{'|'.join(alternatives)})[\s,.!?¿¡]*){{1,3}}", re.IGNORECASE)


_HELLO = {
    "en": r"(?:hello|hi|hey|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|all))?",
    "de": r"hallo(?: zusammen)?|moin|servus|grüezi|grüß gott|guten (?:tag|morgen|abend)",
    "es": r"hola|buen(?:os días|as tardes|as noches)",
    "fr": r"bonjour|bonsoir|salut",
    "it": r"ciao|buon(?:giorno|asera)|salve",
    "nl": r"hoi|goede(?:morgen|middag|navond)|dag",
    "pt": r"olá|oi|bo(?:m dia|a tarde|a noite)",
}
_HELLO_ALONE = _whole(*_HELLO.values())

_SAID: dict[tuple[str, Courtesy], re.Pattern[str]] = {
    ("en", Courtesy.GREETING): _whole(
        _HELLO["en"],
        r"who (?:are|r) (?:you|u)|what(?: are|['’]re) you|what(?: is|['’]s) your name",  # noqa: RUF001
        r"how are you(?: doing| today)?|are you (?:there|real|human|a (?:bot|robot|human|person))",
        r"what can you do(?: for me)?|(?:can|could) you help(?: me)?|help(?: me)?(?: please)?",
        r"tell me (?:something )?about yourself|introduce yourself|test(?:ing)?",
    ),
    ("en", Courtesy.THANKS): _whole(
        r"(?:many )?thanks(?: a lot| so much)?|thank you(?: so| very)?(?: much)?|cheers",
        r"(?:good ?)?bye(?: bye)?|see you(?: later| soon)?|good ?night|that(?: is|['’]s) all",  # noqa: RUF001
        r"ok(?:ay)?|great|perfect|nice|cool|well done|never ?mind",
    ),
    ("de", Courtesy.GREETING): _whole(
        _HELLO["de"],
        r"wer (?:bist du|sind sie)|was (?:kannst du|können sie)|wie (?:heißt du|geht es dir)",
    ),
    ("de", Courtesy.THANKS): _whole(
        r"(?:vielen |besten )?dank|danke(?: schön| sehr| dir| ihnen)?|tschüss|auf wiedersehen|ade"
    ),
    ("es", Courtesy.GREETING): _whole(_HELLO["es"], r"quién eres|qué puedes hacer|cómo te llamas"),
    ("es", Courtesy.THANKS): _whole(r"(?:muchas )?gracias|adiós|hasta (?:luego|pronto)"),
    ("fr", Courtesy.GREETING): _whole(
        _HELLO["fr"], r"qui (?:es-tu|êtes-vous)|que (?:peux-tu|pouvez-vous) faire"
    ),
    ("fr", Courtesy.THANKS): _whole(r"merci(?: beaucoup| bien)?|au revoir|à bientôt"),
    ("it", Courtesy.GREETING): _whole(_HELLO["it"], r"chi sei"),
    ("it", Courtesy.THANKS): _whole(r"grazie(?: mille)?|arrivederci"),
    ("nl", Courtesy.GREETING): _whole(_HELLO["nl"], r"wie ben (?:je|jij)"),
    ("nl", Courtesy.THANKS): _whole(r"dank (?:je|u)(?: wel)?|bedankt|tot ziens"),
    ("pt", Courtesy.GREETING): _whole(_HELLO["pt"], r"quem és|quem é você"),
    ("pt", Courtesy.THANKS): _whole(r"(?:muito )?obrigad[oa]|até logo|adeus"),
}


def courtesy_in(message: str) -> Courtesy | None:
    """Return what a message says out of courtesy, if it says nothing else."""
    return next((said for (_, said), words in _SAID.items() if words.fullmatch(message)), None)


def asks_nothing(message: str) -> bool:
    """Return whether a message only greets, thanks or says farewell.

    No source answers that, though one may hold the very words. Who or what the twin is, or how
    it can help, is a question that sources may answer.
    """
    is_hello = _HELLO_ALONE.fullmatch(message) is not None
    return is_hello or courtesy_in(message) is Courtesy.THANKS


def language_of(message: str) -> str:
    """Return the language of a message, as far as courtesies and small words tell."""
    known = (language for (language, _), words in _SAID.items() if words.fullmatch(message))
    return next(known, _TONGUES.get(tongue_of(message), FALLBACK))

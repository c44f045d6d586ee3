"""What a question asks for: its words, its names and numbers, and the kind of answer."""

import re
from dataclasses import dataclass
from enum import StrEnum

from twind.answer import contact
from twind.answer.display import is_ended
from twind.answer.words import content_words


class Wanted(StrEnum):
    """The kind of thing that would answer a question."""

    NAME = "name"
    PLACE = "place"
    CONTACT = "contact"
    TIME = "time"
    PRICE = "price"
    NUMBER = "number"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, read.

    Attributes:
        text: As it was asked.
        words: Its content words, folded and stemmed. That something happens is not one of them,
            where there are others: whatever is told of a place happened there.
        names: Those of its words that are proper names or numbers.
        wanted: The kind of answer.
        is_english: False when nothing in it is English, which embedding models of English misread.
    """

    text: str
    words: frozenset[str]
    names: frozenset[str]
    wanted: Wanted
    is_english: bool


_PRICE_ASKED = (
    r"how much (?:is|are|was|were|(?:do|does|did|will|would) .{1,60}\b(?:cost|charge|pay)s?)"
    r"|what (?:is|are|was|were|do|does|did|will|would) .{1,60}\b(?:cost|price|fee|charge)s?"
    r"|(?:was|wie ?viel) kostet|cu[aá]nto cuesta|combien coûte"
)
_NUMBER_ASKED = (
    r"how (?:many|much|old|tall|large|big|far|long|high|deep|fast)"
    r"|(?:what|which) (?:is the )?(?:number|percent|percentage|amount|share)"
    r"|cu[aá]nt[oa]s?|wie ?viele?|сколько"
)
_TIME_ASKED = (
    r"when|(?:what|which) (?:time|year|date|month|day|century|decade)"
    r"|cu[aá]ndo|qu[eé] año|wann|welche[ms]? jahr|когда|каком году"
)
_PLACE_ASKED = r"where|(?:what|which) (?:city|country|state|place|town|village)|d[oó]nde|wo|где"
_NAME_ASKED = r"who|whom|whose|(?:what|which) person|qui[eé]n(?:es)?|wer|wem|кто"
_ASKING = tuple(
    (wanted, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for wanted, words in (
        (Wanted.PRICE, _PRICE_ASKED),
        (Wanted.NUMBER, _NUMBER_ASKED),
        (Wanted.TIME, _TIME_ASKED),
        (Wanted.PLACE, _PLACE_ASKED),
        (Wanted.NAME, _NAME_ASKED),
        (Wanted.CONTACT, contact.ASKED),
    )
)
_ENGLISH = re.compile(
    r"\b(?:the|of|what|which|who|whose|how|is|are|were|did|does|do|has|have|can|when|where|why"
    r"|to|and|by|for|with|from|that)\b",
    re.IGNORECASE,
)
_ANYTHING = frozenset(content_words("happen"))
_TELLING = frozenset(":@|")
_SHORT_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")  # noqa: RUF001
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|hundred|thousand|million|billion|dozen|several|half|third|twice)s?\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$€£¥₹]|\b(?:dollars?|euros?|pounds?|cents?|pence|francs?|franken|rubles?|usd|eur|gbp|chf"
    r"|free|kostenlos|gratis|gratuit)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:1\d{3}|20\d{2})s?\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
    r"|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre|januar|februar|märz|mai|juni|juli|oktober|dezember)\b"
    r"|\b(?:century|centuries|decade|siglo|jahrhundert|век|year|год)"
    r"|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\bo['’]clock\b|\bin the (?:morning|afternoon|evening)\b"  # noqa: RUF001
    r"|\b(?:noon|midnight)\b|\b\d{1,2}(?:[:.]\d\d)? uhr\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|on|outside|behind|beside|between|opposite|next to) "
    r"(?:the|an?|our|my|his|her|its|their)\b"
)
_NO_PLACE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|English|German|French|Spanish|Italian|Danish"
    r"|Dutch|Norwegian|Swedish|Portuguese|Latin|Greek|Russian|Chinese|Japanese|Arabic)\b"
)
_ALWAYS_OFFERED = {
    Wanted.PRICE: _MONEY,
    Wanted.CONTACT: contact.WRITTEN,
    Wanted.NUMBER: _NUMBER_WORD,
}
_OFFERED_AS_NEWS = {Wanted.TIME: _TIME, Wanted.NUMBER: _DIGITS}


def read_question(text: str) -> Question:
    """Return what a question asks for."""
    words = _WORD.findall(text)
    content = frozenset(content_words(text))
    names = [w for i, w in enumerate(words) if w[0].isdigit() or (i and w[0].isupper())]
    return Question(
        text=text,
        words=content - _ANYTHING or content,
        names=frozenset(content_words(" ".join(names))),
        wanted=next((wanted for wanted, asks in _ASKING if asks.search(text)), Wanted.ANY),
        is_english=bool(_ENGLISH.search(text)),
    )


def offers(question: Question, sentence: str) -> float:
    """Return 1 if a sentence has what the question wants and did not itself say, else 0."""
    wanted = question.wanted
    if wanted is Wanted.ANY:
        return 1.0
    if wanted is Wanted.NAME:
        return float(_has_name(question, sentence))
    if wanted is Wanted.PLACE:
        named = _has_name(question, _NO_PLACE.sub("", sentence))
        return float(named or _PLACE.search(sentence) is not None)
    always, news = _ALWAYS_OFFERED.get(wanted), _OFFERED_AS_NEWS.get(wanted)
    is_there = always is not None and always.search(sentence) is not None
    return float(is_there or (news is not None and _has_news(news, question, sentence)))


def _has_name(question: Question, sentence: str) -> bool:
    """Tell whether there is a capital behind the first word that the question does not have."""
    later = _WORD.findall(sentence)[1:]
    return any(
        w[0].isupper() and w != "I" and question.words.isdisjoint(content_words(w)) for w in later
    )


def says_nothing(question: Question, sentence: str) -> bool:
    """Tell whether a text is no sentence and nothing that was asked for.

    That is a fragment of which all stands in the question, or a short one of which nothing does.
    """
    line = sentence.strip()
    if is_ended(line):
        return False
    words = content_words(line)
    is_plain = _DIGITS.search(line) is None and not set(line) & _TELLING
    is_heading = is_plain and (line.isupper() or len(words) <= _SHORT_WORDS)
    is_strange = is_heading and question.words.isdisjoint(words)
    return is_strange or question.words.issuperset(words)


def _has_news(pattern: re.Pattern[str], question: Question, sentence: str) -> bool:
    asked = question.text.casefold()
    return any(match.group().casefold() not in asked for match in pattern.finditer(sentence))

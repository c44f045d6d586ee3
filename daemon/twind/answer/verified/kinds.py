"""What kind of thing a question asks for: a time, a place, a price, yes or no, and so on.

Finer than what the search for evidence needs: "how long" and "how often" are both answered by a
number, but an answer to one is none to the other.
"""

import re
from dataclasses import dataclass

from twind.answer.verified.wordings import read_words, stems

YES_NO = "yes or no"
THING = "thing"
ORIGIN = "origin"
WAY = "way"
OPEN = frozenset({None, THING})

AUXILIARY = (
    r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|may|might|must"
    r"|shall|should|will|would)"
)

_WHICH = r"(?:what|which|whose)"
_UNITS = r"(?:seconds|minutes|hours|days|weeks|months|years)"
_METRES = r"(?:kilo)?met(?:re|er)s"
_MEASURES = r"(?:(?:centi|milli)met(?:re|er)s|inches|feet|gigabytes|kilos|kilograms|tons)"
_PEOPLE = (
    r"(?:architect|author|writer|artist|engineer|scientist|doctor|player|teacher|lawyer"
    r"|president|director|composer|painter|employee|colleague|friend|compan(?:y|ie)|firm|organisation"
    r"|famil(?:y|ie)|m[ae]n|wom[ae]n)s?"
)
_DOERS = r"(?:i|you|we|he|she|they|it|one|people)"
_PLACES = r"(?:universit(?:y|ies)|schools?|colleges?|building|hotel|room|region|state|village)"
_SUMS = r"(?:rent|fee|price|cost|charge|fare|deposit|toll|premium)s?"
_SPAN = (
    r"(?:time|hour|point|year|date|day|month|season|decade|centur(?:y|ie))s?"
    r"(?: of (?:the )?(?:year|month|day))?"
)
# The one that stands first in a question says what it asks for.
_ASKING = (
    ("result", r"what (?:happens|will happen|if|then|becomes of)|what are the consequences"),
    (
        "remedy",
        r"what (?:do|should|can|must) (?:i|we|you|one) (?:have to )?do(?: when\b| if\b|\W*$)",
    ),
    ("remedy", r"what (?:is|has) to (?:be )?do(?:ne)? (?:when|if)"),
    ("name", r"(?:what|how) (?:is|are|was|were)(?= [^?]* (?:called|named)\W*$)"),
    (THING, r"is there (?:any|some)thing|(?:can|could|would) you (?:recommend|suggest|name)"),
    ("reason", rf"why|how come|(?:for )?{_WHICH} (?:\w+ )?(?:the )?reasons?"),
    ("reason", r"what (?:causes?|caused|makes?|made|leads? to|led to)"),
    ("reason", r"what (?:inspires?|inspired|triggers?|triggered)"),
    ("age", r"when (?=.* old enough\b)"),
    ("time", r"how long (?=(?:until|till|before|after|have|has)\b)"),
    ("time", rf"how long ago|(?:since |until |by )?when|{_WHICH} {_SPAN}"),
    (ORIGIN, r"from where|where (?=.* from\b)"),
    (WAY, r"where (?=(?:can|could|do|should|must) (?:i|we|one)\b)"),
    (
        "place",
        rf"where|{_WHICH} (?:place|spot|location|city|town|country)|{_WHICH} (?={_PLACES}\b)",
    ),
    ("place", r"is there (?:a place|somewhere|anywhere)"),
    ("person", rf"(?:by )?(?:whom?|whose|{_WHICH} (?:person|people)|{_WHICH} (?={_PEOPLE}\b))"),
    ("person", r"(?:is there (?:any|some)one|are there (?:any )?people)(?: who| that)?"),
    ("time", r"how (?:soon|early)"),
    ("frequency", rf"how often|how frequently|how many times|{_WHICH} intervals?"),
    ("duration", rf"how long|how many {_UNITS}(?: of)?|how much time"),
    ("duration", r"what(?:'s| is) the time (?=\w+ takes?\b)"),
    ("age", rf"how old|{_WHICH} age"),
    ("distance", r"how far(?: away)?|how many (?:kilomet(?:re|er)s|miles)"),
    ("price", rf"how high (?={AUXILIARY}\b.*\b{_SUMS}\b)"),
    ("height", rf"how (?:tall|high)|how many {_METRES} (?:tall|high)"),
    ("width", rf"how wide|how many {_METRES} wide"),
    ("speed", rf"how fast|{_WHICH} speed"),
    ("size", rf"how (?:big|large)|how many square {_METRES}"),
    ("price", r"how much (?=(?:is|are|was|were)\b(?! there))|how expensive"),
    ("price", rf"how much (?={AUXILIARY}\b.*\b(?:costs?|charged?|pay)\b)"),
    ("price", rf"{_WHICH} (?={AUXILIARY}\b.*\b(?:costs?|charged?|pay)\b)"),
    ("temperature", rf"how (?:hot|cold|warm)|how many degrees|{_WHICH} temperature"),
    ("degree", rf"how many {_MEASURES}(?: \w+(?= (?:is|are|was|were)\b))?"),
    ("count", r"how many|what number of"),
    ("amount", r"how much|how heavy"),
    ("degree", rf"how (?=\w+ (?:{AUXILIARY}|an?)\b)(?!(?:{AUXILIARY}|{_DOERS})\b)"),
    ("manner", rf"how|{_WHICH} (?:\w+ )?(?:the )?(?:best )?way|{_WHICH} steps|is there a way"),
    ("manner", r"what (?:do|should|must|can) (?:i|we|you|one) (?:have to |need to )?do to"),
    (THING, _WHICH),
)
_FIXED_TIME = r"(?:best|right|start|starting|opening|closing|departure|arrival) time"
# What the noun asks for in "what is the price"; the other words it makes needless.
_NOUNS = (
    ("place", r"location|place|spot|meeting point", "place spot location find"),
    ("price", r"(?:price|cost|fee|charge)s?|(?<=ly )rate", "pay price cost charge fee expensive"),
    (
        "time",
        rf"dates?|deadline|times|hours|day(?= (?:to|for)\b)|time(?= of\b)|{_FIXED_TIME}",
        "time date deadline hour due",
    ),
    ("duration", r"duration|length|period|time", "time duration length period take"),
    ("count", r"(?<!phone )(?<!telephone )number|count", "number"),
    ("population", r"population", "population"),
    ("distance", r"distance", "distance away"),
    ("height", r"height", "height tall"),
    ("width", r"width", "width wide"),
    ("age", r"age", "age old"),
    ("size", r"size|area", "size area big large floor"),
    ("temperature", r"temperature|(?<=ing )point", "temperature point hot"),
    ("name", r"name", "called"),
    ("person", r"whom", "person people"),
    ("speed", r"speed", "quick travel"),
    ("reason", r"reasons?|causes?(?= of\b)|motivation|inspiration", "reason cause"),
    ("subject", r"about|topic|subject|theme", "topic subject theme deal"),
    ("manner", r"way|steps", "way step"),
    ("frequency", r"frequency", "time often interval"),
)
_HEAD = r"^\W*(?:s |is |are |was |were )?(?:(?:the|your|a|my|our|their) )?(?:[\w'-]+ ){0,2}?"
_TAIL = (
    r"(?= (?:of|for|to|on|in|at|from|per|before|after|between|when|where|that|you|i|we|it"
    r"|does|do|did|is|are|and)\b|\W*$)"
)
_FIRST = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _ASKING)
_SECOND = tuple((kind, re.compile(rf"{_HEAD}\b({words})\b{_TAIL}")) for kind, words, _ in _NOUNS)
_IMPLIED = {kind: stems(words) for kind, _, words in _NOUNS}
_YES_NO = re.compile(
    rf"(?:and |so |but )?{AUXILIARY}\b"
    r"(?! there (?:a way|a place|(?:any|some)(?:where|one|thing)|(?:any )?people)\b)"
    r"(?! you (?:recommend|suggest|name)\b)"
)
_NEXT = re.compile(r"\W*([^\W_]+)")
_CLOSE = frozenset(
    frozenset(pair)
    for pair in (("amount", "count"), ("amount", "price"), ("amount", "size"),
                 ("amount", "degree"), ("count", "population"),
                 (WAY, "place"), (WAY, "manner"),
                 ("count", "frequency"), ("name", "person"), ("count", "size"),
                 ("result", "remedy"), ("manner", "remedy"), ("amount", "duration"),
                 (ORIGIN, "manner"), (ORIGIN, "person"), (ORIGIN, "reason"), (ORIGIN, "place"))
)  # fmt: skip
_LOOSE = OPEN | {
    "manner",
    "amount",
    "degree",
    "name",
    "height",
    "width",
    "size",
    "temperature",
    YES_NO,
    ORIGIN,
    "subject",
    "remedy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a question asks for.

    Attributes:
        name: Such as `time`, `price`, `yes or no` or `thing`; None where that is left open.
        rest: The question without the words that say so.
        focus: The word behind "how many" or "which"; None elsewhere.
    """

    name: str | None
    rest: str
    focus: str | None = None

    @property
    def implied(self) -> frozenset[str]:
        """Words that say no more than the kind does."""
        return _IMPLIED.get(self.name or "", frozenset())


def kind_of(plain: str) -> Kind:
    """Return the kind of a question in small letters."""
    if _YES_NO.match(plain):
        return Kind(name=YES_NO, rest=plain)
    found = [
        (hit.start(), n) for n, (_, words) in enumerate(_FIRST) if (hit := words.search(plain))
    ]
    if not found:
        return _named(Kind(name=None, rest=plain))
    name, words = _FIRST[min(found)[1]]
    hit = words.search(plain)
    assert hit is not None  # noqa: S101 - as it was found
    rest = f"{plain[: hit.start()]} {plain[hit.end() :].lstrip()}"
    if name == THING:
        return _named(Kind(name=name, rest=plain, focus=_focus(plain, hit)))
    return Kind(name=name, rest=rest, focus=_focus(plain, hit) if name == "count" else None)


def differ(one: Kind, two: Kind) -> bool:
    """Tell whether an answer to a question of one kind is none to one of the other."""
    names = frozenset({one.name, two.name})
    if len(names) == 1 or names in _CLOSE or None in names:
        return False
    return names == {THING, YES_NO} or THING not in names or not names <= _LOOSE


def _named(kind: Kind) -> Kind:
    """Return the kind that a noun says where nothing else does."""
    behind = re.split(rf"\b{_WHICH}\b", kind.rest, maxsplit=1)[-1]
    for name, noun in _SECOND:
        if hit := noun.search(behind):
            return Kind(name=name, rest=f"{behind[: hit.start(1)]} {behind[hit.end(1) :]}")
    return kind


def _focus(plain: str, hit: re.Match[str]) -> str | None:
    following = _NEXT.match(plain, hit.end())
    return next(iter(read_words(following[1])), None) if following else None

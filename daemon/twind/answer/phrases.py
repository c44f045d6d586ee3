"""Names and noun phrases, found by capitals and small words, without a parser."""

import re
from dataclasses import dataclass

from twind.answer.tongues import GERMAN, Tongue
from twind.answer.words import content_words

_TIED = r"(?:of|the|de|la|le|von|van|der|den|du|di|da|al|el|bin|and the|&|y|des|del)"
_CAPITALISED = r"(?:[A-Z]\.|[^\W\d_a-zà-öø-ÿ][\w'’-]*)"  # noqa: RUF001
_NAME = re.compile(rf"{_CAPITALISED}(?:(?: {_TIED}){{0,2}} {_CAPITALISED})*")
_WORD = re.compile(r"[\w'’-]+")  # noqa: RUF001
_CALENDAR = re.compile(
    r"(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|I)"
)
_DONE = re.compile(
    r"\w{3,}ed|built|made|held|sold|born|lost|found|written|known|won|cut|set|given|taken|broken"
    r"|chosen|driven|grown|drawn|shown|thrown|spent|sent|kept|left|paid|brought|bought|caught"
    r"|taught|thought|said|told|begun|sung|hung|struck|led|run|done|gone|seen|used|called"
)
_BEFORE_VERB = re.compile(
    r"(?:do|does|did|can|could|will|would|shall|should|may|might|must)(?:n['’]t)?",  # noqa: RUF001
    re.IGNORECASE,
)
_OFTEN_DONE = re.compile(
    r"begin|belong|change|charge|come|cost|do|end|get|give|go|happen|have|help|last|live|look|make|mean"
    r"|need|offer|open|run|sell|start|stop|take|use|want|work"
)
"""Verbs that are often the main one after "does" or "can"."""
_COUNTED = re.compile(
    r"how many|which|what|wie viele|welche[rsmn]?|combien|quel(?:le)?s?|cuánt[oa]s|qué|cuáles",
    re.IGNORECASE,
)
_OPENERS = re.compile(
    r"name|tell|give|list|show|describe|explain|please|according|since|during|after|before|one|two"
    r"|three|most|many|some|several|visitors|people|members|each|every|nobody|no|there|these"
    r"|today|later|then|however|yes|no|not|never|maybe|perhaps|mostly|usually|often|always|sure"
    r"|ja|nein|oui|non|sí",
    re.IGNORECASE,
)
"""Words that often begin a sentence and no name."""

_SPEAKERS = re.compile(r"I|me|we|us|you|ich|wir|mich|uns|je|nous|vous|yo|nosotros")
_LONGEST_RUN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A name or noun phrase.

    Attributes:
        text: As it stands.
        start: Where, in its text.
        tie: The preposition before it, in small letters; empty where none is.
        is_name: Whether it is capitalised throughout.
    """

    text: str
    start: int
    tie: str
    is_name: bool

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)

    @property
    def is_plural(self) -> bool:
        """Whether its first noun group ends as English plurals do, or a number leads it."""
        head = re.split(r" (?:of|at|in|on|for|from|to|with|von|de|du|des) ", self.text)[0]
        return head.endswith("s") and not head.endswith(("ss", "us", "'s", "is"))


def names(text: str, tongue: Tongue) -> list[Phrase]:
    """Return the names of a text; a capital that only begins a sentence makes none."""
    found = []
    for match in _NAME.finditer(text):
        name, start = _without_small_words(match.group().rstrip(".'"), match.start(), text)
        if name and not _CALENDAR.fullmatch(name) and not tongue.asking.fullmatch(name):
            found.append(_phrase(text, name, start, tongue, is_name=True))
    return found


def noun_phrases(question: str, tongue: Tongue) -> list[Phrase]:
    """Return the noun phrases of a question, its subject first where it can be told.

    A noun phrase begins with a determiner or a name, or stands after the auxiliary verb, and may
    hold one phrase with a preposition.
    """
    counted = counted_at(question, tongue)
    phrases = [
        _run(question, at, tongue, has_tail=at != counted) for at in _beginnings(question, tongue)
    ]
    found: list[Phrase] = []
    for phrase in phrases:
        if phrase and not any(other.start <= phrase.start < other.end for other in found):
            found.append(phrase)
    return found


def counted_at(question: str, tongue: Tongue) -> int:
    """Return where the noun begins that is counted or chosen from, as in "how many"; else -1."""
    asked = tongue.asking.match(question)
    return asked.end() if asked and _COUNTED.fullmatch(asked.group().strip(" ,¿")) else -1


def _beginnings(question: str, tongue: Tongue) -> list[int]:
    """Return where noun phrases may begin, in order."""
    starts = {match.start() for match in tongue.determiner.finditer(question)}
    starts |= {name.start for name in names(question, tongue)}
    asked = tongue.asking.match(question)
    verb = tongue.auxiliary.search(question)
    if verb and (asked is None or verb.start() >= asked.end() - 1):
        starts.add(verb.end() + 1)
    starts.add(counted_at(question, tongue))
    return sorted(start for start in starts if 0 <= start < len(question))


def _run(question: str, at: int, tongue: Tongue, *, has_tail: bool) -> Phrase | None:
    """Return the noun phrase that begins at a place, if one does.

    After "does" or "can" the main verb looks like the last of the nouns and is left out.
    """
    words = list(_WORD.finditer(question, at))
    before = question[:at].split()
    has_verb = bool(before) and _BEFORE_VERB.fullmatch(before[-1]) is not None
    taken = _group(question, words, tongue)
    if not taken:
        return None
    if has_verb and taken > 1 and _OFTEN_DONE.fullmatch(words[taken - 1].group()):
        text = question[words[0].start() : words[taken - 2].end()]
        return _phrase(question, text, words[0].start(), tongue, is_name=text[0].isupper())
    tail = 0
    if has_tail and words[taken:] and tongue.preposition.fullmatch(words[taken].group()):
        tail = _group(question, words[taken + 1 :], tongue)
    groups = [taken, tail] if tail else [taken]
    if has_verb and not _ends_with_verb(words[sum(groups) + len(groups) - 1 :], tongue):
        groups = _without_verb(groups, words, tongue)
    last = sum(groups) + len(groups) - 1
    text = question[words[0].start() : words[last - 1].end()]
    return _phrase(question, text, words[0].start(), tongue, is_name=text[0].isupper())


def _ends_with_verb(rest: list[re.Match[str]], tongue: Tongue) -> bool:
    """Tell whether the verb is still to come: two words that are not small end the question."""
    return len(rest) > 1 and not any(_is_small(word.group(), tongue) for word in rest[-2:])


def _without_verb(groups: list[int], words: list[re.Match[str]], tongue: Tongue) -> list[int]:
    """Return the lengths of noun groups without the verb, which ends the last one it can end."""
    at = sum(groups) + len(groups) - 1
    for number in reversed(range(len(groups))):
        begin = at - groups[number]
        least = 2 if tongue.determiner.fullmatch(words[begin].group()) else 1
        if groups[number] > least and words[at - 1].group()[0].islower():
            return [*groups[:number], groups[number] - 1] if number else [groups[0] - 1]
        at = begin - 1
    return groups


def _group(question: str, words: list[re.Match[str]], tongue: Tongue) -> int:
    """Return how many of these words make a noun group: a determiner, then nouns."""
    begun = 1 if words and tongue.determiner.fullmatch(words[0].group()) else 0
    count = begun
    for at, word in enumerate(words[begun : begun + _LONGEST_RUN], begun):
        text = word.group()
        was_name = at > 0 and words[at - 1].group()[0].isupper()
        is_over = was_name and not begun and text[0].islower() and tongue is not GERMAN
        is_parted = at > 0 and question[words[at - 1].end() : word.start()].strip()
        if is_parted or is_over or _is_small(text, tongue):
            break
        count += 1
    last = words[count - 1].group() if count else ""
    if _DONE.fullmatch(last) or (tongue is GERMAN and last[:1].islower()):
        count -= 1
    return count if count > begun else 0


def _is_small(word: str, tongue: Tongue) -> bool:
    small = (
        *(tongue.preposition, tongue.auxiliary, tongue.conjunction, tongue.person, tongue.many),
        *(tongue.thing, tongue.determiner, tongue.asking),
    )
    return _SPEAKERS.fullmatch(word) is not None or any(each.fullmatch(word) for each in small)


def _without_small_words(name: str, start: int, text: str) -> tuple[str, int]:
    """Return a name without the common word that only has its capital from a sentence's start."""
    begins = not text[:start].strip() or text[:start].rstrip()[-1:] in '.!?:¿¡"“'
    first, _, rest = name.partition(" ")
    if begins and (not content_words(first) or _OPENERS.fullmatch(first)):
        skipped = len(first) + 1
        lead = re.match(rf"(?:{_TIED} )+", rest)
        skipped += lead.end() if lead else 0
        return name[skipped:], start + skipped
    return name, start


def _phrase(text: str, words: str, start: int, tongue: Tongue, *, is_name: bool) -> Phrase:
    before = text[:start].split()
    while before and tongue.determiner.fullmatch(before[-1]) and is_name:
        before.pop()
    tie = before[-1].lower() if before else ""
    is_tied = tongue.preposition.fullmatch(tie) is not None
    return Phrase(text=words, start=start, tie=tie if is_tied else "", is_name=is_name)

"""Whether a question can be understood alone, and if not, on what it leans."""

import re
from dataclasses import dataclass
from enum import StrEnum

from twind.answer.courtesy import courtesy_in
from twind.answer.phrases import Phrase, counted_at, names, noun_phrases
from twind.answer.tongues import Tongue
from twind.answer.words import content_words, count_words


class Need(StrEnum):
    """What a question lacks."""

    MORE = "more"
    """It asks for more of the same."""

    CLAUSE = "clause"
    """It is a question word: the rest of the last question goes with it."""

    QUESTION = "question"
    """It names something that the last question is to be asked of."""

    SUBJECT = "subject"
    """It does not say of whom or what it asks."""

    PERSON = "person"
    MANY = "many"
    THING = "thing"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """What a question lacks, and where.

    Attributes:
        need: What it lacks.
        text: The question without what ties it to the one before.
        start: First character of the pronoun or the fragment in `text`.
        end: One past the last.
        owns: Whether the pronoun tells whose something is.
    """

    need: Need
    text: str
    start: int = 0
    end: int = 0
    owns: bool = False


_LONGEST_FRAGMENT = 7
_LONGEST_BARE = 5
_PRONOUNS = (Need.PERSON, Need.MANY, Need.THING, Need.PLACE)
_LONGEST = 300
"""Characters of the longest question that may lean on another one."""

_MOST_WORDS = 7
"""Content words of a question that is too long to lean on another one."""

_TELLING_WORDS = 3
"""Content words before a pronoun that leave little doubt of what it means."""

_EMPTY_IT = re.compile(
    r"it(?='?s? (?:[\w-]+ ){0,3}(?:to [a-z]+ [\w]|that |for [\w ]+ to |if |when |like to ))"
    r"|it (?:rain|snow|matter|been since|(?:get|become)s? (?:dark|cold|late|light|warm))"
    r"|it (?:clear|true|known|possible|important|safe|legal|allowed|customary|common) ",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"[¿¡\s]*(?:really|sure|yes|no|please|good"
    r"|wirklich|echt|ja|nein|vraiment|oui|non|de verdad|sí)[\s?!.]*",
    re.IGNORECASE,
)
_WHOEVER = re.compile(
    r"(?:who|which|what)(?! (?:do|does|did)\b)(?! (?:is|are|was|were) (?:their|its)\b) "
    r".*\b(?:their|themselves|itself)\b",
    re.IGNORECASE | re.DOTALL,
)
_PERSON_ENDING = re.compile(
    r"\w+(?:er|or|ist|ian|man|woman|ess|ant|king|queen|pope|wife|boy|girl|child|poet|author|chef"
    r"|lady|lord|duke|earl|priest|monk|nun|saint|pilot|guard|mayor|friend|one|in|ent|eur|eux)",
    re.IGNORECASE,
)


def leaning(question: str, tongue: Tongue) -> Leaning | None:
    """Return what a question lacks, or None where it can be understood alone."""
    text = question.strip()
    if len(text) > _LONGEST or _REMARK.fullmatch(text) or courtesy_in(text):
        return None
    if tongue.more.fullmatch(text):
        return Leaning(need=Need.MORE, text=text)
    body, is_tied = _without_lead(text, tongue)
    about = tongue.about.match(body)
    if about:
        return _fragment(body, about.end(), tongue)
    if tongue.asking.match(body):
        lacking = _lacking_clause(body, tongue)
    else:
        lacking = _lacking_question(body, tongue, is_tied=is_tied)
    return (
        lacking or _lacking_name(body, tongue) or _lacking_subject(body, tongue, is_tied=is_tied)
    )


def _without_lead(text: str, tongue: Tongue) -> tuple[str, bool]:
    lead = tongue.lead.match(text)
    return (text[lead.end() :], True) if lead and lead.end() < len(text) else (text, False)


def _fragment(body: str, start: int, tongue: Tongue) -> Leaning | None:
    """Return that a fragment, the subject of a new question, needs the last one."""
    end = len(body.rstrip(" ?!."))
    pronoun = body[start:end]
    if not pronoun.strip(" ,¿?!."):
        return None
    for need, pattern in zip(_PRONOUNS, _patterns(tongue), strict=True):
        if pattern.fullmatch(pronoun):
            return Leaning(need=need, text=body, start=start, end=end)
    owned = _lacking_name(body, tongue)
    if owned and owned.owns:
        return owned
    return Leaning(need=Need.QUESTION, text=body, start=start, end=end)


def _lacking_clause(body: str, tongue: Tongue) -> Leaning | None:
    """Return that nothing, or no verb, follows the question word."""
    asked = tongue.asking.match(body)
    assert asked is not None  # noqa: S101 - it was found by the caller
    if tongue.why.fullmatch(body):
        return Leaning(need=Need.CLAUSE, text=body, end=asked.end())
    rest = body[asked.end() :].strip(" ?!.")
    if not content_words(rest) and not tongue.auxiliary.search(rest):
        pronoun = _lacking_name(body, tongue)
        return pronoun or Leaning(need=Need.CLAUSE, text=body, end=asked.end())
    asks_subject = re.fullmatch(
        r"[¿\s]*(?:who|what|which|whose|wer|was|qui|que|quién(?:es)?|qué)[\s,]*",
        asked.group(),
        re.IGNORECASE,
    )
    if tongue.auxiliary.search(body) or names(rest, tongue):
        return None
    words = content_words(rest)
    if len(words) <= (1 if asks_subject else 2) and count_words(body) <= _LONGEST_BARE:
        return _lacking_name(body, tongue) or Leaning(need=Need.SUBJECT, text=body)
    return None


def _lacking_question(body: str, tongue: Tongue, *, is_tied: bool) -> Leaning | None:
    """Return that a fragment without a verb is to be asked as the last question was."""
    words = count_words(body)
    if words > _LONGEST_FRAGMENT or tongue.auxiliary.search(body):
        return None
    begins_small = tongue.preposition.match(body) is not None
    is_asked = body.endswith("?") and words <= _LONGEST_BARE - 2
    if is_tied or begins_small or is_asked:
        return _fragment(body, 0, tongue)
    return None


def _lacking_name(body: str, tongue: Tongue) -> Leaning | None:
    """Return the first pronoun that nothing in the question itself explains."""
    if len(content_words(body)) > _MOST_WORDS:
        return None
    found = [
        (match, need)
        for need, pattern in zip(_PRONOUNS, _patterns(tongue), strict=True)
        for match in pattern.finditer(body)
    ]
    for match, need in sorted(found, key=lambda one: one[0].start()):
        is_free = not _EMPTY_IT.match(body, match.start()) and not _is_title(match, body)
        if is_free and not _is_bound(match, need, body, tongue):
            owns = tongue.owning.match(body, match.start()) is not None
            start, end = match.span()
            return Leaning(need=need, text=body, start=start, end=end, owns=owns)
    return None


def _is_title(match: re.Match[str], body: str) -> bool:
    """Tell whether a pronoun is part of a name or an abbreviation, as in "the film It"."""
    is_first = not body[: match.start()].strip(" ¿¡")
    return match.group()[0].isupper() and (not is_first or match.group()[1:2].isupper())


def _is_bound(pronoun: re.Match[str], need: Need, body: str, tongue: Tongue) -> bool:
    """Tell whether something in the question is what the pronoun means."""
    counted = counted_at(body, tongue)
    phrases = [one for one in noun_phrases(body, tongue) if one.start != counted]
    earlier = [one for one in phrases if one.end <= pronoun.start() and _fits(one, need)]
    is_repeated = pronoun.group()[0] == "-" and any(one.end <= pronoun.start() for one in phrases)
    if is_repeated or any(one.is_name for one in earlier):
        return True
    before = body[: pronoun.start()]
    told = len(content_words(before))
    is_apart = tongue.conjunction.search(before[earlier[-1].end :] if earlier else before)
    owns = tongue.owning.match(body, pronoun.start()) is not None
    if earlier and (owns or is_apart or need is Need.PLACE):
        return True
    if told > _TELLING_WORDS or (told >= _TELLING_WORDS - 1 and (owns or "," in before)):
        return True
    return _is_explained_later(pronoun, need, body, phrases)


def _is_explained_later(
    pronoun: re.Match[str], need: Need, body: str, phrases: list[Phrase]
) -> bool:
    """Tell whether whoever is asked for, or a name in the main clause, is what is meant.

    "They" may also be people in general, where a question says enough without them.
    """
    if _WHOEVER.match(body) and need is not Need.PERSON:
        return True
    if need is Need.MANY and len(content_words(body)) > _TELLING_WORDS:
        return True
    comma = body.find(",", pronoun.end())
    return comma > 0 and any(one.start > comma for one in phrases)


def _fits(phrase: Phrase, need: Need) -> bool:
    if need is Need.PERSON:
        head = re.split(r" (?:of|at|in|for|from|to|with) ", phrase.text)[0]
        return phrase.is_name or _PERSON_ENDING.fullmatch(head.split()[-1]) is not None
    return True


def _lacking_subject(body: str, tongue: Tongue, *, is_tied: bool) -> Leaning | None:
    """Return that a question tied to the last one names nothing of its own."""
    is_bare = len(content_words(body)) <= 1 and count_words(body) <= _LONGEST_BARE
    if not is_tied or not is_bare or names(body, tongue) or tongue.determiner.search(body):
        return None
    return Leaning(need=Need.SUBJECT, text=body)


def _patterns(tongue: Tongue) -> tuple[re.Pattern[str], ...]:
    return tongue.person, tongue.many, tongue.thing, tongue.place

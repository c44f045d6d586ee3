"""A follow-up made a question of its own, from what was said before it.

Only the question is completed; what was said before is no evidence. A question that can be
understood alone is left as it is, word for word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from twind.answer.antecedents import Said, antecedent, plain_answer
from twind.answer.leaning import Leaning, Need, leaning
from twind.answer.phrases import Phrase, counted_at, names, noun_phrases
from twind.answer.rephrase import rephrase
from twind.answer.tongues import Tongue, tongue_of
from twind.answer.words import content_words
from twind.domain.conversations import Message, Role
from twind.models.base import TextGenerator

TURNS = 4
"""How many of the last turns a question may lean on."""

REMEMBERED = 2 * TURNS
"""Messages of those turns."""

_READ = 1_000
"""Characters of an earlier question or answer in which names are looked for."""

_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|last|next|erste[rsn]?|zweite[rsn]?|dritte[rsn]?"
    r"|premi[eè]re?|deuxième|seconde?|troisième|primer[oa]?|segund[oa]|tercer[oa]?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_TIME_TOLD = re.compile(
    r"\b(?:year|month|week|day|jahr|monat|woche|année|mois|año|mes)s? "
    r"(?:before|after|later|earlier|zuvor|davor|danach|avant|après|antes|después)\b",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"^([¿\s]*(?:what|who|where|when|how|why))['’]s ", re.IGNORECASE)  # noqa: RUF001
_COUNTED = re.compile(
    r"(?P<noun>[\w -]+?) "
    r"(?P<verb>(?P<do>do|does|did)|is|are|was|were|have|has|can|could|will|would) "
    r"(?P<rest>.+?)[\s?!.]*$"
)
_ONE = re.compile(r"\bones?$", re.IGNORECASE)
_ENDING = re.compile(r"\s*[?!.]*\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question in the light of the turns before it.

    Attributes:
        question: Means the same without those turns.
        told: Quotes of the last answers, where it asks for more than them.
    """

    question: str
    told: frozenset[str] = frozenset()


def understand(
    question: str, turns: Sequence[Message], generator: TextGenerator | None
) -> Understood:
    """Return what a question means after the turns before it.

    Args:
        question: As it was asked.
        turns: The messages before it, oldest first.
        generator: Words the question; without one, or when what it writes cannot be trusted, its
            pronouns and gaps are filled in by rule.
    """
    said = _said(turns)
    lacks = _lacks(question, said)
    if lacks is None:
        return Understood(question=question)
    told = frozenset[str]()
    if lacks.need is Need.MORE:
        told = frozenset(citation.quote for turn in turns for citation in turn.citations)
    worded = rephrase(question, turns[-REMEMBERED:], generator) if generator else None
    return Understood(question=worded or _filled(question, lacks, said), told=told)


def _said(turns: Sequence[Message]) -> list[Said]:
    """Return the last turns, each question completed from those before it."""
    said: list[Said] = []
    for at, message in enumerate(turns):
        if message.role is not Role.USER:
            continue
        reply = turns[at + 1] if at + 1 < len(turns) else None
        is_told = reply is not None and reply.role is Role.ASSISTANT and bool(reply.answered)
        answer = plain_answer(reply.content[:_READ]) if reply is not None and is_told else ""
        asked = _completed(message.content, said[-TURNS:])[:_READ]
        asked = _CONTRACTED.sub(r"\1 is ", asked)
        said.append(Said(question=asked, answer=answer))
    return said[-TURNS:]


def _completed(question: str, said: Sequence[Said]) -> str:
    """Return a question with what it lacks put in by rule."""
    lacks = _lacks(question, said)
    return question if lacks is None else _filled(question, lacks, said)


def _lacks(question: str, said: Sequence[Said]) -> Leaning | None:
    """Return what a question leans on, if it leans on anything that was said."""
    return leaning(question, _tongue(question, said)) if said else None


def _filled(question: str, lacks: Leaning, said: Sequence[Said]) -> str:
    """Return a question with what it lacks put in."""
    tongue = _tongue(question, said)
    last = said[-1].question
    match lacks.need:
        case Need.MORE:
            completed = last
        case Need.CLAUSE:
            completed = _with_clause(lacks, last)
        case Need.QUESTION:
            completed = _asked_of(lacks, last, tongue)
        case Need.SUBJECT:
            completed = _with_subject(lacks, said)
        case _:
            completed = _with_name(lacks, said, tongue)
    return completed


def _tongue(question: str, said: Sequence[Said]) -> Tongue:
    """Return the language of a question; a very short one is taken to be in that of the last."""
    is_short = len(question.split()) == 1 and bool(said)
    return tongue_of(f"{question} {said[-1].question}" if is_short else question)


def _with_clause(lacks: Leaning, last: str) -> str:
    """Ask the last question with another question word: "when?" of "Who built the light?"."""
    asked = tongue_of(last).asking.match(last)
    clause = last[asked.end() :] if asked else last[:1].lower() + last[1:]
    counted = _COUNTED.match(clause) if counted_at(last, tongue_of(last)) >= 0 else None
    if counted:
        noun, verb, rest = counted["noun"], counted["verb"], counted["rest"]
        clause = f"{verb} {rest} {noun}" if counted["do"] else f"{verb} {noun} {rest}"
    word = lacks.text[: lacks.end].strip(" ,?!.")
    return _asked(f"{word} {clause}")


def _asked_of(lacks: Leaning, last: str, tongue: Tongue) -> str:
    """Ask the last question of something else: "and Boston?" of "How big is Paris?"."""
    new = lacks.text[lacks.start : lacks.end].strip(" ,¿?!.")
    heads = [one.text.split()[-1] for one in noun_phrases(last, tongue)]
    if heads:
        new = _ONE.sub(heads[-1], new)
    replaced = _replaced(new, last, tongue)
    if replaced:
        return _asked(replaced)
    return _asked(f"{_ENDING.sub('', last)}, {new}")


def _replaced(new: str, last: str, tongue: Tongue) -> str | None:
    """Return the last question with the part that is of the same kind as the new one exchanged."""
    for counted in (_ORDINAL, _YEAR):
        number, known = counted.search(new), counted.search(last)
        if number and known and (counted is _ORDINAL or number.group() == new):
            return last[: known.start()] + number.group() + last[known.end() :]
    tied = tongue.preposition.match(new)
    if tied:
        return _other_circumstance(new, tied.group(), last)
    if tongue.conjunction.match(new):
        return f"{_ENDING.sub('', last)} {new}"
    old = None if _TIME_TOLD.search(new) else _counterpart(new, last, tongue)
    return last[: old.start] + new + last[old.end :] if old else None


def _other_circumstance(new: str, tie: str, last: str) -> str:
    """Return the last question with another phrase after the same preposition, or one more."""
    for match in reversed(list(re.finditer(rf"\b{re.escape(tie)}\b", last, re.IGNORECASE))):
        ending = _ENDING.search(last)
        end = ending.start() if ending else len(last)
        following = re.match(r" (?:[\w'-]+ ?){1,4}$", last[match.end() : end])
        if following:
            return f"{last[: match.start()]}{new}"
    return f"{_ENDING.sub('', last)} {new}"


def _counterpart(new: str, last: str, tongue: Tongue) -> Phrase | None:
    """Return what of the last question a new subject takes the place of."""
    phrases = noun_phrases(last, tongue)
    led = [one for one in phrases if tongue.determiner.match(one.text)]
    is_led = tongue.determiner.match(new) is not None
    if names(f"x {new}", tongue):
        known = names(last, tongue)
        around = [one for one in led if known and one.start <= known[-1].start < one.end]
        return next(iter([*(around if is_led else ()), *reversed(known), *phrases]), None)
    shared = _same_noun(new, last, tongue)
    if shared:
        return shared
    bare = None if is_led else _bare_end(last, tongue)
    if bare:
        return bare
    determiner = new.split(maxsplit=1)[0].lower()
    alike = [one for one in led if one.text.split(maxsplit=1)[0].lower() == determiner]
    return next(iter([*alike, *led, *phrases]), None)


def _same_noun(new: str, last: str, tongue: Tongue) -> Phrase | None:
    """Return the noun with its adjectives that the new subject ends with, too."""
    head = new.rpartition(" ")[2]
    known = re.search(rf"((?:[\w'-]+ )?)\b{re.escape(head)}\b", last, re.IGNORECASE)
    if known is None or head == new:
        return None
    adjective = known.group(1).strip()
    is_small = not content_words(adjective) or tongue.auxiliary.fullmatch(adjective)
    start = known.start() + (len(known.group(1)) if is_small else 0)
    return Phrase(text=last[start : known.end()], start=start, tie="", is_name=False)


def _bare_end(last: str, tongue: Tongue) -> Phrase | None:
    """Return the one word behind the last preposition, as "summer" in "How is it in summer?"."""
    ending = re.search(r"(\w+) ([^\W\d_]+)[\s?!.]*$", last)
    if ending is None or not tongue.preposition.fullmatch(ending.group(1)):
        return None
    return Phrase(text=ending.group(2), start=ending.start(2), tie=ending.group(1), is_name=False)


def _with_subject(lacks: Leaning, said: Sequence[Said]) -> str:
    """Add what the last question was about to a question that names nothing."""
    meant = antecedent(Need.THING, said)
    last = said[-1].question
    if not tongue_of(last).asking.match(last):
        return _with_clause(replace(lacks, end=len(lacks.text)), last)
    about = meant.text if meant else " ".join(content_words(last))
    return _asked(f"{_ENDING.sub('', lacks.text)}, {about}")


def _with_name(lacks: Leaning, said: Sequence[Said], tongue: Tongue) -> str:
    """Put what a pronoun means in its place, or behind the question."""
    meant = antecedent(lacks.need, said)
    if meant is None:
        return lacks.text
    if lacks.owns and tongue.possessive is None:
        return _asked(f"{_ENDING.sub('', lacks.text)} ({meant.text})")
    name = meant.text
    if lacks.owns and tongue.possessive:
        name = tongue.possessive.format(name).replace("s's", "s'")
    if lacks.need is Need.PLACE:
        name = f"{meant.tie or 'in'} {name}"
    gap = " " if lacks.text[lacks.start] == "-" else ""
    return _asked(lacks.text[: lacks.start] + gap + name + lacks.text[lacks.end :])


def _asked(text: str) -> str:
    """Return words as a question is written."""
    words = _ENDING.sub("", " ".join(text.split())) + "?"
    return words[:1].upper() + words[1:]

"""Headings that stand in the text of a passage: they say what follows is about, and no more.

Where a file does not mark its headings, as in most PDFs, they are told by how they stand: a short
line of its own without an end, a question directly above what it leads to, also one that is only
told of ("People ask me when to prune."), or bold words that a paragraph begins with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from twind.answer.contents import names_contents
from twind.answer.display import is_ended, readable
from twind.answer.replies import asks, leans
from twind.answer.units import Span, is_listed
from twind.answer.words import content_words, count_words
from twind.domain.answers import Passage
from twind.domain.chunks import HEADING_SEPARATOR

_LONGEST = 12
_TELLING = re.compile(r"[:@|]|\d")
_NUMBERED = re.compile(r"(?:§ ?|[A-Z]\.)?\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[^\W\d_])")
_LEADERS = re.compile(
    r"(?:\s?[.·…]){6,}(?:\s*\d{1,4}\b)?"
    r"|(?<![.·…_])(?:(?:[ \t]?[.·_]){4,}+|(?:[ \t]?…){2,}+)[ \t]*\d{1,4}\b(?![ \t]*[a-z°%])"
)
_PAGED = re.compile(r"[^\n]*\s\d{1,4}\s*(?:\n|$)")
_RUN_IN = re.compile(r"(\*\*|__)(?!(?:yes|no|not|ja|nein|oui|non|sí)\b)[^*_\n]+\1", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What can be quoted, at `text[start:end]` of its passage, and the heading that holds for it.

    Attributes:
        start: First character.
        end: One past the last.
        heading: The nearest heading above; empty where none is.
        is_first: Whether it stands directly below that heading.
    """

    start: int
    end: int
    heading: str
    is_first: bool


def headed(passage: Passage, spans: Sequence[Span]) -> Iterator[Headed]:
    """Yield what stands between the headings of a passage, in order.

    Questions are left out, and the lines of a table of contents.

    Args:
        passage: Where the text stands.
        spans: What of it can be quoted.
    """
    heading = (passage.locator.heading or "").rpartition(HEADING_SEPARATOR)[2]
    is_first = bool(heading)
    told = list(_without_leaders(passage.text, spans))
    for at, (start, end) in enumerate(told):
        following = told[at + 1] if at + 1 < len(told) else None
        if _is_heading(passage, (start, end), following):
            heading = _below(heading if is_first else "", readable(passage.text[start:end]))
            is_first = True
        elif asks(passage.text[start:end]) or _is_contents(passage.text[start:end], heading):
            is_first = False
        else:
            yield Headed(start=start, end=end, heading=heading, is_first=is_first)
            is_first = False


def _below(above: str, heading: str) -> str:
    """Return a heading; with the one right above where it asks of "it"."""
    return f"{above} {heading}" if above and asks(heading) and leans(heading) else heading


def _without_leaders(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Leave out what dots lead from to a page, the dots, and the page before what follows."""
    leaders = [match.span() for match in _LEADERS.finditer(text)]
    for start, end in spans:
        first = max((stop for begin, stop in leaders if begin <= start < stop), default=start)
        leads = any(first < begin <= end for begin, _ in leaders)
        said = text[first:end].lstrip()
        if said and not leads:
            yield end - len(said), end


def _is_contents(text: str, heading: str) -> bool:
    """Tell whether each line below a heading that says so ends with a page."""
    first, _, rest = text.partition("\n")
    if names_contents(first):
        text = rest
    elif not names_contents(heading):
        return False
    return bool(text) and all(_PAGED.fullmatch(line) for line in text.splitlines())


def _is_heading(passage: Passage, span: Span, following: Span | None) -> bool:
    line = passage.text[span[0] : span[1]]
    is_title = content_words(line) == content_words(passage.title) and not is_ended(line)
    if line.startswith("#") or is_title:  # a text without a title is called by its first sentence
        return True
    if is_listed(passage.text, span) or "\n" in line or count_words(line) > _LONGEST:
        return False
    if asks(line):
        return _begins_paragraph(passage.text, span[0]) or _fills_line(passage.text, span)
    if _RUN_IN.fullmatch(line):
        return _begins_paragraph(passage.text, span[0]) and _runs_in(passage.text, span, following)
    return _stands_alone(passage.text, span) and _leads(passage.text, span, following)


def _fills_line(text: str, span: Span) -> bool:
    """Tell whether lines end before and behind, as those of a conversation do."""
    before, after = text[: span[0]].rstrip(" \t"), text[span[1] :].lstrip(" \t")
    return before[-1:] in {"", "\n"} and after[:1] in {"", "\n"}


def _runs_in(text: str, span: Span, following: Span | None) -> bool:
    """Tell whether something follows on the same line."""
    return following is not None and "\n" not in text[span[1] : following[0]]


def _begins_paragraph(text: str, start: int) -> bool:
    before = text[:start]
    gap = before[len(before.rstrip()) :]
    return gap == before or gap.count("\n") > 1


def _stands_alone(text: str, span: Span) -> bool:
    """Tell whether blank lines, or the ends of the text, are around."""
    after = text[span[1] :]
    gap = after[: len(after) - len(after.lstrip())]
    return _begins_paragraph(text, span[0]) and (gap == after or gap.count("\n") > 1)


def _leads(text: str, span: Span, following: Span | None) -> bool:
    """Tell whether a line has no end and stands above a sentence or a list, or bears a number."""
    line = text[span[0] : span[1]]
    if is_ended(line):
        return False
    number = _NUMBERED.match(line)
    if _TELLING.search(line, number.end() if number else 0):
        return False
    if number or following is None:
        return number is not None
    below = text[following[0] : following[1]]
    return is_ended(below) or is_listed(text, following) or count_words(below) > _LONGEST

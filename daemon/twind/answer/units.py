"""What of a passage can be quoted alone: sentences, with lists and tables whole."""

import re
from collections.abc import Iterator, Sequence, Set

from twind.answer.display import is_ended
from twind.answer.flat_rows import flat_tables, names_columns
from twind.answer.orders import statements
from twind.answer.words import content_words, count_words

LONG_WORDS = 60
"""A sentence beyond this is cut at its lines."""
LONG_LIST_WORDS = 120
"""A list or table beyond this stays in its items or rows."""

_LINES_WORDS = 30
_FEW_ROWS = 2
_ITEM = re.compile(r"(?:[-*+•▪◦]|\d{1,3}[.)])[ \t]")
_ROW = re.compile(r"\||[^\n|]*[^\s|][ \t]\|[ \t]")
_LABELLED = re.compile(r"[^\n|]*\w:[ \t]")
_LEADS_IN = re.compile(r":[*_]*$")
_GOES_ON = re.compile(r"[ \t]*(?:\n[ \t]+)?")
_FIRST_STEP = re.compile(
    r"(?:first(?:ly)?(?:,| of all\b)|first (?=[a-z])|to begin with\b|zuerst|zunächst|erstens"
    r"|primero|en primer lugar|d['’]abord|premièrement)(?!\w)",  # noqa: RUF001
    re.IGNORECASE,
)
_LATER_STEP = re.compile(
    r"(?:second|third|fourth|fifth|sixth|seventh|next|last|final)(?:ly)?,"
    r"|(?:only )?then\b|(?:after|when) (?:that|this)\b|afterwards"
    r"|dann|danach|zweitens|drittens|viertens|anschließend|schließlich|zuletzt"
    r"|luego|después|segundo,|tercero,|por último|finalmente|ensuite|puis|enfin|deuxièmement",
    re.IGNORECASE,
)

Span = tuple[int, int]


def units(text: str) -> Iterator[Span]:
    """Yield the half-open spans of what can be quoted, in order.

    A list comes whole, with the line that leads to it, and so do a table and the steps that a
    paragraph counts ("First, ... Then, ..."), unless they are long.
    """
    flat = {row for table in flat_tables(text) for row in table}
    for run in _runs(text, list(_lines_of_tables(text, statements(text), flat)), flat):
        start, end = run[0][0], run[-1][1]
        if len(run) > 1 and count_words(text[start:end]) <= LONG_LIST_WORDS:
            yield start, end
        else:
            for part in _parts(text, run):
                yield from _short(text, part)


def is_listed(text: str, span: Span) -> bool:
    """Tell whether a list or table begins here, or an item or a row of one."""
    return any(mark.match(text, span[0]) for mark in (_ITEM, _ROW))


def header_of(text: str, row: Span) -> Span | None:
    """Return the first row of the table that a row stands in.

    It is None for that row itself, for other text, and where each cell bears its name.
    """
    for table in flat_tables(text):
        if row in table[1:] and names_columns(text, table[0]):
            return table[0]
    if not _ROW.match(text, row[0]):
        return None
    for run in _runs(text, list(_lines_of_tables(text, statements(text), set())), set()):
        rows = [span for span in run if _ROW.match(text, span[0])]
        if row in rows[1:] and not _LABELLED.match(text, rows[0][0]):
            return rows[0]
    return None


def focused(text: str, words: frozenset[str]) -> str:
    """Return of a table or list the rows or items that have some of the words; else the text.

    The first row of a table stays, and so does the line that leads to a list.
    """
    lines = text.split("\n")
    begins = 0 if _ITEM.match(lines[0]) else 1
    head, rest = lines[:begins], lines[begins:]
    are_alike = any(all(mark.match(line) for line in rest) for mark in (_ROW, _ITEM))
    if len(lines) <= _FEW_ROWS or not are_alike:
        return text
    told = [line for line in rest if not words.isdisjoint(content_words(line))]
    return "\n".join([*head, *told]) if told else text


def is_row(text: str, span: Span) -> bool:
    """Tell whether a row of a table stands here, and no whole table."""
    is_one = "\n" not in text[slice(*span)]
    return is_one and (
        _ROW.match(text, span[0]) is not None or any(span in table for table in flat_tables(text))
    )


def _lines_of_tables(text: str, spans: Sequence[Span], flat: Set[Span]) -> Iterator[Span]:
    """Yield each row by itself: one that no mark begins looks like a part of a sentence."""
    for start, end in spans:
        first = start
        for line in re.finditer(r"[^\n]+", text[start:end]):
            begin, stop = start + line.start(), start + line.end()
            is_flat = (begin, stop) in flat
            if stop - begin < end - start and (is_flat or _ROW.match(text, begin, stop)):
                yield from _stripped(text, first, begin)
                yield from _stripped(text, begin, stop)
                first = stop
        yield from _stripped(text, first, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(piece.strip())


def _runs(text: str, spans: Sequence[Span], flat: Set[Span]) -> Iterator[list[Span]]:
    """Yield the items of a list together, as well as the rows of a table, and others alone.

    Flat rows are alone: nothing but their own line tells which number belongs to which name.
    """
    run: list[Span] = []
    for span in spans:
        is_flat = span in flat or (run and run[-1] in flat)
        if run and (is_flat or not _belongs(text, run, span)):
            yield run
            run = []
        run.append(span)
    if run:
        yield run


def _belongs(text: str, run: Sequence[Span], span: Span) -> bool:
    before = run[-1]
    between = text[before[1] : span[0]]
    if between.strip():
        return False
    if _ROW.match(text, span[0]):
        is_caption = len(run) == 1 and not is_ended(text[before[0] : before[1]])
        return "\n\n" not in between and (is_caption or bool(_ROW.match(text, before[0])))
    if _FIRST_STEP.match(text, run[0][0]) and _LATER_STEP.match(text, span[0]):
        return "\n\n" not in between
    in_list = any(_ITEM.match(text, start) for start, _ in run[:2])
    if _ITEM.match(text, span[0]):
        return in_list or _LEADS_IN.search(text[before[0] : before[1]]) is not None
    return in_list and _GOES_ON.fullmatch(between) is not None


def _parts(text: str, run: Sequence[Span]) -> Iterator[Span]:
    """Yield the items of a list that is too long, each with all of its sentences, or the rows."""
    start, end = run[0]
    for span in run[1:]:
        goes_on = _ITEM.match(text, start) and not is_listed(text, span)
        if not goes_on or count_words(text[start : span[1]]) > LONG_WORDS:
            yield start, end
            start = span[0]
        end = span[1]
    yield start, end


def _short(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    if count_words(text[start:end]) <= LONG_WORDS:
        yield span
    else:
        yield from _lines(text, start, end)


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield runs of whole lines of a long sentence."""
    first = start
    for line in re.finditer(r"\n\s*", text[start:end]):
        stop = start + line.start()
        if count_words(text[first:stop]) >= _LINES_WORDS:
            yield first, stop
            first = start + line.end()
    if first < end:
        yield first, end

"""Cut blocks into spans of a bounded number of tokens.

Coarse cuts come before fine ones: where sentences end (in a table, a list and code where lines
do), between words, at worst inside a word.
"""

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from twind.domain.documents import Block, BlockKind
from twind.domain.sentences import SENTENCE_ENDS, sentences

TokenStarts = Callable[[str], Sequence[int]]
"""Returns the character at which each token of a text starts, in order; no special tokens."""

JOINED_TOKENS = 192
SPOKEN_TOKENS = 128

_OVERLAP = 0.25
_TINY_TOKENS = JOINED_TOKENS // 4
_CHARACTERS_PER_TOKEN = 6
_BY_LINE = frozenset({BlockKind.TABLE, BlockKind.LIST, BlockKind.CODE})
_Cut = Callable[[str], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A span of the document with its size; `start_seconds` is that of its first cue."""

    start: int
    end: int
    tokens: int
    start_seconds: float | None = None


class Cutter:
    """Cuts the blocks of one section; no span is larger than `limit` tokens."""

    def __init__(self, text: str, token_starts: TokenStarts, limit: int) -> None:
        self._text = text
        self._token_starts = token_starts
        self._limit = limit

    def spans(self, blocks: Sequence[Block]) -> list[Span]:
        """Return the blocks as spans: cut where too long, joined where short, cues by speech.

        Where there are pages, paragraphs are guessed from how lines stand; these are joined to
        all that fits.
        """
        spans: list[Span] = []
        for is_spoken, run in itertools.groupby(blocks, lambda b: b.kind is BlockKind.CUE):
            if is_spoken:
                cues = [part for block in run for part in self._parts(block, [])]
                spans.extend(self._speech(cues))
            else:
                paged = blocks[0].page is not None
                size = self._limit if paged else min(JOINED_TOKENS, self._limit)
                spans.extend(_joined(self._written(run), size, self._limit))
        return spans

    def _written(self, blocks: Iterable[Block]) -> list[Span]:
        """Return blocks and parts of blocks; what leads up to a cut block stays with its start."""
        parts: list[Span] = []
        for block in blocks:
            lead = _tail(parts, _TINY_TOKENS)
            del parts[len(parts) - len(lead) :]
            parts.extend(self._parts(block, lead))
        return parts

    def _parts(self, block: Block, lead: list[Span]) -> list[Span]:
        """Return the lead and the block whole if it fits, else even parts of both together."""
        measured = _Measured(self._text, block, self._token_starts)
        whole = measured.span(block.start, block.end)
        if whole.tokens <= self._limit:
            return [*lead, whole]
        if block.kind in _BY_LINE:
            atoms = self._atoms(measured, whole, (_lines, _words))
            return list(_evenly([*lead, *atoms], self._limit, repeated=0))
        atoms = self._atoms(measured, whole, (sentences, _lines, _words))
        return list(_evenly([*lead, *atoms], self._limit, repeated=int(_OVERLAP * self._limit)))

    def _atoms(self, measured: "_Measured", span: Span, cuts: Sequence[_Cut]) -> Iterator[Span]:
        """Yield the largest spans that need not be cut."""
        if span.tokens <= self._limit:
            yield span
        elif cuts:
            for start, end in cuts[0](self._text[span.start : span.end]):
                piece = measured.span(span.start + start, span.start + end)
                yield from self._atoms(measured, piece, cuts[1:])
        else:
            yield from self._fragments(span)

    def _fragments(self, word: Span) -> Iterator[Span]:
        """Halve a word until it fits.

        Fragments count as full, so that they are never joined: the tokens of a word are not those
        of its parts.
        """
        text = self._text[word.start : word.end]
        if _size(len(self._token_starts(text)), text) <= self._limit or len(text) == 1:
            yield replace(word, tokens=self._limit)
            return
        middle = word.start + len(text) // 2
        yield from self._fragments(replace(word, end=middle))
        yield from self._fragments(replace(word, start=middle))

    def _speech(self, cues: Sequence[Span]) -> Iterator[Span]:
        """Join cues to even stretches that begin and end with sentences where they can."""
        limit = min(SPOKEN_TOKENS, self._limit)
        repeated = int(_OVERLAP * limit)
        return _evenly(list(self._said(cues, repeated)), limit, repeated=repeated)

    def _said(self, cues: Sequence[Span], most: int) -> Iterator[Span]:
        """Join cues until one ends a sentence, to at most so many tokens."""
        group: list[Span] = []
        for cue in cues:
            if group and _total([*group, cue]) > most:
                yield _spanning(group)
                group = []
            group.append(cue)
            if self._text[cue.start : cue.end].endswith(SENTENCE_ENDS):
                yield _spanning(group)
                group = []
        if group:
            yield _spanning(group)


class _Measured:
    """A block and where its tokens start, found in one call."""

    def __init__(self, text: str, block: Block, token_starts: TokenStarts) -> None:
        self._text = text
        self._block = block
        self._starts = [block.start + at for at in token_starts(text[block.start : block.end])]

    def span(self, start: int, end: int) -> Span:
        """Return a span of the block with its size."""
        count = bisect_left(self._starts, end) - bisect_left(self._starts, start)
        return Span(
            start=start,
            end=end,
            tokens=_size(count, self._text[start:end]),
            start_seconds=self._block.start_seconds,
        )


def _size(tokens: int, text: str) -> int:
    """Return the size of a text: its tokens, or more where few tokens stand for a long text."""
    return max(tokens, len(text) // _CHARACTERS_PER_TOKEN, 1)


def _total(spans: Sequence[Span]) -> int:
    return sum(span.tokens for span in spans)


def _spanning(spans: Sequence[Span]) -> Span:
    return replace(spans[0], end=spans[-1].end, tokens=_total(spans))


def _evenly(atoms: Sequence[Span], limit: int, *, repeated: int) -> Iterator[Span]:
    """Group neighbours into as few parts as fit, about equally long.

    Each part begins with up to `repeated` tokens of the end of the one before, so that what runs
    across a cut stays together.
    """
    total = _total(atoms)
    goal = total / math.ceil(total / (limit - repeated)) if total > limit else total
    group: list[Span] = []
    size = added = 0
    for atom in atoms:
        if added and (size + atom.tokens > limit or added + atom.tokens / 2 > goal):
            yield _spanning(group)
            group = _tail(group[1:], min(repeated, limit - atom.tokens))
            size, added = _total(group), 0
        group.append(atom)
        size += atom.tokens
        added += atom.tokens
    yield _spanning(group)


def _tail(spans: Sequence[Span], room: int) -> list[Span]:
    """Return the last spans that fit."""
    first = len(spans)
    while first and spans[first - 1].tokens <= room:
        first -= 1
        room -= spans[first].tokens
    return list(spans[first:])


def _joined(parts: Sequence[Span], usual: int, limit: int) -> Iterator[Span]:
    """Join neighbours up to the usual size; a tiny one is joined for as long as it fits."""
    group: list[Span] = []
    for part in parts:
        size = _total(group)
        most = limit if min(size, part.tokens) <= _TINY_TOKENS else usual
        if group and size + part.tokens > most:
            yield _spanning(group)
            group = []
        group.append(part)
    if group:
        yield _spanning(group)


def _lines(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]

"""A reply of a model, read into sentences while it is written."""

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from twind.answer.display import is_ended, readable
from twind.answer.prompt import NO_ANSWER
from twind.domain.sentences import sentences

_CITED = "}"
"""Stands for the numbers of a citation while sentences are told apart: it closes, like a quote."""

_BRACES = str.maketrans("{}", "\ue000\ue001")
_BACK = str.maketrans("\ue000\ue001", "{}")

_DASH = r"[-–]"  # noqa: RUF001
_MARK = re.compile(
    rf"[ \t]*[\[【]\s*\^?(\d{{1,3}}(?:\s*(?:[,;]|{_DASH})\s*\d{{1,3}})*)(?:†[^\]】]*)?\s*[\]】]"
)
_RANGE = re.compile(rf"(\d+)\s*{_DASH}\s*(\d+)")
_GLUED = re.compile(rf"{re.escape(_CITED)}(?=\w)")
_LONGEST_MARK = 60
_OPEN_BRACKET = re.compile(r"\s*[\[【][^\]】]*$")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,200}>")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,2}[.)])[ \t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A sentence as the model wrote it.

    Attributes:
        text: Its words on one line, a list item with its mark; no tags, links or citations.
        cited: The numbers that it cites, of those that were issued, in order.
        gap: What parts it from the sentence before: nothing, a space or line breaks.
    """

    text: str
    cited: tuple[int, ...]
    gap: str


class Draft:
    """Takes a reply piece by piece and gives each sentence once it is complete.

    A sentence is complete when the next one has begun, since its citations may follow its full
    stop.

    Attributes:
        gives_up: The model wrote, as it was told to, that there is no answer.
    """

    def __init__(self, issued: int) -> None:
        self._issued = issued
        self._raw = ""
        self._text = ""
        self._citations: deque[tuple[int, ...]] = deque()
        self._is_first = True
        self.gives_up = False

    def add(self, piece: str) -> list[Drafted]:
        """Take the next piece and return the sentences that it completed."""
        self._raw += piece
        self._read(self._settled())
        return self._cut(sentences(self._text)[:-1])

    def end(self) -> list[Drafted]:
        """Return what is left once the model has ended.

        A last sentence that breaks off, with neither full stop nor citation, is left out unless
        it is all there is: the model ran out of room.
        """
        self._read(len(self._raw))
        spans = sentences(self._text)
        if spans and not (self._is_first and len(spans) == 1):
            last = self._text[slice(*spans[-1])]
            if not is_ended(last) and not last.endswith(_CITED) and not _ITEM.match(last):
                spans.pop()
        return self._cut(spans)

    def _settled(self) -> int:
        """Return how much of what came is certain: a space or bracket may begin a citation."""
        opened = _OPEN_BRACKET.search(self._raw, max(0, len(self._raw) - _LONGEST_MARK))
        return len(self._raw[: opened.start() if opened else None].rstrip())

    def _read(self, end: int) -> None:
        """Move what is certain to the text, and the numbers of its citations to their queue."""
        taken, self._raw = self._raw[:end].translate(_BRACES), self._raw[end:]
        text = self._text + _MARK.sub(self._keep_citation, taken)
        self._text = _GLUED.sub(f"{_CITED} ", text.lstrip() if self._is_first else text)
        self.gives_up = self.gives_up or NO_ANSWER in self._text

    def _keep_citation(self, mark: re.Match[str]) -> str:
        listed = _RANGE.sub(lambda ends: _counted(*map(int, ends.groups())), mark.group(1))
        numbers = dict.fromkeys(int(number) for number in re.findall(r"\d+", listed))
        self._citations.append(tuple(n for n in numbers if 1 <= n <= self._issued))
        return _CITED

    def _cut(self, spans: Sequence[tuple[int, int]]) -> list[Drafted]:
        """Return these first sentences of the text and forget them."""
        done: list[Drafted] = []
        at = 0
        for start, end in spans:
            drafted = self._drafted(self._text[start:end], self._text[at:start])
            at = end
            if drafted is not None:
                done.append(drafted)
        self._text = self._text[at:]
        self._is_first = self._is_first and not spans
        return done

    def _drafted(self, written: str, between: str) -> Drafted | None:
        """Return a sentence, or None where no words are left of it."""
        cited = [n for _ in range(written.count(_CITED)) for n in self._citations.popleft()]
        text = _plain(written.replace(_CITED, "").translate(_BACK))
        if not text or NO_ANSWER in text:
            return None
        gap = "\n" * min(between.count("\n"), 2) or between[:1]
        return Drafted(text=text, cited=tuple(dict.fromkeys(cited)), gap=gap)


def _counted(first: int, last: int) -> str:
    return " ".join(str(n) for n in range(first, last + 1))


def _plain(written: str) -> str:
    """Return the words of a sentence; of Markdown only the mark of a list item stays."""
    item = _ITEM.match(written)
    mark = item.group().strip() + " " if item else ""
    words = readable(_TAG.sub(" ", written[item.end() if item else 0 :]))
    return mark + words if words else ""

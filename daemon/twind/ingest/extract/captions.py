"""Captions (SubRip and WebVTT): the spoken words with the second at which each cue begins."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from twind.domain.documents import BlockKind, Document, DocumentBuilder
from twind.ingest.extract.decoding import decode
from twind.ingest.extract.text import paragraphs

_CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}.*$")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")
_ARROW = "-->"
_HEADER = "WEBVTT"
_SENTENCE_END = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f")
# Automatic captions show each line again while the next is spoken; their cues touch.
_TOUCHING_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is shown from `start` to `end`, in seconds."""

    start: float
    end: float
    lines: tuple[str, ...]


def extract(data: bytes) -> Document:
    """Return a block for each cue, or each paragraph of text that has no cues."""
    text = decode(data)
    if _ARROW not in text and not text.startswith(_HEADER):
        return Document(text=text, blocks=tuple(paragraphs(text)))
    return document_of(parse(text))


def document_of(cues: Iterator[Cue]) -> Document:
    """Join the cues to a text, without the lines that were only shown again.

    A cue that ends a sentence ends a line of the text.
    """
    builder = DocumentBuilder()
    glue = "\n"
    for cue in without_repeats(cues):
        words = " ".join(cue.lines)
        builder.add(words, BlockKind.CUE, start_seconds=cue.start, glue=glue)
        glue = "\n" if words.endswith(_SENTENCE_END) else " "
    return builder.build()


def parse(text: str) -> Iterator[Cue]:
    """Yield the cues of SubRip or WebVTT; notes, styles and numbers of cues are no cues."""
    times: tuple[float, float] | None = None
    shown: list[str] = []
    for line in [*text.split("\n"), ""]:
        timing = _TIMING.match(line)
        if times and (timing or not line.strip()):
            yield Cue(start=times[0], end=times[1], lines=tuple(filter(None, shown)))
            times = None
        if timing:
            clock = timing.groups()
            times, shown = (_seconds(*clock[:4]), _seconds(*clock[4:])), []
        elif times:
            shown.append(plain(line))


def without_repeats(cues: Iterator[Cue]) -> Iterator[Cue]:
    """Leave out the lines with which a cue repeats what the cue just before it shows."""
    before: tuple[str, ...] = ()
    ended = float("-inf")
    for cue in cues:
        seen = _overlap(before, cue.lines) if cue.start - ended < _TOUCHING_SECONDS else 0
        before, ended = cue.lines, cue.end
        if fresh := cue.lines[seen:]:
            yield Cue(start=cue.start, end=cue.end, lines=fresh)


def plain(line: str) -> str:
    """Return a line without tags, entities and surrounding space."""
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _overlap(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """Count the lines at the start that are the last ones of `before`."""
    longest = min(len(before), len(lines))
    return next((n for n in range(longest, 0, -1) if before[-n:] == lines[:n]), 0)


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000

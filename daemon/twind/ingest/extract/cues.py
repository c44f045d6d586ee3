"""The cues of SubRip and WebVTT files: which lines are shown, and from when to when."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

WEB_HEADER = "WEBVTT"

_CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"^\s*{_CLOCK}\s*-->\s*{_CLOCK}.*$")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>]*>|\{\\[^{}]*\}")
_TOUCHING_SECONDS = 0.1
_ROLLING_SHARE = 0.5
_MOST_REPEATED_WORDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """What is shown from `start` to `end`, in seconds; no line is blank."""

    start: float
    end: float
    lines: tuple[str, ...]


def parse(text: str) -> Iterator[Cue]:
    """Yield the cues that show something; numbers, names, notes and styles are no cues."""
    lines = [*text.split("\n"), ""]
    is_web = text.startswith(WEB_HEADER)
    timings = [
        (at, found.groups()) for at, line in enumerate(lines) if (found := _TIMING.match(line))
    ]
    ends = [*(at for at, _ in timings[1:]), len(lines)]
    for (at, clock), end in zip(timings, ends, strict=False):
        if shown := _shown(lines[at + 1 : end], is_web=is_web):
            yield Cue(start=_seconds(*clock[:4]), end=_seconds(*clock[4:]), lines=shown)


def without_repeats(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Leave out what was only shown again.

    Automatic captions roll: each line stays on the screen while the next is spoken, so that a cue
    begins with the last words of the one just before it. Where most cues do, these words go;
    where few do, they were really said twice.
    """
    touching = [cue.start - before.end < _TOUCHING_SECONDS for before, cue in pairwise(cues)]
    repeats = [
        _repeated(before.lines, cue.lines) if is_touching else 0
        for is_touching, (before, cue) in zip(touching, pairwise(cues), strict=True)
    ]
    is_rolling = sum(map(bool, repeats)) > _ROLLING_SHARE * sum(touching)
    for cue, words in zip(cues, [0, *repeats], strict=False):
        if fresh := _after(words if is_rolling else 0, cue.lines):
            yield replace(cue, lines=fresh)


def plain(line: str) -> str:
    """Return a line without tags, entities and surrounding space."""
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _shown(lines: Sequence[str], *, is_web: bool) -> tuple[str, ...]:
    """Return what a cue shows of the lines between its times and the next.

    In WebVTT an empty line ends it, and one with a space in it does not. In SubRip it goes on to
    the number of the next cue, since empty lines stand inside cues too.
    """
    shown = list(takewhile(bool, lines)) if is_web else list(lines)
    if len(shown) == len(lines) and shown and shown[-1].strip().isdecimal():
        shown.pop()
    return tuple(filter(None, map(plain, shown)))


def _repeated(before: Sequence[str], lines: Sequence[str]) -> int:
    """Count the words at the start that are the last ones of `before`."""
    old, new = " ".join(before).split(), " ".join(lines).split()
    longest = min(len(old), len(new), _MOST_REPEATED_WORDS)
    return next((n for n in range(longest, 0, -1) if old[-n:] == new[:n]), 0)


def _after(words: int, lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines without so many words at their start."""
    fresh = []
    for line in lines:
        own = line.split()
        fresh.append(" ".join(own[words:]))
        words = max(0, words - len(own))
    return tuple(filter(None, fresh))


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000

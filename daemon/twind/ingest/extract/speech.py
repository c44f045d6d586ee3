"""What is said in the lines of captions, apart from what is only noted there."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from twind.domain.sentences import SENTENCE_ENDS

_CLOSERS = "\"'”’»)]"  # noqa: RUF001
_WORD = r"[^\W\d_]"
_NOTE = re.compile(rf"\[[^\[\]\d=+]*\]|\({_WORD}{{3,}}(?: {_WORD}+){{0,3}}\)")
_MUSIC = re.compile("[♩♪♫♬]+")
_SPEAKER = re.compile(rf"(>>+\s*|-\s+|-(?={_WORD}))(?=\S)")
_NEXT_SPEAKER = re.compile(rf"(?<=[{re.escape(''.join(SENTENCE_ENDS))}])\s+(?=>>)")
_OFTEN = 2


def noted(lines: Iterable[str]) -> set[str]:
    """Return what stands for sounds, such as `[Music]`.

    These are the notes that somewhere fill a line, and those that break into lines again and
    again. What explains the words beside it comes once, and who speaks begins a line.
    """
    fill: set[str] = set()
    break_in: Counter[str] = Counter()
    for line in lines:
        if not _has_words(_NOTE.sub("", line)):
            fill.update(_NOTE.findall(line))
        found = _NOTE.finditer(line)
        break_in.update(note[0] for note in found if _has_words(line[: note.start()]))
    return fill.union(note for note, times in break_in.items() if times >= _OFTEN)


def without_notes(line: str, sounds: Collection[str]) -> str:
    """Return a line without these sounds, and without signs of music and of left out words."""

    def kept(note: re.Match[str]) -> str:
        return note[0] if _has_words(note[0]) and note[0] not in sounds else " "

    words = " ".join(_MUSIC.sub(" ", _NOTE.sub(kept, line)).split())
    return words if _has_words(words) else ""


def joined(lines: Sequence[str], before: str) -> tuple[str, str]:
    """Return what parts the lines from what is said before them, and the lines as prose.

    A sentence and a speaker begin on a line of their own; the marks of speakers go.
    """
    is_dialogue = sum(line.startswith("-") for line in lines) > 1
    parts: list[str] = []
    for line in (part for whole in lines for part in _NEXT_SPEAKER.split(whole)):
        mark = _SPEAKER.match(line)
        has_ended = not before or before.rstrip(_CLOSERS).endswith(SENTENCE_ENDS)
        is_speaker = mark is not None and (has_ended or is_dialogue or line[0] == ">")
        before = line[mark.end() :] if mark and is_speaker else line
        parts += ["\n" if is_speaker or has_ended else " ", before]
    return (parts[0], "".join(parts[1:])) if parts else ("", "")


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))

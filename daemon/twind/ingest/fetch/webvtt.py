"""Captions as a WebVTT file, the form in which they are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Words on the screen from `start` for `duration`, in seconds."""

    text: str
    start: float
    duration: float


def to_webvtt(captions: Iterable[Caption], language: str) -> bytes:
    """Return the captions as a file; each ends when the next one begins, at the latest."""
    shown = [caption for caption in captions if caption.text.strip()]
    parts = [f"WEBVTT\nKind: captions\nLanguage: {language}\n"]
    ends = [*(caption.start for caption in shown[1:]), inf]
    parts += [_cue(caption, latest) for caption, latest in zip(shown, ends, strict=True)]
    return "\n".join(parts).encode()


def _cue(caption: Caption, latest: float) -> str:
    end = max(caption.start, min(caption.start + caption.duration, latest))
    lines = "\n".join(filter(None, map(str.strip, caption.text.splitlines())))
    words = lines.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{_clock(caption.start)} --> {_clock(end)}\n{words}\n"


def _clock(seconds: float) -> str:
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"

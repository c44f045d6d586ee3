"""Which of a video's caption tracks is the best to read."""

from collections.abc import Collection, Sequence
from typing import Protocol, TypeVar


class Track(Protocol):
    """Captions in one language.

    Attributes:
        language_code: As in BCP 47, such as `pt-BR`.
        is_generated: Whether a machine heard them; else a person wrote them.
    """

    language_code: str
    is_generated: bool


T = TypeVar("T", bound=Track)


def best_track(tracks: Collection[T], languages: Sequence[str]) -> T | None:
    """Return the track to read; None where there is none.

    Those made by hand in the owner's languages come first, in the order of the languages; then
    automatic ones in these; then the language that is spoken, which is the one that the machine
    heard; then any. A language stands for its regions too.

    Args:
        tracks: What there is, in the order of the place.
        languages: Codes of the owner's languages, the dearest first.
    """
    spoken = {_base(track.language_code) for track in tracks if track.is_generated}

    def rank(track: T) -> tuple[int, bool, int]:
        wish = _wish(track.language_code, languages)
        if wish is not None:
            return 0, track.is_generated, wish
        return 1 if _base(track.language_code) in spoken else 2, track.is_generated, 0

    return min(tracks, key=rank, default=None)


def _wish(code: str, languages: Sequence[str]) -> int | None:
    """Return how far down the wishes a language is; its region counts half a step."""
    for number, language in enumerate(languages):
        if code.lower() == language.lower():
            return 2 * number
        if _base(code) == _base(language):
            return 2 * number + 1
    return None


def _base(code: str) -> str:
    return code.lower().partition("-")[0]

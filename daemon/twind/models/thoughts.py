"""Taking what a model thinks out of what it writes."""

import re

_OPEN = re.compile(r"<think(?:ing)?>")
_CLOSE = re.compile(r"</think(?:ing)?>")
_TAGS = ("<think>", "<thinking>", "</think>", "</thinking>")
_LONGEST = max(len(tag) for tag in _TAGS)


class Thoughts:
    """Passes on what is not between `<think>` and `</think>`, however the text is cut.

    Attributes:
        have_leaked: A block ended that never began, so what was passed on were thoughts.
    """

    def __init__(self) -> None:
        self.have_leaked = False
        self._thinks = False
        self._held = ""

    def without(self, piece: str) -> str:
        """Return what is to be read of everything up to the end of `piece`."""
        if not self._held and not self._thinks and "<" not in piece:
            return piece
        text, self._held = self._held + piece, ""
        kept = []
        while text:
            part, text = self._next(text)
            kept.append(part)
        return "".join(kept)

    def rest(self) -> str:
        """Return what was held back because a tag could have begun there."""
        return "" if self._thinks else self._held

    def _next(self, text: str) -> tuple[str, str]:
        """Return what is passed on of the beginning of `text`, and the rest to be looked at."""
        tag = (_CLOSE if self._thinks else _OPEN).search(text)
        if not self._thinks and _CLOSE.search(text, 0, tag.start() if tag else len(text)):
            self.have_leaked = True
        if tag:
            passed = "" if self._thinks else text[: tag.start()]
            self._thinks = not self._thinks
            return passed, text[tag.end() :]
        end = _end_of_sure(text)
        self._held = text[end:]
        return "" if self._thinks else text[:end], ""


def _end_of_sure(text: str) -> int:
    """Return where a tag could begin that `text` does not hold all of."""
    start = text.rfind("<", max(0, len(text) - _LONGEST + 1))
    if start >= 0 and any(tag.startswith(text[start:]) for tag in _TAGS):
        return start
    return len(text)

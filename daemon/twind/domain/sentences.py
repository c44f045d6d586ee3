"""Where sentences begin and end, in any script, without a model."""

import re

SENTENCE_ENDS = (*".!?…。！？؟۔।",)  # noqa: RUF001
_CLOSERS = "\"'”’»›)]}*」』）】》"  # noqa: RUF001
_CLOSING = f"[{re.escape(_CLOSERS)}]*"
_BREAK = re.compile(
    rf"(?<![.!?…])[.!?…]++{_CLOSING}(?=\s)"  # alphabets: white space follows
    rf"|[。！？｡]{_CLOSING}"  # noqa: RUF001  (Chinese and Japanese: nothing needs to)
    rf"|[؟۔।॥։።။]{_CLOSING}"  # noqa: RUF001
    r"|\n[^\S\n]*(?=\n)"
    r"|\n(?=[ \t]*(?:[-*+•▪◦|>]|#{1,6}|\d{1,3}[.)])[ \t])"  # an item, a row or a heading follows
)
_INITIAL = re.compile(r"(?:^|[\s(.])\w\.$")
_ITEM_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d{1,3}\.$")
_LAST_WORD = re.compile(r"([\w.]*\w)\.$")
_ABBREVIATIONS = (
    "al approx art bzw ca capt cf ch col dr ed eds eg e.g eq eqs esp fig figs gen gov hon i.e ie "
    "lt maj messrs mme mr mrs ms mt nos nr op p pp prof ref refs rep rev sec sen sgt st str supp "
    "usw viz vol vols vs z.b"
)
_NEVER_LAST = frozenset(_ABBREVIATIONS.split())
_LOOK_BACK = 24
_LOOK_AHEAD = 8


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the half-open spans of the sentences of a text, in order, without white space around.

    A line break alone does not end a sentence (extracted text is wrapped anywhere); a blank line
    and the start of a list item, table row or heading do. Everything but white space is covered.
    """
    spans: list[tuple[int, int]] = []
    all_lower = text.islower()
    start = 0
    for match in _BREAK.finditer(text):
        end = match.end()
        if text[match.start()] in ".!?…" and not _ends(text, start, end, all_lower=all_lower):
            continue
        _append_stripped(spans, text, start, end)
        start = end
    _append_stripped(spans, text, start, len(text))
    return spans


def _append_stripped(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    length = len(piece.strip())
    if length:
        start += len(piece) - len(piece.lstrip())
        spans.append((start, start + length))


def _ends(text: str, start: int, end: int, *, all_lower: bool) -> bool:
    """Tell whether the mark before `end` ends the sentence that began at `start`."""
    following = text[end : end + _LOOK_AHEAD].lstrip()[:1]
    if following.islower() and not all_lower:
        return False
    before = text[max(start, end - _LOOK_BACK) : end].rstrip(_CLOSERS)
    if _INITIAL.search(before) or _ITEM_NUMBER.search(before):
        return False
    word = _LAST_WORD.search(before)
    return word is None or word.group(1).lower() not in _NEVER_LAST

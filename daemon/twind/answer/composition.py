"""The supported sentences of an answer, and the numbered quotes that they rest on."""

from collections.abc import Iterator

from twind.answer.draft import Drafted
from twind.answer.events import Delta
from twind.answer.quoting import Quote
from twind.answer.verify import Verdict
from twind.domain.answers import Answer, Citation, Claim

_Place = tuple[str, int, int]


class Composition:
    """Collects what may be said; the numbers that readers see are given here."""

    def __init__(self) -> None:
        self._text = ""
        self._claims: list[Claim] = []
        self._citations: dict[_Place, Citation] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not self._claims

    def take(self, drafted: Drafted, verdict: Verdict) -> Iterator[Delta | Citation]:
        """Add a sentence if it is supported and new; yield what a reader gets of it."""
        if not verdict.quotes or any(claim.text == drafted.text for claim in self._claims):
            return
        known = len(self._citations)
        numbers = tuple(dict.fromkeys(self._number(quote) for quote in verdict.quotes))
        marks = "".join(f"[{n}]" for n in numbers)
        piece = f"{drafted.text} {marks}"
        if self._claims:
            piece = drafted.gap + piece
        self._text += piece
        self._claims.append(Claim(text=drafted.text, support=verdict.support, citations=numbers))
        yield Delta(text=piece)
        yield from list(self._citations.values())[known:]

    def answer(self, confidence: float, notice: str | None) -> Answer:
        """Return what was collected as an answer."""
        return Answer(
            text=self._text,
            answered=True,
            confidence=confidence,
            citations=tuple(self._citations.values()),
            claims=tuple(self._claims),
            notice=notice,
        )

    def _number(self, quote: Quote) -> int:
        place = (quote.passage.chunk_id, quote.start, quote.end)
        if place not in self._citations:
            n = len(self._citations) + 1
            self._citations[place] = quote.passage.cite(n, quote.start, quote.end)
        return self._citations[place].n

"""What an answer rests on."""

import textwrap
from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from twinctl.cells import printable
from twinctl.client.places import opens_at, span_of
from twinctl.tables import on_one_line
from twinctl.tui.desk import Desk
from twinctl.tui.widgets.reading import ReadingWindow
from twinctl.wire.answers import CitationOut
from twinctl.wording import place

_QUOTE_CHARS = 160


class Citations(OptionList):
    """Numbered quotes; Enter opens one in its context."""

    def __init__(self) -> None:
        super().__init__(id="citations", compact=True)
        self._cited: list[CitationOut] = []
        self.display = False

    def show(self, cited: Sequence[CitationOut]) -> None:
        """Take these in place of those that were there."""
        self.clear_options()
        self._cited = []
        self.display = bool(cited)
        for citation in cited:
            self.add(citation)

    def add(self, citation: CitationOut) -> None:
        """Add one more."""
        self._cited.append(citation)
        self.add_option(Option(_described(citation)))
        self.display = True

    def at(self, index: int) -> CitationOut:
        """Return the citation of a line."""
        return self._cited[index]


def titled(citation: CitationOut) -> str:
    """Return the title of a citation's source, and where in it the quote stands."""
    where = place(citation.locator.model_dump())
    return printable(f"{citation.title}, {where}" if where else citation.title)


def in_context(desk: Desk, citation: CitationOut) -> ReadingWindow:
    """Return a window that shows a quote where it stands in its source."""
    return ReadingWindow(
        desk,
        citation.source_id,
        title=titled(citation),
        about=opens_at(citation),
        find=lambda text: span_of(citation, text),
    )


def _described(citation: CitationOut) -> Content:
    quote = textwrap.shorten(on_one_line(citation.quote), _QUOTE_CHARS, placeholder=" …")
    return Content.from_markup(
        "[b]\\[$n] $title[/]\n“$quote”",
        n=str(citation.n),
        title=titled(citation),
        quote=printable(quote),
    )

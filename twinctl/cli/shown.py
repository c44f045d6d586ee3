"""Answers, citations and passages on the terminal."""

import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from twinctl.cli.flow import Flow, TabularFlow
from twinctl.cli.output import Output, tame
from twinctl.client.places import opens_at
from twinctl.tables import on_one_line
from twinctl.wire.answers import AnswerOut, CitationOut
from twinctl.wire.search import Hit
from twinctl.wording import place

QUOTE_CHARS = 160
"""How much of a quote stands under an answer; `--json` has all of it."""

_INDENT = 4
_PASSAGE_LINES = 4


def answer_document(answer: AnswerOut, *, explain: bool) -> dict[str, Any]:
    """Return an answer for `--json`; explained, each claim holds the quotes that it rests on."""
    unsaid = {name for name in ("notice", "question") if getattr(answer, name) is None}
    document = answer.model_dump(mode="json", exclude=unsaid)
    if explain:
        quotes = {citation.n: citation.quote for citation in answer.citations}
        for claim in document["claims"]:
            claim["quotes"] = [quotes[n] for n in claim["citations"]]
    return document


def show_answer(output: Output, answer: AnswerOut, *, explain: bool) -> None:
    """Print an answer and what it rests on, or the refusal."""
    show_text(output, answer.answer)
    if explain:
        _show_claims(output, answer)
    else:
        show_citations(output, answer.citations)
    if answer.notice:
        output.notice(f"note: {answer.notice}")


def show_text(output: Output, text: str) -> None:
    """Print what an answer says."""
    flow = flow_on(output)
    output.line(flow.add(tame(text)) + flow.end())


def flow_on(output: Output) -> Flow | TabularFlow:
    """Lay text out for people only; what reads a pipe gets it as it is."""
    return TabularFlow(output.width) if output.is_terminal else Flow(sys.maxsize)


def show_citations(output: Output, citations: Sequence[CitationOut]) -> None:
    """Print numbered citations: title and place, the quote, and where to open it."""
    for citation in citations:
        output.line()
        output.line(f"[{citation.n}] {_titled(output, citation)}")
        quote = textwrap.shorten(on_one_line(citation.quote), QUOTE_CHARS, placeholder=" …")
        output.line(wrapped(output, f"“{quote}”", indent=_INDENT))
        output.line(" " * _INDENT + output.dim(opens_at(citation)))


def _show_claims(output: Output, answer: AnswerOut) -> None:
    """Print each sentence with its support, and below it the whole quotes."""
    cited = {citation.n: citation for citation in answer.citations}
    for claim in answer.claims:
        output.line()
        output.line(wrapped(output, f"{claim.support:.2f}  {claim.text}"))
        for citation in (cited[n] for n in claim.citations):
            where = f"[{citation.n}] {_titled(output, citation)}"
            output.line(" " * _INDENT + where)
            quote = on_one_line(citation.quote)
            output.line(wrapped(output, f"“{quote}”", indent=2 * _INDENT))
            output.line(" " * 2 * _INDENT + output.dim(opens_at(citation)))


def _titled(output: Output, citation: CitationOut) -> str:
    where = tame(place(citation.locator.model_dump()))
    return output.bold(citation.title) + (f" — {where}" if where else "")


def show_hits(output: Output, hits: Sequence[Hit]) -> None:
    """Print passages, best first."""
    if not hits:
        output.notice("Nothing was found.")
    for hit in hits:
        where = tame(place(hit.locator.model_dump()))
        title = output.bold(hit.title) + (f" — {where}" if where else "")
        output.line(f"{hit.rank}. {title}  {output.dim(f'{hit.score:.3f}')}")
        text = wrapped(output, " ".join(hit.text.split()), indent=_INDENT).splitlines()
        for line in text[:_PASSAGE_LINES] if output.is_terminal else text:
            output.line(line)
        output.line(" " * _INDENT + output.dim(hit.uri))
        if hit is not hits[-1]:
            output.line()


def wrapped(output: Output, text: str, *, indent: int = 0) -> str:
    """Break lines for a terminal; elsewhere a paragraph stays one line."""
    text, margin = tame(text), " " * indent
    if not output.is_terminal:
        return margin + text
    return textwrap.fill(
        text,
        output.width,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )

"""`twinctl audience gaps`: questions that were refused, and answering them."""

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cells import printable
from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import Session, session_of
from twinctl.errors import Misused
from twinctl.wording import counted, minute, refused_for

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.audience import GapClosed, GapDetail, GapOut

app = group(
    "Questions that were refused, together with others of their meaning.",
    "twinctl audience gaps",
    "twinctl audience gaps show grp_…",
    'twinctl audience gaps close grp_… "We ship to Norway within five days."',
)

DaysOption = Annotated[int, typer.Option(min=1, max=3650, help="How many days, today among them.")]
_EVER = 3650
_MARGIN = 6
_BELOW = "# Nothing below this line is kept. It was asked so:"

GroupName = Annotated[
    str, typer.Argument(metavar="GROUP", help="Id of a gap, or how its id begins.")
]


@command(
    app, "list", "twinctl audience gaps", "twinctl audience gaps list --days 7 --json", alias="ls"
)
def list_gaps(ctx: typer.Context, days: DaysOption = 30) -> None:
    """List the gaps; on a terminal one can be picked and answered in your editor."""
    session = session_of(ctx)
    output = session.output
    with session.client() as client:
        found = client.audience(session.twin, days=days).gaps
        if output.as_json:
            output.document({"gaps": [gap.model_dump(mode="json") for gap in found]})
            return
        _show_gaps(output, found)
        if not found:
            output.notice("No question is open.")
        elif output.is_conversing and (picked := _picked(output, found)):
            gap = client.gap(session.twin, picked.id)
            _show_closed(output, _write_answer(session, client, gap, gap.question))


@command(
    app, "show", "twinctl audience gaps show grp_…", "twinctl audience gaps show grp_… --json"
)
def show_gap(ctx: typer.Context, name: GroupName) -> None:
    """Show each question of a gap, when it was asked, and by whom."""
    session = session_of(ctx)
    with session.client() as client:
        detail = client.gap(session.twin, _find(client, session.twin, name).id)
    if session.output.as_json:
        session.output.document(detail)
        return
    session.output.table(
        ["ASKED", "VISITOR", "QUESTION"],
        [(minute(each.asked_at), each.visitor, each.question) for each in detail.questions],
    )


@command(
    app,
    "close",
    'twinctl audience gaps close grp_… "We ship to Norway within five days."',
    "twinctl audience gaps close grp_… - < norway.md",
    "twinctl audience gaps close grp_…",
)
def close_gap(
    ctx: typer.Context,
    name: GroupName,
    answer: Annotated[
        str | None,
        typer.Argument(
            metavar="[ANSWER]", help="Word for word; - reads stdin; without it your editor opens."
        ),
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="Keep it under this question, not the first of the gap.")
    ] = None,
) -> None:
    """Answer a gap: keep an answer that you vouch for, and ask the refused questions again."""
    from twinctl.cli.arguments import read_text

    session = session_of(ctx)
    if answer is None and not session.output.can_ask:
        raise Misused("the answer is missing", hint='twinctl audience gaps close GROUP "answer"')
    text = None if answer is None else read_text([answer], "answer")
    with session.client() as client:
        gap = _find(client, session.twin, name)
        kept_under = question or gap.question
        if text is None:
            closed = _write_answer(session, client, gap, kept_under)
        else:
            closed = _close(session, client, gap, kept_under, text)
    _show_closed(session.output, closed)


def _find(client: "TwinClient", twin: str, name: str) -> "GapDetail":
    """Return the one gap that is meant by an id or how it begins.

    Raises:
        Misused: Several are.
        ApiError: None is.
    """
    if not name:
        raise Misused("which gap?", hint="twinctl audience gaps")
    known = client.audience(twin, days=_EVER).gaps
    found = [gap for gap in known if gap.id.startswith(name)]
    if len(found) > 1:
        candidates = ", ".join(f"{gap.id} ({gap.question})" for gap in found[:5])
        raise Misused(f"{name} means several gaps", hint=f"say which: {candidates}")
    return client.gap(twin, found[0].id if found else name)


def _show_gaps(output: Output, gaps: "Sequence[GapOut]") -> None:
    """Print gaps, numbered for people and as a table for programs."""
    from twinctl.cli.shown import wrapped

    if not output.is_terminal:
        heads = ["ID", "REFUSED", "VISITORS", "LAST ASKED", "REASON", "QUESTION"]
        output.table(heads, [_row(gap) for gap in gaps])
        return
    for number, gap in enumerate(gaps, start=1):
        times, visitors = counted(gap.count, "time"), counted(gap.visitors, "visitor")
        facts = f"refused {times}, {visitors}, last on {minute(gap.last_asked)[:10]}"
        output.line(output.bold(_numbered(output, number, gap.question)))
        for fact in (f"{facts}: {refused_for(gap.reason)}", gap.id):
            output.line(output.dim(wrapped(output, fact, indent=_MARGIN)))


def _row(gap: "GapOut") -> tuple[object, ...]:
    return (
        gap.id,
        gap.count,
        gap.visitors,
        minute(gap.last_asked),
        refused_for(gap.reason),
        gap.question,
    )


def _numbered(output: Output, number: int, text: str) -> str:
    lines = textwrap.wrap(printable(" ".join(text.split())), output.width - _MARGIN)
    return f"{number:>{_MARGIN - 2}}. " + f"\n{'':{_MARGIN}}".join(lines)


def _picked(output: Output, gaps: "Sequence[GapOut]") -> "GapOut | None":
    """Return the gap that the owner wants to answer; None if none."""
    while True:
        said = output.ask(f"\nAnswer which one? [1-{len(gaps)}, Enter for none] ")
        if not said:
            return None
        if said.isdecimal() and 0 < int(said) <= len(gaps):
            return gaps[int(said) - 1]
        output.notice(f"There is no {said}.")


def _write_answer(
    session: Session, client: "TwinClient", gap: "GapDetail", question: str
) -> "GapClosed":
    """Have the answer written in the editor, below which stands how it was asked."""
    from twinctl.cli.editor import below_title, edit

    asked = "".join(f"#   {' '.join(text.split())}\n" for text in _wordings(gap))
    document = f"# The answer to: {question}\n\n\n{_BELOW}\n{asked}"

    def take(text: str) -> "GapClosed":
        return _close(session, client, gap, question, below_title(text.partition(_BELOW)[0]))

    return edit(document, take)


def _close(
    session: Session, client: "TwinClient", gap: "GapDetail", question: str, answer: str
) -> "GapClosed":
    from twinctl.client.requests import checked
    from twinctl.wire.audience import GapAnswer

    given = checked(GapAnswer, question=question, answer=answer)
    with session.output.waiting(f"Asking {counted(gap.count, 'question')} again"):
        return client.close_gap(session.twin, gap.id, given)


def _show_closed(output: Output, closed: "GapClosed") -> None:
    """Tell how many of the refused questions the answer serves, and name the others."""
    if output.as_json:
        output.document(closed)
        return
    output.line(f"{closed.answered} of {closed.asked} now answered.")
    if closed.still_refused:
        output.line("Still refused:")
    for question in closed.still_refused:
        output.line(f"  {printable(' '.join(question.split()))}")


def _wordings(gap: "GapDetail") -> list[str]:
    return list(dict.fromkeys(each.question for each in gap.questions))

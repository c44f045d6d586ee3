"""`twinctl ingest`."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.arguments import read_stdin
from twinctl.cli.command import command, single
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.client.files import Found, find_files, kind_of
from twinctl.errors import Misused
from twinctl.wording import counted

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.client.intake import Handover

app = single()


@command(
    app,
    "ingest",
    "twinctl ingest report.pdf notes/",
    "twinctl ingest --twin ada --title 'Letters of 1843' letters.docx",
    "twinctl ingest https://example.org/page https://youtu.be/jNQXAC9IVRw",
    "pbpaste | twinctl ingest - --title 'Meeting notes'",
    "twinctl ingest ~/archive --no-wait",
)
def ingest(
    ctx: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Files, folders, web addresses, or - for stdin."),
    ],
    title: Annotated[str | None, typer.Option(help="Title, where one thing is given.")] = None,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Queue only; do not wait for the end.")
    ] = False,
) -> None:
    """Take in documents: each becomes a source that answers can cite."""
    from twinctl.cli.batch import Batch, run_batch

    session = session_of(ctx)
    found = find_files(paths)
    _tell_what_is_left_out(session.output, found)
    if title is not None and len(found.items) != 1:
        raise Misused("--title fits one thing only", hint="ingest each with its own title")
    with session.client() as client:
        handovers = list(_handovers(client, session.twin, found.items, title))
        run_batch(Batch(client, session.twin, session.output), handovers, is_waited=not no_wait)


def _handovers(
    client: "TwinClient", twin: str, items: Sequence[str], title: str | None
) -> "Iterator[Handover]":
    from twinctl.client.intake import handovers, one_by_itself
    from twinctl.client.requests import checked
    from twinctl.wire.sources import TextIn

    for kind, group in groupby(items, kind_of):
        if kind == "text":
            text = checked(TextIn, text=read_stdin(), title=title)
            yield one_by_itself(kind, "stdin", partial(client.ingest_text, twin, text))
        else:
            yield from handovers(client, twin, list(group), title=title)


def _tell_what_is_left_out(output: Output, found: Found) -> None:
    if found.skipped:
        output.notice(
            f"notice: {counted(found.skipped, 'file')} left out: not a format for folders "
            "(name a file itself to try it)"
        )
    for folder in found.unreadable:
        output.notice(f"notice: cannot be read: {folder}")
    if not found.items:
        output.notice("notice: nothing to ingest")

"""`twinctl sources`."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from twinctl.cli.command import command, group
from twinctl.cli.named import find_source
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode
from twinctl.wording import clock, counted, moment, size

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.sources import SourceDetail, SourceOut

SourceName = Annotated[
    str, typer.Argument(metavar="SOURCE", help="Id of a source, how its id begins, or its place.")
]
SourceNames = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Ids of sources, how they begin, or their places."),
]

app = group(
    "What a twin was given.",
    "twinctl sources",
    "twinctl sources list --status failed",
    "twinctl sources text src_…",
)


@command(
    app, "list", "twinctl sources list", "twinctl sources list --status failed --json", alias="ls"
)
def list_sources(
    ctx: typer.Context,
    status: Annotated[
        Literal["processing", "live", "failed"] | None, typer.Option(help="Only those.")
    ] = None,
) -> None:
    """List the sources of the twin."""
    session = session_of(ctx)
    with session.client() as client:
        sources = list(client.sources(session.twin, status=status))
    if session.output.as_json:
        shown = [source.model_dump(mode="json") for source in sources]
        session.output.document({"sources": shown})
        return
    session.output.table(
        ["ID", "STATUS", "CHUNKS", "TITLE", "WHERE"],
        [(each.id, each.status, each.chunks, each.title, each.uri) for each in sources],
    )


@command(app, "show", "twinctl sources show src_…")
def show_source(ctx: typer.Context, name: SourceName) -> None:
    """Show a source: what is known of it, what its indexing took, or why it failed."""
    session = session_of(ctx)
    with session.client() as client:
        source = client.source(session.twin, find_source(client, session.twin, name).id)
    if session.output.as_json:
        session.output.document(source)
    else:
        _show(session.output, source)


@command(app, "text", "twinctl sources text src_… | less")
def print_text(ctx: typer.Context, name: SourceName) -> None:
    """Print the text of a source, which locators point into."""
    session = session_of(ctx)
    with session.client() as client:
        source = client.source_text(session.twin, find_source(client, session.twin, name).id)
    if session.output.as_json:
        session.output.document(source)
    else:
        session.output.part(source.text if source.text.endswith("\n") else source.text + "\n")


@command(
    app, "delete", "twinctl sources delete notes.md", "twinctl sources rm src_… --yes", alias="rm"
)
def delete_sources(
    ctx: typer.Context,
    names: SourceNames,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete sources with all that was made of them, also answers that quote them.

    The files that they were made of stay where they are.
    """
    session = session_of(ctx)
    with session.client() as client:
        sources = _find_all(client, session.twin, names)
        named = sources[0].title if len(sources) == 1 else counted(len(sources), "source")
        if not session.output.confirm(f"Delete {named}?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        deleted = [
            client.delete_source(session.twin, source.id, wait=source is sources[-1])
            for source in sources
        ]
    chunks = sum(each.chunks for each in deleted)
    answers = sum(each.answers for each in deleted)
    if session.output.as_json:
        session.output.document({"sources": len(deleted), "chunks": chunks, "answers": answers})
    else:
        withdrawn = f", {counted(answers, 'answer')} withdrawn" if answers else ""
        session.output.line(f"Deleted {named} ({counted(chunks, 'chunk')}{withdrawn}).")


@command(app, "reindex", "twinctl sources reindex src_…")
def reindex_sources(
    ctx: typer.Context,
    names: SourceNames,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Queue only; do not wait for the end.")
    ] = False,
) -> None:
    """Read, split and embed sources anew."""
    from twinctl.cli.batch import Batch, run_batch
    from twinctl.client.intake import one_by_itself

    session = session_of(ctx)
    with session.client() as client:
        handovers = [
            one_by_itself(
                source.kind, source.uri, partial(client.reindex_source, session.twin, source.id)
            )
            for source in _find_all(client, session.twin, names)
        ]
        run_batch(Batch(client, session.twin, session.output), handovers, is_waited=not no_wait)


def _find_all(client: "TwinClient", twin: str, names: Sequence[str]) -> list["SourceOut"]:
    found = [find_source(client, twin, name) for name in names]
    return list({source.id: source for source in found}.values())


def _show(output: Output, source: "SourceDetail") -> None:
    output.fields(
        [
            ("title", source.title),
            ("id", source.id),
            ("where", source.uri),
            ("address", source.url),
            ("author", source.author),
            ("published", source.published),
            ("kind", source.kind),
            ("status", source.status),
            ("reason", source.error.message if source.error else None),
            ("hint", source.error.hint if source.error else None),
            ("chunks", source.chunks),
            ("size", None if source.bytes is None else size(source.bytes)),
            ("characters", source.chars),
            ("pages", source.pages),
            ("length", clock(source.duration_s) if source.duration_s else None),
            ("added", moment(source.created_at)),
            ("indexed", moment(source.indexed_at)),
            ("took", _steps(source)),
            ("job", source.job_id),
        ]
    )


def _steps(source: "SourceDetail") -> str | None:
    took = source.timings
    if took is None:
        return None
    return f"fetch {took.fetch_s:.2f} s, read {took.read_s:.2f} s, embed {took.embed_s:.2f} s"

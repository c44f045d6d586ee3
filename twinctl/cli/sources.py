"""`twinctl sources`."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.cli.wording import counted, moment, size
from twinctl.errors import ExitCode

if TYPE_CHECKING:
    from twinctl.wire.sources import SourceOut

SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source.")]
SourceIds = Annotated[list[str], typer.Argument(metavar="SOURCE", help="Ids of sources.")]

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
def show_source(ctx: typer.Context, source_id: SourceId) -> None:
    """Show a source."""
    session = session_of(ctx)
    with session.client() as client:
        source = client.source(session.twin, source_id)
    if session.output.as_json:
        session.output.document(source)
    else:
        _show(session.output, source)


@command(app, "text", "twinctl sources text src_… | less")
def print_text(ctx: typer.Context, source_id: SourceId) -> None:
    """Print the text of a source, which locators point into."""
    session = session_of(ctx)
    with session.client() as client:
        source = client.source_text(session.twin, source_id)
    if session.output.as_json:
        session.output.document(source)
    else:
        session.output.part(source.text if source.text.endswith("\n") else source.text + "\n")


@command(
    app, "delete", "twinctl sources delete src_…", "twinctl sources rm src_… --yes", alias="rm"
)
def delete_sources(
    ctx: typer.Context,
    source_ids: SourceIds,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete sources with all that was made of them; the files stay."""
    session = session_of(ctx)
    with session.client() as client:
        sources = [client.source(session.twin, source_id) for source_id in source_ids]
        named = sources[0].title if len(sources) == 1 else counted(len(sources), "source")
        if not session.output.confirm(f"Delete {named}?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        deleted = [client.delete_source(session.twin, source.id) for source in sources]
    chunks = sum(each.chunks for each in deleted)
    if session.output.as_json:
        session.output.document({"sources": len(deleted), "chunks": chunks})
    else:
        session.output.line(f"Deleted {named} ({counted(chunks, 'chunk')}).")


@command(app, "reindex", "twinctl sources reindex src_…")
def reindex_sources(
    ctx: typer.Context,
    source_ids: SourceIds,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Queue only; do not wait for the end.")
    ] = False,
) -> None:
    """Read, split and embed sources anew."""
    from twinctl.cli.batch import Batch, run_batch

    session = session_of(ctx)
    with session.client() as client:
        requests = [
            (source_id, partial(client.reindex_source, session.twin, source_id))
            for source_id in dict.fromkeys(source_ids)
        ]
        run_batch(Batch(client, session.twin, session.output), requests, is_waited=not no_wait)


def _show(output: Output, source: "SourceOut") -> None:
    output.fields(
        [
            ("title", source.title),
            ("id", source.id),
            ("where", source.uri),
            ("kind", source.kind),
            ("status", source.status),
            ("reason", source.error.message if source.error else None),
            ("hint", source.error.hint if source.error else None),
            ("chunks", source.chunks),
            ("size", size(source.bytes)),
            ("characters", source.chars),
            ("pages", source.pages),
            ("added", moment(source.created_at)),
            ("indexed", moment(source.indexed_at)),
            ("job", source.job_id),
        ]
    )

"""`twinctl watch`."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.errors import Misused, NotFound
from twinctl.wording import counted, moment

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.watches import WatchOut

app = group(
    "Folders whose files are kept in step with a twin.",
    "twinctl watch",
    "twinctl watch add ~/notes",
    "twinctl watch add ~/papers --include '*.pdf' --exclude 'drafts/'",
    "twinctl watch remove ~/notes",
)


@command(
    app,
    "add",
    "twinctl watch add ~/notes",
    "twinctl watch add ~/papers --include '*.pdf' --exclude 'drafts/'",
)
def add_watch(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A folder.")],
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only files that match; may be repeated."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Leave out what matches; may be repeated."),
    ] = None,
) -> None:
    """Take in a folder, and follow what is added, changed, renamed and deleted there.

    Globs and the folder's own .twinignore files are read as gitignore's are.
    """
    from twinctl.client.requests import checked
    from twinctl.wire.watches import WatchIn

    session = session_of(ctx)
    wanted = checked(WatchIn, path=_absolute(folder), include=include or [], exclude=exclude or [])
    with session.client() as client:
        watch = client.add_watch(session.twin, wanted)
    if session.output.as_json:
        session.output.document(watch)
        return
    session.output.line(f"{watch.path} is kept in step ({counted(watch.files, 'file')}).")
    _explain(session.output, watch)


@command(app, "list", "twinctl watch list", "twinctl watch list --json", alias="ls")
def list_watches(ctx: typer.Context) -> None:
    """List the watched folders of the twin, and how they are followed."""
    session = session_of(ctx)
    with session.client() as client:
        watches = client.watches(session.twin)
    if session.output.as_json:
        session.output.document(watches)
        return
    session.output.table(
        ["ID", "STATE", "FILES", "LIVE", "FAILED", "LAST CHANGE", "WHERE"],
        [
            (
                each.id,
                each.state,
                each.files,
                each.live,
                each.failed,
                moment(each.last_event_at),
                each.path,
            )
            for each in watches.watches
        ],
    )
    for watch in watches.watches:
        _explain(session.output, watch)


@command(app, "remove", "twinctl watch remove ~/notes", "twinctl watch remove wch_…", alias="rm")
def remove_watch(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="WATCH", help="Id of a watch, or its folder.")],
) -> None:
    """Follow a folder no longer; its sources stay."""
    session = session_of(ctx)
    with session.client() as client:
        watch = client.remove_watch(session.twin, _id_of(client, session.twin, name))
    if session.output.as_json:
        session.output.document(watch)
        return
    kept = f"; {counted(watch.files, 'source')} kept" if watch.files else ""
    session.output.line(f"{watch.path} is not followed any more{kept}.")


def _id_of(client: "TwinClient", twin: str, name: str) -> str:
    """Return the id of the watch that is named by id or folder."""
    folder = _absolute(name)
    for watch in client.watches(twin).watches:
        if name == watch.id or folder == watch.path:
            return watch.id
    raise NotFound(f"{name} is not watched", hint="see: twinctl watch list")


def _absolute(folder: str) -> str:
    if not folder:
        raise Misused("which folder?", hint="for this one, name it: .")
    return os.path.abspath(os.path.expanduser(folder))  # noqa: PTH100, PTH111 - keeps links


def _explain(output: Output, watch: "WatchOut") -> None:
    if watch.reason:
        output.notice(f"notice: {watch.state}: {watch.reason}")

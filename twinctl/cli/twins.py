"""`twinctl twin`."""

from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.cli.wording import counted, moment
from twinctl.config import write_setting
from twinctl.errors import ExitCode, Misused

if TYPE_CHECKING:
    from twinctl.wire.twins import TwinOut, TwinPatch

Name = Annotated[str, typer.Argument(metavar="TWIN", help="Slug or id.")]
Slug = Annotated[str | None, typer.Option(help="Short name for commands and addresses.")]

app = group(
    "Twins: each answers from its own sources.",
    "twinctl twin",
    'twinctl twin create "Ada Lovelace"',
    "twinctl twin use ada-lovelace",
)


@command(app, "create", 'twinctl twin create "Ada Lovelace" --slug ada')
def create_twin(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name as people read it.")],
    slug: Slug = None,
    description: Annotated[str, typer.Option(help="What it knows about.")] = "",
) -> None:
    """Create a twin."""
    from twinctl.client.requests import checked
    from twinctl.wire.twins import TwinIn

    session = session_of(ctx)
    wanted = checked(TwinIn, name=name, slug=slug, description=description)
    with session.client() as client:
        twin = client.create_twin(wanted)
    if session.output.as_json:
        session.output.document(twin)
    else:
        session.output.line(f"Created {twin.slug} ({twin.id}).")
        session.output.notice(f"hint: twinctl twin use {twin.slug}")


@command(app, "list", "twinctl twin list", "twinctl twin list --json", alias="ls")
def list_twins(ctx: typer.Context) -> None:
    """List the twins; the one in use is marked."""
    session = session_of(ctx)
    with session.client() as client:
        twins = list(client.twins())
    if session.output.as_json:
        session.output.document({"twins": [twin.model_dump(mode="json") for twin in twins]})
        return
    session.output.table(
        ["", "SLUG", "NAME", "SOURCES", "CHUNKS", "ID"],
        [
            (
                "*" if session.twin in {twin.slug, twin.id} else " ",
                twin.slug,
                twin.name,
                twin.sources,
                twin.chunks,
                twin.id,
            )
            for twin in twins
        ],
    )


@command(app, "show", "twinctl twin show", "twinctl twin show ada")
def show_twin(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[TWIN]", help="Slug or id; the one in use if none.")
    ] = None,
) -> None:
    """Show a twin."""
    session = session_of(ctx)
    with session.client() as client:
        _show(session.output, client.twin(name or session.twin))


@command(app, "use", "twinctl twin use ada")
def use_twin(ctx: typer.Context, name: Name) -> None:
    """Make a twin the one that commands use without --twin."""
    session = session_of(ctx)
    with session.client() as client:
        twin = client.twin(name)
    write_setting(session.home.config, "twin", twin.slug)
    if session.output.as_json:
        session.output.document(twin)
    else:
        session.output.line(f"Commands now use {twin.slug}.")


@command(
    app,
    "edit",
    'twinctl twin edit ada --description "Notes on engines"',
    "twinctl twin edit ada",
)
def edit_twin(
    ctx: typer.Context,
    twin: Name,
    name: Annotated[str | None, typer.Option(help="New name.")] = None,
    slug: Slug = None,
    description: Annotated[str | None, typer.Option(help="New description.")] = None,
) -> None:
    """Change a twin; without options, in your editor."""
    from twinctl.client.requests import checked
    from twinctl.wire.twins import TwinPatch

    session = session_of(ctx)
    with session.client() as client:
        if name is slug is description is None:
            patch = _edited(session.output, client.twin(twin))
        else:
            patch = checked(TwinPatch, name=name, slug=slug, description=description)
        changed = client.change_twin(twin, patch) if patch != TwinPatch() else client.twin(twin)
    _show(session.output, changed)


@command(app, "delete", "twinctl twin delete ada", "twinctl twin rm ada --yes", alias="rm")
def delete_twin(
    ctx: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a twin with all its sources."""
    session = session_of(ctx)
    with session.client() as client:
        twin = client.twin(name)
        held = f"{twin.slug} and its {counted(twin.sources, 'source')}"
        if not session.output.confirm(f"Delete {held}?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        deleted = client.delete_twin(twin.id)
    if session.output.as_json:
        session.output.document(deleted)
    else:
        session.output.line(f"Deleted {held}.")


def _edited(output: Output, twin: "TwinOut") -> "TwinPatch":
    from twinctl.cli.editor import edit_values
    from twinctl.client.requests import checked
    from twinctl.wire.twins import TwinPatch

    if not output.can_ask:
        raise Misused(
            "there is no terminal to edit on", hint="give --name, --slug or --description"
        )
    values = {"name": twin.name, "slug": twin.slug, "description": twin.description}
    return checked(TwinPatch, **edit_values(values, f"twin {twin.slug}"))


def _show(output: Output, twin: "TwinOut") -> None:
    if output.as_json:
        output.document(twin)
        return
    output.fields(
        [
            ("name", twin.name),
            ("slug", twin.slug),
            ("id", twin.id),
            ("about", twin.description),
            ("sources", twin.sources),
            ("chunks", twin.chunks),
            ("created", moment(twin.created_at)),
        ]
    )

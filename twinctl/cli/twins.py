"""`twinctl twin`."""

from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.arguments import read_file
from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.config import write_setting
from twinctl.errors import ExitCode, Misused
from twinctl.wording import counted, moment

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.twins import TwinOut, TwinPatch

Name = Annotated[str, typer.Argument(metavar="TWIN", help="Slug or id.")]
OptionalName = Annotated[
    str | None, typer.Argument(metavar="TWIN", help="Slug or id; the one in use if none.")
]
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
    name: OptionalName = None,
) -> None:
    """Show a twin."""
    session = session_of(ctx)
    with session.client() as client:
        _show(session.output, client.twin(session.twin if name is None else name))


@command(app, "use", "twinctl twin use ada", "twinctl --tenant acme twin use grace")
def use_twin(ctx: typer.Context, name: Name) -> None:
    """Make a twin the one that commands use without --twin; each tenant has its own."""
    session = session_of(ctx)
    with session.client() as client:
        twin = client.twin(name)
    write_setting(session.home.config, session.twin_key, twin.slug)
    if session.output.as_json:
        session.output.document(twin)
    else:
        where = "" if session.twin_key == "twin" else f" in the tenant {session.tenant}"
        session.output.line(f"Commands now use {twin.slug}{where}.")


@command(
    app,
    "edit",
    "twinctl twin edit",
    "EDITOR=nano twinctl twin edit ada",
    'twinctl twin edit ada --description "Notes on engines"',
    "twinctl twin edit ada --file persona.toml",
    "printf '[persona]\\nlanguage = \"de\"' | twinctl twin edit ada --file -",
)
def edit_twin(
    ctx: typer.Context,
    twin: OptionalName = None,
    name: Annotated[str | None, typer.Option(help="New name.")] = None,
    slug: Slug = None,
    description: Annotated[str | None, typer.Option(help="New description.")] = None,
    file: Annotated[
        str | None, typer.Option(help="Document with what to change; - for stdin.")
    ] = None,
) -> None:
    """Change a twin and how it speaks; without options, in your editor ($VISUAL, $EDITOR).

    The document is TOML: name, slug, description, and the table persona with voice, language,
    greeting, refusal and mode (strict or guided).
    """
    from twinctl.client.requests import checked
    from twinctl.wire.twins import TwinPatch

    session = session_of(ctx)
    options = {"name": name, "slug": slug, "description": description}
    has_options = any(value is not None for value in options.values())
    if file is not None and has_options:
        raise Misused("--file stands alone", hint="put the other changes into the document")
    with session.client() as client:
        now = client.twin(session.twin if twin is None else twin)
        if has_options:
            changed = _change(client, now, checked(TwinPatch, **options))
        else:
            changed = _edited(session.output, client, now, file)
    if changed == now:
        session.output.notice("Nothing was changed.")
    elif changed.slug != now.slug == session.twin:
        session.output.notice(f"hint: twinctl twin use {changed.slug}")
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
    if session.settings[session.twin_key].value in {twin.slug, twin.id}:
        session.output.notice("notice: it was the one in use\nhint: twinctl twin use TWIN")


def _edited(output: Output, client: "TwinClient", twin: "TwinOut", file: str | None) -> "TwinOut":
    from twinctl.cli.editor import edit
    from twinctl.cli.twin_document import read_document, write_document

    def take(text: str) -> "TwinOut":
        return _change(client, twin, read_document(text, twin))

    if file is not None:
        return take(read_file(file))
    if not output.can_ask:
        raise Misused(
            "there is no terminal to edit on",
            hint="give --file, --name, --slug or --description",
        )
    return edit(write_document(twin), take)


def _change(client: "TwinClient", twin: "TwinOut", patch: "TwinPatch") -> "TwinOut":
    return client.change_twin(twin.id, patch) if patch.model_fields_set else twin


def _show(output: Output, twin: "TwinOut") -> None:
    if output.as_json:
        output.document(twin)
        return
    output.fields(
        [
            ("name", twin.name),
            ("slug", twin.slug),
            ("id", twin.id),
            ("about", _one_line(twin.description)),
            ("voice", _one_line(twin.persona.voice)),
            ("language", twin.persona.language),
            ("greeting", _one_line(twin.persona.greeting)),
            ("refusal", _one_line(twin.persona.refusal)),
            ("mode", twin.persona.mode),
            ("sources", twin.sources),
            ("chunks", twin.chunks),
            ("created", moment(twin.created_at)),
        ]
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())

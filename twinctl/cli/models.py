"""`twinctl models`."""

import os
from collections.abc import Callable
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.output import Output
from twinctl.cli.session import Session, session_of
from twinctl.errors import ExitCode, Misused
from twinctl.wording import size

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.jobs import JobOut
    from twinctl.wire.models import ModelOut, ModelUsed

Name = Annotated[str, typer.Argument(metavar="NAME", help="As `models list` has it.")]

app = group(
    "Models that embed and models that write: list, add, pull, use, remove.",
    "twinctl models",
    "twinctl models pull Qwen/Qwen2.5-1.5B-Instruct-GGUF:Q4_K_M",
    "twinctl models use qwen2.5-1.5b-instruct-q4_k_m.gguf",
    "twinctl models use extractive",
)


@command(app, "list", "twinctl models list", "twinctl models list --json", alias="ls")
def list_models(ctx: typer.Context) -> None:
    """List the models that are here or known, and which are in use."""
    session = session_of(ctx)
    with session.client() as client:
        models = client.models()
    if session.output.as_json:
        session.output.document(models)
        return
    session.output.table(
        ["NAME", "KIND", "SIZE", "STATE", "FROM"],
        [
            (each.name, each.kind, each.bytes and size(each.bytes), _state(each), each.origin)
            for each in models.models
        ],
    )
    for each in models.models:
        _explain(session.output, each)


@command(
    app,
    "add",
    "twinctl models add ~/Downloads/qwen.gguf",
    "twinctl models add ~/models/multilingual --name many",
)
def add_model(
    ctx: typer.Context,
    path: Annotated[
        str,
        typer.Argument(
            metavar="FILE.gguf", help="A GGUF file, or a folder as sentence-transformers saves it."
        ),
    ],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What it is called here.")
    ] = None,
) -> None:
    """Copy a model of this machine into the models folder."""
    from twinctl.client.requests import checked
    from twinctl.wire.models import ModelAddIn

    session = session_of(ctx)
    place = os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - keeps links
    wanted = checked(ModelAddIn, path=place, name=name)
    with session.client() as client:
        called = name or os.path.basename(place)  # noqa: PTH119
        _arrive(session, client, lambda: client.add_model(wanted), called)


@command(
    app,
    "pull",
    "twinctl models pull all-MiniLM-L6-v2",
    "twinctl models pull intfloat/multilingual-e5-small",
    "twinctl models pull Qwen/Qwen2.5-1.5B-Instruct-GGUF:Q4_K_M",
)
def pull_model(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="OWNER/REPO, OWNER/REPO:Q4_K_M or OWNER/REPO/FILE.gguf."
        ),
    ],
) -> None:
    """Fetch a model of the hub (HF_ENDPOINT); what was interrupted goes on where it was."""
    from twinctl.client.requests import checked
    from twinctl.wire.models import ModelName

    session = session_of(ctx)
    wanted = checked(ModelName, name=name)
    with session.client() as client:
        _arrive(session, client, lambda: client.pull_model(wanted), name)


@command(
    app,
    "use",
    "twinctl models use qwen.gguf",
    "twinctl models use multilingual-e5-small",
    "twinctl models use endpoint --key -",
    "twinctl models use extractive",
    "twinctl models use none",
)
def use_model(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="As `models list` has it; `none` does without an embedding model.",
        ),
    ],
    key: Annotated[
        str | None,
        typer.Option(metavar="-", help="Read the key of the server from stdin and keep it."),
    ] = None,
    wait: Annotated[
        bool, typer.Option(help="Wait until the vectors of an embedding model are made.")
    ] = True,
) -> None:
    """Embed or write with a model from now on.

    Another embedding model makes its vectors beside the old ones, which answer until it is done.
    """
    from twinctl.client.requests import checked
    from twinctl.wire.models import ModelName

    session = session_of(ctx)
    if key is not None:
        _keep_key(session, name, key)
    with session.client() as client:
        used = client.use_model(checked(ModelName, name=name))
        _write(session, used)
        if used.job is not None and wait:
            from twinctl.cli.transfer import follow_job

            follow_job(session.output, client, used.job, "vectors", counts_bytes=False)
            used = used.model_copy(update={"job": client.job(used.job.id)})
    if session.output.as_json:
        session.output.document(used)
    else:
        session.output.line(_told(used))


@command(app, "remove", "twinctl models remove qwen.gguf", alias="rm")
def remove_model(
    ctx: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove a model that is not in use from the disk."""
    session = session_of(ctx)
    if not session.output.confirm(f"Remove the model {name} from the disk?", yes=yes):
        raise typer.Exit(ExitCode.FAILED)
    with session.client() as client:
        removed = client.remove_model(name)
    if session.output.as_json:
        session.output.document(removed)
    else:
        session.output.line(f"{removed.name} is removed; {size(removed.bytes)} are free again.")


def _arrive(
    session: Session, client: "TwinClient", ask: "Callable[[], JobOut]", name: str
) -> None:
    """Ask for a model, wait until it is here and say how it is used."""
    from twinctl.cli.transfer import follow_job

    before = {each.name for each in client.models().models if each.bytes is not None}
    follow_job(session.output, client, ask(), name, counts_bytes=True)
    here = [each for each in client.models().models if each.bytes is not None]
    new = [each for each in here if each.name not in before]
    if session.output.as_json:
        session.output.document({"models": [each.model_dump(mode="json") for each in new]})
        return
    for each in new:
        session.output.line(f"{each.name} is here ({size(each.bytes)}).")
        _explain(session.output, each)
        session.output.notice(f"hint: twinctl models use {each.name}")
    if not new:
        session.output.line(f"{name} is here.")


def _keep_key(session: Session, name: str, key: str) -> None:
    """Read the key of the server and keep it in its file.

    Raises:
        Misused: It was typed into the command line, where others see it.
    """
    from twinctl.cli.arguments import read_stdin
    from twinctl.config import write_endpoint_key

    if name != "endpoint":
        raise Misused("only the endpoint has a key")
    if key != "-":
        raise Misused(
            "a key on the command line is seen by whoever lists processes",
            hint="twinctl models use endpoint --key -",
        )
    asked = getpass("Key: ") if session.output.can_ask else read_stdin()
    write_endpoint_key(session.home, asked)


def _write(session: Session, used: "ModelUsed") -> None:
    """Keep in config.toml what is used."""
    from twinctl.config import read_settings, write_setting

    write_setting(session.home.config, used.setting, used.value)
    origin = read_settings(session.home.config)[used.setting].origin
    if origin != "file":
        session.output.notice(f"notice: the {origin} sets {used.setting} too, and wins at a start")


def _told(used: "ModelUsed") -> str:
    if used.name == "none":
        return "There is no embedding model from now on; full text answers alone."
    if used.kind == "generator":
        return f"{used.name} writes answers from now on."
    if used.job is not None and used.job.status != "succeeded":
        return f"{used.name} embeds from now on; it answers once its vectors are made."
    return f"{used.name} embeds from now on."


def _state(model: "ModelOut") -> str:
    if model.in_use:
        return "in use"
    return "not usable" if model.problem else "ready"


def _explain(output: Output, model: "ModelOut") -> None:
    if model.problem:
        output.notice(f"notice: {model.name}: {model.problem}")
        if model.hint:
            output.notice(f"hint: {model.hint}")

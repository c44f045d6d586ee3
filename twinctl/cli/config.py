"""`twinctl config`."""

from typing import Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import Session, session_of
from twinctl.config import find_setting, is_for_commands, write_setting
from twinctl.wire.settings import Setting, Value

Key = Annotated[str, typer.Argument(metavar="KEY", help="As `config list` names it.")]

app = group(
    "Settings: what is in force, where it comes from, and changing it.",
    "twinctl config",
    "twinctl config get models.embedding --origin",
    "twinctl config set ingest.max_file_mb 500",
)


@command(app, "get", "twinctl config get twin", "twinctl config get twin --origin")
def get_setting(
    ctx: typer.Context,
    key: Key,
    origin: Annotated[
        bool, typer.Option("--origin", help="Also say what set it: flag, environment, file.")
    ] = False,
) -> None:
    """Print the value of a setting. What `twin` says is that of the tenant in use."""
    session = session_of(ctx)
    key = _meant(session, key)
    value, source = _in_force(session, find_setting(key))
    if session.output.as_json:
        session.output.document({"key": key, "value": value, "origin": source})
    else:
        session.output.line(f"{value}\t{source}" if origin else str(value))


@command(app, "set", "twinctl config set twin ada", "twinctl config set models.keep_alive_s -- -1")
def set_setting(
    ctx: typer.Context,
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The new value.")],
) -> None:
    """Write a setting to config.toml; the rest of the file stays as it is."""
    session = session_of(ctx)
    key = _meant(session, key)
    written = write_setting(session.home.config, key, value)
    changed = Session(session.flags)  # reads the file anew
    source = _in_force(changed, find_setting(key))[1]
    if session.output.as_json:
        session.output.document({"key": key, "value": written, "origin": source})
    if source != "file":
        session.output.notice(f"notice: the {source} sets {key} too, and wins")
    elif not is_for_commands(key) and _is_running(session):
        session.output.notice(
            "notice: the daemon reads it when it starts\nhint: twinctl daemon restart"
        )


@command(app, "list", "twinctl config list", "twinctl config list --json", alias="ls")
def list_settings(ctx: typer.Context) -> None:
    """List every setting, its value and where that comes from."""
    session = session_of(ctx)
    rows = [
        (key, *_in_force(session, held.setting), held.setting.about)
        for key, held in session.settings.items()
    ]
    if session.output.as_json:
        names = ("key", "value", "origin", "about")
        session.output.document({"settings": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        session.output.table(["KEY", "VALUE", "ORIGIN", "WHAT IT IS"], rows)


@command(app, "path", "twinctl config path")
def show_path(ctx: typer.Context) -> None:
    """Print where config.toml is or would be."""
    session = session_of(ctx)
    if session.output.as_json:
        session.output.document({"path": str(session.home.config)})
    else:
        session.output.line(str(session.home.config))


def _meant(session: Session, key: str) -> str:
    """Return the key under which a setting is kept: that of the twin differs by tenant."""
    return session.twin_key if key == "twin" else key


def _in_force(session: Session, setting: Setting) -> tuple[Value, str]:
    """Return the value of a setting and what set it; that of a tenant may not be in the file."""
    flags = {session.twin_key: session.flags.twin, "tenant": session.flags.tenant}
    flag = flags.get(setting.key)
    if flag:
        return flag, "flag"
    held = session.settings.get(setting.key)
    return (held.value, held.origin) if held else (setting.default, "default")


def _is_running(session: Session) -> bool:
    from twinctl.client.launch import ready_version

    return ready_version(session.home) is not None

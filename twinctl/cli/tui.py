"""`twinctl tui`."""

import sys
from functools import partial

import typer

from twinctl.cli.command import command, single
from twinctl.cli.session import session_of
from twinctl.errors import Misused

app = single()


@command(app, "tui", "twinctl tui", "twinctl tui --twin ada")
def tui(ctx: typer.Context) -> None:
    """Watch and work with a twin on the whole terminal. Every action has a key, shown below."""
    session = session_of(ctx)
    streams = (sys.stdin, sys.stdout, sys.stderr)  # it draws on stderr
    if session.output.as_json or not all(stream.isatty() for stream in streams):
        raise Misused(
            "tui needs a terminal of its own", hint="twinctl status --json tells programs"
        )
    with session.transport():
        session.output.quiet = True
    from twinctl.cli.doctor import examine
    from twinctl.tui.app import TwinApp
    from twinctl.tui.desk import Desk

    desk = Desk(
        place=session.place,
        tenant=session.tenant,
        twin=session.twin,
        doctor=partial(examine, session),
    )
    TwinApp(desk).run()

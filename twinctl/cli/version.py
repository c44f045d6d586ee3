"""`twinctl version`."""

import typer

from twinctl import __version__
from twinctl.cli.command import command, single
from twinctl.cli.session import session_of

app = single()


@command(app, "version", "twinctl version --json")
def show_version(ctx: typer.Context) -> None:
    """Print the version of twinctl."""
    output = session_of(ctx).output
    if output.as_json:
        output.document({"version": __version__})
    else:
        output.line(f"twinctl {__version__}")

"""`twinctl chat`."""

from typing import Annotated

import typer

from twinctl.cli.command import command, single
from twinctl.cli.session import session_of

app = single()


@command(
    app,
    "chat",
    "twinctl chat",
    "twinctl chat -c last",
    "twinctl chat --twin ada < questions.txt",
)
def chat(
    ctx: typer.Context,
    conversation: Annotated[
        str | None,
        typer.Option(
            "--conversation",
            "-c",
            help="Go on with this conversation: its id, how that begins, or last.",
        ),
    ] = None,
) -> None:
    """Talk with a twin. On a terminal /help tells what else there is; piped, a question a line."""
    from twinctl.cli.commands import Commands
    from twinctl.cli.conversation import Conversation
    from twinctl.cli.prompt import questions

    session = session_of(ctx)
    with session.client() as client:
        talk = Conversation(client, session.twin, session.output)
        talk.begin(conversation)
        commands = Commands(client, session.twin, session.output, talk)
        for line in questions(session.output, session.home.history):
            if not line.startswith("/"):
                talk.ask(line)
            elif not commands.obey(line):
                break
        talk.end()

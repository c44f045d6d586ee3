"""`twinctl conversations`."""

from typing import Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import session_of
from twinctl.cli.wording import moment

app = group(
    "What was asked of a twin, and what it answered.",
    "twinctl conversations",
    "twinctl conversations show last",
    "twinctl chat -c last",
)


@command(
    app,
    "list",
    "twinctl conversations list",
    "twinctl conversations list --twin ada --json",
    alias="ls",
)
def list_conversations(ctx: typer.Context) -> None:
    """List the conversations with the twin, newest first."""
    session = session_of(ctx)
    with session.client() as client:
        conversations = list(client.conversations(session.twin))
    if session.output.as_json:
        shown = [each.model_dump(mode="json") for each in conversations]
        session.output.document({"conversations": shown})
        return
    session.output.table(
        ["ID", "LAST SPOKEN IN", "MESSAGES", "TITLE"],
        [(each.id, moment(each.updated_at), each.messages, each.title) for each in conversations],
    )


@command(
    app,
    "show",
    "twinctl conversations show last",
    "twinctl conversations show cnv_… --json",
)
def show_conversation(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="CONVERSATION", help="Id of a conversation, how its id begins, or last."
        ),
    ],
) -> None:
    """Print the turns of a conversation, with what the answers rest on."""
    from twinctl.cli.earlier import find_conversation, show_messages

    session = session_of(ctx)
    with session.client() as client:
        conversation = find_conversation(client, session.twin, name)
        messages = list(client.messages(conversation.id))
    if session.output.as_json:
        document = {
            "conversation": conversation.model_dump(mode="json"),
            "messages": [message.model_dump(mode="json") for message in messages],
        }
        session.output.document(document)
    else:
        show_messages(session.output, messages)

"""`twinctl conversations`."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import session_of
from twinctl.wording import counted, minute

if TYPE_CHECKING:
    from twinctl.wire.conversations import ConversationOut, Transcript

app = group(
    "What was asked of a twin, and what it answered.",
    "twinctl conversations",
    "twinctl conversations show last",
    'twinctl conversations search "opening hours" --refused',
    "twinctl chat -c last",
)

ChannelOption = Annotated[
    Literal["chat", "widget", "share", "api"] | None, typer.Option(help="Only those.")
]
RefusedOption = Annotated[
    bool, typer.Option("--refused", help="Only those in which a question was refused.")
]


@command(
    app,
    "list",
    "twinctl conversations list",
    "twinctl conversations list --channel widget --refused",
    "twinctl conversations list --twin ada --json",
    alias="ls",
)
def list_conversations(
    ctx: typer.Context, channel: ChannelOption = None, refused: RefusedOption = False
) -> None:
    """List the conversations with the twin, newest first."""
    from twinctl.cli.earlier import short_id

    session = session_of(ctx)
    with session.client() as client:
        found = client.conversations(session.twin, channel=channel, refused=refused)
        conversations = list(found)
    if session.output.as_json:
        session.output.document({"conversations": _documents(conversations)})
        return
    session.output.table(
        ["ID", "LAST SPOKEN IN", "CHANNEL", "REFUSED", "TITLE"],
        [
            (
                short_id(session.output, each.id),
                minute(each.updated_at),
                each.channel,
                each.refused or None,
                each.title,
            )
            for each in conversations
        ],
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
            "conversation": conversation.model_dump(mode="json", exclude_none=True),
            "messages": [message.model_dump(mode="json") for message in messages],
        }
        session.output.document(document)
    else:
        show_messages(session.output, messages)


@command(
    app,
    "search",
    "twinctl conversations search granite",
    "twinctl conversations search opening hours --channel widget",
    "twinctl conversations search refund --refused --json",
)
def search_conversations(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help="Words, each said in a question or an answer."),
    ],
    channel: ChannelOption = None,
    refused: RefusedOption = False,
) -> None:
    """Find conversations by what was said in them, newest first."""
    from twinctl.cli.arguments import read_text
    from twinctl.cli.earlier import show_found

    session, query = session_of(ctx), read_text(words, "query")
    with session.client() as client:
        found = client.conversations(session.twin, q=query, channel=channel, refused=refused)
        conversations = list(found)
    if session.output.as_json:
        session.output.document({"query": query, "conversations": _documents(conversations)})
        return
    for each in conversations:
        show_found(session.output, each, query.split())
    if not conversations:
        session.output.notice("Nothing was found.")


@command(
    app,
    "export",
    "twinctl conversations export all.jsonl",
    "twinctl conversations export --refused | jq .title",
)
def export_conversations(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where to write; stdout without it.")
    ] = "-",
    channel: ChannelOption = None,
    refused: RefusedOption = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite without asking.")] = False,
) -> None:
    """Write conversations as JSON Lines, one with all its messages a line."""
    from twinctl.cli.export import STDOUT, written

    session = session_of(ctx)
    output = session.output
    with session.client() as client:
        found = client.transcripts(session.twin, channel=channel, refused=refused)
        documents = map(_whole, found)
        if output.as_json and file == STDOUT:
            output.document({"conversations": list(documents)})
            return
        count = 0
        with written(output, file, yes=yes) as write:
            for count, document in enumerate(documents, start=1):  # noqa: B007
                write(json.dumps(document, ensure_ascii=False))
    if output.as_json:
        output.document({"file": file, "conversations": count})
    elif file != STDOUT:
        output.line(f"Wrote {counted(count, 'conversation')} to {file}.")


def _whole(transcript: "Transcript") -> dict[str, Any]:
    document = transcript.conversation.model_dump(mode="json", exclude={"excerpt"})
    messages = [message.model_dump(mode="json") for message in transcript.messages]
    return {**document, "messages": messages}


def _documents(conversations: "Sequence[ConversationOut]") -> list[dict[str, Any]]:
    return [each.model_dump(mode="json", exclude_none=True) for each in conversations]

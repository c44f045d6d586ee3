"""`twinctl ask`."""

from typing import Annotated

import typer

from twinctl.cli.arguments import read_text
from twinctl.cli.command import command, single
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode

app = single()


@command(
    app,
    "ask",
    'twinctl ask "What did we decide about pricing?"',
    "twinctl ask --twin ada --json what is a difference engine",
    "twinctl ask --explain who built the lighthouse",
    "twinctl ask - < question.txt",
)
def ask(
    ctx: typer.Context,
    question: Annotated[
        list[str], typer.Argument(metavar="QUESTION", help="The question; - reads stdin.")
    ],
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show what each sentence rests on and how well, 0 to 1."),
    ] = False,
) -> None:
    """Ask one question. Ends with 10 when the sources do not support an answer."""
    from twinctl.cli.shown import answer_document, show_answer
    from twinctl.client.requests import checked
    from twinctl.wire.answers import ChatIn

    session = session_of(ctx)
    message = checked(ChatIn, message=read_text(question, "question"))
    with session.client() as client, session.output.waiting("Looking for an answer"):
        answer = client.answer(session.twin, message)
    if session.output.as_json:
        session.output.document(answer_document(answer, explain=explain))
    else:
        show_answer(session.output, answer, explain=explain)
    if not answer.answered:
        raise typer.Exit(ExitCode.REFUSED)

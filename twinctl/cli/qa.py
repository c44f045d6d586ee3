"""`twinctl qa`."""

from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode, Misused
from twinctl.wording import moment

if TYPE_CHECKING:
    from twinctl.wire.verified import VerifiedOut

app = group(
    "Answers that you vouch for: given word for word to whoever asks the same, before any search.",
    "twinctl qa",
    'twinctl qa add "When are you open?" "Monday to Friday, nine to five."',
    "twinctl qa delete qna_…",
)


@command(
    app,
    "add",
    'twinctl qa add "When are you open?" "Monday to Friday, nine to five."',
    'twinctl qa add "What is your refund policy?" - < refunds.md',
    'twinctl qa add "How did you begin?"',
)
def add_answer(
    ctx: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="As people ask it; - reads stdin.")
    ],
    answer: Annotated[
        str | None,
        typer.Argument(
            metavar="[ANSWER]", help="Word for word; - reads stdin; without it your editor opens."
        ),
    ] = None,
) -> None:
    """Keep an answer, given to this question however it is put."""
    from twinctl.cli.arguments import read_text
    from twinctl.cli.editor import below_title, edit
    from twinctl.client.requests import checked
    from twinctl.wire.verified import VerifiedIn

    session = session_of(ctx)
    if answer is None and not session.output.can_ask:
        raise Misused("the answer is missing", hint='twinctl qa add "question" "answer"')
    question = read_text([question], "question")
    with session.client() as client:

        def keep(text: str) -> "VerifiedOut":
            verified = checked(VerifiedIn, question=question, answer=text)
            return client.add_verified(session.twin, verified)

        if answer is None:
            title = " ".join(question.split())
            kept = edit(f"# The answer to: {title}\n", lambda text: keep(below_title(text)))
        else:
            kept = keep(read_text([answer], "answer"))
    if session.output.as_json:
        session.output.document(kept)
    else:
        session.output.line(f"Kept {kept.id}.")


@command(app, "list", "twinctl qa list", "twinctl qa list --json", alias="ls")
def list_answers(ctx: typer.Context) -> None:
    """List the answers that you vouch for, newest first."""
    session = session_of(ctx)
    with session.client() as client:
        answers = list(client.verified(session.twin))
    if session.output.as_json:
        session.output.document({"answers": [each.model_dump(mode="json") for each in answers]})
        return
    session.output.table(
        ["ID", "CHANGED", "QUESTION", "ANSWER"],
        [(each.id, moment(each.updated_at), each.question, each.answer) for each in answers],
    )


@command(app, "delete", "twinctl qa delete qna_…", "twinctl qa rm qna_… --yes", alias="rm")
def delete_answer(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of the answer: qna_…")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete an answer; what was answered with it is withdrawn from conversations."""
    session = session_of(ctx)
    with session.client() as client:
        verified = client.one_verified(name)
        if not session.output.confirm(f"Delete the answer to “{verified.question}”?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        deleted = client.delete_verified(verified.id)
    if session.output.as_json:
        session.output.document(deleted)
    else:
        session.output.line(f"Deleted {deleted.id}.")

"""`twinctl audience`."""

import csv
import io
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from twinctl.cli import gaps
from twinctl.cli.command import command, group
from twinctl.cli.gaps import DaysOption
from twinctl.cli.output import Output
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode, Misused, NotFound
from twinctl.wording import counted

if TYPE_CHECKING:
    from twinctl.wire.audience import AudienceOut

app = group(
    "What people ask of a twin, and what becomes of it.",
    "twinctl audience",
    "twinctl audience --days 7 --json",
    "twinctl audience --export csv days.csv",
    "twinctl audience gaps",
)
app.add_typer(gaps.app, name="gaps")


@command(
    app,
    "report",
    "twinctl audience",
    "twinctl audience report --days 7 --twin ada",
    "twinctl audience report --export csv > days.csv",
)
def report(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where --export writes; stdout without it.")
    ] = "-",
    days: DaysOption = 30,
    export: Annotated[
        Literal["csv"] | None, typer.Option(help="Write the days, one a row, instead.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Overwrite without asking.")] = False,
) -> None:
    """Report questions, answers, visitors, gaps and sources of the last days.

    A visitor is known for a day, so the visitors of several days are no sum of people.
    """
    from twinctl.cli.export import STDOUT, written
    from twinctl.cli.report import show_report

    session = session_of(ctx)
    if file != STDOUT and export is None:
        raise Misused(f"there is no verb {file}", hint="twinctl audience --help")
    if file == STDOUT and export and session.output.as_json:
        raise Misused("stdout takes either --export or --json", hint="name a file to export to")
    with session.client() as client:
        audience = client.audience(session.twin, days=days)
        name = client.twin(session.twin).name
    if export:
        with written(session.output, file, yes=yes) as write:
            write(_as_csv(audience))
        if file != STDOUT:
            _tell_of(session.output, file, len(audience.daily))
    elif session.output.as_json:
        session.output.document(audience)
    else:
        show_report(session.output, name, audience)


@command(
    app,
    "forget",
    "twinctl audience forget vis_… --yes",
    "twinctl audience forget named:kim@example.com",
)
def forget_visitor(
    ctx: typer.Context,
    visitor: Annotated[
        str,
        typer.Argument(
            metavar="VISITOR", help="Pseudonym of a visitor, or named: and what the site calls it."
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Erase what a visitor asked, with the conversations."""
    session = session_of(ctx)
    if not visitor:
        raise Misused("which visitor?", hint="twinctl audience gaps show GROUP")
    if not session.output.confirm(f"Forget {visitor}?", yes=yes):
        raise typer.Exit(ExitCode.FAILED)
    with session.client() as client:
        forgotten = client.forget(session.twin, visitor)
    if not (forgotten.events or forgotten.conversations):
        raise NotFound(f"nothing is known of {visitor}", hint="twinctl audience gaps show GROUP")
    if session.output.as_json:
        session.output.document(forgotten)
    else:
        questions = counted(forgotten.events, "question")
        conversations = counted(forgotten.conversations, "conversation")
        session.output.line(f"Forgot {visitor}: {questions}, {conversations}.")


def _tell_of(output: Output, file: str, days: int) -> None:
    if output.as_json:
        output.document({"file": file, "days": days})
    else:
        output.line(f"Wrote {counted(days, 'day')} to {file}.")


def _as_csv(audience: "AudienceOut") -> str:
    """Return the days as CSV with a head, without the last line break."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["day", "questions", "answered", "visitors", "sessions"])
    for each in audience.daily:
        writer.writerow([each.day, each.questions, each.answered, each.visitors, each.sessions])
    return text.getvalue().rstrip("\n")

"""`twinctl search`."""

from typing import Annotated

import typer

from twinctl.cli.arguments import read_text
from twinctl.cli.command import command, single
from twinctl.cli.session import session_of

app = single()


@command(
    app,
    "search",
    'twinctl search "cash flow 2023"',
    "twinctl search refund policy -k 3 --json",
    "twinctl search - < question.txt",
)
def search(
    ctx: typer.Context,
    query: Annotated[
        list[str], typer.Argument(metavar="QUERY", help="What to look for; - reads stdin.")
    ],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="Passages to return.")] = 10,
) -> None:
    """Find the passages that fit a query best."""
    from twinctl.cli.shown import show_hits
    from twinctl.client.requests import checked
    from twinctl.wire.search import SearchIn

    session = session_of(ctx)
    wanted = checked(SearchIn, query=read_text(query, "query"), k=k)
    with session.client() as client, session.output.waiting("Searching"):
        found = client.search(session.twin, wanted)
    if found.notice:
        session.output.notice(f"notice: {found.notice}")
    if session.output.as_json:
        session.output.document(found.model_dump(mode="json", exclude={"notice"}))
    else:
        show_hits(session.output, found.hits)

"""`twinctl share`."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any

import typer

from twinctl.cli.command import Command, command, group
from twinctl.cli.reach import tell_if_local
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode, Misused
from twinctl.wording import minute

if TYPE_CHECKING:
    from twinctl.cli.output import Output
    from twinctl.client.client import TwinClient
    from twinctl.wire.shares import ShareCreated, ShareOut

_PASSCODE = "--passcode"
_GIVEN_LATER = "-"

app = group(
    "Links by which visitors talk with a twin, without a key.",
    "twinctl share",
    "twinctl share create --expires 7d --max-questions 50",
    "twinctl share revoke shr_…",
)


class Create(Command):
    """Lets `--passcode` stand alone, for one that is asked for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the dash that was left out."""
        return super().parse_args(ctx, list(_with_dash(args)))


@command(
    app,
    "create",
    "twinctl share create --name press --expires 7d",
    "twinctl share create --expires 2030-12-31 --max-questions 100 -t ada",
    "twinctl share create --passcode",
    "pass show twin | twinctl share create --passcode -",
    cls=Create,
)
def create_share(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(metavar="NAME", help="What you call it.")] = "",
    expires: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="When it ends: 12h, 7d, 2w or a date."),
    ] = None,
    max_questions: Annotated[
        int | None, typer.Option(metavar="N", help="The most that may be asked over it.")
    ] = None,
    passcode: Annotated[
        str | None,
        typer.Option(
            _PASSCODE,
            metavar="[-]",
            help="Have visitors give a passcode, which you are asked for; - reads stdin.",
        ),
    ] = None,
) -> None:
    """Make a link and print its address, which is not shown again."""
    from twinctl.client.requests import checked
    from twinctl.wire.shares import ShareIn

    session = session_of(ctx)
    wanted = checked(
        ShareIn,
        name=name,
        expires_at=None if expires is None else _end(expires),
        max_questions=max_questions,
        passcode=_passcode(session.output, passcode),
    )
    with session.client() as client:
        made = client.create_share(session.twin, wanted)
    if session.output.as_json:
        session.output.document(made)
    else:
        session.output.line(made.url or made.path)
        session.output.notice(f"{made.id} {_terms(made)}. The address is not shown again.")
    _tell_where(session.output, made)


@command(app, "list", "twinctl share list", "twinctl share list --json -t ada", alias="ls")
def list_shares(ctx: typer.Context) -> None:
    """List the links to a twin, newest first, also those that have ended."""
    session = session_of(ctx)
    with session.client() as client:
        shares = list(client.shares(session.twin))
    if session.output.as_json:
        session.output.document({"shares": [each.model_dump(mode="json") for each in shares]})
        return
    session.output.table(
        ["ID", "NAME", "TOKEN", "STATE", "QUESTIONS", "EXPIRES", "PASSCODE"],
        [
            (
                each.id,
                each.name or "-",
                f"{each.prefix}…",
                each.state.replace("_", " "),
                f"{each.questions}/{each.max_questions or '∞'}",
                minute(each.expires_at) if each.expires_at else "never",
                "yes" if each.has_passcode else "no",
            )
            for each in shares
        ],
    )


@command(app, "revoke", "twinctl share revoke press", "twinctl share revoke shr_… --yes")
def revoke_share(
    ctx: typer.Context,
    share: Annotated[str, typer.Argument(metavar="LINK", help="Its id, or its name.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """End a link at once, also for whoever is talking over it."""
    session = session_of(ctx)
    with session.client() as client:
        share_id = _find(client, session.twin, share)
        if not session.output.confirm(f"Revoke the link {share}?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        revoked = client.revoke_share(share_id)
    if session.output.as_json:
        session.output.document(revoked)
    else:
        session.output.line(f"Revoked {revoked.id}.")


def _find(client: "TwinClient", twin: str, named: str) -> str:
    """Return the id of the open link of that name; what is the name of none is taken for an id.

    Raises:
        Misused: Several have that name.
    """
    if not named:
        raise Misused("which link?", hint="twinctl share list")
    found = [
        each.id for each in client.shares(twin) if each.name == named and each.state == "open"
    ]
    if len(found) > 1:
        raise Misused(f"{named} means several links", hint=f"say which: {', '.join(found)}")
    return found[0] if found else named


def _with_dash(words: Sequence[str]) -> Iterator[str]:
    for word, following in zip_longest(words, words[1:]):
        yield word
        if word == _PASSCODE and (
            following is None or (following[:1] == "-" and following != _GIVEN_LATER)
        ):
            yield _GIVEN_LATER


def _end(text: str) -> datetime:
    from twinctl.cli.expiry import expiry

    return expiry(text, datetime.now(UTC))


def _passcode(output: "Output", given: str | None) -> str | None:
    """Return the passcode that is wanted; where it is given later, ask for it or read it."""
    from twinctl.cli.arguments import read_stdin

    if given is None:
        return None
    if given != _GIVEN_LATER:
        output.notice("notice: other people of this machine may have seen the passcode")
        return given
    if not output.can_ask:
        return read_stdin().strip()
    passcode = output.ask_secret("Passcode: ")
    if output.ask_secret("Once more: ") != passcode:
        raise Misused("these were two passcodes")
    return passcode


def _terms(share: "ShareOut") -> str:
    """Return what ends a link, in words."""
    end = f"until {minute(share.expires_at)}" if share.expires_at else "until you revoke it"
    most = f", for {share.max_questions} questions" if share.max_questions else ""
    return f"works {end}{most}{', with the passcode' if share.has_passcode else ''}"


def _tell_where(output: "Output", made: "ShareCreated") -> None:
    """Say how visitors come to reach the link, where they do not yet."""
    if not made.is_reachable:
        output.notice(
            "notice: nobody can open it yet: the public listener is off\n"
            "hint: twinctl config set public.listen 127.0.0.1:8080, then twinctl daemon restart; "
            "or try it with twinctl widget serve"
        )
    else:
        tell_if_local(output, made.url or "")

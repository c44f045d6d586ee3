"""`twinctl widget`."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.reach import tell_if_local
from twinctl.cli.session import Session, session_of
from twinctl.errors import Misused, TwinctlError

if TYPE_CHECKING:
    from twinctl.cli.output import Output
    from twinctl.cli.replay import Replay, Step
    from twinctl.client.client import TwinClient

_PREFIX = "pk_"
_MODES = ("bubble", "inline", "page")

Key = Annotated[str | None, typer.Option(metavar="KEY", help="A publishable key: pk_…")]

app = group(
    "The widget: a twin on the pages of a site.",
    "twinctl widget serve",
    "twinctl widget snippet --new --origin https://example.com",
    "twinctl widget test --origin https://example.com",
)


@command(app, "serve", "twinctl widget serve", "twinctl widget serve --port 8080")
def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the test page; any free one if 0.")
    ] = 0,
) -> None:
    """Show the twin on a test page of this machine until Ctrl-C.

    Meanwhile visitors of this machine are answered, with a key that ends with the command.
    """
    from twinctl.cli.lending import DAY, lent_key, listening, until_ended
    from twinctl.cli.testpage.server import Embedded, test_page

    session = session_of(ctx)
    with until_ended() as ended, session.client() as client, listening(client) as base:
        twin = client.twin(session.twin)
        with lent_key(client, name="widget serve", twin=twin.slug, lasts=DAY) as key:
            embedded = Embedded(base=base, twin=twin.slug, name=twin.name, key=key)
            with test_page(embedded, port) as address:
                if session.output.as_json:
                    shown = {"url": address, "listener": base, "twin": twin.slug}
                    session.output.document(shown)
                else:
                    session.output.line(f"{twin.name} is at {address}")
                    session.output.notice("Ctrl-C ends it.")
                session.output.part("")  # now, also where it goes to a pipe
                ended.wait()


@command(
    app,
    "snippet",
    "twinctl widget snippet --key pk_…",
    "twinctl widget snippet --new --origin https://example.com --mode inline",
)
def print_snippet(
    ctx: typer.Context,
    *,
    key: Key = None,
    new: Annotated[bool, typer.Option("--new", help="Make a key for it.")] = False,
    origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="Site that a new key is for; may be repeated."),
    ] = None,
    mode: Annotated[str, typer.Option(metavar="MODE", help="bubble, inline or page.")] = _MODES[0],
    color: Annotated[
        str, typer.Option(metavar="COLOUR", help="Colour of your site, as CSS has it.")
    ] = "",
) -> None:
    """Print the line to paste into your pages.

    Keys are kept nowhere, so give yours, or have one made.
    """
    session = session_of(ctx)
    if mode not in _MODES:
        raise Misused(f"{mode!r} is no mode", hint=f"one of: {', '.join(_MODES)}")
    with session.client() as client:
        twin = client.twin(session.twin).slug
        base = _address(session, client)
        secret = _new_key(client, twin, origin or []) if new else _given_key(session.output, key)
    attributes = {"twin": twin, "key": secret}
    attributes |= {"mode": mode} if mode != _MODES[0] else {}
    attributes |= {"color": color} if color else {}
    snippet = _snippet(base, attributes)
    if session.output.as_json:
        session.output.document({"snippet": snippet, "url": base, **attributes})
    else:
        session.output.line(snippet)
    tell_if_local(session.output, base)


@command(
    app,
    "test",
    "twinctl widget test --origin https://example.com",
    "twinctl widget test --origin https://example.com --key pk_…",
)
def try_site(
    ctx: typer.Context,
    origin: Annotated[
        str, typer.Option(metavar="ORIGIN", help="Site with the widget: https://example.com")
    ],
    key: Key = None,
) -> None:
    """Do what a visitor's browser does on a page of a site, and explain what fails.

    The site needs a key for its pages to pass. Without --key, another one is made for the
    questions of the test, and ends with it.
    """
    from twinctl.cli.lending import SHORT, lent_key
    from twinctl.cli.replay import Replay, origin_of

    session = session_of(ctx)
    page = origin_of(origin)
    given = None if key is None else _given_key(session.output, key)
    with session.client() as client:
        twin = client.twin(session.twin).slug
        replay = Replay(base=_address(session, client), origin=page, twin=twin)
        steps = list(_shown(session.output, replay.loading()))
        if steps[-1].problem is None and given is not None:
            steps += _shown(session.output, replay.asking(given))
        elif steps[-1].problem is None:
            with lent_key(
                client, name="widget test", twin=twin, lasts=SHORT, origins=[page]
            ) as made:
                steps += _shown(session.output, replay.asking(made))
    _conclude(session.output, replay, steps)


def _address(session: Session, client: "TwinClient") -> str:
    """Return the address that visitors know the listener by.

    Raises:
        TwinctlError: There is none.
    """
    known = str(session.settings["public.url"].value) or client.listener().url
    if not known:
        raise TwinctlError(
            "no visitor can reach this machine: the public listener is off",
            hint="twinctl config set public.listen 127.0.0.1:8080; twinctl daemon restart; "
            "to try it here: twinctl widget serve",
        )
    return known.rstrip("/")


def _new_key(client: "TwinClient", twin: str, origins: list[str]) -> str:
    from twinctl.client.requests import checked
    from twinctl.wire.keys import KeyIn

    wanted = checked(
        KeyIn, name=f"widget of {twin}", kind="publishable", twins=[twin], origins=origins
    )
    return client.create_key(wanted).key


def _given_key(output: "Output", key: str | None) -> str:
    """Return the key that was given, or that is typed now.

    Raises:
        Misused: It is none for pages, or there is nobody to ask.
    """
    if key is None and output.can_ask:
        output.draw("A publishable key (pk_…): ")
        key = input().strip()
    if not key:
        raise Misused(
            "which key? They are kept nowhere",
            hint="add --key pk_…, or have one made: --new --origin https://example.com",
        )
    if not key.startswith(_PREFIX):
        raise Misused(
            "only a publishable key (pk_…) belongs into a page",
            hint="have one made: --new --origin https://example.com",
        )
    return key


def _snippet(base: str, attributes: Mapping[str, str]) -> str:
    named = " ".join(f'data-{name}="{escape(value)}"' for name, value in attributes.items())
    return f'<script async src="{escape(base)}/widget.js" {named}></script>'


def _shown(output: "Output", steps: "Iterator[Step]") -> "Iterator[Step]":
    """Yield steps, each told as it was made."""
    for step in steps:
        if not output.as_json:
            output.line(f"{'ok' if step.problem is None else 'FAILED':<8}{step.name}")
        yield step


def _conclude(output: "Output", replay: "Replay", steps: "list[Step]") -> None:
    """Say how it went; the last step is the one that failed, if any did."""
    last = steps[-1]
    if output.as_json:
        output.document(
            {
                "ok": last.problem is None,
                "origin": replay.origin,
                "url": replay.base,
                "steps": [
                    {"name": step.name, "problem": step.problem, "hint": step.hint}
                    for step in steps
                ],
            }
        )
    if last.problem is not None:
        raise TwinctlError(last.problem, hint=last.hint)
    if not output.as_json:
        output.line(f"The widget works on pages of {replay.origin}.")

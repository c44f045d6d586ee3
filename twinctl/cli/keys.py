"""`twinctl keys`."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import session_of
from twinctl.errors import ExitCode, Misused, NotFound
from twinctl.wording import minute, moment

if TYPE_CHECKING:
    from twinctl.cli.output import Output
    from twinctl.client.client import TwinClient
    from twinctl.wire.keys import KeyCreated, KeyOut

_CREATED = ("id", "key", "prefix", "kind", "scopes", "twins", "origins", "expires_at")
_AT_ONCE = "0"

Key = Annotated[str, typer.Argument(metavar="KEY", help="Its id or its name.")]
Kind = Annotated[
    str,
    typer.Option(
        metavar="KIND", help="secret, for programs, or publishable, for pages with a widget."
    ),
]
Scopes = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SCOPE",
        help="What a secret key may do: chat (if none is named), search, sources:read, "
        "sources:write, stats:read or admin; may be repeated.",
    ),
]
Twins = Annotated[
    list[str] | None,
    typer.Option(
        "--for", metavar="TWIN", help="Twin that it reaches; may be repeated; all if none."
    ),
]
Origins = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ORIGIN",
        help="Site whose pages may use it, as https://example.com or https://*.example.com; "
        "may be repeated; pages of this machine if none.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]

app = group(
    "API keys: what a program or a site shows to reach your twins.",
    "twinctl keys",
    "twinctl keys create --name reports --scope chat --scope search",
    "twinctl keys create --kind publishable --for ada --origin https://example.com",
    "twinctl keys rotate reports",
)


@command(
    app,
    "create",
    "twinctl keys create --name reports --scope chat --expires 90d",
    "twinctl keys create --kind publishable --for ada --origin https://example.com",
    "twinctl keys create --kind publishable --origin 'https://*.example.com' --rpm 30",
)
def create_key(
    ctx: typer.Context,
    *,
    kind: Kind = "secret",
    name: Annotated[str, typer.Option(metavar="NAME", help="What you call it.")] = "",
    scope: Scopes = None,
    twins: Twins = None,
    origin: Origins = None,
    expires: Annotated[
        str | None, typer.Option(metavar="WHEN", help="When it ends: 12h, 30d, 2w or a date.")
    ] = None,
    rpm: Annotated[
        int | None, typer.Option(metavar="N", help="The most requests a minute.")
    ] = None,
) -> None:
    """Make a key and print its secret, which is not shown again.

    A secret key goes to the store of secrets of your program and is sent as
    `Authorization: Bearer sk_…`. A publishable key stands in the pages of your site, where
    everybody can read it; it opens the widget there and nothing else.
    """
    from twinctl.cli.expiry import expiry
    from twinctl.client.requests import checked
    from twinctl.wire.keys import KeyIn

    session = session_of(ctx)
    wanted = checked(
        KeyIn,
        name=name,
        kind=kind,
        scopes=scope or None,
        twins=twins or [],
        origins=origin or [],
        expires_at=None if expires is None else expiry(expires, datetime.now(UTC)),
        requests_per_minute=rpm,
    )
    if session.flags.twin and not twins:
        session.output.notice(
            f"notice: this key is for all twins; for one of them: --for {session.flags.twin}"
        )
    with session.client() as client:
        _show_new(session.output, client.create_key(wanted))


@command(
    app,
    "list",
    "twinctl keys list",
    "twinctl keys list --all",
    "twinctl keys list --json",
    alias="ls",
)
def list_keys(
    ctx: typer.Context,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that were revoked or have expired.")
    ] = False,
) -> None:
    """List the keys that work, newest first.

    With --json all are listed, each with its state.
    """
    session = session_of(ctx)
    with session.client() as client:
        keys = list(client.keys())
    if session.output.as_json:
        session.output.document({"keys": [each.model_dump(mode="json") for each in keys]})
        return
    shown = [each for each in keys if every or not each.has_ended]
    session.output.table(
        ["ID", "NAME", "KEY", "STATE", "FOR", "SCOPES OR ORIGINS", "EXPIRES", "LAST USED"],
        [
            (
                each.id,
                each.name,
                _shown(each),
                each.state,
                ", ".join(each.twins) or "all twins",
                ", ".join(each.scopes or each.origins) or "this machine",
                minute(each.expires_at) if each.expires_at else "never",
                minute(each.last_used_at) if each.last_used_at else "never",
            )
            for each in shown
        ],
    )
    if len(shown) < len(keys):
        ended = len(keys) - len(shown)
        more = f"{ended} more {'has' if ended == 1 else 'have'} ended"
        session.output.notice(f"notice: {more}\nhint: twinctl keys list --all")


@command(app, "show", "twinctl keys show reports", "twinctl keys show key_… --json")
def show_key(ctx: typer.Context, key: Key) -> None:
    """Show what a key is for; its secret is kept nowhere."""
    session = session_of(ctx)
    with session.client() as client:
        found = _find(client, key)
    if session.output.as_json:
        session.output.document(found)
        return
    publishable = found.kind == "publishable"
    session.output.fields(
        [
            ("id", found.id),
            ("name", found.name),
            ("key", _shown(found)),
            ("kind", found.kind),
            ("state", found.state),
            ("replaced by", found.replaced_by),
            ("scopes", ", ".join(found.scopes)),
            ("twins", ", ".join(found.twins) or "all"),
            ("origins", ", ".join(found.origins) or ("this machine" if publishable else None)),
            ("a minute", found.requests_per_minute),
            ("created", moment(found.created_at)),
            ("last used", moment(found.last_used_at)),
            ("expires", moment(found.expires_at)),
            ("revoked", moment(found.revoked_at)),
        ]
    )


@command(
    app, "visitor-secret", "twinctl keys visitor-secret site", "twinctl keys visitor-secret key_…"
)
def show_visitor_secret(ctx: typer.Context, key: Key) -> None:
    """Print what a site signs with to say who its visitor is; it stays on the site's server."""
    session = session_of(ctx)
    with session.client() as client:
        told = client.visitor_secret(_find(client, key).id)
    if session.output.as_json:
        session.output.document(told)
    else:
        session.output.line(told.secret)


@command(app, "revoke", "twinctl keys revoke reports", "twinctl keys revoke key_… --yes")
def revoke_key(ctx: typer.Context, key: Key, yes: Yes = False) -> None:
    """End a key at once, for whoever uses it."""
    session = session_of(ctx)
    with session.client() as client:
        found = _find(client, key)
        if not session.output.confirm(f"Revoke the key {_called(found)}?", yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        revoked = client.revoke_key(found.id)
        keys = list(client.keys())
    if session.output.as_json:
        session.output.document(revoked)
        return
    session.output.line(f"Revoked {_called(revoked)}.")
    for old in keys:
        if old.replaced_by == revoked.id and old.state == "replaced":
            session.output.notice(
                f"notice: {_shown(old)}, which it replaced, still works\n"
                f"hint: twinctl keys revoke {old.id}"
            )


@command(
    app,
    "rotate",
    "twinctl keys rotate reports",
    "twinctl keys rotate key_… --overlap 7d",
    "twinctl keys rotate key_… --overlap 0",
)
def rotate_key(
    ctx: typer.Context,
    key: Key,
    overlap: Annotated[
        str,
        typer.Option(metavar="SPAN", help="How long the old one works on; 0 ends it at once."),
    ] = "24h",
) -> None:
    """Make a key in the place of another, which works on until the overlap ends."""
    session = session_of(ctx)
    overlap_s = _overlap_s(overlap)
    with session.client() as client:
        old = _find(client, key)
        new = client.rotate_key(old.id, overlap_s)
        _show_new(session.output, new)
        ends = client.key(old.id).expires_at
    if not session.output.as_json and ends is not None:
        session.output.notice(f"The old one, {_shown(old)}, works until {minute(ends)}.")


def _overlap_s(text: str) -> int:
    from twinctl.cli.expiry import expiry

    now = datetime.now(UTC)
    return 0 if text == _AT_ONCE else int((expiry(text, now) - now).total_seconds())


def _find(client: "TwinClient", named: str) -> "KeyOut":
    """Return the key of that id, else the one of that name that can be used.

    Raises:
        NotFound: There is none.
        Misused: Several have that name, or it is that of an unset variable.
    """
    if not named:
        raise Misused("which key?", hint="twinctl keys list")
    keys = list(client.keys())
    of_name = [each for each in keys if each.name == named]
    found = (
        [each for each in keys if each.id == named]
        or [each for each in of_name if each.state == "active"]
        or [each for each in of_name if not each.has_ended]
        or of_name
    )
    if not found:
        raise NotFound(f"there is no key {named}", hint="see: twinctl keys list")
    if len(found) > 1:
        ids = ", ".join(each.id for each in found)
        raise Misused(f"{named} means several keys", hint=f"say which: {ids}")
    return found[0]


def _show_new(output: "Output", key: "KeyCreated") -> None:
    """Print a secret, and to people what to do with it."""
    if output.as_json:
        fields = key.model_dump(mode="json")
        output.document({name: fields[name] for name in _CREATED})
        return
    output.line(key.key)
    end = f" It ends {minute(key.expires_at)}." if key.expires_at else ""
    output.notice(f"{key.id} is a {key.kind} key.{end} It is not shown again: copy it now.")
    if key.kind == "secret":
        output.notice("hint: keep it on a server, and send: Authorization: Bearer sk_…")
        return
    if not key.origins:
        output.notice(
            "notice: only pages of this machine may use it, since no origin was named\n"
            "hint: name your site: --origin https://example.com"
        )
    output.notice("hint: get the line for your pages with: twinctl widget snippet")


def _shown(key: "KeyOut") -> str:
    return f"{key.prefix}…{key.last_four}"


def _called(key: "KeyOut") -> str:
    return f"{key.name} ({_shown(key)})" if key.name else f"{key.id} ({_shown(key)})"

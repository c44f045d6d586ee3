"""`twinctl tenants`."""

from typing import Annotated

import typer

from twinctl.cli.command import command, group
from twinctl.cli.session import session_of
from twinctl.config import remove_setting
from twinctl.errors import ExitCode
from twinctl.wire.settings import twin_setting
from twinctl.wording import counted, minute

Name = Annotated[str, typer.Argument(metavar="TENANT", help="Its name.")]

app = group(
    "Tenants: each has twins, sources, keys and visitors of its own.",
    "twinctl tenants",
    "twinctl tenants create acme",
    "twinctl --tenant acme twin list",
)


@command(app, "create", "twinctl tenants create acme")
def create_tenant(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="TENANT", help="Small letters, digits and dashes.")
    ],
) -> None:
    """Create a tenant, with a twin of its own."""
    from twinctl.client.requests import checked
    from twinctl.wire.tenants import TenantIn

    session = session_of(ctx)
    wanted = checked(TenantIn, id=name)
    with session.client() as client:
        tenant = client.create_tenant(wanted)
    if session.output.as_json:
        session.output.document(tenant)
    else:
        session.output.line(f"Created {tenant.id}.")
        session.output.notice(
            f"hint: name it with each command, as in: twinctl --tenant {tenant.id} twin list\n"
            f"hint: or use it from now on: twinctl config set tenant {tenant.id}"
        )


@command(app, "list", "twinctl tenants list", "twinctl tenants list --json", alias="ls")
def list_tenants(ctx: typer.Context) -> None:
    """List the tenants; the one in use is marked."""
    session = session_of(ctx)
    with session.client() as client:
        tenants = list(client.tenants())
    if session.output.as_json:
        session.output.document({"tenants": [each.model_dump(mode="json") for each in tenants]})
        return
    session.output.table(
        ["", "TENANT", "TWINS", "SOURCES", "CREATED"],
        [
            (
                "*" if each.id == session.tenant else " ",
                each.id,
                each.twins,
                each.sources,
                minute(each.created_at),
            )
            for each in tenants
        ],
    )


@command(
    app, "delete", "twinctl tenants delete acme", "twinctl tenants delete acme --yes", alias="rm"
)
def delete_tenant(
    ctx: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Delete a tenant with its twins, sources, conversations, keys and links."""
    session = session_of(ctx)
    question = f"Delete the tenant {name} with all that it has?"
    with session.client() as client:
        if not session.output.confirm(question, yes=yes):
            raise typer.Exit(ExitCode.FAILED)
        tenant = client.delete_tenant(name)
    remove_setting(session.home.config, twin_setting(tenant.id).key)
    if session.output.as_json:
        session.output.document(tenant)
    else:
        had = f"{counted(tenant.twins, 'twin')}, {counted(tenant.sources, 'source')}"
        session.output.line(f"Deleted {tenant.id} ({had}).")
    if tenant.id == session.settings["tenant"].value:
        session.output.notice(
            "notice: it was the one in use\nhint: twinctl config set tenant default"
        )

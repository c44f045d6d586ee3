"""`twinctl doctor`."""

from typing import TYPE_CHECKING, Annotated

import typer

from twinctl.cli.command import command, single
from twinctl.cli.output import Output
from twinctl.cli.session import Session, session_of
from twinctl.errors import ExitCode, TwinctlError

if TYPE_CHECKING:
    from twinctl.wire.system import Check

MARKS = {"ok": "✓", "warning": "!", "failed": "✗"}

app = single()


@command(app, "doctor", "twinctl doctor", "twinctl doctor --fix", "twinctl doctor --json")
def doctor(
    ctx: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Repair what is safe to repair.")] = False,
) -> None:
    """Look for what is wrong with this installation; ends with 1 where something is."""
    session = session_of(ctx)
    checks = examine(session, fix=fix)
    _print(session.output, checks)
    if any(check.state == "failed" for check in checks):
        raise typer.Exit(ExitCode.FAILED)


def examine(session: Session, *, fix: bool) -> "list[Check]":
    """Return all findings, after what is safe to repair was repaired if that is wanted."""
    from twinctl.cli.checks import daemon_check, local_checks, repair

    if fix:
        repair(session.home)
    checks = list(local_checks(session))
    answering = daemon_check(session)
    checks.append(answering)
    if answering.state != "failed":
        checks += _daemon_checks(session, fix)
    return checks


def _daemon_checks(session: Session, fix: bool) -> "list[Check]":
    from twinctl.client.client import TwinClient
    from twinctl.wire.system import Check

    try:
        with session.machine() as transport:
            client = TwinClient(transport)
            found = client.repair() if fix else client.checks()
    except TwinctlError as error:
        return [Check(name="checks", state="failed", message=error.message, hint=error.hint)]
    return found.checks


def _print(output: Output, checks: "list[Check]") -> None:
    if output.as_json:
        output.document({"checks": [check.model_dump(mode="json") for check in checks]})
        return
    width = max(len(check.name) for check in checks)
    for check in checks:
        mark = MARKS[check.state] if output.is_terminal else f"{check.state:<7}"
        output.line(f"{mark} {check.name:<{width}}  {check.message}")
        if check.hint and check.state != "ok":
            output.line(f"{'':<{len(mark)}} {'':<{width}}  → {check.hint}")

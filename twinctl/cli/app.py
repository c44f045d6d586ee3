"""The program: global options, the verbs, and the one place that turns errors into exit codes."""

import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import typer

from twinctl.cli.arguments import NAMES, Flags, split_flags
from twinctl.cli.command import Root, single
from twinctl.cli.session import Session, session_of
from twinctl.errors import ExitCode, Misused, NotAllowed, PipeClosed, TwinctlError

HELP = "A twin that answers from your own documents only, with citations."

EXAMPLES = """\
twinctl ingest ~/papers notes.md
twinctl ask "What did we decide about pricing?"
twinctl search "cash flow 2023" -k 5
twinctl status"""


class Program(Root):
    """The verbs; a module is imported when its verb is used."""

    verbs = (
        ("ingest", "twinctl.cli.ingest", "Take in files, folders or text."),
        ("ask", "twinctl.cli.ask", "Ask one question; answered with citations, or refused."),
        ("chat", "twinctl.cli.chat", "Talk with a twin."),
        (
            "conversations",
            "twinctl.cli.conversations",
            "What was asked and answered: list, show, search, export.",
        ),
        ("audience", "twinctl.cli.audience", "What people ask: report, gaps, forget."),
        ("search", "twinctl.cli.search", "Find passages."),
        ("watch", "twinctl.cli.watch", "Folders kept in step: add, list, remove."),
        (
            "sources",
            "twinctl.cli.sources",
            "What was ingested: list, show, text, delete, reindex.",
        ),
        ("qa", "twinctl.cli.qa", "Answers that you vouch for, used first: add, list, delete."),
        ("keys", "twinctl.cli.keys", "API keys: create, list, show, revoke, rotate."),
        ("share", "twinctl.cli.share", "Links to a twin for visitors: create, list, revoke."),
        ("widget", "twinctl.cli.widget", "A twin on the pages of a site: serve, snippet, test."),
        ("eval", "twinctl.cli.eval", "Score a twin on your own questions."),
        ("jobs", "twinctl.cli.jobs", "Background work: list, show, logs, cancel, retry."),
        ("twin", "twinctl.cli.twins", "Twins: create, list, show, use, edit, delete."),
        ("tenants", "twinctl.cli.tenants", "Tenants: create, list, delete."),
        ("models", "twinctl.cli.models", "Models: list, add, pull, use, remove."),
        ("daemon", "twinctl.cli.daemon", "The daemon: start, stop, restart, status, run, logs."),
        ("config", "twinctl.cli.config", "Settings: get, set, list, path."),
        ("tui", "twinctl.cli.tui", "Watch and work with a twin on the whole terminal."),
        ("status", "twinctl.cli.status", "How the daemon and the store are."),
        ("doctor", "twinctl.cli.doctor", "Look for what is wrong, and repair what is safe."),
        ("version", "twinctl.cli.version", "Which version this is."),
    )


app = single()


@app.callback(cls=Program, help=HELP, epilog=EXAMPLES, invoke_without_command=True)
def show_help(ctx: typer.Context) -> None:
    """Print the help where no verb is given."""
    if ctx.invoked_subcommand is None:
        session_of(ctx).output.line(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `twinctl` and return its exit code."""
    _open_what_is_closed()
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except (BrokenPipeError, PipeClosed):
        _let_go_of_stdout()
        return ExitCode.DONE
    return code


def _run(arguments: Sequence[str]) -> int:
    """Run a command; every failure ends here as words on stderr and an exit code."""
    session = Session(Flags())
    try:
        flags, rest = split_flags(arguments)
        session = Session(flags)
        program = typer.main.get_command(app)
        code = program.main(rest, prog_name="twinctl", standalone_mode=False, obj=session)
    except PipeClosed:
        raise
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        if session.flags.verbose and not isinstance(error, TwinctlError | typer.TyperException):
            raise
        failure = _as_failure(error)
        session.output.error(failure.message, failure.hint)
        return failure.exit_code
    return code if isinstance(code, int) else ExitCode.DONE


_CHECKED = "Value error, "
"""What the parser of arguments puts before words of ours."""


def _as_failure(error: Exception) -> TwinctlError:
    """Return any error as one with words, a hint and an exit code."""
    if isinstance(error, TwinctlError):
        return error
    if isinstance(error, typer.TyperException):
        said = error.format_message().replace(_CHECKED, "") + _meant(error)
        return Misused(said, hint=_usage_hint(error))
    if isinstance(error, PermissionError):
        return NotAllowed(f"{error.filename or 'a file'}: {error.strerror}")
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return TwinctlError(f"{place}{error.strerror}")
    name = type(error).__name__
    return TwinctlError(f"{name}: {error}", hint="run it again with -v for the details")


def _usage_hint(error: typer.TyperException) -> str:
    ctx = getattr(error, "ctx", None)
    return f"{ctx.command_path if ctx else 'twinctl'} --help"


def _meant(error: typer.TyperException) -> str:
    """Return which global option was meant; those of the command are named by the parser."""
    near = get_close_matches(getattr(error, "option_name", ""), NAMES, n=1)
    known = getattr(error, "possibilities", None)
    return f". Did you mean {near[0]!r}?" if near and not known else ""


def _open_what_is_closed() -> None:
    """Point at nothing what the caller closed of stdin, stdout and stderr."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nothing = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nothing)


def _let_go_of_stdout() -> None:
    """Point stdout at nothing, so that ending the interpreter does not write to a closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

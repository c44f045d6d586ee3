"""How commands are declared: help that ends with examples, and groups that list.

Only the documented part of typer is used: the `cls` of a command or group, and their methods.
"""

from collections.abc import Callable
from importlib import import_module
from inspect import cleandoc
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from twinctl.cli import arguments

Body = TypeVar("Body", bound=Callable[..., Any])

GLOBAL = "--json, -t/--twin, --tenant, --home, -q, -v, --no-color, --no-start: see twinctl --help"
"""The options that every command takes, as its help names them."""

_VERBS_WITHOUT_A_VERB = ("list", "status", "report")
_HELP = ("-h", "--help")
_VERSION = "version"


class _LightHelp:
    """Gives `--help` a default, without which typer imports pydantic to see that it is not set."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        option.default = False
        return option


class _WholeSummary:
    """Is summed up in the help of its group by its first paragraph, of which nothing is cut."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002
        """Return the summary."""
        about = cleandoc(getattr(self, "help", None) or "")
        return " ".join(about.partition("\n\n")[0].split())


class Command(_LightHelp, _WholeSummary, TyperCommand):
    """A command whose epilog is its examples, one a line."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples as they are."""
        _write_examples(self.epilog, formatter)
        with formatter.section("Global options"):
            formatter.write_text(GLOBAL)


class Group(_LightHelp, _WholeSummary, TyperGroup):
    """A group that lists, or shows its status or help, when no verb is given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put in the verb that was left out."""
        if not args or (args[0].startswith("-") and args[0] not in _HELP):
            usual = (verb for verb in _VERBS_WITHOUT_A_VERB if verb in self.commands)
            verb = next(usual, _HELP[1])
            args = [verb, *args]
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples as they are."""
        _write_examples(self.epilog, formatter)


class Root(_LightHelp, TyperGroup):
    """The program: its verbs are known by name and help, and imported when they are used."""

    verbs: tuple[tuple[str, str, str], ...] = ()

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, _, about in self.verbs:
            self.add_command(TyperCommand(name, help=about, rich_markup_mode=None))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `--version` for the verb: programs are asked for theirs like that."""
        if args[:1] == [f"--{_VERSION}"]:
            args = [_VERSION, *args[1:]]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command of the first argument, imported."""
        name, command, rest = super().resolve_command(ctx, args)
        modules = {verb: module for verb, module, _ in self.verbs}
        if name in modules:
            command = typer.main.get_command(import_module(modules[name]).app)
        return name, command, rest

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the global options, which typer does not know, and the verbs."""
        with formatter.section("Options, before or after the command"):
            own = (("--version", "Print the version."), ("-h, --help", "Show this message."))
            formatter.write_dl([*arguments.HELP, *own])
        self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the examples as they are."""
        _write_examples(self.epilog, formatter)


def group(about: str, *examples: str) -> typer.Typer:
    """Return a group of commands; without a verb it lists."""
    app = single()

    @app.callback(cls=Group, help=about, epilog="\n".join(examples))
    def options() -> None:
        pass

    return app


def single() -> typer.Typer:
    """Return a place for a command that stands alone."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def command(
    app: typer.Typer,
    name: str,
    *examples: str,
    alias: str | None = None,
    cls: type[Command] = Command,
) -> Callable[[Body], Body]:
    """Return a decorator that makes a function a command of `app`.

    Args:
        app: The group.
        name: The verb.
        examples: Command lines that `--help` ends with.
        alias: A second name, not shown in the help.
        cls: Reads its command line.
    """

    def add(body: Body) -> Body:
        epilog = "\n".join(examples)
        app.command(name, cls=cls, epilog=epilog)(body)
        if alias:
            app.command(alias, cls=cls, epilog=epilog, hidden=True)(body)
        return body

    return add


def _write_examples(examples: str | None, formatter: Any) -> None:
    if not examples:
        return
    with formatter.section("Examples"):
        for line in examples.splitlines():
            formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

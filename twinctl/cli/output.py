"""The only writer: data to stdout, all talk to stderr."""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

from twinctl.errors import Misused, PipeClosed

if TYPE_CHECKING:
    from pydantic import BaseModel

WIDEST = 100
"""Columns that prose is wrapped to on a wide terminal."""

_UNTAMED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Output:
    """Writes for one command.

    Attributes:
        as_json: stdout gets one JSON document and nothing else.
        quiet: No notices and no progress.
        verbose: Details too.
        can_draw: A terminal would understand more than lines of text.
        has_color: Colour and weight may be used on a terminal.
    """

    def __init__(
        self,
        *,
        as_json: bool = False,
        quiet: bool = False,
        verbose: bool = False,
        color: bool = True,
    ) -> None:
        self.as_json = as_json
        self.quiet = quiet
        self.verbose = verbose
        self.can_draw = os.environ.get("TERM") != "dumb"
        self.has_color = color and self.can_draw and not os.environ.get("NO_COLOR")
        self._is_passing = False

    @property
    def is_terminal(self) -> bool:
        """Whether stdout is read by a person."""
        return sys.stdout.isatty()

    @property
    def shows_progress(self) -> bool:
        """Whether progress may be drawn: a person reads stderr and wants to see it."""
        return sys.stderr.isatty() and self.can_draw and not self.quiet and not self.as_json

    @property
    def width(self) -> int:
        """Columns to wrap prose to."""
        return min(get_terminal_size().columns, WIDEST)

    @property
    def can_ask(self) -> bool:
        """Whether a question on the terminal would be answered by a person."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    @property
    def is_conversing(self) -> bool:
        """Whether a person types at stdin and reads stdout."""
        return self.can_ask and self.is_terminal and not self.as_json

    @contextmanager
    def waiting(self, text: str) -> Iterator[None]:
        """Show that something is being done, where a person watches."""
        if not self.shows_progress:
            yield
            return
        from rich.console import Console

        with Console(stderr=True, no_color=not self.has_color).status(text):
            yield

    def passing(self, text: str) -> None:
        """Show words on a terminal until the next ones; empty takes them away."""
        if self.shows_progress and (text or self._is_passing):
            self._is_passing = bool(text)
            self._write(sys.stderr, f"\r\033[K{text}")
            self._flush(sys.stderr)

    def draw(self, text: str) -> None:
        """Write text and moves of the cursor to the terminal that stderr is."""
        self._write(sys.stderr, text)
        self._flush(sys.stderr)

    def line(self, text: str = "") -> None:
        """Write a line of data."""
        self._write(sys.stdout, text + "\n")

    def part(self, text: str) -> None:
        """Write a piece of a line of data at once."""
        self._write(sys.stdout, text)
        self._flush(sys.stdout)

    def document(self, value: "Mapping[str, object] | BaseModel") -> None:
        """Write the one JSON document of a command."""
        import json

        shown = value if isinstance(value, Mapping) else value.model_dump(mode="json")
        is_narrow = not sys.stdout.encoding.lower().startswith("utf")
        indent = 2 if self.is_terminal else None
        self.line(json.dumps(shown, ensure_ascii=is_narrow, indent=indent))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write aligned columns, shortened to what a terminal has room for."""
        from twinctl.cli.columns import aligned

        cells = [list(heads), *([_cell(value) for value in row] for row in rows)]
        limit = get_terminal_size().columns if self.is_terminal else None
        for number, line in enumerate(aligned(cells, limit)):
            self.line(self.dim(line) if number == 0 else line)

    def fields(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Write names and values below one another, without those that have no value."""
        shown = [(name, value) for name, value in pairs if value not in (None, "")]
        width = max((len(name) for name, _ in shown), default=0)
        for name, value in shown:
            self.line(f"{self.dim(name.ljust(width))}  {tame(str(value))}")

    def notice(self, text: str) -> None:
        """Tell something on stderr."""
        if not self.quiet:
            self._write(sys.stderr, tame(text) + "\n")

    def detail(self, text: str) -> None:
        """Tell something on stderr that only `-v` wants to know."""
        if self.verbose:
            self._write(sys.stderr, tame(text) + "\n")

    def problem(self, text: str) -> None:
        """Name something that failed, on stderr, however quiet it shall be."""
        self._write(sys.stderr, tame(text) + "\n")

    def error(self, message: str, hint: str | None = None) -> None:
        """Say on stderr what went wrong and the way out."""
        self._write(sys.stderr, f"error: {tame(message)}\n")
        if hint:
            self._write(sys.stderr, f"hint: {tame(hint)}\n")

    def confirm(self, question: str, *, yes: bool) -> bool:
        """Return whether to go on with something that cannot be undone.

        Raises:
            Misused: There is nobody to ask and `--yes` was not given.
        """
        if yes:
            return True
        if not self.can_ask:
            raise Misused(f"{question} There is no terminal to ask on.", hint="add --yes")
        return self.ask(f"{question} [y/N] ").lower() in {"y", "yes"}

    def ask(self, question: str) -> str:
        """Return what a person types to a question; see `can_ask`."""
        self._write(sys.stderr, question)
        self._flush(sys.stderr)
        return sys.stdin.readline().strip()

    def ask_secret(self, question: str) -> str:
        """Return what is typed on the terminal, which does not show it."""
        from getpass import getpass

        return getpass(question, stream=sys.stderr)

    def bold(self, text: str) -> str:
        """Return `text` so that it stands out on stdout."""
        return self._styled(text, "1")

    def dim(self, text: str) -> str:
        """Return `text` so that it steps back on stdout."""
        return self._styled(text, "2")

    def _styled(self, text: str, style: str) -> str:
        text = tame(text)
        return f"\033[{style}m{text}\033[0m" if self.has_color and self.is_terminal else text

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "replace").decode(encoding))
        except BrokenPipeError as error:
            raise PipeClosed("the reader went away") from error

    def _flush(self, stream: TextIO) -> None:
        try:
            stream.flush()
        except BrokenPipeError as error:
            raise PipeClosed("the reader went away") from error


def tame(text: str) -> str:
    """Return text without what would move a cursor or turn letters around: others wrote it."""
    return _UNTAMED.sub("?", text)


def _cell(value: object) -> str:
    return "-" if value is None or value == "" else tame(" ".join(str(value).split()))

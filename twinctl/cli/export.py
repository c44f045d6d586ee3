"""Writing data to a file that the owner names, or to stdout."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from twinctl.cli.output import Output
from twinctl.errors import ExitCode, Misused

STDOUT = "-"


@contextmanager
def written(output: Output, name: str, *, yes: bool) -> Iterator[Callable[[str], None]]:
    """Yield what writes a line of text; a file is there once all of it is, for its owner only.

    Args:
        output: Where to ask, and to write for `-`.
        name: The file.
        yes: Overwrite a file without asking.

    Raises:
        Misused: The file is there and nobody can be asked, or it cannot be written.
        Exit: It shall not be overwritten.
    """
    if name == STDOUT:
        yield output.line
        return
    path = Path(name).expanduser()
    if path.exists() and not output.confirm(f"Overwrite {path}?", yes=yes):
        raise typer.Exit(ExitCode.FAILED)
    try:
        descriptor, part = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as error:
        raise Misused(f"{path} cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:

            def write(line: str) -> None:
                file.write(line + "\n")

            yield write
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise

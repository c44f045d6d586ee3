"""Changing a document in the owner's editor, until what it says is taken."""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from twinctl.errors import ApiError, Misused, TwinctlError

Result = TypeVar("Result")


def edit(text: str, take: Callable[[str], Result]) -> Result:
    """Open a document in the editor and return what `take` makes of what was saved.

    Where `take` objects, the editor opens again on what was written, with the objection as its
    first line. Whoever then saves it as it is has given up.

    Args:
        text: The document; its first line is a comment, which an objection replaces.
        take: Reads the document and uses it; raises `Misused` or `ApiError` to object.

    Raises:
        TwinctlError: The editor failed, the owner gave up, or `take` failed in another way. What
            was written stays in a file, which the hint names.
    """
    path = _draft(text)
    try:
        result = _edit(path, text, take)
    except TwinctlError as error:
        if path.exists() and path.read_bytes() != text.encode():
            error.hint = f"what you wrote is in {path}"
        else:
            path.unlink(missing_ok=True)
        raise
    path.unlink()
    return result


def below_title(text: str) -> str:
    """Return what was written, without the comment that an edited text begins with."""
    first, _, rest = text.partition("\n")
    return rest if first.startswith("#") else text


def _edit(path: Path, shown: str, take: Callable[[str], Result]) -> Result:
    objection: TwinctlError | None = None
    while True:
        _open_editor(path)
        written = _read(path)
        if objection is not None and written == shown:
            raise objection
        try:
            return take(written)
        except (Misused, ApiError) as error:
            objection = error
        shown = _with_objection(written, objection)
        path.write_text(shown, "utf-8")


def _draft(text: str) -> Path:
    descriptor, name = tempfile.mkstemp(prefix="twinctl-", suffix=".toml")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"what you saved cannot be read: {error}") from error


def _with_objection(text: str, objection: TwinctlError) -> str:
    """Put an objection in place of the comment that a document begins with.

    The lines below keep their numbers, which the objection may name.
    """
    first, _, rest = text.partition("\n")
    said = " ".join(objection.message.split())
    return f"# error: {said}\n" + (rest if first.startswith("#") else text)


def _open_editor(path: Path) -> None:
    """Run the editor; Ctrl-C is its own, and it draws beside stdout, which is for data."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        command = [*shlex.split(editor), str(path)]
        done = subprocess.run(command, stdout=sys.stderr, check=False)  # noqa: S603
    except (OSError, ValueError) as error:
        raise Misused(f"the editor {editor!r} cannot be started", hint="set EDITOR") from error
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode:
        raise Misused(f"the editor {editor!r} ended with {done.returncode}; nothing was changed")

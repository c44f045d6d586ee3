"""The options that every command takes, before or after its verb, and `-` for stdin.

They are parsed here and not by typer: a typed value there costs the import of pydantic, which
`status` would wait for.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from twinctl.errors import Misused, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Flags:
    """The global options; None where a name was not given."""

    home: str | None = None
    tenant: str | None = None
    twin: str | None = None
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    no_color: bool = False
    no_start: bool = False


HELP = (
    ("-t, --twin TWIN", "Twin to use, by slug or id."),
    ("--tenant TENANT", "Tenant to use."),
    ("--home FOLDER", "Folder that holds everything."),
    ("--json", "One JSON document on stdout."),
    ("-q, --quiet", "No notices, no progress."),
    ("-v, --verbose", "More detail."),
    ("--no-color", "No colour."),
    ("--no-start", "Do not start the daemon when it is down."),
)

_VALUED = {"--twin": "twin", "-t": "twin", "--tenant": "tenant", "--home": "home"}
_BARE = {
    "--json": "json",
    "--quiet": "quiet",
    "--verbose": "verbose",
    "--no-color": "no_color",
    "--no-start": "no_start",
}
_LETTERS = {"q": "quiet", "v": "verbose"}

NAMES = (*_VALUED, *_BARE)
"""The global options as they are typed."""


def split_flags(arguments: Sequence[str]) -> tuple[Flags, list[str]]:
    """Take the global options out of a command line; what follows `--` is left alone.

    Raises:
        Misused: An option lacks its value, or has that of an unset variable of a script.
    """
    flags = Flags()
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return flags, [*rest, word, *waiting]
        name, value = _valued(word)
        if name and value is None:
            value = waiting.pop(0) if waiting else ""
        if name and not value:
            raise Misused(f"{word.rstrip('=')} needs a value")
        bare = {} if name else _bare(word)
        if name:
            flags = replace(flags, **{name: value})  # type: ignore[arg-type]
        elif bare:
            flags = replace(flags, **bare)  # type: ignore[arg-type]
        else:
            rest.append(word)
    return flags, rest


def _valued(word: str) -> tuple[str | None, str | None]:
    """Return the field that a word sets and the value it carries, as in `--twin=ada`, `-tada`."""
    option, equals, value = word.partition("=")
    if option in _VALUED:
        return _VALUED[option], value if equals else None
    if word.startswith("-t") and len(word) > len("-t"):
        return "twin", word.removeprefix("-t")
    return None, None


def _bare(word: str) -> dict[str, bool]:
    """Return the fields that a word sets, as `--json` or `-qv` does."""
    if word in _BARE:
        return {_BARE[word]: True}
    if len(word) > 1 and word[0] == "-" and set(word[1:]) <= _LETTERS.keys():
        return {_LETTERS[letter]: True for letter in word[1:]}
    return {}


def read_text(words: Sequence[str], what: str) -> str:
    """Return words as one text; `-` alone stands for stdin.

    Raises:
        Misused: There is no text, or stdin is none.
    """
    text = " ".join(words)
    if text == "-":
        text = read_stdin()
    if not text.strip():
        raise Misused(f"the {what} is empty")
    return text.strip()


def read_file(name: str) -> str:
    """Return the text of a file; `-` stands for stdin.

    Raises:
        NotFound: There is no such file.
        Misused: It may not be read, or is not text in UTF-8.
    """
    if name == "-":
        return read_stdin()
    try:
        return Path(name).expanduser().read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {name}") from error
    except OSError as error:
        raise Misused(f"{name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Misused(f"{name} is not text in UTF-8") from error


def read_stdin() -> str:
    """Return what stands on stdin.

    Raises:
        Misused: It is not text in UTF-8.
    """
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misused(
            "what came on stdin is not text in UTF-8",
            hint="save it to a file and ingest the file",
        ) from error

"""The key of the server that writes answers: in the environment or a file, nowhere else."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from twind.errors import GeneratorFailed

VARIABLE = "TWINCTL_MODELS_ENDPOINT_KEY"

_OTHERS = 0o077

ReadKey = Callable[[], str | None]
"""Returns the key as it is now; None where there is none. Raises GeneratorFailed."""


def key_reader(path: Path, environ: Mapping[str, str] = os.environ) -> ReadKey:
    """Return what reads the key anew at each use, so that it can be changed at any time."""
    return lambda: read_key(path, environ)


def read_key(path: Path, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the key of the environment or else of a file; None where neither has one.

    Raises:
        GeneratorFailed: The file cannot be read or others may read it, or what it holds is no key.
    """
    given = environ.get(VARIABLE)
    key = (given or _text(path)).strip()
    if not key:
        return None
    if not key.isascii() or not key.isprintable() or " " in key:
        place = VARIABLE if given else str(path)
        raise GeneratorFailed(
            f"{place} holds no key but something else",
            hint="a key is one line of letters and digits: twinctl models use endpoint --key -",
        )
    return key


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode & 0o777
            if mode & _OTHERS:
                raise GeneratorFailed(
                    f"other accounts can read the key: {path} is {mode:04o}",
                    hint=f"chmod 600 {path}, and have the server give you another key",
                )
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise GeneratorFailed(
            f"the key in {path} cannot be read", hint="twinctl models use endpoint --key -"
        ) from error

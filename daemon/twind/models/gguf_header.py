"""What the beginning of a GGUF file says; see the specification of GGUF in the ggml project."""

import struct
from pathlib import Path
from typing import BinaryIO

from twind.errors import ModelUnavailable

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DAMAGED_HINT = "it may have come in parts only; fetch it again and: twinctl models add FILE.gguf"
NEWER_HINT = "it may need a newer llama.cpp: pip install --upgrade llama-cpp-python"

_FIXED = {
    0: "B",
    1: "b",
    2: "H",
    3: "h",
    4: "I",
    5: "i",
    6: "f",
    7: "?",
    10: "Q",
    11: "q",
    12: "d",
}
_STRING, _ARRAY = 8, 9
_LONGEST_TEXT = 1 << 24
_MOST_KEYS = 1 << 16


def read_context_tokens(path: Path) -> int | None:
    """Return how long a text the model was trained for, in its tokens, if the file says so.

    Raises:
        ModelUnavailable: It cannot be read or is no GGUF file.
    """
    try:
        with path.open("rb") as file:
            return _context_tokens(file, path.name)
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read: {error.strerror}") from error
    except (struct.error, ValueError, KeyError) as error:
        raise ModelUnavailable(f"{path.name} is damaged", hint=DAMAGED_HINT) from error


def _context_tokens(file: BinaryIO, name: str) -> int | None:
    if file.read(len(MAGIC)) != MAGIC:
        raise ModelUnavailable(f"{name} is no GGUF file", hint="convert it with llama.cpp first")
    version, _, keys = _read(file, "IQQ")
    if version not in VERSIONS:
        raise ModelUnavailable(f"{name} is of version {version} of GGUF", hint=NEWER_HINT)
    if keys > _MOST_KEYS:
        raise ValueError(keys)
    for _ in range(keys):
        key = _text(file)
        value = _value(file, *_read(file, "I"))
        if key.endswith(b".context_length") and isinstance(value, int):
            return value
    return None


def _value(file: BinaryIO, kind: int) -> object:
    """Return a number or text; of an array nothing, but go past it."""
    if kind == _STRING:
        return _text(file)
    if kind != _ARRAY:
        return _read(file, _FIXED[kind])[0]
    of, length = _read(file, "IQ")
    if of in _FIXED:
        file.seek(length * struct.calcsize(_FIXED[of]), 1)
    else:
        for _ in range(length):
            _value(file, of)
    return None


def _text(file: BinaryIO) -> bytes:
    (length,) = _read(file, "Q")
    if length > _LONGEST_TEXT:
        raise ValueError(length)
    return file.read(length)


def _read(file: BinaryIO, form: str) -> tuple[int, ...]:
    return struct.unpack(f"<{form}", file.read(struct.calcsize(f"<{form}")))

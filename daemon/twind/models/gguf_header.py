"""What the beginning of a GGUF file says; see the specification of GGUF in the ggml project."""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from twind.errors import ModelUnavailable

MAGIC = b"GGUF"
VERSIONS = (2, 3)
DAMAGED_HINT = "it may have come in parts only; fetch it again and: twinctl models add FILE.gguf"
PACKAGE_HINT = "pip install 'twinctl[llm]' (it is built on this machine, which takes minutes)"
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
_MOST_DIMENSIONS = 8
_USUAL_ALIGNMENT = 32

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a file says of itself.

    Attributes:
        architecture: Kind of network, as llama.cpp names it; empty where the file does not say.
        tensors: How many tables of weights it has.
        context_tokens: How long a text the model was trained for, in its tokens, if it says so.
    """

    architecture: str
    tensors: int
    context_tokens: int | None


def read_context_tokens(path: Path) -> int | None:
    """Return how long a text the model was trained for, in its tokens, if the file says so.

    Raises:
        ModelUnavailable: It cannot be read or is no GGUF file.
    """
    return read_header(path).context_tokens


def read_header(path: Path) -> Header:
    """Read the beginning of a file.

    Raises:
        ModelUnavailable: It cannot be read or is no GGUF file.
    """
    return _read_with(_header, path)


def require_whole(path: Path) -> Header:
    """Read the header of a model that is to be kept, and see that nothing of the file is missing.

    Raises:
        ModelUnavailable: It cannot be read, is no GGUF file, holds no model or ends too early.
    """
    header = read_header(path)
    if not header.architecture or not header.tensors:
        raise ModelUnavailable(f"{path.name} holds no model", hint=DAMAGED_HINT)
    if _read_with(_last_weights, path) >= path.stat().st_size:
        raise ModelUnavailable(f"the end of {path.name} is missing", hint=DAMAGED_HINT)
    return header


def _read_with(read: Callable[[BinaryIO, str], Value], path: Path) -> Value:
    try:
        with path.open("rb") as file:
            return read(file, path.name)
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read: {error.strerror}") from error
    except (struct.error, ValueError, KeyError) as error:
        raise ModelUnavailable(f"{path.name} is damaged", hint=DAMAGED_HINT) from error


def _header(file: BinaryIO, name: str) -> Header:
    tensors, keys = _counts(file, name)
    architecture, context_tokens = "", None
    for key, value in _pairs(file, keys):
        if key == b"general.architecture" and isinstance(value, bytes):
            architecture = value.decode(errors="replace")
        elif key.endswith(b".context_length") and isinstance(value, int):
            context_tokens = value
        if architecture and context_tokens is not None:
            break
    return Header(architecture=architecture, tensors=tensors, context_tokens=context_tokens)


def _last_weights(file: BinaryIO, name: str) -> int:
    """Return where the last table of weights begins."""
    tensors, keys = _counts(file, name)
    alignment = dict(_pairs(file, keys)).get(b"general.alignment", _USUAL_ALIGNMENT)
    if not isinstance(alignment, int) or alignment < 1:
        raise ValueError(alignment)
    last = 0
    for _ in range(tensors):
        _text(file)
        (dimensions,) = _read(file, "I")
        *_, offset = _read(file, f"{min(dimensions, _MOST_DIMENSIONS)}QIQ")
        last = max(last, offset)
    return -(-file.tell() // alignment) * alignment + last


def _counts(file: BinaryIO, name: str) -> tuple[int, int]:
    """Return how many tensors and keys there are."""
    if file.read(len(MAGIC)) != MAGIC:
        raise ModelUnavailable(f"{name} is no GGUF file", hint="convert it with llama.cpp first")
    version, tensors, keys = _read(file, "IQQ")
    if version not in VERSIONS:
        raise ModelUnavailable(f"{name} is of version {version} of GGUF", hint=NEWER_HINT)
    if keys > _MOST_KEYS:
        raise ValueError(keys)
    return tensors, keys


def _pairs(file: BinaryIO, keys: int) -> Iterator[tuple[bytes, object]]:
    for _ in range(keys):
        yield _text(file), _value(file, *_read(file, "I"))


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

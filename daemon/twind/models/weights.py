"""What a safetensors file holds and where; no number of it is loaded.

Such a file is the length of its header (eight bytes, little endian), a header in JSON with each
tensor's type, shape and place, and then the numbers.
"""

import json
import struct
from dataclasses import dataclass
from pathlib import Path

_LENGTH = struct.Struct("<Q")
LIMIT_BYTES = 100_000_000
METADATA = "__metadata__"
FLOAT32 = "F32"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """A tensor in a file.

    Attributes:
        kind: How numbers are written, such as `F32`.
        shape: Its size in each dimension.
        offset: Where its numbers begin, in bytes from the beginning of the file.
        size_bytes: How much room they take.
    """

    kind: str
    shape: tuple[int, ...]
    offset: int
    size_bytes: int


def read_tensors(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a file by their names.

    Raises:
        OSError: The file cannot be read.
        ValueError: It is not a safetensors file.
    """
    with path.open("rb") as file:
        start = file.read(_LENGTH.size)
        if len(start) != _LENGTH.size:
            raise ValueError(f"{path.name} is too short")
        (length,) = _LENGTH.unpack(start)
        if length > LIMIT_BYTES:
            raise ValueError(f"the header of {path.name} is too long")
        header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError(f"the header of {path.name} is not an object")  # noqa: TRY004 - a bad file
    base = _LENGTH.size + length
    return {name: _tensor(entry, base) for name, entry in header.items() if name != METADATA}


def _tensor(entry: dict[str, object], base: int) -> Tensor:
    match entry:
        case {"dtype": str(kind), "shape": [*shape], "data_offsets": [int(start), int(end)]}:
            sizes = tuple(int(str(size)) for size in shape)
            return Tensor(kind=kind, shape=sizes, offset=base + start, size_bytes=end - start)
    raise ValueError(f"not the entry of a tensor: {entry}")

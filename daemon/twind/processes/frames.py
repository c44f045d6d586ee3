"""What travels through the pipes of a child: a JSON header and raw bytes behind it.

A frame is two unsigned 32-bit big-endian lengths, the header, the payload. JSON rather than
pickle, because a child that parsed a hostile file must not be able to run code in the daemon.
"""

import json
import struct
from typing import Any, Protocol

_LENGTHS = struct.Struct(">II")
LIMIT_BYTES = 1 << 30
PROGRESS = "progress"
"""Key in the header of a frame that is no answer yet: how many steps of all are done."""
NUMBER = "number"
"""Key in the headers of a request and of its answer where several are under way at once."""


class BrokenFrame(Exception):
    """The other side closed the pipe or sent something that is not a frame."""


class Readable(Protocol):
    """Bytes that come in, as of a pipe."""

    def read(self, count: int, /) -> bytes:
        """Return so many bytes at most, none at the end."""
        ...


class Writable(Protocol):
    """Where bytes go, as into a pipe."""

    def write(self, data: bytes, /) -> object:
        """Take bytes."""
        ...

    def flush(self) -> None:
        """Hold nothing back."""
        ...


def write_frame(stream: Writable, header: dict[str, Any], payload: bytes = b"") -> None:
    """Write one frame and flush it."""
    encoded = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(encoded), len(payload)) + encoded)
    stream.write(payload)
    stream.flush()


def read_frame(stream: Readable) -> tuple[dict[str, Any], bytes]:
    """Read one frame.

    Raises:
        BrokenFrame: The pipe ended, or a length or the header makes no sense.
    """
    header_bytes, payload_bytes = _LENGTHS.unpack(_read_exactly(stream, _LENGTHS.size))
    if header_bytes + payload_bytes > LIMIT_BYTES:
        raise BrokenFrame("the frame is too long")
    try:
        header = json.loads(_read_exactly(stream, header_bytes))
    except ValueError as error:
        raise BrokenFrame("the header is not JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrame("the header is not an object")
    return header, _read_exactly(stream, payload_bytes)


def _read_exactly(stream: Readable, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        part = stream.read(count - len(data))
        if not part:
            raise BrokenFrame("the pipe ended")
        data += part
    return bytes(data)

"""Taking a model of this machine into the library: a GGUF file, or a folder that embeds."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from twinctl.wire.codes import ErrorCode
from twind.errors import InvalidInput, ModelUnavailable
from twind.models.files import require_form
from twind.models.gguf_header import require_whole
from twind.models.layout import EXPORTED, WEIGHTS
from twind.models.library import Library, ModelKind
from twind.models.parts import FULL, drop

OnBytes = Callable[[int, int], None]

PIECE_BYTES = 8 << 20
PROGRAMS = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".msgpack", ".py", ".ot"}
"""Endings of files that are never needed; reading some of them can run a program."""

_CLONE = 0x40049409
"""Have one file share the blocks of another, as Linux's `ioctl_ficlonerange(2)` has it."""


class Adding:
    """Copies one model; begun again, it starts anew."""

    def __init__(self, path: Path, name: str | None, library: Library) -> None:
        """Look at the model; nothing is copied yet.

        Raises:
            InvalidInput: Nothing is there, or its name cannot be used.
            Conflict: There is a model of that name.
            ModelUnavailable: It is no model.
        """
        self._library = library
        self._path = path.resolve()
        if self._path.is_dir():
            self.kind = ModelKind.EMBEDDING
            require_form(self._path)
        elif self._path.is_file():
            self.kind = ModelKind.GENERATOR
            require_whole(self._path)
        else:
            raise InvalidInput(
                f"there is neither a file nor a folder {path}", code=ErrorCode.FILE_MISSING
            )
        self._place = library.place(name or path.name, self.kind)
        self._part = library.part(self._place.name)

    @property
    def name(self) -> str:
        """What the model is called here."""
        return self._place.name

    def run(self, on_bytes: OnBytes) -> None:
        """Copy the model, or share its blocks where the file system can.

        Args:
            on_bytes: Told often how much is here; what it raises ends the work.

        Raises:
            ModelUnavailable: It cannot be read, or there is no room for it.
        """
        arrived = self._part / self.name
        try:
            drop(self._part)
            self._copy_all(arrived, on_bytes)
            self._library.keep(arrived, self._place, f"file {self._path}")
        except OSError as error:
            code = ErrorCode.DISK_FULL if error.errno in FULL else None
            raise ModelUnavailable(
                f"{self._path} cannot be copied: {error.strerror}", code=code
            ) from error
        finally:
            drop(self._part)

    def _copy_all(self, arrived: Path, on_bytes: OnBytes) -> None:
        if self.kind is ModelKind.GENERATOR:
            pairs = [(self._path, arrived)]
        else:
            pairs = [(path, arrived / path.relative_to(self._path)) for path in self._needed()]
        total, done = sum(path.stat().st_size for path, _ in pairs), 0
        for source, target in pairs:
            target.parent.mkdir(parents=True, exist_ok=True)
            for count in _copied(source.resolve(), target):
                done += count
                on_bytes(done, total)

    def _needed(self) -> Iterator[Path]:
        """Yield the files of a folder that a model is run from."""
        for path in sorted(self._path.rglob("*")):
            inside = path.relative_to(self._path)
            is_other_graph = path.suffix == ".onnx" and inside != EXPORTED
            is_hidden = any(part.startswith(".") for part in inside.parts)
            is_part = path.name.startswith("model-") and path.suffix == Path(WEIGHTS).suffix
            unneeded = path.suffix in PROGRAMS or is_other_graph or is_hidden or is_part
            if path.is_file() and not unneeded:
                yield path


def _copied(source: Path, target: Path) -> Iterator[int]:
    """Bring a file to another place; yield how many bytes came, piece by piece."""
    if _share(source, target):
        yield source.stat().st_size
        return
    with source.open("rb") as reading, target.open("wb") as writing:
        while piece := reading.read(PIECE_BYTES):
            writing.write(piece)
            yield len(piece)
        writing.flush()
        os.fsync(writing.fileno())


def _share(source: Path, target: Path) -> bool:
    """Have the copy share the blocks of the file, or be a second name of it, where that goes."""
    try:
        with source.open("rb") as reading, target.open("wb") as writing:
            fcntl.ioctl(writing, _CLONE, reading.fileno())
    except OSError:
        target.unlink(missing_ok=True)
    else:
        return True
    try:
        target.hardlink_to(source)
    except OSError:
        return False
    return True

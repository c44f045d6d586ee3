"""What lies in the models folder of a home: GGUF files that write, folders that embed."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from twind.errors import Conflict, InvalidInput, ModelUnavailable, NotFound
from twind.models.files import PACKAGED, find_folder, require_usable
from twind.models.gguf_header import PACKAGE_HINT, read_header
from twind.models.layout import MODULES
from twind.models.parts import SUFFIX, bytes_in, drop, part_of
from twind.models.published import PUBLISHED

GGUF = ".gguf"
LIST_HINT = "see: twinctl models list"

_ORIGINS = ".origins"
_NAME = re.compile(r"[A-Za-z0-9][\w.+-]{0,127}")
_TAKEN = {"none", "endpoint", "extractive", "graphs", "prefixes"}


class ModelKind(StrEnum):
    """What a model is for."""

    EMBEDDING = "embedding"
    GENERATOR = "generator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A model that is here, or that could be.

    Attributes:
        name: What it is used and removed by.
        kind: What it is for.
        path: Its file or folder; None where it is not here.
        bytes: What it takes on the disk, where it is here.
        origin: Where it comes from, in words.
        problem: Why it cannot be used, else None.
    """

    name: str
    kind: ModelKind
    path: Path | None
    bytes: int | None
    origin: str
    problem: ModelUnavailable | None = None


class Library:
    """The models folder and the models that are known by name."""

    def __init__(self, models: Path) -> None:
        self.models = models

    def entries(self) -> list[Entry]:
        """Return every model, those that embed first."""
        here = list(self._here())
        names = {entry.name for entry in here}
        known = [self._known(name) for name in PUBLISHED if name not in names]
        return sorted([*known, *here], key=lambda entry: (entry.kind, entry.name.lower()))

    def outside(self, folder: Path) -> Entry:
        """Return a model that embeds from a folder elsewhere."""
        return self._embedder(folder.name, folder, f"folder {folder}")

    def find(self, name: str) -> Entry:
        """Return a model by its name; the ending of a file may be left out.

        Raises:
            NotFound: No such model.
        """
        entries = {entry.name: entry for entry in self.entries()}
        found = entries.get(name) or entries.get(name + GGUF)
        if found is None:
            raise NotFound(f"there is no model {name!r}", hint=LIST_HINT)
        return found

    def place(self, name: str, kind: ModelKind) -> Path:
        """Return where a new model goes.

        Raises:
            InvalidInput: No model can have that name.
            Conflict: There is one of that name.
        """
        if kind is ModelKind.GENERATOR and not name.endswith(GGUF):
            name += GGUF
        if not _NAME.fullmatch(name) or name in _TAKEN or name.endswith(SUFFIX):
            raise InvalidInput(
                f"no model can be called {name!r}",
                hint="letters, digits, dots and dashes; give another with: --name NAME",
            )
        place = self.models / name
        if place.exists():
            raise Conflict(
                f"there is a model {name!r} already",
                hint=f"give another name with --name, or first: twinctl models remove {name}",
            )
        return place

    def part(self, name: str) -> Path:
        """Return the folder in which a model arrives."""
        return part_of(self.models, name)

    def keep(self, arrived: Path, place: Path, origin: str) -> None:
        """Take in what has arrived, at once and whole."""
        note = self._note(place)
        note.parent.mkdir(exist_ok=True)
        note.write_text(origin, encoding="utf-8")
        arrived.replace(place)

    def origin(self, place: Path) -> str | None:
        """Return where what lies at a place came from, if that was noted."""
        note = self._note(place)
        return note.read_text(encoding="utf-8") if note.is_file() else None

    def remove(self, entry: Entry) -> None:
        """Remove a model from the folder.

        Raises:
            Conflict: It does not lie in the folder.
        """
        path = entry.path
        if path is None or path.parent != self.models:
            raise Conflict(f"{entry.name} is not in {self.models}", hint=LIST_HINT)
        if path.is_dir():
            # Gone at once; a crash in the middle leaves no half model behind.
            gone = part_of(self.models, entry.name)
            drop(gone)
            path.replace(gone)
            drop(gone)
        else:
            path.unlink()
        self._note(path).unlink(missing_ok=True)

    def _here(self) -> Iterator[Entry]:
        for path in sorted(self.models.glob("*")):
            if path.name.endswith(GGUF) and path.is_file():
                yield self._generator(path)
            elif (path / MODULES).is_file() and not path.name.endswith(SUFFIX):
                yield self._embedder(path.name, path, self.origin(path) or _published(path.name))

    def _known(self, name: str) -> Entry:
        folder = find_folder(name, self.models)
        if folder is not None:
            return self._embedder(name, folder, f"package {PACKAGED[name]}")
        return Entry(
            name=name,
            kind=ModelKind.EMBEDDING,
            path=None,
            bytes=None,
            origin=_published(name),
            problem=ModelUnavailable("it is not here", hint=f"twinctl models pull {name}"),
        )

    def _generator(self, path: Path) -> Entry:
        return Entry(
            name=path.name,
            kind=ModelKind.GENERATOR,
            path=path,
            bytes=path.stat().st_size,
            origin=self.origin(path) or _BY_HAND,
            problem=_generator_problem(path),
        )

    def _embedder(self, name: str, folder: Path, origin: str) -> Entry:
        problem = None
        try:
            require_usable(name, folder)
        except ModelUnavailable as error:
            problem = error
        return Entry(
            name=name,
            kind=ModelKind.EMBEDDING,
            path=folder,
            bytes=bytes_in(folder),
            origin=origin,
            problem=problem,
        )

    def _note(self, place: Path) -> Path:
        return self.models / _ORIGINS / place.name


_BY_HAND = "put there by hand"


def _published(name: str) -> str:
    return f"hub {PUBLISHED[name].repository}" if name in PUBLISHED else _BY_HAND


def _generator_problem(path: Path) -> ModelUnavailable | None:
    if find_spec("llama_cpp") is None:
        return ModelUnavailable("nothing here runs GGUF models", hint=PACKAGE_HINT)
    try:
        read_header(path)
    except ModelUnavailable as error:
        return error
    return None


def free_bytes(models: Path) -> int:
    """Return what the disk of the models folder can still take."""
    return shutil.disk_usage(models).free

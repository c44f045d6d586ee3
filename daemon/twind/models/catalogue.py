"""All models with what is used of them: those of the library, and those without a file."""

from dataclasses import dataclass
from pathlib import Path

from twind.errors import Conflict, ModelUnavailable
from twind.models.files import NONE
from twind.models.generators import ENDPOINT, EXTRACTIVE, FILE_PREFIX, GeneratorRegistry
from twind.models.library import Entry, Library, ModelKind
from twind.models.registry import EmbedderRegistry

EMBEDDING_SETTING, GENERATOR_SETTING = "models.embedding", "models.generator"
SERVER_HINT = "twinctl config set models.endpoint_url http://127.0.0.1:11434/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A model that is to be used, and the setting that says so.

    Attributes:
        name: As the list has it, or `none`.
        kind: What it is for.
        value: Value of the setting.
    """

    name: str
    kind: ModelKind
    value: str

    @property
    def setting(self) -> str:
        """Key of the setting."""
        return EMBEDDING_SETTING if self.kind is ModelKind.EMBEDDING else GENERATOR_SETTING


class Catalogue:
    """Lists, finds and removes models."""

    def __init__(
        self, library: Library, embedders: EmbedderRegistry, generators: GeneratorRegistry
    ) -> None:
        self.library = library
        self._embedders = embedders
        self._generators = generators

    def entries(self) -> list[tuple[Entry, bool]]:
        """Return every model, and whether it is used."""
        others = [self._outside(), _EXTRACTIVE, self._server()]
        found = [entry for entry in [*self.library.entries(), *others] if entry is not None]
        return [(entry, self.is_used(entry)) for entry in found]

    def is_used(self, entry: Entry) -> bool:
        """Say whether a model embeds or writes now."""
        if entry.kind is ModelKind.EMBEDDING:
            current = self._embedders.current
            is_meant = Path(self._embedders.name).expanduser() in {Path(entry.name), entry.path}
            return current is not None and is_meant
        return self._generators.name.partition(":")[0] == entry.name or (
            self._generators.name == FILE_PREFIX + entry.name
        )

    def choose(self, name: str) -> Choice:
        """Return what is meant by a name: one of the list, or `none` for no embedding model.

        Raises:
            NotFound: No such model.
            ModelUnavailable: It cannot be used.
        """
        if name == NONE:
            return Choice(name=name, kind=ModelKind.EMBEDDING, value=NONE)
        if name in {EXTRACTIVE, ENDPOINT}:
            return Choice(name=name, kind=ModelKind.GENERATOR, value=name)
        entry = self.library.find(name.removeprefix(FILE_PREFIX))
        if entry.problem is not None:
            raise ModelUnavailable(
                f"{entry.name} cannot be used: {entry.problem.message}", hint=entry.problem.hint
            )
        prefix = FILE_PREFIX if entry.kind is ModelKind.GENERATOR else ""
        return Choice(name=entry.name, kind=entry.kind, value=prefix + entry.name)

    def remove(self, name: str, *, is_held: bool) -> Entry:
        """Remove a model from the disk and return it as it was.

        Args:
            name: Of the list.
            is_held: Whether vectors that answer were made by it.

        Raises:
            NotFound: No such model.
            Conflict: It is used, or does not lie in the models folder.
        """
        entry = self.library.find(name)
        if self.is_used(entry):
            other = "NAME" if entry.kind is ModelKind.EMBEDDING else EXTRACTIVE
            raise Conflict(f"{entry.name} is in use", hint=f"first: twinctl models use {other}")
        if is_held and entry.kind is ModelKind.EMBEDDING:
            raise Conflict(
                f"{entry.name} answers until the vectors of the model after it are made",
                hint="wait for them; see: twinctl status",
            )
        self.library.remove(entry)
        return entry

    def _outside(self) -> Entry | None:
        """Return the model of the settings where they name a folder elsewhere."""
        folder = Path(self._embedders.name).expanduser()
        is_elsewhere = folder.is_absolute() and folder.is_dir()
        return self.library.outside(folder) if is_elsewhere else None

    def _server(self) -> Entry | None:
        """Return the server that writes, where the settings name one."""
        options = self._generators.options()
        if not options.endpoint_url and not options.endpoint_model:
            return None
        lacking = None
        if not options.endpoint_url:
            lacking = ModelUnavailable("models.endpoint_url is not set", hint=SERVER_HINT)
        elif not options.endpoint_model:
            lacking = ModelUnavailable(
                "models.endpoint_model is not set",
                hint="twinctl config set models.endpoint_model NAME",
            )
        return Entry(
            name=ENDPOINT,
            kind=ModelKind.GENERATOR,
            path=None,
            bytes=None,
            origin=" at ".join(filter(None, [options.endpoint_model, options.endpoint_url])),
            problem=lacking,
        )


_EXTRACTIVE = Entry(
    name=EXTRACTIVE,
    kind=ModelKind.GENERATOR,
    path=None,
    bytes=None,
    origin="built in: sentences of the sources",
)

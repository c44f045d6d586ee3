"""Which model writes answers: none, a local file, or a server."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from twind.errors import ModelUnavailable
from twind.models.base import TextGenerator
from twind.models.endpoint import EndpointGenerator
from twind.models.endpoint_key import key_reader

log = logging.getLogger(__name__)

EXTRACTIVE = "extractive"
ENDPOINT = "endpoint"
FILE_PREFIX = "gguf:"

CHOICES_HINT = "twinctl models list"


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratorOptions:
    """What the settings say about models that write.

    Attributes:
        name: `extractive`, `gguf:NAME` or `endpoint`.
        threads: Of a local model; 0 takes all cores.
        keep_alive_s: How long a local model stays loaded; -1 for ever.
        models: Folder of local models.
        key_file: Where the key of the server is, unless the environment has it.
    """

    name: str
    endpoint_url: str
    endpoint_model: str
    context_tokens: int
    threads: int
    keep_alive_s: float
    models: Path
    key_file: Path


class Backend(TextGenerator, Protocol):
    """A generator as its registry keeps it."""

    def close(self) -> None:
        """Free what it holds."""


class GeneratorRegistry:
    """Hands out what writes answers, and exchanges it while the daemon runs.

    Attributes:
        problem: Why the generator of the settings cannot be used, else None.
    """

    def __init__(self, read_options: Callable[[], GeneratorOptions]) -> None:
        """Take what reads the settings, at the start and at each `use`."""
        self._read_options = read_options
        self._lock = threading.Lock()
        self._current: Backend | None = None
        self.problem: ModelUnavailable | None = None
        options = read_options()
        self._prefixes = _prefixes(options)
        try:
            self._current = _built(options.name, options)
        except ModelUnavailable as error:
            log.warning("no generator: %s", error.message)
            self.problem = error

    @property
    def current(self) -> TextGenerator | None:
        """What writes answers; None where sentences of the sources are the answer."""
        return self._current

    @property
    def name(self) -> str:
        """Name of what writes answers."""
        current = self._current
        return current.name if current else EXTRACTIVE

    def options(self) -> GeneratorOptions:
        """Return the settings as they are now."""
        return self._read_options()

    def use(self, name: str) -> None:
        """Have a generator write from now on, by the settings as they are now.

        Raises:
            ModelUnavailable: There is no such generator; what wrote goes on.
        """
        built = _built(name, self._read_options())
        with self._lock:
            replaced, self._current = self._current, built
            self.problem = None
        if replaced is not None:
            replaced.close()

    def examine(self) -> str:
        """Return in a few words what writes; a server is asked for its models, nothing is loaded.

        Raises:
            ModelUnavailable: The generator of the settings cannot be used.
            GeneratorFailed: The server could not write now.
        """
        if self.problem is not None:
            raise self.problem
        current = self._current
        if isinstance(current, EndpointGenerator):
            return current.examine()
        return current.name if current else f"{EXTRACTIVE}: sentences of the sources"

    def forget_prefixes(self) -> None:
        """Delete the files of what prompts begin with: personas are in them.

        They are made again by the next questions.
        """
        for path in self._prefixes.glob("*"):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                log.warning("the state of a prefix is not deleted: %s", error)

    def close(self) -> None:
        """Free what the generator holds."""
        if self._current is not None:
            self._current.close()


def _built(name: str, options: GeneratorOptions) -> Backend | None:
    if name == EXTRACTIVE:
        return None
    if name == ENDPOINT:
        return _endpoint(options)
    if name.startswith(FILE_PREFIX):
        return _local(name.removeprefix(FILE_PREFIX), options)
    raise ModelUnavailable(
        f"nothing that writes is called {name!r}; it is {EXTRACTIVE}, {FILE_PREFIX}NAME or "
        f"{ENDPOINT}",
        hint=CHOICES_HINT,
    )


def _endpoint(options: GeneratorOptions) -> EndpointGenerator:
    model = options.endpoint_model
    if not model:
        raise ModelUnavailable(
            "it is not said which model the server is to write with",
            hint="twinctl config set models.endpoint_model NAME",
        )
    return EndpointGenerator(
        name=f"{ENDPOINT}:{model}",
        base_url=options.endpoint_url,
        model=model,
        key=key_reader(options.key_file),
        context_tokens=options.context_tokens,
    )


def _local(file_name: str, options: GeneratorOptions) -> Backend:
    from twind.models.gguf import LocalGenerator

    path = options.models / file_name
    if path.parent != options.models or not path.is_file():
        raise ModelUnavailable(f"there is no local model {file_name!r}", hint=CHOICES_HINT)
    return LocalGenerator(
        path,
        prefixes=_prefixes(options),
        context_tokens=options.context_tokens,
        threads=options.threads,
        keep_alive_s=options.keep_alive_s,
    )


def _prefixes(options: GeneratorOptions) -> Path:
    return options.models / "prefixes"

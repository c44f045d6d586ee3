"""One child that runs a GGUF model, and what its end means."""

import os
import secrets
import shutil
import signal
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from twind.errors import GeneratorFailed
from twind.models.endpoint import EndpointGenerator
from twind.models.gguf_header import DAMAGED_HINT, NEWER_HINT
from twind.processes.child import Child, ChildDied, ChildTimedOut

LOAD_S = 300.0
DYING_S = 0.3
"""Between the end of a connection and that of the process behind it."""
MEMORY_HINT = "take a smaller model, or: twinctl config set models.context_tokens 2048"
PATIENT = {"GOMP_SPINCOUNT": "800"}
"""Threads of llama.cpp that wait spin for some 20 microseconds, then sleep. They would spin for
milliseconds, and where anything else runs on the same cores take the processor from those they
wait for: a text is then written ten times more slowly. With fewer spins they would sleep, and
be woken, dozens of times a token on free cores, too."""
LOG_HINT = "see why with: twinctl daemon logs"

_MEMORY = ("alloc", "memory")
_NEWER = (
    "unknown model architecture",
    "unknown pre-tokenizer",
    "unsupported",
    "invalid ggml type",
)


class LoadRefused(GeneratorFailed):
    """llama.cpp does not load this file, however often it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How a model is run.

    Attributes:
        model: The GGUF file.
        prefixes: Folder for states of prefixes.
        context_tokens: What prompt and answer may share at most.
        threads: Threads of computation; 0 for all cores.
    """

    model: Path
    prefixes: Path
    context_tokens: int
    threads: int


class GgufProcess:
    """Runs from the moment it is made; the model is loaded when it is first asked for."""

    def __init__(self, launch: Launch) -> None:
        """Start it; the model is loaded later.

        Raises:
            GeneratorFailed: No process can be started.
        """
        self._launch = launch
        self._loading = threading.Lock()
        self._endpoint: EndpointGenerator | None = None
        # Its own folder, because addresses of sockets must be short and homes may be deep.
        self._folder = Path(tempfile.mkdtemp(prefix="twind-"))
        try:
            self._child = Child("twind.models.gguf_child", [], os.environ | PATIENT)
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise GeneratorFailed(
                f"no process can be started for {launch.model.name}: {error.strerror}",
                hint=LOG_HINT,
            ) from error

    @property
    def pid(self) -> int:
        """Process id."""
        return self._child.pid

    def endpoint(self) -> EndpointGenerator:
        """Return what talks to the model, once that is loaded.

        Raises:
            LoadRefused: The file cannot be used.
            GeneratorFailed: The process died or took too long.
        """
        with self._loading:
            if self._endpoint is None:
                self._endpoint = self._load()
            return self._endpoint

    def exit_code(self) -> int | None:
        """Return how the process ended, or None while it lives."""
        return self._child.exit_code(within_s=DYING_S)

    def end(self) -> None:
        """End it now, whatever it does; again at no harm."""
        self._child.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _load(self) -> EndpointGenerator:
        launch, token, socket = self._launch, secrets.token_urlsafe(32), self._folder / "llm.sock"
        header = {
            "model": str(launch.model),
            "prefixes": str(launch.prefixes),
            "context_tokens": launch.context_tokens,
            "threads": launch.threads,
            "socket": str(socket),
            "token": token,
        }
        try:
            answer, _ = self._child.request(header, timeout_s=LOAD_S)
        except ChildDied as error:
            raise died(launch.model.name, error.exit_code) from error
        except ChildTimedOut as error:
            raise LoadRefused(
                f"{launch.model.name} was not loaded within {LOAD_S:.0f} s", hint=MEMORY_HINT
            ) from error
        if answer["problem"] is not None:
            raise refused(launch.model.name, answer["problem"])
        return EndpointGenerator(
            name=f"gguf:{launch.model.name}",
            base_url="http://localhost/v1",
            model=launch.model.name,
            key=lambda: token,
            context_tokens=answer["context_tokens"],
            uds=socket,
        )


def died(name: str, exit_code: int) -> GeneratorFailed:
    """Return what the exit code of a child that was not told to end means."""
    if exit_code == -signal.SIGKILL:
        return GeneratorFailed(
            f"the process that runs {name} was killed, most likely for lack of memory",
            hint=MEMORY_HINT,
        )
    return GeneratorFailed(f"the process that runs {name} broke down ({exit_code})", hint=LOG_HINT)


def refused(name: str, problem: str) -> LoadRefused:
    """Return what the words of llama.cpp about a file mean."""
    said = problem.lower()
    hint = DAMAGED_HINT
    if any(word in said for word in _NEWER):
        hint = NEWER_HINT
    elif any(word in said for word in _MEMORY):
        hint = MEMORY_HINT
    return LoadRefused(f"{name} cannot be loaded: {problem}", hint=hint)

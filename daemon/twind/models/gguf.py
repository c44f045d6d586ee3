"""Text from a GGUF model in a child that starts on first use and ends after a keep-alive."""

import logging
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path

from twind.errors import GeneratorFailed, ModelUnavailable
from twind.models.base import Prompt
from twind.models.gguf_header import PACKAGE_HINT, read_context_tokens
from twind.models.gguf_process import GgufProcess, Launch, LoadRefused, died

log = logging.getLogger(__name__)

LEAST_REST_S = 2.0
"""Even at a keep-alive of 0 the child stays for this long: one answer takes several requests."""


class LocalGenerator:
    """A `TextGenerator` over one child."""

    def __init__(
        self,
        model: Path,
        *,
        prefixes: Path,
        context_tokens: int,
        threads: int,
        keep_alive_s: float,
    ) -> None:
        """Look at the file; nothing is started yet.

        Raises:
            ModelUnavailable: llama-cpp-python is missing, or the file is no GGUF.
        """
        if find_spec("llama_cpp") is None:
            raise ModelUnavailable("nothing here runs GGUF models", hint=PACKAGE_HINT)
        trained_for = read_context_tokens(model)
        self._launch = Launch(
            model=model,
            prefixes=prefixes,
            context_tokens=min(context_tokens, trained_for or context_tokens),
            threads=threads,
        )
        self._rest_s = None if keep_alive_s < 0 else max(keep_alive_s, LEAST_REST_S)
        self._lock = threading.Lock()
        self._process: GgufProcess | None = None
        self._users = 0
        self._used_at = 0.0
        self._alarm = threading.Timer(0, self._end_rested)
        self._is_closed = False

    @property
    def name(self) -> str:
        """What answers name as their generator."""
        return f"gguf:{self._launch.model.name}"

    @property
    def context_tokens(self) -> int:
        """What prompt and text share, in the model's tokens."""
        return self._launch.context_tokens

    @property
    def child_pid(self) -> int | None:
        """Process that holds the model, while one does."""
        process = self._process
        return process.pid if process else None

    def count_tokens(self, prompts: Sequence[Prompt]) -> int:
        """Return how many tokens the prompts take as the model's own template puts them.

        Raises:
            GeneratorFailed: The model cannot be loaded, or its process keeps dying.
        """
        may_retry = True
        while True:
            with self._using() as process:
                try:
                    return process.endpoint().count_tokens(prompts)
                except GeneratorFailed as failure:
                    self._forgive(process, failure, may_retry=may_retry)
            may_retry = False

    def stream(self, prompts: Sequence[Prompt], *, max_tokens: int) -> Generator[str, None, None]:
        """Yield the text as it is written; closing the generator stops the work.

        A process that dies before the first word gets one successor.

        Raises:
            GeneratorFailed: The model cannot be loaded, the prompt is too long, or the process
                died.
        """
        may_retry = True
        while True:
            with self._using() as process:
                try:
                    with closing(
                        process.endpoint().stream(prompts, max_tokens=max_tokens)
                    ) as pieces:
                        for piece in pieces:
                            may_retry = may_retry and not piece
                            yield piece
                except GeneratorFailed as failure:
                    self._forgive(process, failure, may_retry=may_retry)
                else:
                    return
            may_retry = False

    def close(self) -> None:
        """End the child; whoever waits for its text gets GeneratorFailed."""
        with self._lock:
            self._is_closed = True
            self._alarm.cancel()
            self._end()

    @contextmanager
    def _using(self) -> Iterator[GgufProcess]:
        with self._lock:
            if self._is_closed:
                raise GeneratorFailed("the daemon is shutting down")
            if self._process is None:
                self._process = GgufProcess(self._launch)
            process = self._process
            self._users += 1
        try:
            yield process
        finally:
            with self._lock:
                self._users -= 1
                self._used_at = time.monotonic()
                self._rest()

    def _forgive(self, process: GgufProcess, failure: GeneratorFailed, *, may_retry: bool) -> None:
        """Return where the process died and another try is due, else raise."""
        exit_code = process.exit_code()
        if exit_code is None and not isinstance(failure, LoadRefused):
            raise failure
        with self._lock:
            if self._process is process:
                self._end()
        if exit_code is None:
            raise failure
        log.warning("the process that runs %s ended: %s", self.name, exit_code)
        if not may_retry or self._is_closed:
            raise died(self._launch.model.name, exit_code) from failure

    def _rest(self) -> None:
        """Have the child ended once nobody has used it for the keep-alive."""
        self._alarm.cancel()
        if self._rest_s is not None:
            self._alarm = threading.Timer(self._rest_s, self._end_rested)
            self._alarm.daemon = True
            self._alarm.start()

    def _end_rested(self) -> None:
        with self._lock:
            has_rested = time.monotonic() - self._used_at >= (self._rest_s or 0)
            if has_rested and not self._users:
                self._end()

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None

"""The daemon's side of extraction: a few limited children, and what they say, checked."""

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.domain.chunks import Chunk, Locator
from twind.domain.documents import Document
from twind.errors import ExtractionFailed
from twind.processes.child import Child, ChildDied, ChildTimedOut, OnProgress
from twind.processes.memory import give_back_freed

log = logging.getLogger(__name__)

CHILDREN = 2
FILES_PER_CHILD = 500
PLAIN_MAX_TOKENS = 256
KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "PYTHONPATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionLimits:
    """What one file may take: memory, and time without getting a page further.

    Children that were without work for `idle_s` end.
    """

    timeout_s: float
    memory_bytes: int
    idle_s: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The text of a file, its title, and its chunks, each of them a span of the text."""

    document: Document
    title: str
    chunks: tuple[Chunk, ...]


class Extraction:
    """Parses files in child processes that may die without harm."""

    def __init__(
        self, limits: ExtractionLimits, *, tokenizer: Path | None, max_tokens: int | None
    ) -> None:
        self._limits = limits
        self._settings = _settings(limits, tokenizer, max_tokens)
        self._idle: LifoQueue[_Worker | None] = LifoQueue()
        for _ in range(CHILDREN):
            self._idle.put(None)
        self._used_at = 0.0
        self._ending: threading.Timer | None = None
        self._lock = threading.Lock()

    def extract(
        self,
        path: Path,
        *,
        name: str,
        title: str | None,
        charset: str | None = None,
        is_page: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Extracted:
        """Return the text and chunks of the file at `path`, which is called `name`.

        Args:
            path: Where its bytes lie.
            name: What it is called where it came from; its ending is a hint.
            title: Title that is given to it, if any.
            charset: How text is written, where its server says.
            is_page: A web server sent it: it is judged whether it is content at all.
            on_progress: Told now and then how many pages of all are read; what it raises ends
                the work.

        Raises:
            ExtractionFailed: With a code that says why there is no text.
        """
        with self._worker() as worker:
            request = {
                "path": str(path),
                "name": name,
                "title": title,
                "charset": charset,
                "is_page": is_page,
            }
            reply, payload = worker.parse(request, self._limits.timeout_s, on_progress)
        if not reply.get("ok"):
            error = reply["error"]
            raise ExtractionFailed(
                error["message"], hint=error["hint"], code=ErrorCode(error["code"])
            )
        return _decode(reply, payload.decode())

    def cut_by(self, tokenizer: Path | None, max_tokens: int | None) -> None:
        """Have what is read from now on cut for another model; a file at work stays as it was.

        Args:
            tokenizer: File of the tokenizer that chunks are measured with; None counts words.
            max_tokens: Longest chunk in its tokens; None takes a usual length.
        """
        self._settings = _settings(self._limits, tokenizer, max_tokens)
        self._end_idle()

    def close(self) -> None:
        """End the children, waiting for those at work."""
        with self._lock:
            if self._ending is not None:
                self._ending.cancel()
        for _ in range(CHILDREN):
            _end(self._idle.get())

    @contextmanager
    def _worker(self) -> Iterator["_Worker"]:
        """Lend a child; one that is not done with its work when it comes back is dead."""
        worker = self._idle.get()
        kept = None
        try:
            if worker is None or not worker.is_fit(self._settings):
                _end(worker)
                worker = _Worker(self._settings)
            yield worker
            kept = worker
        finally:
            self._idle.put(kept)
            self._end_later()

    def _end_later(self) -> None:
        """Begin anew to count the time without work after which the children end."""
        with self._lock:
            self._used_at = time.monotonic()
            if self._ending is None:
                self._look_in(self._limits.idle_s)

    def _look_in(self, wait_s: float) -> None:
        self._ending = threading.Timer(wait_s, self._end_unless_used)
        self._ending.daemon = True
        self._ending.start()

    def _end_unless_used(self) -> None:
        """End the children if the time is up, else look again when it may be."""
        with self._lock:
            left_s = self._used_at + self._limits.idle_s - time.monotonic()
            if left_s > 0:
                self._look_in(left_s)
                return
            self._ending = None
        self._end_idle()

    def _end_idle(self) -> None:
        """End the children that are not at work, and let go of what their files took here."""
        idle = []
        with suppress(Empty):
            while True:
                idle.append(self._idle.get_nowait())
        for worker in idle:
            _end(worker)
            self._idle.put(None)
        give_back_freed()


class _Worker:
    """A child and how many files it has parsed."""

    def __init__(self, settings: str) -> None:
        environ = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
        self.child = Child("twind.ingest.extractor_child", [settings], environ)
        self._settings = settings
        self._files = 0

    def is_fit(self, settings: str) -> bool:
        """Say whether it may go on: it is not worn and does what is wanted now."""
        return self._files < FILES_PER_CHILD and self._settings == settings

    def parse(
        self, request: dict[str, Any], timeout_s: float, on_progress: OnProgress | None
    ) -> tuple[dict[str, Any], bytes]:
        self._files += 1
        try:
            return self.child.request(request, timeout_s=timeout_s, on_progress=on_progress)
        except ChildTimedOut as error:
            raise ExtractionFailed(
                f"reading the file got no further for {timeout_s:g} seconds",
                code=ErrorCode.EXTRACT_TIMEOUT,
                hint="give it more time with: twinctl config set ingest.timeout_s 600",
            ) from error
        except ChildDied as error:
            log.warning("an extractor ended with %d on %s", error.exit_code, request["name"])
            raise ExtractionFailed(
                f"the program that reads the file died ({_cause(error.exit_code)})",
                code=ErrorCode.EXTRACT_CRASHED,
                hint="the file may be damaged; open it and save it again, then ingest it anew",
            ) from error


def _settings(limits: ExtractionLimits, tokenizer: Path | None, max_tokens: int | None) -> str:
    """Return what a child is started with."""
    return json.dumps(
        {
            "memory_bytes": limits.memory_bytes,
            "tokenizer": str(tokenizer) if tokenizer else None,
            "max_tokens": max_tokens or PLAIN_MAX_TOKENS,
        }
    )


def _end(worker: _Worker | None) -> None:
    if worker is not None:
        worker.child.kill()


def _cause(exit_code: int) -> str:
    if exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


def _decode(facts: dict[str, Any], text: str) -> Extracted:
    """Build the value from what the child sent, which is not trusted: spans are checked."""
    chunks = []
    for start, end, page, heading, seconds in facts["spans"]:
        if not 0 <= start < end <= len(text):
            raise ExtractionFailed("the extractor sent a chunk outside the text")
        locator = Locator(
            start_char=start, end_char=end, page=page, heading=heading, start_seconds=seconds
        )
        chunks.append(Chunk(text=text[start:end], locator=locator))
    document = Document(
        text=text,
        blocks=(),
        author=facts["author"],
        published=facts["published"],
        url=facts["url"],
        pages=facts["pages"],
    )
    return Extracted(document=document, title=facts["title"], chunks=tuple(chunks))

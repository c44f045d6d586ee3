"""Fetching a published model into the home; the hub's library runs in a child."""

import logging
import os
import shutil
import threading
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from twind.errors import ModelUnavailable
from twind.models.published import Published
from twind.processes.child import Child, ChildDied, ChildTimedOut

log = logging.getLogger(__name__)

PROBE_S = 3.0
FILE_S = 1800.0
TRUE = {"1", "on", "yes", "true"}


def may_fetch(environ: Mapping[str, str] = os.environ) -> bool:
    """Say whether the hub's library is here and its owner lets it on the net."""
    offline = environ.get("HF_HUB_OFFLINE", "").lower() in TRUE
    return not offline and find_spec("huggingface_hub") is not None


class Fetch:
    """Fetches one model; `stop` ends it from another thread."""

    def __init__(self, published: Published, folder: Path) -> None:
        self._published = published
        self._folder = folder
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._stopped = False

    def run(self) -> None:
        """Fetch the files; the folder appears when all of them are there.

        Raises:
            ModelUnavailable: The hub cannot be reached, or what it sends is not what it should be.
        """
        part = self._folder.with_name(f"{self._folder.name}.part")
        try:
            part.mkdir(parents=True, exist_ok=True)
            child = self._start(part)
            try:
                for path, sha256 in self._published.files.items():
                    self._fetch(child, path, sha256)
            finally:
                child.kill()
            shutil.rmtree(part / ".cache", ignore_errors=True)
            part.replace(self._folder)
        except OSError as error:
            raise ModelUnavailable(f"the embedding model cannot be kept: {error}") from error

    def stop(self) -> None:
        """End the child, now or as soon as it starts."""
        with self._lock:
            self._stopped = True
            if self._child is not None:
                self._child.kill()

    def _start(self, part: Path) -> Child:
        with self._lock:
            if self._stopped:
                raise ModelUnavailable("the daemon is shutting down")
            self._child = Child("twind.models.fetch_child", [str(part)], os.environ)
            return self._child

    def _fetch(self, child: Child, path: str, sha256: str) -> None:
        request = {
            "repository": self._published.repository,
            "revision": self._published.revision,
            "path": path,
            "sha256": sha256,
        }
        first = path == next(iter(self._published.files))
        try:
            answer, _ = child.request(request, timeout_s=PROBE_S if first else FILE_S)
        except (ChildDied, ChildTimedOut) as error:
            raise ModelUnavailable("the model hub cannot be reached") from error
        if answer["problem"] is not None:
            raise ModelUnavailable(f"the model hub did not give {path}: {answer['problem']}")
        log.info("fetched %s of %s", path, self._published.repository)

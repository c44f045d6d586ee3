"""The model hub, through its own library in a child; its address is that of `HF_ENDPOINT`."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.errors import ModelUnavailable
from twind.processes.child import Child, ChildDied, ChildTimedOut

LIST_S = 30.0
FILE_S = 600.0
"""How long the child may be silent: while it compares a checksum. While a file comes it speaks
several times a second."""

AGAIN_HINT = "then, to go on where it was: twinctl models pull NAME"

_HINTS = {
    ErrorCode.UNREACHABLE: f"look at the net, {AGAIN_HINT}",
    ErrorCode.NOT_FOUND: "look the name up at https://huggingface.co/models",
    ErrorCode.CHECKSUM_MISMATCH: "fetch it again; what came is thrown away",
    ErrorCode.DISK_FULL: f"make room, {AGAIN_HINT}",
    ErrorCode.MODEL_UNAVAILABLE: "fetch it by hand, then: twinctl models add FILE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file of a repository.

    Attributes:
        path: Inside the repository.
        bytes: Its length, where it is known.
        checksum: SHA-256 of its bytes, or SHA-1 of git's blob, which the hub has of small files.
    """

    path: str
    bytes: int | None = None
    checksum: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The files of a repository at one commit."""

    repository: str
    commit: str
    files: tuple[HubFile, ...]


class Hub:
    """Fetches into one folder; where some bytes of a file are there, the rest is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._is_closed = False

    def list(self, repository: str, revision: str) -> Listing:
        """Return what a repository holds at a branch or commit.

        Raises:
            ModelUnavailable: With a code that says why not.
        """
        request = {"repository": repository, "revision": revision}
        answer = self._ask({"do": "list", **request}, LIST_S, None)
        files = tuple(
            HubFile(path=one["path"], bytes=one["bytes"], checksum=one["checksum"])
            for one in answer["files"]
            if is_inside(one["path"])
        )
        return Listing(repository=repository, commit=answer["commit"], files=files)

    def fetch(
        self,
        repository: str,
        commit: str,
        file: HubFile,
        on_bytes: Callable[[int], None] | None = None,
        timeout_s: float = FILE_S,
    ) -> None:
        """Bring a file into the folder, under its own path, and compare its checksum.

        Args:
            repository: Owner and name.
            commit: Of the file.
            file: What is wanted.
            on_bytes: Told often how many bytes are here; what it raises ends the work.
            timeout_s: How long nothing may be heard.

        Raises:
            ModelUnavailable: With a code that says why not.
        """
        request = {
            "do": "fetch",
            "repository": repository,
            "revision": commit,
            "path": file.path,
            "checksum": file.checksum,
        }
        self._ask(request, timeout_s, on_bytes)

    def close(self) -> None:
        """End the child, now or as soon as it starts; from any thread."""
        with self._lock:
            self._is_closed = True
            if self._child is not None:
                self._child.kill()

    def _ask(
        self,
        request: dict[str, Any],
        timeout_s: float,
        on_bytes: Callable[[int], None] | None,
    ) -> dict[str, Any]:
        def on_progress(done: int, _total: int) -> None:
            if on_bytes is not None:
                on_bytes(done)

        try:
            answer, _ = self._running_child().request(
                request, timeout_s=timeout_s, on_progress=on_progress
            )
        except (ChildDied, ChildTimedOut) as error:
            raise _failed(ErrorCode.UNREACHABLE, "the model hub cannot be reached") from error
        if answer["problem"] is not None:
            raise _failed(ErrorCode(answer["code"]), answer["problem"])
        return answer

    def _running_child(self) -> Child:
        with self._lock:
            if self._is_closed:
                raise ModelUnavailable("the daemon is shutting down")
            if self._child is None:
                self._child = Child("twind.models.fetch_child", [str(self._folder)], os.environ)
            return self._child


def is_inside(path: str) -> bool:
    """Say whether a path stays below the folder that it is put to."""
    parts = PurePosixPath(path)
    return bool(path) and not parts.is_absolute() and ".." not in parts.parts


def _failed(code: ErrorCode, problem: str) -> ModelUnavailable:
    return ModelUnavailable(problem, code=code, hint=_HINTS.get(code))

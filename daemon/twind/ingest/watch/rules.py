"""What of a watched folder is taken: its globs, its `.twinignore` files, and never litter."""

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from twinctl.wire.folders import IGNORE_FILE, is_content, is_left_out
from twind.domain.watches import Watch
from twind.errors import InvalidInput

log = logging.getLogger(__name__)

_NO_PATTERN = (ValueError, re.error)
"""What is raised at a line that is none, and at a range that ends before it begins: `[z-a]`."""


def parse_globs(globs: Sequence[str]) -> GitIgnoreSpec:
    """Return the globs of a watch, which are read as lines of a gitignore file are.

    Raises:
        InvalidInput: One of them is no glob.
    """
    try:
        return GitIgnoreSpec.from_lines(globs)
    except _NO_PATTERN as error:
        raise InvalidInput(f"a glob cannot be read: {error}") from error


class FolderRules:
    """The rules of one watched folder as they are now; made anew for each look at it."""

    def __init__(self, watch: Watch) -> None:
        self._root = watch.path
        self._include = parse_globs(watch.include)
        self._exclude = parse_globs(watch.exclude)
        self._entered = {watch.path: True}
        self._ignored: dict[str, GitIgnoreSpec | None] = {}

    def enters(self, folder: str) -> bool:
        """Return whether files of a folder, at or below the watched one, may be taken."""
        if folder not in self._entered:
            parent, name = os.path.split(folder)
            self._entered[folder] = (
                parent != folder
                and not is_left_out(name)
                and _is_text(name)
                and self.enters(parent)
                and not self._is_ignored(folder, mark="/")
            )
        return self._entered[folder]

    def takes(self, path: str) -> bool:
        """Return whether a file is taken, if it is one."""
        parent, name = os.path.split(path)
        return (
            is_content(name)
            and _is_text(name)
            and self.enters(parent)
            and not self._is_ignored(path)
            and (not self._include.patterns or self._include.match_file(_below(self._root, path)))
        )

    def _is_ignored(self, path: str, *, mark: str = "") -> bool:
        """Ask the globs, then each `.twinignore` from the nearest up; the first verdict holds."""
        if self._exclude.match_file(_below(self._root, path) + mark):
            return True
        folder = os.path.dirname(path)
        while True:
            spec = self._spec(folder)
            verdict = None
            if spec is not None:
                verdict = spec.check_file(_below(folder, path) + mark).include
            if verdict is not None or folder == self._root:
                return bool(verdict)
            folder = os.path.dirname(folder)

    def _spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._ignored:
            self._ignored[folder] = _read_ignore_file(Path(folder, IGNORE_FILE))
        return self._ignored[folder]


def _read_ignore_file(path: Path) -> GitIgnoreSpec | None:
    """Return what a `.twinignore` says, without the lines that say nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return None
    spec = GitIgnoreSpec([])
    for line in lines:
        try:
            spec += GitIgnoreSpec.from_lines([line])
        except _NO_PATTERN:
            log.warning("%s: not a pattern: %s", path, line)
    return spec


def _below(folder: str, path: str) -> str:
    return path[len(folder.rstrip("/")) + 1 :]


def _is_text(name: str) -> bool:
    """Return whether a name is text, and not bytes in an encoding that is unknown."""
    return not any("\ud800" <= character <= "\udfff" for character in name)

"""States of the sequence behind prefixes that questions share, kept in files."""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from twind.models.llama import Llama, LlamaFailed

log = logging.getLogger(__name__)

FEWEST_TOKENS = 16
"""A shorter prefix is evaluated sooner than it is read."""
PRIVATE = 0o600
MOST_FILES = 64
MOST_BYTES = 1 << 30
SUFFIX = ".state"


class PrefixStates:
    """Saves what a prefix cost to evaluate, so that it is paid once however many twins take turns.

    A file's name is a digest of the model and of the prefix, so a state is never used for another
    model, persona or set of rules. Any of the files may be deleted at any time.
    """

    def __init__(self, folder: Path, model: Path, version: str) -> None:
        self._folder = folder
        about = model.stat()
        self._model = [version, str(model), about.st_size, about.st_mtime_ns]

    def prepare(self, llama: Llama, prefix: Sequence[int]) -> bool:
        """Have the sequence hold the prefix, if a file of it is here; say whether it does."""
        path = self._path(llama, prefix)
        if not path.is_file():
            return False
        if llama.restore(path) and llama.tokens == list(prefix):
            with suppress(OSError):
                os.utime(path)
            return True
        _discard(path)
        llama.keep(0)
        return False

    def save(self, llama: Llama) -> None:
        """Keep the state of the sequence, which holds a prefix and nothing else."""
        if len(llama.tokens) < FEWEST_TOKENS:
            return
        path = self._path(llama, llama.tokens)
        part = path.with_suffix(".part")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.touch(mode=PRIVATE)
            llama.save(part)
            part.replace(path)
            self._make_room()
        except (OSError, LlamaFailed) as error:
            log.warning("the state of a prefix is not kept: %s", error)
            _discard(part)

    def _path(self, llama: Llama, prefix: Sequence[int]) -> Path:
        key = json.dumps([*self._model, llama.context_tokens, list(prefix)]).encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:32]}{SUFFIX}"

    def _make_room(self) -> None:
        """Delete what was not used for the longest time, beyond the bounds."""
        files = [(path.stat(), path) for path in self._folder.glob(f"*{SUFFIX}")]
        files.sort(key=lambda file: file[0].st_mtime_ns, reverse=True)
        total = 0
        for place, (about, path) in enumerate(files):
            total += about.st_size
            if place >= MOST_FILES or total > MOST_BYTES:
                path.unlink(missing_ok=True)


def _discard(path: Path) -> None:
    with suppress(OSError):
        path.unlink()

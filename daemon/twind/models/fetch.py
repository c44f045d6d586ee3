"""Fetching a published model into the home; the hub's library runs in a child."""

import logging
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from twind.errors import ModelUnavailable
from twind.models.hub import FILE_S, Hub, HubFile
from twind.models.parts import drop_if_empty, drop_rests, part_of
from twind.models.published import Published

log = logging.getLogger(__name__)

PROBE_S = 3.0
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
        self._part = part_of(folder.parent, folder.name)
        self._hub = Hub(self._part)

    def run(self) -> None:
        """Fetch the files; the folder appears when all of them are there.

        Raises:
            ModelUnavailable: The hub cannot be reached, or what it sends is not what it should be.
        """
        try:
            self._part.mkdir(parents=True, exist_ok=True)
            self._fetch_all()
            drop_rests(self._part)
            self._part.replace(self._folder)
        except OSError as error:
            raise ModelUnavailable(f"the embedding model cannot be kept: {error}") from error
        finally:
            self._hub.close()
            drop_if_empty(self._part)

    def stop(self) -> None:
        """End the child, now or as soon as it starts."""
        self._hub.close()

    def _fetch_all(self) -> None:
        repository, revision = self._published.repository, self._published.revision
        timeout_s = PROBE_S
        for path, sha256 in self._published.files.items():
            file = HubFile(path=path, checksum=sha256)
            self._hub.fetch(repository, revision, file, timeout_s=timeout_s)
            timeout_s = FILE_S
            log.info("fetched %s of %s", path, repository)

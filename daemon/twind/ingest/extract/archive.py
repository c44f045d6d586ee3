"""Zip containers (Office, OpenDocument, EPUB), read within a budget."""

import zipfile
from collections.abc import Callable
from io import BytesIO

from twind.ingest.extract.base import encrypted, too_large

MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_LOCKED = 0x1


class Archive:
    """A zip container whose parts are read only as long as their unpacked sizes allow.

    The sizes are those that the container states; reading never gives more than stated.
    """

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._left = MAX_UNPACKED_BYTES

    @property
    def names(self) -> list[str]:
        """The paths of the parts, in stored order."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes | None:
        """Return a part, None when there is none of this name.

        Raises:
            ExtractionFailed: `too_large` when the budget is used up, `encrypted`.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        if info.flag_bits & _LOCKED:
            raise encrypted("file")
        self._left -= info.file_size
        if self._left < 0:
            raise too_large("the unpacked content of the file")
        return self._zip.read(info)

    def check_size(self, counts: Callable[[str], bool]) -> None:
        """Raise ExtractionFailed if the parts whose names count are over the budget together."""
        sizes = (info.file_size for info in self._zip.infolist() if counts(info.filename))
        if sum(sizes) > self._left:
            raise too_large("the unpacked content of the file")

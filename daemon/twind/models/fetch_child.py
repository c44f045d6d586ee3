"""The child that lists and fetches files of published models through the hub's own library.

Started as `python -m twind.models.fetch_child FOLDER`. A request's header is `{"do": "list",
"repository", "revision"}`, answered with `commit` and `files` (`path`, `bytes`, `checksum`), or
`{"do": "fetch", "repository", "revision", "path", "checksum"}`, answered once the file lies in the
folder and is the one that was asked for. Every answer has `problem`: null, or what went wrong in
words, with its `code`.
"""

import fcntl
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twinctl.wire.codes import ErrorCode
from twind.models.parts import FULL
from twind.processes.serve import Progress, serve_slowly

PRIVATE = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    # One way of transfer, plain HTTP, which can go on where it was cut off.
    "HF_HUB_DISABLE_XET": "1",
}
PIECE_BYTES = 1 << 16
TELL_S = 0.25
LIST_S = 15.0
SHA256_LETTERS = 64

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Answer until the daemon goes away."""
    os.environ |= PRIVATE
    from huggingface_hub import constants

    # What is written at once, and so what is lost at most when the machine stops.
    constants.DOWNLOAD_CHUNK_SIZE = PIECE_BYTES
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)

    def answer(header: dict[str, Any], _payload: bytes, tell: Progress) -> Answer:
        # A child of a daemon that was killed may be writing here for another moment.
        fcntl.flock(held, fcntl.LOCK_EX)
        return _answer(folder, header, tell), b""

    serve_slowly(answer)


def _answer(folder: Path, header: dict[str, Any], tell: Progress) -> dict[str, Any]:
    import httpx2
    from huggingface_hub.errors import HFValidationError

    try:
        if header["do"] == "list":
            return {"problem": None, **_listed(header)}
        return _fetched(folder, header, tell)
    except (httpx2.HTTPError, HFValidationError, OSError) as error:
        code, problem = _explained(error)
        return {"problem": problem, "code": code}


def _listed(header: dict[str, Any]) -> dict[str, Any]:
    from huggingface_hub import HfApi

    info = HfApi().model_info(
        header["repository"],
        revision=header["revision"],
        files_metadata=True,
        timeout=LIST_S,
        token=False,
    )
    files = [
        {
            "path": one.rfilename,
            "bytes": one.size,
            "checksum": one.lfs.sha256 if one.lfs else one.blob_id,
        }
        for one in info.siblings or ()
    ]
    return {"commit": info.sha, "files": files}


def _fetched(folder: Path, header: dict[str, Any], tell: Progress) -> dict[str, Any]:
    place, checksum = folder / header["path"], header["checksum"]
    if not place.is_file():
        part = place.with_name(f"{place.name}.{checksum[:16]}.incomplete")
        part.parent.mkdir(parents=True, exist_ok=True)
        _receive(part, header, tell)
        part.replace(place)
    found = checksum_of(place, checksum)
    if found == checksum:
        return {"problem": None}
    place.unlink()
    problem = f"{place.name} is not the file that was wanted: its checksum is {found}"
    return {"problem": problem, "code": ErrorCode.CHECKSUM_MISMATCH}


def _receive(part: Path, header: dict[str, Any], tell: Progress) -> None:
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.file_download import http_get

    url = hf_hub_url(header["repository"], header["path"], revision=header["revision"])
    about = get_hf_file_metadata(url, token=False)
    with _told(part, tell), part.open("ab", buffering=0) as file:
        http_get(about.location, file, resume_size=file.tell(), expected_size=about.size)
        os.fsync(file.fileno())


@contextmanager
def _told(part: Path, tell: Progress) -> Iterator[None]:
    """Tell how many bytes are there, also while none come, so that the daemon can end the work."""
    ended = threading.Event()

    def repeat() -> None:
        while not ended.wait(TELL_S):
            tell(part.stat().st_size if part.exists() else 0, 0)

    teller = threading.Thread(target=repeat, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def checksum_of(path: Path, like: str) -> str:
    """Return the checksum of a file, of the kind that `like` is: SHA-256, or git's of a blob."""
    with path.open("rb") as file:
        if len(like) == SHA256_LETTERS:
            return hashlib.file_digest(file, "sha256").hexdigest()
        blob = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
        blob.update(file.read())
        return blob.hexdigest()


def _explained(error: Exception) -> tuple[ErrorCode, str]:
    """Return the code and the words of what the hub or the disk said."""
    from huggingface_hub import errors

    unavailable, unreachable = ErrorCode.MODEL_UNAVAILABLE, ErrorCode.UNREACHABLE
    said: tuple[tuple[type[Exception], ErrorCode, str], ...] = (
        (
            errors.GatedRepoError,
            unavailable,
            "the hub asks for an account that accepted its terms",
        ),
        (errors.HFValidationError, ErrorCode.INVALID, "no repository of the hub has such a name"),
        (errors.RepositoryNotFoundError, ErrorCode.NOT_FOUND, "the hub has no such model"),
        (errors.RevisionNotFoundError, ErrorCode.NOT_FOUND, "the hub has no such model"),
        (errors.EntryNotFoundError, ErrorCode.NOT_FOUND, "the hub has no such file"),
        (errors.HfHubHTTPError, unreachable, "the model hub refuses"),
    )
    for kind, code, words in said:
        if isinstance(error, kind):
            return code, words
    if isinstance(error, OSError) and error.errno in FULL:
        return ErrorCode.DISK_FULL, "the disk is full"
    if isinstance(error, OSError) and error.errno:
        return unavailable, f"it cannot be kept: {error.strerror}"
    return unreachable, "the model hub cannot be reached"


if __name__ == "__main__":
    main()

"""A model hub on loopback that speaks the real one's protocol for files of a repository.

Small files are sent at once. Large ones are named by their checksum, as the real hub's are, and
lie behind a redirect to another host; the rest of one can be asked for. Of a repository it can be
asked which files it holds, at its branch or a commit.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

LARGE_BYTES = 1 << 14
STORED = "/stored/"


@dataclass(slots=True, kw_only=True)
class Hub:
    """A hub that runs.

    Attributes:
        repository: Owner and name.
        revision: The one commit, which `main` is.
        files: What it holds, by path.
        url: What `HF_ENDPOINT` has to be.
        asked: Requests so far, method and path.
        ranges: Where the parts of large files that were asked for began.
        stops_at: Bytes of a large file after which nothing more comes; None sends all.
        is_cut: Whether the connection ends there; else it stays open until the hub ends.
        false_files: What is sent instead of the files.
        claimed_bytes: What the listing says that every file has, instead of its length.
        ended: Set when the hub ends.
    """

    repository: str
    revision: str
    files: Mapping[str, bytes]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    ranges: list[int] = field(default_factory=list)
    stops_at: int | None = None
    is_cut: bool = False
    false_files: Mapping[str, bytes] = field(default_factory=dict)
    claimed_bytes: int | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def listing(self) -> dict[str, object]:
        """Return what the API says of the repository."""
        return {
            "id": self.repository,
            "sha": self.revision,
            "siblings": [self._sibling(name, content) for name, content in self.files.items()],
        }

    def _sibling(self, name: str, content: bytes) -> dict[str, object]:
        size = self.claimed_bytes or len(content)
        told: dict[str, object] = {"rfilename": name, "size": size, "blobId": git_id(content)}
        if len(content) >= LARGE_BYTES:
            sha256 = hashlib.sha256(content).hexdigest()
            told["lfs"] = {"sha256": sha256, "size": size, "pointerSize": 134}
        return told


def git_id(content: bytes) -> str:
    """Return what git calls a file."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


@contextmanager
def running_hub(repository: str, revision: str, files: Mapping[str, bytes]) -> Iterator[Hub]:
    """Serve the files of one repository at one commit."""
    hub = Hub(repository=repository, revision=revision, files=files)
    server = _Server(hub)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        hub.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, hub: Hub) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hub = self.hub
        hub.asked.append(f"{self.command} {self.path}")
        api = f"/api/models/{hub.repository}/revision/"
        if self.path.startswith(api):
            self._send(HTTPStatus.OK, json.dumps(hub.listing()).encode(), {})
            return
        name = self._name()
        content = hub.files.get(name)
        if content is None:
            known = self.path.startswith(f"/{hub.repository}/")
            code = "EntryNotFound" if known else "RepoNotFound"
            self._send(HTTPStatus.NOT_FOUND, b"", {"X-Error-Code": code})
        elif self.path.startswith(STORED):
            self._send_rest(hub.false_files.get(name, content))
        elif len(content) < LARGE_BYTES:
            headers = {"ETag": f'"{git_id(content)}"'}
            self._send(HTTPStatus.OK, hub.false_files.get(name, content), headers)
        else:
            etag = hashlib.sha256(content).hexdigest()
            linked = {"X-Linked-ETag": f'"{etag}"', "X-Linked-Size": str(len(content))}
            place = f"http://localhost:{self.server.server_port}{STORED}{name}"
            self._send(HTTPStatus.FOUND, b"", {**linked, "Location": place})

    def _name(self) -> str:
        """Return which file of the repository is asked for."""
        hub = self.hub
        prefix = f"/{hub.repository}/resolve/{hub.revision}/"
        return unquote(self.path).removeprefix(prefix).removeprefix(STORED)

    def _send_rest(self, content: bytes) -> None:
        start = int(self.headers.get("Range", "bytes=0-")[len("bytes=") :].partition("-")[0])
        self.hub.ranges.append(start)
        if not start:
            return self._send(HTTPStatus.OK, content, {})
        part = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return self._send(HTTPStatus.PARTIAL_CONTENT, content[start:], {"Content-Range": part})

    def _send(self, status: HTTPStatus, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("X-Repo-Commit", self.hub.revision)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "GET":
            return
        stops_at = self.hub.stops_at
        if stops_at is None or len(content) < LARGE_BYTES:
            self.wfile.write(content)
            return
        with suppress(OSError):
            self.wfile.write(content[:stops_at])
        if not self.hub.is_cut:
            self.hub.ended.wait()

    @property
    def hub(self) -> Hub:
        return self.server.hub

    def log_message(self, *_: object) -> None:
        pass

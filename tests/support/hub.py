"""A model hub on loopback that speaks the real one's protocol for files of a repository.

Small files are sent at once. Large ones are named by their checksum, as the real hub's are, and
lie behind a redirect to another host; the rest of one can be asked for.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE_BYTES = 1 << 14
STORED = "/stored/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub:
    """A hub that runs.

    Attributes:
        url: What `HF_ENDPOINT` has to be.
        asked: Requests so far, method and path.
    """

    url: str
    asked: list[str]


@contextmanager
def running_hub(repository: str, revision: str, files: Mapping[str, bytes]) -> Iterator[Hub]:
    """Serve the files of one repository at one commit."""
    server = _Server(f"/{repository}/resolve/{revision}/", revision, files)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Hub(url=f"http://127.0.0.1:{server.server_port}", asked=server.asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, prefix: str, revision: str, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.prefix = prefix
        self.revision = revision
        self.files = files
        self.asked: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        name = self.path.removeprefix(self.server.prefix).removeprefix(STORED)
        content = self.server.files.get(name)
        if content is None:
            self._send(HTTPStatus.NOT_FOUND, b"", {"X-Error-Code": "EntryNotFound"})
        elif self.path.startswith(STORED):
            self._send_rest(content)
        elif len(content) < LARGE_BYTES:
            etag = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            self._send(HTTPStatus.OK, content, {"ETag": f'"{etag}"'})
        else:
            etag = hashlib.sha256(content).hexdigest()
            linked = {"X-Linked-ETag": f'"{etag}"', "X-Linked-Size": str(len(content))}
            place = f"http://localhost:{self.server.server_port}{STORED}{name}"
            self._send(HTTPStatus.FOUND, b"", {**linked, "Location": place})

    def _send_rest(self, content: bytes) -> None:
        start = int(self.headers.get("Range", "bytes=0-")[len("bytes=") :].partition("-")[0])
        if not start:
            return self._send(HTTPStatus.OK, content, {})
        part = f"bytes {start}-{len(content) - 1}/{len(content)}"
        return self._send(HTTPStatus.PARTIAL_CONTENT, content[start:], {"Content-Range": part})

    def _send(self, status: HTTPStatus, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("X-Repo-Commit", self.server.revision)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass

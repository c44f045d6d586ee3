"""Takes in what is to be ingested: a source and the job that will work on it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from twinctl.wire.codes import ErrorCode
from twinctl.wire.videos import NotAVideo, is_youtube, video_id, watch_url
from twind.domain.audit import Action
from twind.domain.jobs import Job
from twind.domain.sources import Blob, Source, SourceKind
from twind.domain.twins import Twin
from twind.errors import InvalidInput
from twind.ingest.fetch.file import check_file, too_large
from twind.ingest.fetch.normalise import normalised
from twind.ingest.handler import INGEST
from twind.jobs.loop import JobLoop
from twind.store.store import Tenant

LONGEST_TITLE = 200
UNTITLED = "text"
VIDEO_HINT = "open a single video and ingest the address of that"

_SAYS = re.compile(r"[^\W_]")

Taken = tuple[Source, Job]


class Intake:
    """What is taken in here is on the disk before it is acknowledged."""

    def __init__(self, loop: JobLoop, *, max_file_bytes: int) -> None:
        self._loop = loop
        self._max_file_bytes = max_file_bytes

    def take_path(self, tenant: Tenant, twin: Twin, path: str, title: str | None) -> Taken:
        """Take in a file of this machine; its job reads it.

        Raises:
            InvalidInput: The path is relative, or no readable file of a size that is taken.
        """
        file = self._checked(path)
        return self._take_file(tenant, twin.id, file, title)

    def take_paths(
        self, tenant: Tenant, twin: Twin, paths: Sequence[str]
    ) -> list[Taken | InvalidInput]:
        """Take in files of this machine, all that can be; return what became of each."""
        files = [self._checked_or_refused(path) for path in paths]
        with tenant.transaction():
            return [
                self._take_file(tenant, twin.id, file, None) if isinstance(file, Path) else file
                for file in files
            ]

    def take_found(self, tenant: Tenant, twin_id: str, path: str) -> Taken:
        """Take in a file that a watched folder has; its job sees whether it can be read."""
        return self._take_file(tenant, twin_id, Path(path), None)

    def take_upload(
        self, tenant: Tenant, twin: Twin, data: BinaryIO, name: str, title: str | None
    ) -> Taken:
        """Take in bytes that were sent, under the name of their file.

        Raises:
            InvalidInput: They are too many.
        """
        blob = tenant.blobs.put_stream(data)
        if blob.bytes > self._max_file_bytes:
            tenant.blobs.discard(blob)
            raise too_large(name, blob.bytes, self._max_file_bytes)
        return self._receive(
            tenant, twin, SourceKind.FILE, f"upload:{Path(name).name}", blob, title
        )

    def take_text(self, tenant: Tenant, twin: Twin, text: str, title: str | None) -> Taken:
        """Take in text; the same title again replaces it.

        Raises:
            InvalidInput: The text is blank or too long.
        """
        data = text.encode()
        if not text.strip():
            raise InvalidInput("the text is empty", code=ErrorCode.EMPTY)
        if len(data) > self._max_file_bytes:
            raise too_large("the text", len(data), self._max_file_bytes)
        blob = tenant.blobs.put_bytes(data)
        called = title or _first_line(text)
        return self._receive(tenant, twin, SourceKind.TEXT, f"text:{called}", blob, called)

    def take_url(self, tenant: Tenant, twin: Twin, url: str, title: str | None) -> Taken:
        """Take in what an address of the web holds; its job asks for it.

        Raises:
            InvalidInput: It is no address that is fetched.
        """
        if is_youtube(url):
            return self.take_youtube(tenant, twin, url, title)
        place = normalised(url)
        called = title or place.partition("://")[2].rstrip("/")
        source = tenant.sources.add(twin.id, SourceKind.URL, place, called)
        return self._queue(tenant, source, title)

    def take_youtube(self, tenant: Tenant, twin: Twin, url: str, title: str | None) -> Taken:
        """Take in the captions of a video; its job asks for them.

        Raises:
            InvalidInput: The address means no single video of YouTube.
        """
        try:
            video = video_id(url)
        except NotAVideo as error:
            raise InvalidInput(str(error), hint=VIDEO_HINT) from error
        called = title or f"YouTube video {video}"
        source = tenant.sources.add(twin.id, SourceKind.YOUTUBE, watch_url(video), called)
        return self._queue(tenant, source, title)

    def reindex(self, tenant: Tenant, source: Source) -> Taken:
        """Read a source anew, even when its bytes are the same."""
        return self._queue(tenant, source, None, again=True)

    def _checked(self, path: str) -> Path:
        file = Path(path)
        if not file.is_absolute():
            raise InvalidInput(f"the path must be absolute: {path}")
        check_file(file, self._max_file_bytes)
        return file

    def _checked_or_refused(self, path: str) -> Path | InvalidInput:
        try:
            return self._checked(path)
        except InvalidInput as refused:
            return refused

    def _take_file(self, tenant: Tenant, twin_id: str, file: Path, title: str | None) -> Taken:
        with tenant.transaction():
            source = tenant.sources.add(twin_id, SourceKind.FILE, str(file), title or file.name)
            return self._queue(tenant, source, title)

    def _receive(
        self,
        tenant: Tenant,
        twin: Twin,
        kind: SourceKind,
        uri: str,
        blob: Blob,
        title: str | None,
    ) -> Taken:
        name = title or uri.partition(":")[2]
        source = tenant.sources.add(twin.id, kind, uri, name, incoming=blob)
        return self._queue(tenant, source, title)

    def _queue(
        self, tenant: Tenant, source: Source, title: str | None, *, again: bool = False
    ) -> Taken:
        payload = {"title": title, "again": again}
        with tenant.transaction():
            job = tenant.jobs.add(INGEST, source.twin_id, source.id, payload)
            source = tenant.sources.get(source.id)
            action = Action.SOURCE_REINDEX if again else Action.SOURCE_INGEST
            tenant.note(action, source.id, twin=source.twin_id, source_kind=source.kind)
            tenant.database.after_commit(self._loop.notify)
        return source, job


def _first_line(text: str) -> str:
    """Return the first line that holds a letter or digit, without the marks of a heading."""
    lines = (line.strip("# \t") for line in text.splitlines())
    return next((line for line in lines if _SAYS.search(line)), UNTITLED)[:LONGEST_TITLE]

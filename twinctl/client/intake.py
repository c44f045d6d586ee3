"""Handing things over to the daemon, whatever kind they are of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from twinctl.client.client import TwinClient
from twinctl.client.files import kind_of
from twinctl.client.requests import checked
from twinctl.errors import ApiError, ExitCode
from twinctl.wire.codes import ErrorCode
from twinctl.wire.errors import Failure
from twinctl.wire.jobs import Accepted
from twinctl.wire.sources import MOST_FILES, FileIn, FilesIn, UrlIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Things that are handed over by one request.

    Attributes:
        kind: What kind of source each becomes.
        uris: Their places.
        send: Returns what became of each, in the same order.
    """

    kind: str
    uris: Sequence[str]
    send: Callable[[], Sequence[Accepted | Failure]]


def request(
    client: TwinClient, twin: str, item: str, *, title: str | None = None
) -> Callable[[], Accepted]:
    """Return what hands over a file by its absolute path, a web address or a video.

    Raises:
        Misused: The item or the title is not allowed.
    """
    kind = kind_of(item)
    if kind == "url":
        return partial(client.ingest_url, twin, checked(UrlIn, url=item, title=title))
    if kind == "youtube":
        return partial(client.ingest_youtube, twin, checked(UrlIn, url=item, title=title))
    return partial(client.ingest_file, twin, checked(FileIn, path=item, title=title))


def one_by_itself(kind: str, uri: str, send: Callable[[], Accepted]) -> Handover:
    """Return what hands over one thing; its refusal is no error unless it holds for all."""

    def send_it() -> list[Accepted | Failure]:
        try:
            return [send()]
        except ApiError as error:
            if not _is_of_one(error):
                raise
            return [Failure(code=error.code, message=error.message, hint=error.hint)]

    return Handover(kind=kind, uris=[uri], send=send_it)


def _is_of_one(error: ApiError) -> bool:
    """Return whether a refusal is for what was handed over, and others may be taken."""
    is_missing = error.code == ErrorCode.FILE_MISSING
    return is_missing or error.exit_code in {ExitCode.FAILED, ExitCode.USAGE}


def files_at_once(client: TwinClient, twin: str, paths: Sequence[str]) -> Iterator[Handover]:
    """Yield what hands over files by their absolute paths, many by each request.

    Raises:
        Misused: A path is not allowed.
    """
    for start in range(0, len(paths), MOST_FILES):
        some = paths[start : start + MOST_FILES]
        wanted = checked(FilesIn, paths=some)
        yield Handover(kind="file", uris=some, send=partial(client.ingest_files, twin, wanted))


def handovers(
    client: TwinClient, twin: str, items: Sequence[str], *, title: str | None = None
) -> Iterator[Handover]:
    """Yield what hands over files by their absolute paths and web addresses, in their order.

    Raises:
        Misused: An item or the title is not allowed.
    """
    for kind, group in groupby(items, kind_of):
        if kind == "file" and title is None:
            yield from files_at_once(client, twin, list(group))
        else:
            for item in group:
                yield one_by_itself(kind, item, request(client, twin, item, title=title))

"""Handing one thing over to the daemon, whatever kind it is of."""

from collections.abc import Callable
from functools import partial

from twinctl.client.client import TwinClient
from twinctl.client.files import kind_of
from twinctl.client.requests import checked
from twinctl.wire.jobs import Accepted
from twinctl.wire.sources import FileIn, UrlIn


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

"""Which addresses of YouTube the routes take."""

import pytest

from tests.support.corpora import new_twin
from tests.support.daemon import LiveDaemon
from twinctl.errors import ApiError
from twinctl.wire.sources import UrlIn


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://www.youtube.com/@somebody", "a channel"),
        ("https://www.youtube.com/playlist?list=PL0123456789", "a playlist"),
        ("https://example.org/watch?v=aB3-_x9Qz0k", "no address of YouTube"),
    ],
)
def test_what_is_no_video_is_refused_and_makes_no_source(
    daemon: LiveDaemon, address: str, says: str
) -> None:
    with daemon.client() as client:
        twin = new_twin(client, f"No video {says}")
        with pytest.raises(ApiError, match=says) as caught:
            client.ingest_youtube(twin, UrlIn(url=address))
        assert (caught.value.code, bool(caught.value.hint)) == ("invalid", True)
        assert list(client.sources(twin)) == []


def test_pages_of_youtube_are_no_pages_to_read(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        twin = new_twin(client, "Pages of YouTube")
        with pytest.raises(ApiError, match="a channel"):
            client.ingest_url(twin, UrlIn(url="https://www.youtube.com/@somebody"))

"""A browser, a twin in public for which a server writes, and a site that shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import Site, chromium
from tests.support.corpora import coast
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.endpoint import LoopbackEndpoint, loopback_endpoint
from tests.support.visitors import found_side
from tests.support.waiting import finished
from tests.support.web import Reply, web_server
from tests.support.youtube import CaptionTrack, TubeVideo, loopback_youtube
from twinctl.wire.sources import UrlIn

VIDEO = "aB3-_x9Qz0k"
CUES = [(83.0, 4.0, "The harbour pilot of Skerry is called Marit Olsen.")]
SETTINGS = """\
generator = "endpoint"
endpoint_url = "{url}"
endpoint_model = "llama3"
[public]
listen = "127.0.0.1:0"
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield the browser; of one module, since its event loop would be in the way of others."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def writer() -> Iterator[LoopbackEndpoint]:
    """Yield what writes the answers of the twin."""
    with loopback_endpoint() as running:
        yield running


@pytest.fixture(scope="session")
def site(writer: LoopbackEndpoint, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Yield a site, and the daemon with the twin that it shows."""
    folder = tmp_path_factory.mktemp("coast")
    settings = SETTINGS.format(url=writer.url)
    with (
        web_server() as web,
        loopback_youtube(folder) as tube,
        pytest.MonkeyPatch.context() as environ,
    ):
        tube.videos[VIDEO] = TubeVideo(
            tracks=[CaptionTrack(language="en", cues=CUES)], details={"title": "Along the shore"}
        )
        for name, value in tube.environ.items():
            environ.setenv(name, value)
        with live_daemon(folder / "home", embedding="none", models=settings) as daemon:
            environ.undo()
            web.replies["/favicon.ico"] = Reply(status=204)
            twin = _coast(daemon, folder)
            yield Site(web=web, side=found_side(daemon), twin=twin, writer=writer)


def _coast(daemon: LiveDaemon, folder: Path) -> str:
    with daemon.client() as client:
        twin = client.twin(coast(client, "Coast", folder)).slug
        video = UrlIn(url=f"https://www.youtube.com/watch?v={VIDEO}")
        assert finished(client, client.ingest_youtube(twin, video).job.id).status == "succeeded"
    return twin


@pytest.fixture
def key(site: Site) -> str:
    """Return a publishable key for pages of this machine."""
    return str(site.side.key(origins=[])["key"])

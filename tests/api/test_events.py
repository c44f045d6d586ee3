"""`GET /events` over the real socket."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import httpx2
import pytest
import uvicorn

from tests.support.corpora import ingested, new_twin
from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.waiting import wait_until
from twinctl.client.client import TwinClient
from twinctl.client.transport import Transport
from twinctl.client.watch import ENDED, Watch
from twinctl.errors import ApiError
from twinctl.paths import find_home
from twinctl.wire.events import Event, Gone, JobChanged, Ready, SourceChanged
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import FileIn, SourceOut, TextIn
from twind.api.app import build_app
from twind.composition import running_services
from twind.instance import listening_socket, make_folders
from twind.main import Server
from twind.serving.streaming import PING_S
from twind.settings import Settings

SOON_S = PING_S / 2
"""Much more than a change takes to be told, and less than a ping."""
PATIENCE_S = 60.0


def until_ended(events: Iterator[Event], job_id: str) -> list[Event]:
    """Return what is told up to the end of a job."""
    told = []
    for event in events:
        told.append(event)
        if (
            isinstance(event, JobChanged)
            and event.data.id == job_id
            and event.data.status in ENDED
        ):
            return told
    raise AssertionError("the events ended")


def test_a_source_and_its_job_are_told_of_until_they_are_done(
    daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Basalt is dark.")
    with daemon.client() as client, closing(client.beside().events()) as events:
        assert isinstance(next(events), Ready)
        twin = new_twin(client, "Told of")
        accepted = client.ingest_file(twin, FileIn(path=str(tmp_path / "a.txt")))
        told = until_ended(events, accepted.job.id)
        sources = [each.data for each in told if isinstance(each, SourceChanged)]
        assert isinstance(sources[-1], SourceOut)
        assert (sources[-1].id, sources[-1].status) == (accepted.source.id, "live")
        assert client.job(accepted.job.id) == told[-1].data


def test_nothing_is_told_to_a_key_that_has_ended(daemon: LiveDaemon) -> None:
    transport = httpx2.HTTPTransport(uds=str(daemon.home.socket))
    with httpx2.Client(transport=transport, base_url="http://owner", timeout=30) as owner:
        key = owner.post("/api-keys", json={"scopes": ["sources:read"]}).json()
        shown = {"Authorization": f"Bearer {key['key']}"}
        with owner.stream("GET", "/events", headers=shown) as events:
            lines = events.iter_lines()
            assert next(lines) == "event: ready"
            owner.delete(f"/api-keys/{key['id']}")
            owner.post("/ingest/text/default", json={"text": "Basalt is dark.", "title": "Basalt"})
            assert not [line for line in lines if line.startswith("event:")]


def test_whatever_changes_is_told_at_once(daemon: LiveDaemon, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Slate splits.")
    with daemon.client() as client:
        twin = new_twin(client, "At once")
        source = ingested(client, twin, tmp_path / "a.txt")
        with closing(client.beside().events()) as events:
            next(events)
            began = time.monotonic()
            client.delete_source(twin, source.id)
            gone = next(events)
            assert time.monotonic() - began < SOON_S
        assert gone == SourceChanged(event="source", data=Gone(id=source.id))


def test_only_one_twin_is_told_of_where_that_is_asked_for(daemon: LiveDaemon) -> None:
    with daemon.client() as client:
        one, two = new_twin(client, "Events one"), new_twin(client, "Events two")
        with closing(client.beside().events(one)) as events:
            next(events)
            client.ingest_text(two, TextIn(text="Not for one.", title="Two"))
            wanted = client.ingest_text(one, TextIn(text="For one.", title="One"))
            told = until_ended(events, wanted.job.id)
        ids = {event.data.id for event in told if not isinstance(event, Ready)}
        assert ids == {wanted.source.id, wanted.job.id}
        with pytest.raises(ApiError) as caught:
            next(client.beside().events("nobody"))
        assert caught.value.code == "not_found"


def test_the_answer_is_a_stream_that_nobody_may_keep(daemon: LiveDaemon) -> None:
    connection = http.client.HTTPConnection("localhost")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(daemon.home.socket))
    with closing(connection):
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.readline() == b"event: ready\n"


@pytest.fixture
def own_daemon(tmp_path: Path) -> Iterator[LiveDaemon]:
    """Yield a daemon that a test may stop and kill."""
    with live_daemon(tmp_path / "own", embedding="none") as running:
        yield running


def test_a_watch_goes_on_after_the_daemon_was_killed(
    own_daemon: LiveDaemon, tmp_path: Path
) -> None:
    (tmp_path / "long.md").write_text("Stone upon stone. " * 60_000)
    with own_daemon.client() as client, Watch(client) as watch:
        accepted = client.ingest_file("default", FileIn(path=str(tmp_path / "long.md")))
        watch.add(accepted.job)
        own_daemon.kill()
        own_daemon.start()
        seen = [job.status for job in _all_changes(watch)]
        assert seen[-1] == "succeeded"
        assert client.source("default", accepted.source.id).status == "live"


def _all_changes(watch: Watch) -> Iterator[JobOut]:
    while watch.waiting:
        yield from watch.changed(SOON_S)


def test_a_reader_that_hangs_up_leaves_nothing_behind() -> None:
    home = find_home(None)
    make_folders(home)
    home.config.write_text('[models]\nembedding = "none"\n')
    with (
        running_services(home, Settings.load(home.config)) as services,
        listening_socket(home.socket) as listener,
    ):
        config = uvicorn.Config(build_app(services), log_config=None, lifespan="off")
        server = Server(config, services.events)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        with Transport(home.socket) as transport:
            events = TwinClient(transport).events()
            next(events)
            assert services.events.count() == 1
            events.close()
        wait_until(lambda: services.events.count() == 0)
        server.should_exit = True
        thread.join()


def test_listeners_do_not_hold_up_the_end_of_the_daemon(own_daemon: LiveDaemon) -> None:
    ended = threading.Event()

    def listen(client: TwinClient) -> None:
        for _ in client.events():
            listening.release()
        ended.set()

    listening = threading.Semaphore(0)
    with own_daemon.client() as client:
        threading.Thread(target=listen, args=(client,), daemon=True).start()
        assert listening.acquire(timeout=PATIENCE_S)
        own_daemon.stop()
        assert ended.wait(PATIENCE_S)
    assert "timeout graceful shutdown exceeded" not in own_daemon.home.log.read_text()


def test_changes_come_in_the_order_in_which_they_were_made(daemon: LiveDaemon) -> None:
    with daemon.client() as client, closing(client.beside().events()) as events:
        next(events)
        twin = new_twin(client, "In order")
        accepted = client.ingest_text(twin, TextIn(text="One after the other.", title="Order"))
        told = until_ended(events, accepted.job.id)
        order = ["queued", "running", "succeeded"]
        places = [
            order.index(event.data.status)
            for event in told
            if isinstance(event, JobChanged) and event.data.id == accepted.job.id
        ]
        assert all(earlier <= later for earlier, later in pairwise(places))

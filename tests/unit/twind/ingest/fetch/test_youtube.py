"""From the address of a video to the file of its captions, as jobs do it."""

import pytest

from tests.support.youtube import CaptionTrack, LoopbackYouTube, TubeVideo
from twinctl.wire.videos import watch_url
from twind.domain.jobs import Job, JobStatus
from twind.domain.sources import Origin, SourceKind
from twind.ingest.fetch.base import Fetched
from twind.ingest.fetch.turns import FIRST_REST_S
from twind.ingest.fetch.youtube import YouTubeFetcher
from twind.jobs.handler import JobContext
from twind.jobs.loop import JobLoop
from twind.store.store import Store, Tenant

ID, OTHER = "aB3-_x9Qz0k", "Zz9_-000000"
TRACK = CaptionTrack(language="en", cues=[(0.5, 2.0, "Bees sleep.")])


class Fetching:
    """Fetches each video in a job of its own."""

    def __init__(self, store: Store, tenant: Tenant, twin: str) -> None:
        self.fetched: list[Fetched] = []
        self._tenant = tenant
        self._twin = twin
        self._fetcher = YouTubeFetcher(["en"])
        self._loop = JobLoop(store, {"work": self._work})

    def fetch(self, *videos: str) -> list[Job]:
        """Run a job for each video and return how the jobs stand."""
        jobs = []
        for video in videos:
            source = self._tenant.sources.add(
                self._twin, SourceKind.YOUTUBE, watch_url(video), "Title"
            )
            jobs.append(self._tenant.jobs.add("work", self._twin, source.id))
        while self._loop.run_once():
            pass
        return [self._tenant.jobs.get(job.id) for job in jobs]

    def _work(self, job: Job, context: JobContext) -> None:
        source = self._tenant.sources.get(job.source_id or "")
        self.fetched.append(self._fetcher(source, context))


@pytest.fixture
def fetching(store: Store, tenant: Tenant, twin: str) -> Fetching:
    return Fetching(store, tenant, twin)


def test_the_captions_are_a_file_with_what_youtube_states(
    tube: LoopbackYouTube, fetching: Fetching, tenant: Tenant
) -> None:
    details = {"title": "On bees", "author": "Apiary", "lengthSeconds": "316"}
    tube.videos[ID] = TubeVideo(tracks=[TRACK], details=details, published="2024-04-01")

    (job,) = fetching.fetch(ID)

    (fetched,) = fetching.fetched
    assert job.status is JobStatus.SUCCEEDED
    assert b"00:00:00.500 --> 00:00:02.500\nBees sleep." in fetched.blob.path.read_bytes()
    assert fetched.name == f"{ID}.vtt"
    assert (fetched.title, fetched.author, fetched.published) == (
        "On bees",
        "Apiary",
        "2024-04-01",
    )
    assert fetched.origin == Origin(url=watch_url(ID), duration_s=316.0)
    (line,) = tenant.jobs.logs(job.id)
    assert line.message == "captions made by hand, language en"


def test_a_video_without_a_title_keeps_the_one_it_has(
    tube: LoopbackYouTube, fetching: Fetching
) -> None:
    tube.videos[ID] = TubeVideo(tracks=[TRACK], details=None)
    fetching.fetch(ID)
    assert fetching.fetched[0].title == "Title"


def test_the_second_video_waits_for_its_turn(
    tube: LoopbackYouTube, fetching: Fetching, tenant: Tenant
) -> None:
    tube.videos = {ID: TubeVideo(tracks=[TRACK]), OTHER: TubeVideo(tracks=[TRACK])}
    first, second = fetching.fetch(ID, OTHER)
    assert first.status is JobStatus.SUCCEEDED
    assert (second.status, second.attempts, second.error) == (JobStatus.QUEUED, 0, None)
    assert second.run_at > second.created_at + 1.0
    (line,) = tenant.jobs.logs(second.id)
    assert line.message.startswith("YouTube is asked again in ")


def test_after_a_refusal_all_videos_wait(tube: LoopbackYouTube, fetching: Fetching) -> None:
    tube.status = 429
    refused, waiting = fetching.fetch(ID, OTHER)
    assert refused.error is not None
    assert (refused.status, refused.error.code) == (JobStatus.QUEUED, "rate_limited")
    assert (waiting.status, waiting.attempts) == (JobStatus.QUEUED, 0)
    assert min(refused.run_at, waiting.run_at) >= refused.created_at + FIRST_REST_S - 1.0
    assert tube.asked == ["/watch"]


def test_a_failure_is_an_error_and_never_content(
    tube: LoopbackYouTube, fetching: Fetching, tenant: Tenant
) -> None:
    (job,) = fetching.fetch(ID)
    source = tenant.sources.get(job.source_id or "")
    assert fetching.fetched == []
    assert (job.status, source.status) == (JobStatus.FAILED, "failed")
    assert source.error is not None
    assert (source.error.code, source.chunks) == ("video_unavailable", 0)

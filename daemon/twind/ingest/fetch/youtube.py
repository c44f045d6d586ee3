"""Fetches the captions of videos of YouTube, one video at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from twinctl.wire.codes import ErrorCode
from twinctl.wire.videos import video_id, watch_url
from twind.domain.sources import Origin, Source
from twind.ingest.fetch.base import Fetched
from twind.ingest.fetch.turns import Turns
from twind.ingest.fetch.webvtt import to_webvtt
from twind.jobs.handler import JobContext, NotYet, Passing

if TYPE_CHECKING:
    from twind.ingest.fetch.video import Video


class YouTubeFetcher:
    """Keeps the captions as a WebVTT file, which is read like any other."""

    def __init__(self, languages: Sequence[str], *, turns: Turns | None = None) -> None:
        """Take what to ask for, and how.

        Args:
            languages: Codes of the owner's languages, the dearest first.
            turns: Keeps the order between videos.
        """
        self._languages = languages
        self._turns = turns or Turns()

    def __call__(self, source: Source, context: JobContext) -> Fetched:
        """Return the captions as they are now.

        Raises:
            NotYet: It is the turn of another video, or YouTube wants to be left alone.
            Passing: YouTube refuses for now, or cannot be reached.
            FetchFailed: There are no captions to be had; the code says why.
        """
        video = video_id(source.uri)
        found = self._fetch(video, context)
        made = "automatic captions" if found.is_generated else "captions made by hand"
        context.log("info", f"{made}, language {found.language}")
        return Fetched(
            blob=context.tenant.blobs.put_bytes(to_webvtt(found.captions, found.language)),
            name=f"{video}.vtt",
            origin=Origin(url=watch_url(video), duration_s=found.duration_s),
            title=found.title or source.title,
            author=found.channel,
            published=found.published,
        )

    def _fetch(self, video: str, context: JobContext) -> "Video":
        try:
            with self._turns.turn():
                return self._ask(video)
        except NotYet as wait:
            context.log("info", f"YouTube is asked again in {wait.after_s:.0f} s")
            raise

    def _ask(self, video: str) -> "Video":
        from twind.ingest.fetch.video import fetch_video

        try:
            return fetch_video(video, self._languages)
        except Passing as error:
            if error.code is ErrorCode.RATE_LIMITED:
                error.after_s = self._turns.rest()
            raise

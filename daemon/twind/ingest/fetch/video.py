"""A video of YouTube: its captions, by youtube-transcript-api, and what YouTube states of it.

The library asks for the page of the video and for what its player knows. Title, channel, length
and date stand in these answers too, so they cost no request of their own. Imported only when a
video is fetched, since the library brings `requests` along.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

from requests import PreparedRequest, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from youtube_transcript_api import CouldNotRetrieveTranscript, YouTubeTranscriptApi

from twind.ingest.extract.speech import noted, without_notes
from twind.ingest.fetch.tracks import best_track
from twind.ingest.fetch.video_failures import failure_of, no_captions, not_understood
from twind.ingest.fetch.webvtt import Caption

CONNECT_S = 10.0
READ_S = 30.0

_PLAYER_PATH = "/youtubei/v1/player"
_WATCH_PATH = "/watch"
_NOT_YET = "LIVE_STREAM_OFFLINE"
_PUBLISHED = re.compile(
    r'(?:itemprop="datePublished" content=|"publishDate":\s*)"(\d{4}-\d{2}-\d{2})'
)
# What the library lets through when an answer has another form than it expects.
_UNEXPECTED = (ParseError, LookupError, TypeError, AttributeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """The captions of a video in one language, and what YouTube states of it."""

    captions: tuple[Caption, ...]
    language: str
    is_generated: bool
    title: str | None
    channel: str | None
    published: str | None
    duration_s: float | None


def fetch_video(video_id: str, languages: Sequence[str]) -> Video:
    """Ask YouTube for the captions of a video.

    Args:
        video_id: Its id.
        languages: Codes of the owner's languages, the dearest first.

    Raises:
        Passing: With code `rate_limited`, or a failure of the network.
        FetchFailed: There are no words to be had; the code says why.
    """
    stated = _Stated()
    with Session() as session:
        session.mount("https://", _PatientAdapter())
        session.hooks["response"].append(stated.notice)
        try:
            tracks = list(YouTubeTranscriptApi(http_client=session).list(video_id))
            track = best_track(tracks, languages)
            cues = list(track.fetch()) if track else []
        except (CouldNotRetrieveTranscript, RequestException) as error:
            raise failure_of(error, is_live=stated.is_live) from error
        except _UNEXPECTED as error:
            raise not_understood() from error
    if track is None or not _has_speech([cue.text for cue in cues]):
        raise no_captions()
    return Video(
        captions=tuple(
            Caption(text=cue.text, start=cue.start, duration=cue.duration) for cue in cues
        ),
        language=track.language_code,
        is_generated=track.is_generated,
        title=stated.text("title"),
        channel=stated.text("author"),
        published=stated.published,
        duration_s=stated.duration_s,
    )


def _has_speech(texts: Sequence[str]) -> bool:
    """Tell whether words are spoken: captions of music often note just that it plays."""
    lines = [line for text in texts for line in text.splitlines()]
    sounds = noted(lines)
    return any(without_notes(line, sounds) for line in lines)


class _PatientAdapter(HTTPAdapter):
    """Gives up on a server that is silent, which requests by itself never does."""

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        """Send with limits on time; see the base class."""
        options["timeout"] = (CONNECT_S, READ_S)
        return super().send(request, *args, **options)


class _Stated:
    """What the answers of YouTube state; whatever of it is missing or odd is left out."""

    def __init__(self) -> None:
        self._status: object = None
        self._details: dict[str, Any] = {}
        self.published: str | None = None

    def notice(self, response: Response, **_: object) -> None:
        """Look through an answer as it comes in."""
        path = urlsplit(response.url).path
        if path == _WATCH_PATH:
            found = _PUBLISHED.search(response.text)
            self.published = found.group(1) if found else None
        elif path == _PLAYER_PATH:
            with suppress(ValueError):
                self._read(response.json())

    @property
    def is_live(self) -> bool:
        """Whether the video is on the air or will be."""
        is_live = self._details.get("isLive") or self._details.get("isUpcoming")
        return bool(is_live) or self._status == _NOT_YET

    @property
    def duration_s(self) -> float | None:
        """Length of the video; None for what is live."""
        seconds = str(self._details.get("lengthSeconds", ""))
        return float(seconds) if seconds.isdecimal() and int(seconds) else None

    def text(self, name: str) -> str | None:
        """Return a detail that is a text."""
        value = self._details.get(name)
        return value.strip() or None if isinstance(value, str) else None

    def _read(self, player: object) -> None:
        if isinstance(player, dict):
            details, playability = player.get("videoDetails"), player.get("playabilityStatus")
            self._details = details if isinstance(details, dict) else {}
            self._status = playability.get("status") if isinstance(playability, dict) else None

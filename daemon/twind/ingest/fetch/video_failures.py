"""Why YouTube gave no captions, in the words of the product."""

import re

from requests import RequestException, Timeout
from youtube_transcript_api import (
    AgeRestricted,
    InvalidVideoId,
    PoTokenRequired,
    RequestBlocked,
    TranscriptsDisabled,
    VideoUnavailable,
    VideoUnplayable,
    YouTubeRequestFailed,
)

from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed, TwindError
from twind.jobs.handler import Passing

FILE_HINT = "get its captions as a .vtt or .srt file, from its owner or a browser, and ingest that"
LIVE_HINT = "ingest it again once it is over and has captions, or ingest a .vtt or .srt file of it"
NETWORK_HINT = "check the connection of this machine, then: twinctl jobs retry"

_ADULT = "YouTube shows this video only to adults who have signed in"
_GONE = "the video is not available: it was removed, is private, or never was"
_WITHHELD = "YouTube hands the captions of this video to its own player only"
_LASTING: dict[type[Exception], tuple[ErrorCode, str]] = {
    AgeRestricted: (ErrorCode.AGE_RESTRICTED, _ADULT),
    InvalidVideoId: (ErrorCode.VIDEO_UNAVAILABLE, _GONE),
    PoTokenRequired: (ErrorCode.NO_CAPTIONS, _WITHHELD),
    TranscriptsDisabled: (
        ErrorCode.CAPTIONS_DISABLED,
        "the video has no captions: they are turned off, or were never made",
    ),
    VideoUnavailable: (ErrorCode.VIDEO_UNAVAILABLE, _GONE),
}
_BOT = re.compile(r"not a bot|unusual traffic", re.IGNORECASE)
_AGE = re.compile(r"\bage\b|inappropriate for some", re.IGNORECASE)


def failure_of(error: Exception, *, is_live: bool) -> TwindError:
    """Return what an error of the library or of the network means.

    Args:
        error: As it was raised.
        is_live: The video is on the air, or will be.
    """
    if is_live and isinstance(error, VideoUnplayable | TranscriptsDisabled):
        message = "the video is live or yet to come, and has no captions so far"
        return FetchFailed(message, hint=LIVE_HINT, code=ErrorCode.NO_CAPTIONS)
    if isinstance(error, RequestBlocked):
        return _rate_limited()
    if isinstance(error, VideoUnplayable):
        return _unplayable(error.reason or "it does not say why")
    if isinstance(error, YouTubeRequestFailed | RequestException):
        return _network(error)
    lasting = _LASTING.get(type(error))
    return (
        FetchFailed(lasting[1], hint=FILE_HINT, code=lasting[0]) if lasting else not_understood()
    )


def no_captions() -> FetchFailed:
    """There are no words in what YouTube has."""
    return FetchFailed("the video has no captions", hint=FILE_HINT, code=ErrorCode.NO_CAPTIONS)


def not_understood() -> Passing:
    """YouTube answered in an unknown form, which may be for the moment only."""
    return Passing(
        "YouTube answered in a form that is not known",
        hint=f"if it stays so, update youtube-transcript-api; or {FILE_HINT}",
        code=ErrorCode.SERVER_UNAVAILABLE,
    )


def _rate_limited() -> Passing:
    return Passing(
        "YouTube takes no more requests from this machine for now",
        hint=f"it is asked again after a while; where it never answers, {FILE_HINT}",
        code=ErrorCode.RATE_LIMITED,
    )


def _unplayable(reason: str) -> TwindError:
    """YouTube says why in English, since the library asks in English."""
    if _BOT.search(reason):
        return _rate_limited()
    if _AGE.search(reason):
        return FetchFailed(_ADULT, hint=FILE_HINT, code=ErrorCode.AGE_RESTRICTED)
    message = f"YouTube does not play the video: {reason}"
    return FetchFailed(message, hint=FILE_HINT, code=ErrorCode.VIDEO_UNAVAILABLE)


def _network(error: YouTubeRequestFailed | RequestException) -> Passing:
    if isinstance(error, YouTubeRequestFailed):
        status = error.reason.partition(" for url")[0]
        message, code = f"YouTube answered {status}", ErrorCode.SERVER_UNAVAILABLE
    elif isinstance(error, Timeout):
        message, code = "YouTube did not answer in time", ErrorCode.FETCH_TIMEOUT
    else:
        message, code = "YouTube cannot be reached", ErrorCode.UNREACHABLE
    return Passing(message, hint=NETWORK_HINT, code=code)

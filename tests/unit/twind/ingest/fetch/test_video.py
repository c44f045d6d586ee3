"""What becomes of YouTube's answers, through the real library."""

from typing import Any

import pytest

from tests.support.youtube import CaptionTrack, LoopbackYouTube, TubeVideo
from twinctl.wire.codes import ErrorCode
from twind.errors import FetchFailed, TwindError
from twind.ingest.fetch import video as module
from twind.ingest.fetch.video import fetch_video
from twind.jobs.handler import Passing

ID = "aB3-_x9Qz0k"
WORDS = [(0.5, 2.0, "Bees don't sleep"), (2.5, 2.25, "in the <b>hive</b>,\nor do they?")]
MADE = CaptionTrack(language="en", cues=WORDS)
HEARD = CaptionTrack(language="en", cues=[(0.0, 3.0, "bees do not")], is_generated=True)
DETAILS = {"title": "On bees & sleep", "author": "Apiary", "lengthSeconds": "316"}


def failure(tube: LoopbackYouTube, video: TubeVideo | None = None) -> TwindError:
    """Return how asking for the captions of a video fails."""
    if video is not None:
        tube.videos[ID] = video
    with pytest.raises((FetchFailed, Passing)) as caught:
        fetch_video(ID, ["en"])
    return caught.value


def test_captions_come_with_what_youtube_states(tube: LoopbackYouTube) -> None:
    tube.videos[ID] = TubeVideo(tracks=[HEARD, MADE], details=DETAILS, published="2024-04-01")

    video = fetch_video(ID, ["en"])

    assert (video.title, video.channel) == ("On bees & sleep", "Apiary")
    assert (video.published, video.duration_s) == ("2024-04-01", 316.0)
    assert (video.language, video.is_generated) == ("en", False)
    spoken = [(cue.start, cue.duration, cue.text) for cue in video.captions]
    assert spoken == [(0.5, 2.0, "Bees don't sleep"), (2.5, 2.25, "in the hive,\nor do they?")]


def test_it_takes_three_requests(tube: LoopbackYouTube) -> None:
    tube.videos[ID] = TubeVideo(tracks=[MADE], details=DETAILS)
    fetch_video(ID, ["en"])
    assert tube.asked == ["/watch", "/youtubei/v1/player", "/api/timedtext"]


@pytest.mark.parametrize(
    "details", [None, {}, {"title": 7, "author": " ", "lengthSeconds": "soon"}]
)
def test_captions_come_without_what_youtube_does_not_state(
    tube: LoopbackYouTube, details: dict[str, Any] | None
) -> None:
    tube.videos[ID] = TubeVideo(tracks=[MADE], details=details)
    video = fetch_video(ID, ["en"])
    assert len(video.captions) == 2
    assert (video.title, video.channel, video.published, video.duration_s) == (None,) * 4


def test_consent_is_given_where_it_is_asked_for(tube: LoopbackYouTube) -> None:
    tube.wants_consent = True
    tube.videos[ID] = TubeVideo(tracks=[MADE])
    assert len(fetch_video(ID, ["en"]).captions) == 2


@pytest.mark.parametrize(
    ("playability", "code"),
    [
        ({"status": "ERROR", "reason": "This video is unavailable"}, "video_unavailable"),
        ({"status": "ERROR", "reason": "Video unavailable"}, "video_unavailable"),
        (
            {"status": "LOGIN_REQUIRED", "reason": "This is a private video."},
            "video_unavailable",
        ),
        ({"status": "UNPLAYABLE"}, "video_unavailable"),
        (
            {
                "status": "LOGIN_REQUIRED",
                "reason": "This video may be inappropriate for some users.",
            },
            "age_restricted",
        ),
        ({"status": "LOGIN_REQUIRED", "reason": "Sign in to confirm your age"}, "age_restricted"),
        ({"status": "LIVE_STREAM_OFFLINE", "reason": "Premieres in 3 hours"}, "no_captions"),
        ({"status": "OK"}, "captions_disabled"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_does_not_pass_is_said_with_a_way_out(
    tube: LoopbackYouTube, playability: dict[str, Any], code: str
) -> None:
    failed = failure(tube, TubeVideo(playability=playability))
    assert isinstance(failed, FetchFailed)
    assert failed.code == code
    assert ".vtt or .srt" in (failed.hint or "")
    assert "http" not in failed.message


def test_a_video_that_nobody_knows_is_unavailable(tube: LoopbackYouTube) -> None:
    assert failure(tube).code is ErrorCode.VIDEO_UNAVAILABLE


def test_a_stream_that_is_on_the_air_has_no_captions_yet(tube: LoopbackYouTube) -> None:
    failed = failure(tube, TubeVideo(details={"isLive": True}))
    assert failed.code is ErrorCode.NO_CAPTIONS
    assert "once it is over" in (failed.hint or "")


@pytest.mark.parametrize("noted", [" ", "[Music]", "\N{EIGHTH NOTE}"])
def test_captions_without_words_are_none(tube: LoopbackYouTube, noted: str) -> None:
    wordless = CaptionTrack(language="en", cues=[(0.0, 2.0, noted)])
    assert failure(tube, TubeVideo(tracks=[wordless])).code is ErrorCode.NO_CAPTIONS


@pytest.mark.parametrize("apostrophe", ["'", "\N{RIGHT SINGLE QUOTATION MARK}"])
def test_being_taken_for_a_robot_passes(tube: LoopbackYouTube, apostrophe: str) -> None:
    reason = f"Sign in to confirm you{apostrophe}re not a bot"
    playability = {"status": "LOGIN_REQUIRED", "reason": reason}
    failed = failure(tube, TubeVideo(playability=playability))
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.RATE_LIMITED


def test_too_many_requests_pass(tube: LoopbackYouTube) -> None:
    tube.status = 429
    failed = failure(tube, TubeVideo(tracks=[MADE]))
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.RATE_LIMITED


def test_a_captcha_passes(tube: LoopbackYouTube) -> None:
    tube.captcha = True
    assert failure(tube, TubeVideo(tracks=[MADE])).code is ErrorCode.RATE_LIMITED


def test_a_server_that_is_down_passes(tube: LoopbackYouTube) -> None:
    tube.status = 503
    failed = failure(tube, TubeVideo(tracks=[MADE]))
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.SERVER_UNAVAILABLE
    assert "503" in failed.message
    assert "http" not in failed.message


@pytest.mark.parametrize(
    "video",
    [
        TubeVideo(tracks=[CaptionTrack(language="en", cues=None)]),
        TubeVideo(playability=None),
    ],
    ids=["empty captions", "no playability"],
)
def test_an_answer_in_an_unknown_form_passes(tube: LoopbackYouTube, video: TubeVideo) -> None:
    failed = failure(tube, video)
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.SERVER_UNAVAILABLE


def test_no_network_passes(tube: LoopbackYouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    failed = failure(tube)
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.UNREACHABLE
    assert "jobs retry" in (failed.hint or "")


def test_silence_passes(tube: LoopbackYouTube, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READ_S", 0.2)
    tube.is_silent = True
    failed = failure(tube, TubeVideo(tracks=[MADE]))
    assert isinstance(failed, Passing)
    assert failed.code is ErrorCode.FETCH_TIMEOUT

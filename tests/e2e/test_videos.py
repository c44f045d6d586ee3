"""From the address of a video to an answer that opens it at the second."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.daemon import LiveDaemon, live_daemon
from tests.support.youtube import CaptionTrack, LoopbackYouTube, TubeVideo

ID, GONE = "aB3-_x9Qz0k", "Zz9_-000000"
ADDRESS = f"https://www.youtube.com/watch?v={ID}"
MEGABYTE = 1 << 20


@pytest.fixture
def online(tube: LoopbackYouTube, tmp_path: Path) -> Iterator[LiveDaemon]:
    """Yield a daemon that reaches nothing but YouTube on loopback."""
    with live_daemon(tmp_path / "home", embedding="none") as daemon:
        yield daemon


def test_a_video_is_answered_from_and_opens_at_the_second(
    tube: LoopbackYouTube, online: LiveDaemon
) -> None:
    cues = [
        (4.0 * number, 4.0, f"At pier {number} we look at the boats that have come in.")
        for number in range(60)
    ]
    cues[40] = (160.0, 4.0, "The lighthouse keeper of Skerry was called Marit Olsen.")
    details = {"title": "Along the shore", "author": "Coast Walks", "lengthSeconds": "240"}
    tube.videos[ID] = TubeVideo(
        tracks=[CaptionTrack(language="en", cues=cues)], details=details, published="2024-04-01"
    )
    playlist = "https://www.youtube.com/playlist?list=PL0123456789"

    done = online.run(
        "ingest", f"https://youtu.be/{ID}?t=5", f"https://youtu.be/{GONE}", playlist, "--json"
    )

    live, gone, refused = json.loads(done.stdout)["sources"]
    assert done.returncode == 1
    assert (live["kind"], live["uri"], live["status"]) == ("youtube", ADDRESS, "live")
    assert (live["title"], live["chunks"] > 1) == ("Along the shore", True)
    assert (gone["status"], gone["error"]["code"]) == ("failed", "video_unavailable")
    assert ".vtt or .srt" in gone["error"]["hint"]
    assert "a playlist" in refused["error"]["message"]

    shown = online.json("sources", "show", live["id"])
    assert (shown["author"], shown["published"]) == ("Coast Walks", "2024-04-01")
    assert (shown["duration_s"], shown["url"]) == (240.0, ADDRESS)

    (hit, *_) = online.json("search", "lighthouse keeper of Skerry")["hits"]
    assert hit["uri"] == ADDRESS
    assert 130 <= hit["locator"]["start_seconds"] <= 160
    asked = online.run("ask", "What was the lighthouse keeper of Skerry called?")
    assert "Marit Olsen" in asked.stdout
    assert f"{ADDRESS}&t={int(hit['locator']['start_seconds'])}s" in asked.stdout
    assert online.json("status")["daemon"]["rss_bytes"] < 100 * MEGABYTE

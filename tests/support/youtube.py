"""YouTube on loopback: pages, player answers and captions in the forms that it sends.

It stands behind a proxy, so the real library talks to the real host name over TLS.
"""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trustme

HOST = "www.youtube.com"
Cue = tuple[float, float, str]
"""Start and duration in seconds, and the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionTrack:
    """Captions in one language; `cues` of None are an empty answer."""

    language: str
    cues: list[Cue] | None
    is_generated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TubeVideo:
    """What there is to say of a video; `playability` is as the player has it."""

    tracks: list[CaptionTrack] = field(default_factory=list)
    details: dict[str, Any] | None = field(default_factory=dict)
    playability: dict[str, Any] | None = field(default_factory=lambda: {"status": "OK"})
    published: str | None = None


class LoopbackYouTube:
    """Answers as YouTube does.

    Attributes:
        videos: By id.
        wants_consent: It shows its consent page to whoever has not agreed.
        captcha: It asks whether somebody is a person.
        status: Status of every answer.
        is_silent: It takes requests and never answers.
        asked: The paths that were asked for, in order.
    """

    def __init__(self, port: int, certificates: Path) -> None:
        self.videos: dict[str, TubeVideo] = {}
        self.wants_consent = self.captcha = self.is_silent = False
        self.status = 200
        self.asked: list[str] = []
        self.stopping = threading.Event()
        self.environ = {
            "HTTPS_PROXY": f"http://127.0.0.1:{port}",
            "REQUESTS_CA_BUNDLE": str(certificates),
            "NO_PROXY": "",
        }

    def page(self, video_id: str, cookies: str) -> str:
        """Return the page of a video, or what is shown in its place."""
        if self.captcha:
            return '<form><div class="g-recaptcha"></div></form>'
        if self.wants_consent and "CONSENT=YES+cb.7" not in cookies:
            return (
                '<form action="https://consent.youtube.com/s" method="POST">'
                '<input type="hidden" name="v" value="cb.7"></form>'
            )
        video = self.videos.get(video_id, TubeVideo())
        date = f'<meta itemprop="datePublished" content="{video.published}T07:00:18-07:00">'
        return (
            f"<html><head><title>YouTube</title>{date if video.published else ''}</head><body>"
            '<script>ytcfg.set({"INNERTUBE_API_KEY": "AIza-key_7"});</script></body></html>'
        )

    def player(self, video_id: str) -> dict[str, Any]:
        """Return what the player is told of a video."""
        if video_id not in self.videos:
            gone = {"status": "ERROR", "reason": "This video is unavailable"}
            return {"playabilityStatus": gone}
        video = self.videos[video_id]
        answer: dict[str, Any] = {"playabilityStatus": video.playability}
        if video.details is not None:
            answer["videoDetails"] = {"videoId": video_id, **video.details}
        if video.tracks:
            tracks = [_track(video_id, track) for track in video.tracks]
            answer["captions"] = {"playerCaptionsTracklistRenderer": {"captionTracks": tracks}}
        return answer

    def timed_text(self, query: dict[str, list[str]]) -> str:
        """Return the captions that an address means."""
        key = (query["lang"][0], query.get("kind") == ["asr"])
        for track in self.videos[query["v"][0]].tracks:
            if (track.language, track.is_generated) == key:
                return "" if track.cues is None else _timed_text(track.cues)
        raise KeyError(key)


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        authority = trustme.CA()
        certificates = folder / "youtube.pem"
        authority.cert_pem.write_to_path(str(certificates))
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(HOST).configure_cert(self.tls)
        self.tube = LoopbackYouTube(self.server_address[1], certificates)


class _Handler(BaseHTTPRequestHandler):
    """The proxy and, behind it, YouTube itself."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_CONNECT(self) -> None:
        self.send_response(200 if self.path == f"{HOST}:443" else 403)
        self.end_headers()
        with suppress(OSError):
            self.request = self.server.tls.wrap_socket(self.connection, server_side=True)
            self.setup()
            self.close_connection = False

    def do_GET(self) -> None:
        tube, parts = self.server.tube, urlsplit(self.path)
        query = parse_qs(parts.query)
        if parts.path == "/watch":
            self._answer("text/html", tube.page(query["v"][0], self.headers.get("Cookie", "")))
        elif parts.path == "/api/timedtext":
            self._answer("text/xml", tube.timed_text(query))
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer("application/json", json.dumps(self.server.tube.player(asked["videoId"])))

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def _answer(self, kind: str, text: str) -> None:
        tube = self.server.tube
        tube.asked.append(urlsplit(self.path).path)
        if tube.is_silent:
            tube.stopping.wait()
        body = text.encode()
        self.send_response(tube.status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def loopback_youtube(folder: Path) -> Iterator[LoopbackYouTube]:
    """Yield YouTube, reached by what its `environ` says; its certificate lies in `folder`."""
    server = _Server(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.tube
    finally:
        server.tube.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _track(video_id: str, track: CaptionTrack) -> dict[str, Any]:
    kind = "&kind=asr" if track.is_generated else ""
    address = f"https://{HOST}/api/timedtext?v={video_id}{kind}&lang={track.language}&fmt=srv3"
    stated: dict[str, Any] = {
        "baseUrl": address,
        "name": {"runs": [{"text": track.language}]},
        "languageCode": track.language,
        "isTranslatable": True,
    }
    return stated | ({"kind": "asr"} if track.is_generated else {})


def _timed_text(cues: list[Cue]) -> str:
    """Return cues as YouTube writes them: the words are escaped as HTML and again as XML."""
    lines = [
        f'<text start="{start:g}" dur="{duration:g}">{escape(escape(words))}</text>'
        for start, duration, words in cues
    ]
    return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{"".join(lines)}</transcript>'

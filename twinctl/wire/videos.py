"""Which video of YouTube an address means, in whatever form it was copied."""

import re
from urllib.parse import parse_qs, urlsplit

# The two words are what the player of playlists and of channels has in place of an id.
_ID = re.compile(r"(?!videoseries$|live_stream$)[\w-]{11}", re.ASCII)
_WATCH_HOST = "www.youtube.com"
_SHORT_HOST = "youtu.be"
_HOSTS = ("youtube.com", "youtube-nocookie.com", _SHORT_HOST)
_BEFORE_ID = frozenset({"watch", "shorts", "live", "embed", "v", "e", "vi", "video"})
_INNER = ("u", "url", "continue", "next")  # where links that were passed on hide the video
_CHANNELS = ("channel", "c", "user")


class NotAVideo(ValueError):
    """An address of YouTube that means no single video; the text says what it means."""


def is_youtube(address: str) -> bool:
    """Tell whether a web address is one of YouTube's, whatever it means there."""
    return any(_host(address) == host or _host(address).endswith(f".{host}") for host in _HOSTS)


def video_id(address: str) -> str:
    """Return the id of the video that an address means; start times and playlists are ignored.

    Raises:
        NotAVideo: It means none, or more than one.
    """
    found = _find(address) if is_youtube(address) else None
    if found is None:
        raise NotAVideo(f"{_kind(address)}: {address}")
    return found


def watch_url(video: str, *, start_seconds: float | None = None) -> str:
    """Return the one address of a video, or that of a second in it."""
    second = int(start_seconds or 0)
    moment = f"&t={second}s" if second else ""
    return f"https://{_WATCH_HOST}/watch?v={video}{moment}"


def _find(address: str) -> str | None:
    """Return the id that stands in an address or in one that it passes on."""
    query = parse_qs(urlsplit(address).query)
    inside = [query[name][0] for name in _INNER if name in query]
    whole = [
        f"https://{_WATCH_HOST}{found}" if found.startswith("/") else found for found in inside
    ]
    found = [_stated(candidate) for candidate in [address, *whole] if is_youtube(candidate)]
    return next(filter(None, found), None)


def _stated(address: str) -> str | None:
    """Return the id that stands in the path or the query of an address itself."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    folders = [part for part in parts.path.split("/") if part]
    places = [*query.get("v", []), *query.get("vi", [])]
    if _host(address).endswith(_SHORT_HOST):
        places += folders[:1]
    elif folders and folders[0].lower() in _BEFORE_ID:
        places += folders[1:2]
    return next(filter(_ID.fullmatch, places), None)


def _kind(address: str) -> str:
    if not is_youtube(address):
        return "this is no address of YouTube"
    parts = urlsplit(address)
    first = parts.path.strip("/").split("/")[0].lower()
    query = parse_qs(parts.query)
    if first.startswith("@") or first in _CHANNELS or "channel" in query:
        return "this is a channel, not a video"
    if "list" in query:
        return "this is a playlist, not a video"
    return "this address of YouTube means no video"


def _host(address: str) -> str:
    """Return the host of an address; empty where it is no web address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""

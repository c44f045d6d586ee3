"""Where a citation stands and where it can be opened, as exactly as its format allows."""

from pathlib import Path
from urllib.parse import quote

from twinctl.wire.answers import CitationOut
from twinctl.wire.videos import NotAVideo, video_id, watch_url

_BY_LINE = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ".csv", ".tsv", ".srt", ".vtt"})
_LARGEST_BYTES = 5_000_000


def opens_at(citation: CitationOut) -> str:
    """Return a link to the page or the second, `path:line` of a text file, or the URI.

    A line is named only where the quote is found in the file as it is now.
    """
    path = Path(citation.uri)
    if not path.is_absolute():
        return _second_of(citation)
    suffix = path.suffix.lower()
    if suffix == ".pdf" and citation.locator.page:
        return f"file://{quote(str(path))}#page={citation.locator.page}"
    if suffix in _BY_LINE:
        line = _line_of(citation.quote, path)
        if line:
            return f"{path}:{line}"
    return str(path)


def span_of(citation: CitationOut, text: str) -> tuple[int, int]:
    """Return where the quote stands in the text of its source; nowhere is its beginning."""
    start, end = citation.locator.start_char, citation.locator.end_char
    if start is not None and end is not None and text[start:end] == citation.quote:
        return start, end
    found = text.find(citation.quote)
    return (found, found + len(citation.quote)) if found >= 0 else (0, 0)


def _second_of(citation: CitationOut) -> str:
    try:
        video = video_id(citation.uri)
    except NotAVideo:
        return citation.uri
    return watch_url(video, start_seconds=citation.locator.start_seconds)


def _line_of(quoted: str, path: Path) -> int | None:
    first = quoted.strip().partition("\n")[0]
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return None
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    at = text.find(first) if first else -1
    return text.count("\n", 0, at) + 1 if at >= 0 else None

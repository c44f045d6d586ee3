"""Opening a citation at its exact place: in the pager, in what opens such files, or printed."""

import os
import shlex
import shutil
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path

from twinctl.cli.output import Output, tame
from twinctl.cli.shown import wrapped
from twinctl.client.places import opens_at, span_of
from twinctl.wire.answers import CitationOut
from twinctl.wording import place

CONTEXT_CHARS = 600
"""How much of the text before and after a quote is printed."""

_LINKS = ("http://", "https://", "file://")
_TAKE_A_LINE = frozenset({"less", "more", "most"})


def open_citation(output: Output, citation: CitationOut, read_text: Callable[[], str]) -> None:
    """Show where a quote stands.

    A text file opens in the pager at its line. A page, a video or another file opens in the
    program for it, where there is a screen to show it on. Else the passage is printed.

    Args:
        output: Where to tell of it.
        citation: What to open.
        read_text: Returns the whole text of the source.
    """
    link = opens_at(citation)
    path, _, line = link.rpartition(":")
    if line.isdecimal() and Path(path).is_absolute():
        pager = _pager() if output.is_conversing else None
        if pager:
            subprocess.run([*pager, f"+{line}", path], check=False)  # noqa: S603
            return
    elif output.is_conversing and has_screen() and _launch(link):
        output.notice(f"Opened {link}")
        return
    print_passage(output, citation, read_text())


def print_passage(output: Output, citation: CitationOut, text: str) -> None:
    """Print a quote in its context, with its place above."""
    where = tame(place(citation.locator.model_dump()))
    output.line(output.bold(citation.title) + (f" — {where}" if where else ""))
    output.line(output.dim(opens_at(citation)))
    output.line()
    start, end = span_of(citation, text)
    before = text[max(0, start - CONTEXT_CHARS) : start]
    after = text[end : end + CONTEXT_CHARS]
    if start > CONTEXT_CHARS:
        before = "… " + before.partition(" ")[2]
    if end + CONTEXT_CHARS < len(text):
        after = after.rpartition(" ")[0] + " …"
    for paragraph in f"{before}»{text[start:end]}«{after}".splitlines():
        output.line(wrapped(output, paragraph))


def has_screen() -> bool:
    """Tell whether another program could show something to whoever sits at this terminal."""
    if os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_TTY"):
        return False
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _pager() -> list[str] | None:
    """Return the pager with its options, if it can begin at a line."""
    pager = shlex.split(os.environ.get("PAGER") or "less")
    name = Path(pager[0]).name if pager else ""
    return pager if name in _TAKE_A_LINE and shutil.which(pager[0]) else None


def _launch(link: str) -> bool:
    """Have the desktop open a link or a file; return whether it took it."""
    if link.startswith(_LINKS):
        return webbrowser.open(link)
    if not Path(link).is_absolute():
        return False  # a text or an upload, which lies nowhere else
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return webbrowser.open(Path(link).as_uri())
    done = subprocess.run(  # noqa: S603
        [opener, link], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return done.returncode == 0

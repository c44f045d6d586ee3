"""Where the questions of a chat come from: a prompt with history, or the lines of stdin."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from twinctl.cli.output import Output

PROMPT = "> "
KEPT_LINES = 1_000


def questions(output: Output, history: Path) -> Iterator[str]:
    """Yield what is asked, until Ctrl-D or the end of stdin; empty lines are passed over."""
    lines = _typed(output, history) if output.is_conversing else iter(sys.stdin)
    for line in lines:
        if line.strip():
            yield line.strip()


def _typed(output: Output, history: Path) -> Iterator[str]:
    remember = _open_history(history)
    is_leaving = False
    while True:
        try:
            line = input(PROMPT)
        except EOFError:
            output.notice("")
            return
        except KeyboardInterrupt:
            if is_leaving:
                output.notice("")
                return
            output.notice("\n(Ctrl-C again or Ctrl-D leaves)")
            is_leaving = True
            continue
        is_leaving = False
        remember()
        yield line


def _open_history(history: Path) -> Callable[[], None]:
    """Give the prompt its arrow keys; return what saves the lines typed so far.

    Lines that are pasted together are one question, which Python would have readline take apart.
    """
    try:
        import readline
    except ImportError:  # this Python was built without it
        return lambda: None
    history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(history, os.O_RDONLY | os.O_CREAT, 0o600))
    readline.parse_and_bind("set enable-bracketed-paste on")
    readline.set_history_length(KEPT_LINES)
    try:
        readline.read_history_file(history)
    except OSError:  # written by another readline library
        readline.clear_history()
    return lambda: readline.write_history_file(history)

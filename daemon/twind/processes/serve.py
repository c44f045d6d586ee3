"""The child's side: answer frames until the daemon goes away."""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from twind.processes.frames import PROGRESS, BrokenFrame, read_frame, write_frame

Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]
Progress = Callable[[int, int], None]
SlowAnswer = Callable[[dict[str, Any], bytes, Progress], tuple[dict[str, Any], bytes]]
WATCH_S = 2.0
PROGRESS_S = 0.5


def serve(answer: Answer) -> None:
    """Answer each frame on standard input with a frame on standard output.

    Returns when the daemon closes the pipe.
    """
    serve_slowly(lambda header, payload, _: answer(header, payload))


def serve_slowly(answer: SlowAnswer) -> None:
    """Serve as above, where an answer may tell now and then how many steps of all are done."""
    source, sink = open_channel()
    told_at = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= PROGRESS_S:
            told_at = time.monotonic()
            write_frame(sink, {PROGRESS: [done, total]})

    while True:
        try:
            header, payload = read_frame(source)
        except BrokenFrame:
            return
        write_frame(sink, *answer(header, payload, tell))


def open_channel() -> tuple[IO[bytes], IO[bytes]]:
    """Return where frames of the daemon come in and where those for it go out.

    Whatever a library prints goes to standard error, so that it cannot break a frame.
    """
    sink = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    threading.Thread(target=_end_with_parent, args=[os.getppid()], daemon=True).start()
    return sys.stdin.buffer, sink


def _end_with_parent(parent: int) -> None:
    """Leave when the daemon was killed, even in the middle of work."""
    while os.getppid() == parent:
        time.sleep(WATCH_S)
    os._exit(1)

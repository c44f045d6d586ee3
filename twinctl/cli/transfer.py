"""Following one job that takes a while: a bar on a terminal, and its end."""

import signal
import time
from collections.abc import Callable, Iterator
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from twinctl.cli.output import Output
from twinctl.cli.pace import Pace
from twinctl.cli.picture import Bar, bar_line, facts_line
from twinctl.cli.region import Region
from twinctl.client.watch import ENDED, Watch
from twinctl.errors import Interrupted, ItemsFailed
from twinctl.wording import duration, size

if TYPE_CHECKING:
    from twinctl.client.client import TwinClient
    from twinctl.wire.jobs import JobOut

_LOOK_S = 0.2


def follow_job(
    output: Output, client: "TwinClient", job: "JobOut", name: str, *, counts_bytes: bool
) -> None:
    """Wait until a job has ended, and show how it comes along.

    Args:
        output: Where to show it.
        client: A connection.
        job: What is waited for.
        name: What stands before its bar.
        counts_bytes: Whether its steps are bytes.

    Raises:
        ItemsFailed: It failed or was cancelled.
        Interrupted: Ctrl-C; the daemon goes on.
    """
    try:
        ended = _wait(client, job, _drawer(output, name, counts_bytes=counts_bytes))
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        ways = (
            f"follow with     twinctl jobs logs -f {job.id}\n"
            f"      stop with       twinctl jobs cancel {job.id}"
        )
        raise Interrupted("interrupted; the daemon goes on with it", hint=ways) from None
    if ended.status != "succeeded":
        said = ended.error.message if ended.error else "the work was cancelled"
        hint = ended.error.hint if ended.error else None
        raise ItemsFailed(f"{name}: {said}", hint=hint)


def _wait(
    client: "TwinClient", job: "JobOut", show: "Callable[[JobOut | None], None]"
) -> "JobOut":
    """Return a job once it has ended."""
    try:
        with Watch(client) as watch:
            job = client.job(job.id)
            watch.add(job)
            while job.status not in ENDED:
                show(job)
                for changed in watch.changed(_LOOK_S):
                    job = changed
    finally:
        show(None)
    return job


def _drawer(output: Output, name: str, *, counts_bytes: bool) -> "Callable[[JobOut | None], None]":
    """Return what draws the bar of a job, and takes it away at last."""
    region, pace = Region(output), Pace()

    def show(job: "JobOut | None") -> None:
        if not output.shows_progress:
            return
        if job is None:
            region.clear()
            return
        now, columns = time.monotonic(), get_terminal_size().columns
        pace.note(now, job.progress.done)
        facts = facts_line(_facts(job, pace, counts_bytes=counts_bytes), columns)
        region.draw([bar_line(_bar(name, job), columns, now), facts])

    return show


def _bar(name: str, job: "JobOut") -> Bar:
    done, total = job.progress.done, job.progress.total
    if job.status == "queued":
        state = "tried again" if job.error else "waiting"
    else:
        state = f"{100 * done // total} %" if total else "beginning"
    return Bar(name=name, done=done, total=total, state=state)


def _facts(job: "JobOut", pace: Pace, *, counts_bytes: bool) -> Iterator[str]:
    """Yield what is known of a job that runs, the most telling first."""
    done, total, rate = job.progress.done, job.progress.total, pace.per_second()
    if total and rate:
        yield f"{duration(pace.remaining_s(total))} left"
    if total:
        yield f"{size(done)} of {size(total)}" if counts_bytes else f"{done} of {total}"
    if rate:
        yield f"{size(int(rate))}/s" if counts_bytes else f"{rate:.0f} a second"

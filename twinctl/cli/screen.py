"""Progress on a terminal: counts what is done, and draws it in place."""

import math
import time
from collections.abc import Callable
from pathlib import Path
from shutil import get_terminal_size

from twinctl.cells import printable
from twinctl.cli.output import Output
from twinctl.cli.pace import Pace
from twinctl.cli.picture import Bar, bar_line, facts_line
from twinctl.cli.region import Region
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceBrief
from twinctl.wording import counted, duration

SLOTS = 6
"""Running jobs that are shown at once."""

_DRAW_S = 0.2
_FACTS_S = 1.0
_WHOLE_FROM = 10
_MANY_STEPS = 16
_LONG_S = 2.0
_SILENT_S = 5.0
"""Among many, a job of many steps has a row once it takes long, and one that is silent later.

Rows that come and go distract.
"""


class Picture:
    """A bar for all, facts below it, and the jobs that take long, each in a place of its own.

    One source alone has the bar of its job. Shows progress as `twinctl.cli.progress` asks for.
    """

    def __init__(self, output: Output, clock: Callable[[], float] = time.monotonic) -> None:
        self._region = Region(output)
        self._clock = clock
        self._total = self._handed_over = self._ended = self._failed = self._chunks = 0
        self._most = 0
        self._jobs: dict[str, tuple[str, JobOut]] = {}
        self._since: dict[str, float] = {}
        self._slots: list[str | None] = []
        self._work, self._pace = Pace(), Pace()
        self._drawn_at = self._facts_at = -math.inf
        self._facts: list[str] = []

    def begin(self, total: int) -> None:
        """Say how many sources there will be."""
        self._total = total

    def handed_over(self) -> None:
        """Say that one more of them is with the daemon."""
        self._handed_over += 1

    def changed(self, source: SourceBrief, job: JobOut) -> None:
        """Take in how far the job of a source is."""
        _, known = self._jobs.get(source.id, ("", job))
        if self._total == 1 and job.progress.done < known.progress.done:
            self._work, self._pace = Pace(), Pace()  # another stage, counted from its beginning
        self._jobs[source.id] = (_name(source), job)
        if job.status == "running":
            self._since.setdefault(source.id, self._clock())
        else:
            self._since.pop(source.id, None)

    def ended(self, source: SourceBrief) -> None:
        """Take in that a source is live or failed."""
        self._jobs.pop(source.id, None)
        self._since.pop(source.id, None)
        self._ended += 1
        self._failed += source.status == "failed"
        self._chunks += source.chunks

    def show(self) -> None:
        """Draw what is new, as often as eyes can follow."""
        now = self._clock()
        if now - self._drawn_at < _DRAW_S:
            return
        self._drawn_at = now
        if now - self._facts_at >= _FACTS_S:
            self._facts_at = now
            self._note_pace(now)
            self._facts = self._known()
        columns, lines = get_terminal_size()
        bars = [self._whole(), *self._rows(now, lines)]
        drawn = [bar_line(bar, columns, now) if bar else "" for bar in bars]
        self._region.draw([drawn[0], facts_line(self._facts, columns), *drawn[1:]][: lines - 1])

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._region.clear()

    def _note_pace(self, now: float) -> None:
        running = [job for _, job in self._jobs.values() if job.status == "running"]
        done = self._chunks + sum(job.progress.done for job in running)
        self._most = done if self._total == 1 else max(self._most, done)
        self._work.note(now, self._ended + sum(_part(job) for job in running))
        self._pace.note(now, self._most)

    def _known(self) -> list[str]:
        """Return what is known of the whole, the most telling first."""
        remaining, pace = self._work.remaining_s(self._total), self._pace.per_second()
        many = self._total > 1
        facts: dict[str, object] = {
            f"handing over {self._handed_over} of {self._total}": self._handed_over < self._total,
            f"{duration(remaining)} left": remaining is not None,
            f"{self._failed} failed": self._failed,
            f"{len(self._since)} running": many,
            counted(self._most, "chunk"): many and self._most,
            f"{_rate(pace or 0.0)} {'chunks/s' if many else 'a second'}": pace is not None,
        }
        return [fact for fact, is_known in facts.items() if is_known]

    def _whole(self) -> Bar:
        if self._total == 1 and self._jobs:
            ((name, job),) = self._jobs.values()
            return _job_bar(name, job)
        return Bar(name="sources", done=self._ended, total=self._total)

    def _rows(self, now: float, lines: int) -> list[Bar | None]:
        """Return the jobs in their places; there are never fewer places than there were."""
        if self._total == 1:
            return []
        self._slots = [
            key if key in self._since and self._is_long(key, now) else None for key in self._slots
        ]
        waiting = [
            key for key in self._since if key not in self._slots and self._is_long(key, now)
        ]
        most = min(SLOTS, max(lines - 3, 0))
        while waiting and (None in self._slots or len(self._slots) < most):
            if None in self._slots:
                self._slots[self._slots.index(None)] = waiting.pop(0)
            else:
                self._slots.append(waiting.pop(0))
        return [_job_bar(*self._jobs[key]) if key else None for key in self._slots]

    def _is_long(self, key: str, now: float) -> bool:
        steps, age_s = self._jobs[key][1].progress.total, now - self._since[key]
        return age_s > _SILENT_S if steps is None else steps >= _MANY_STEPS and age_s > _LONG_S


def _job_bar(name: str, job: JobOut) -> Bar:
    if job.status == "queued":
        state = "tried again soon" if job.error else "waiting"
    else:
        state = "" if job.progress.total else "reading"
    return Bar(name=name, done=job.progress.done, total=job.progress.total, state=state)


def _name(source: SourceBrief) -> str:
    return printable(Path(source.uri).name if source.kind == "file" else source.title)


def _part(job: JobOut) -> float:
    """Return how much of a job is done, 0 to 1."""
    return job.progress.done / job.progress.total if job.progress.total else 0.0


def _rate(pace: float) -> str:
    """Return a pace in as many digits as tell something."""
    return f"{pace:.1f}" if pace < _WHOLE_FROM else f"{pace:.0f}"

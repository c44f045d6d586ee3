"""Showing how sources come along: bars on a terminal, else a line each."""

from collections.abc import Iterable
from typing import Protocol

from twinctl.cli.output import Output
from twinctl.cli.wording import counted
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceBrief

ROWS = 6
"""Running jobs that are shown at once."""


class Progress(Protocol):
    """Something that shows progress."""

    def begin(self, total: int) -> None:
        """Say how many sources there will be."""

    def running(self, jobs: Iterable[tuple[str, JobOut]]) -> None:
        """Show the jobs that run, each with the name of its source."""

    def ended(self, source: SourceBrief) -> None:
        """Show that a source is live or failed."""

    def close(self) -> None:
        """Leave the terminal as it was."""


def progress_for(output: Output) -> Progress:
    """Return bars where a person watches, else lines."""
    return Bars(output) if output.shows_progress else Lines(output)


class Lines:
    """A line for each source, on stderr."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def begin(self, total: int) -> None:
        """Nothing to show yet."""

    def running(self, jobs: Iterable[tuple[str, JobOut]]) -> None:
        """Lines tell ends only."""

    def ended(self, source: SourceBrief) -> None:
        """Tell what became live; failures are told by whoever knows their hints."""
        if source.status == "live":
            self._output.notice(f"live  {source.uri}  ({counted(source.chunks, 'chunk')})")

    def close(self) -> None:
        """Nothing to leave."""


class Bars:
    """One bar for all, and one for each job that runs."""

    def __init__(self, output: Output) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
        from rich.progress import Progress as RichProgress

        self._rich = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            console=Console(stderr=True, no_color=not output.has_color),
            transient=True,
        )
        self._all = self._rich.add_task("all", total=None)
        self._rows: dict[str, TaskID] = {}

    def begin(self, total: int) -> None:
        """Draw the bar for all."""
        self._rich.update(self._all, total=total)
        self._rich.start()

    def running(self, jobs: Iterable[tuple[str, JobOut]]) -> None:
        """Draw the bars of the jobs that run; those that ended go away."""
        shown = dict(list({job.id: (name, job) for name, job in jobs}.items())[:ROWS])
        for job_id in self._rows.keys() - shown.keys():
            self._rich.remove_task(self._rows.pop(job_id))
        for job_id, (name, job) in shown.items():
            if job_id not in self._rows:
                self._rows[job_id] = self._rich.add_task(name, total=None)
            self._rich.update(
                self._rows[job_id], total=job.progress.total, completed=job.progress.done
            )

    def ended(self, source: SourceBrief) -> None:  # noqa: ARG002 - it counts, whatever became of it
        """Move the bar for all."""
        self._rich.advance(self._all)

    def close(self) -> None:
        """Take the bars away."""
        self._rich.stop()

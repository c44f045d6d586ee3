"""Showing how sources come along: a calm picture on a terminal, else a line each."""

from typing import Protocol

from twinctl.cli.output import Output
from twinctl.cli.screen import Picture
from twinctl.wire.jobs import JobOut
from twinctl.wire.sources import SourceBrief
from twinctl.wording import counted


class Progress(Protocol):
    """Something that shows progress."""

    def begin(self, total: int) -> None:
        """Say how many sources there will be."""

    def handed_over(self) -> None:
        """Say that one more of them is with the daemon."""

    def changed(self, source: SourceBrief, job: JobOut) -> None:
        """Show how far the job of a source is."""

    def ended(self, source: SourceBrief) -> None:
        """Show that a source is live or failed."""

    def show(self) -> None:
        """Show what is new; called often."""

    def close(self) -> None:
        """Leave the terminal as it was."""


def progress_for(output: Output) -> Progress:
    """Return a picture where a person watches, else lines."""
    return Picture(output) if output.shows_progress else Lines(output)


class Lines:
    """A line for each source, on stderr."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def begin(self, total: int) -> None:
        """Nothing to show yet."""

    def handed_over(self) -> None:
        """Lines tell ends only."""

    def changed(self, source: SourceBrief, job: JobOut) -> None:
        """Lines tell ends only."""

    def ended(self, source: SourceBrief) -> None:
        """Tell what became live; failures are told by whoever knows their hints."""
        if source.status == "live":
            self._output.notice(f"live  {source.uri}  ({counted(source.chunks, 'chunk')})")

    def show(self) -> None:
        """Lines are told at once."""

    def close(self) -> None:
        """Nothing to leave."""

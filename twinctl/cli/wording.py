"""Words of the command line, which the terminal application shares."""

from twinctl.wording import clock, counted, duration, moment, place, size

__all__ = ["clock", "counted", "duration", "moment", "place", "size"]

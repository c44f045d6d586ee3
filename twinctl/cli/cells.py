"""Cells of the command line, which the terminal application shares."""

from twinctl.cells import elided, padded, printable

__all__ = ["elided", "padded", "printable"]

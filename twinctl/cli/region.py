"""Lines at the end of what a terminal shows, drawn over in their place."""

from collections.abc import Sequence
from shutil import get_terminal_size

from rich.cells import cell_len

from twinctl.cli.output import Output

_ERASE_REST_OF_LINE = "\033[K"
_ERASE_BELOW = "\033[J"


class Region:
    """Writes a picture over the one before it, in one go, so that nothing flickers.

    No escape but erasing and moving up is used, and the cursor waits below the picture: whatever
    ends the program, the terminal is left usable.
    """

    def __init__(self, output: Output) -> None:
        self._output = output
        self._lines: list[str] = []
        self._columns = 0

    def draw(self, lines: Sequence[str]) -> None:
        """Show these lines, each shorter than the terminal is wide."""
        columns = get_terminal_size().columns
        if list(lines) == self._lines and columns == self._columns:
            return
        shown = "".join(f"{line}{_ERASE_REST_OF_LINE}\n" for line in lines)
        self._output.draw(self._back(columns) + shown + _ERASE_BELOW)
        self._lines, self._columns = list(lines), columns

    def clear(self) -> None:
        """Take the picture away."""
        if self._lines:
            self._output.draw(self._back(get_terminal_size().columns) + _ERASE_BELOW)
            self._lines = []

    def _back(self, columns: int) -> str:
        """Return what moves to the first line; in a narrower window lines became several."""
        rows = sum(max(1, -(-cell_len(line) // columns)) for line in self._lines)
        return f"\r\033[{rows}A" if rows else "\r"

"""Draw a terminal session as SVG from what the commands really print on a terminal."""

import io
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text
from running import running_daemon

DOCS = Path(__file__).parent.parent / "docs"
PICTURE = DOCS / "images" / "session.svg"
MATERIAL = Path(tempfile.gettempdir()) / "hester"
WIDTH = 92
SESSION = (
    f"twinctl ingest {MATERIAL}",
    'twinctl ask "How long do you guarantee a new wall?"',
    'twinctl ask "Can you build me a brick chimney?"',
)
# A line that was drawn over is gone from the screen.
ERASED = re.compile(r".*\x1b\[2K", re.DOTALL)
# So are the lines that the cursor went back over.
BACK = re.compile(r"\r\x1b\[(\d+)A")
ERASING = re.compile(r"\x1b\[[JK]|\r")
MODES = re.compile(r"\x1b\[\?\d+[hl]")
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Run the session in a home of its own and write the picture."""
    shutil.copytree(DOCS / "samples", MATERIAL, dirs_exist_ok=True)
    screen = Console(record=True, width=WIDTH, file=io.StringIO())
    with tempfile.TemporaryDirectory() as home, running_daemon(Path(home)):
        for line in SESSION:
            screen.print(Text.assemble(("$ ", "green"), (line, "bold")))
            screen.print(Text.from_ansi(_shown(Path(home), shlex.split(line)[1:])))
            screen.print()
    PICTURE.write_text(FONT.sub("", screen.export_svg(title="twinctl")), encoding="utf-8")
    shutil.rmtree(MATERIAL)


def _shown(home: Path, arguments: Sequence[str]) -> str:
    """Return what a command leaves on a terminal, with its colours."""
    screen = {"TWINCTL_HOME": str(home), "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    here, there = pty.openpty()
    command = [sys.executable, "-m", "twinctl", *arguments]
    with subprocess.Popen(
        command, stdin=there, stdout=there, stderr=there, env=os.environ | screen
    ):
        os.close(there)
        printed = b"".join(_read(here))
    os.close(here)
    text = _left(MODES.sub("", printed.decode().replace("\r\n", "\n")))
    return ERASING.sub("", ERASED.sub("", text)).strip("\n")


def _left(text: str) -> str:
    """Return what is left once everything that was drawn over is gone."""
    shown, *rest = BACK.split(text)
    for rows, part in zip(rest[::2], rest[1::2], strict=True):
        lines = shown.split("\n")[: -1 - int(rows)]
        shown = "\n".join([*lines, part])
    return shown


def _read(terminal: int) -> Iterator[bytes]:
    """Yield what is printed until the other side has closed the terminal."""
    with suppress(OSError):
        while data := os.read(terminal, 4096):
            yield data


if __name__ == "__main__":
    main()

"""Draw the pictures of the README from what commands, application and widget really show."""

import asyncio
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

from draw_application import drawn_application
from draw_widget import draw_widget
from rich.console import Console
from rich.text import Text
from running import running_daemon, twinctl

DOCS = Path(__file__).parent.parent / "docs"
IMAGES = DOCS / "images"
MATERIAL = Path(tempfile.gettempdir()) / "hester"
WIDTH = 92
TWIN = "hester-garth"
ANSWERED = "How long do you guarantee a new wall?"
REFUSED = "Can you build me a brick chimney?"
SESSION = (
    f"twinctl ingest {MATERIAL}",
    f'twinctl ask "{ANSWERED}"',
    f'twinctl ask "{REFUSED}"',
)
# A line that was drawn over is gone from the screen.
ERASED = re.compile(r".*\x1b\[2K", re.DOTALL)
# So are the lines that the cursor went back over.
BACK = re.compile(r"\r\x1b\[(\d+)A")
ERASING = re.compile(r"\x1b\[[JK]|\r")
MODES = re.compile(r"\x1b\[\?\d+[hl]")
FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


def main() -> None:
    """Run what is drawn in a home of its own and write the pictures."""
    shutil.copytree(DOCS / "samples", MATERIAL, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_daemon(Path(folder)) as client:
        home = Path(folder)
        _keep("session", _session(home))
        twinctl(home, "twin", "create", "Hester Garth", "--slug", TWIN)
        twinctl(home, "--twin", TWIN, "ingest", "--quiet", str(MATERIAL))
        _keep("application", asyncio.run(drawn_application(home, TWIN, (REFUSED, ANSWERED))))
        draw_widget(client, TWIN, (ANSWERED, REFUSED), IMAGES / "widget.png")
    shutil.rmtree(MATERIAL)


def _session(home: Path) -> str:
    """Return commands and what they print, as SVG."""
    screen = Console(record=True, width=WIDTH, file=io.StringIO())
    for line in SESSION:
        screen.print(Text.assemble(("$ ", "green"), (line, "bold")))
        screen.print(Text.from_ansi(_shown(home, shlex.split(line)[1:])))
        screen.print()
    return screen.export_svg(title="twinctl")


def _keep(name: str, picture: str) -> None:
    """Write an SVG, without the fonts that it would fetch."""
    (IMAGES / f"{name}.svg").write_text(FONT.sub("", picture), encoding="utf-8")


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

"""Starting the daemon anew from within the application."""

import subprocess
import sys

from twinctl.client.launch import Place
from twinctl.errors import DaemonUnreachable


def run_verb(place: Place, verb: str) -> None:
    """Have the command line `start` or `restart` the daemon of a home; waits until it is ready.

    A process in between ends at once, so that the daemon is nobody's child and leaves no zombie.

    Raises:
        DaemonUnreachable: It could not be started; the hint holds the end of its log.
    """
    home = ["--home", str(place.root)] if place.root else []
    done = subprocess.run(  # noqa: S603 - our own interpreter with our own module
        [sys.executable, "-m", "twinctl", *home, "--quiet", "daemon", verb],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said, _, hint = done.stderr.strip().removeprefix("error: ").partition("\nhint: ")
        raise DaemonUnreachable(said or f"the daemon did not {verb}", hint=hint or None)

"""A real daemon of its own home, driven by the real command line and the real client."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twinctl.client.client import TwinClient
from twinctl.client.launch import running_pid, stop
from twinctl.client.transport import Transport
from twinctl.paths import Home, find_home

STOP_S = 60.0
COMMAND_S = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveDaemon:
    """A home in which a daemon runs or can be started."""

    root: Path

    @property
    def home(self) -> Home:
        """The paths of the home."""
        return find_home(str(self.root))

    @property
    def pid(self) -> int:
        """Process id of the daemon that runs."""
        pid = running_pid(self.home)
        assert pid is not None
        return pid

    def start(self) -> None:
        """Start the daemon and wait until it is ready."""
        started = self.run("daemon", "start")
        assert started.returncode == 0, started.stderr

    def stop(self) -> None:
        """Stop the daemon if it runs."""
        stop(self.home, wait_s=STOP_S)

    def kill(self) -> None:
        """Kill the daemon as a power cut would, and wait until it is gone."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        while running_pid(self.home) == pid:
            os.sched_yield()

    @contextmanager
    def client(self, tenant: str = "default") -> Iterator[TwinClient]:
        """Yield a client of the daemon."""
        with Transport(self.home.socket, tenant=tenant) as transport:
            yield TwinClient(transport)

    def run(
        self, *arguments: str, stdin: str = "", environ: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run `twinctl` with these arguments in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "twinctl", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=COMMAND_S,
            check=False,
            env={**os.environ, "TWINCTL_HOME": str(self.root), **(environ or {})},
        )

    def json(self, *arguments: str, stdin: str = "") -> Any:
        """Run a command with `--json` and return what it printed; it must succeed."""
        done = self.run(*arguments, "--json", stdin=stdin)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@contextmanager
def live_daemon(root: Path, *, embedding: str, models: str = "") -> Iterator[LiveDaemon]:
    """Yield a daemon that runs with the given embedding model; stop it afterwards.

    `models` are further lines of that table of its settings.
    """
    root.mkdir(parents=True, exist_ok=True)
    (root / "config.toml").write_text(f'[models]\nembedding = "{embedding}"\n{models}')
    daemon = LiveDaemon(root=root)
    daemon.start()
    try:
        yield daemon
    finally:
        daemon.stop()
